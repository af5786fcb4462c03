/** Where a column of a spreadsheet may lead: the fields of a kind, by their names in all six languages. */
import { languages, type Language } from '#kernel/i18n/languages.ts'
import { hasMessage, messagesIn, wordsOr } from '#kernel/i18n/messages.ts'
import { languageNamed } from '#records/vocabularies/language-names.ts'
import { stepsOf, type FormField } from '#records/form/plan.ts'
import type { Kind } from '#records/kind.ts'
import usualHeaders from './usual-headers.json' with { type: 'json' }
import type { Separator } from './cells.ts'
import type { Table } from './table.ts'
import { plainName } from '#records/vocabularies/names.ts'

export type Target = {
  /** `title`, `setUpCost.amount`, `organisations.role`. */
  path: string
  /** The field of the body. */
  top: FormField
  /** What stands in a cell: the field itself, or the part of it. */
  asked: FormField
}

/** A column for what a row is called where it comes from, and for the language that it is written in. */
export const identifierColumn = '#identifier'
export const languageColumn = '#language'
/** What stands there is kept with the draft. */
export const noteColumn = '#note'

export type Column = { field: string; language?: string; separator?: Separator }

const partsOf: Partial<Record<FormField['control'], readonly string[]>> = {
  money: ['amount', 'currency'],
  place: ['latitude', 'longitude'],
}
const fitsInCell = ({ control }: FormField) => !['groups', 'money', 'place'].includes(control)
/** A part of money or of a place is a number or a code: it is taken as it is typed. */
const asPart = (top: FormField, name: string): FormField => ({ ...top, name, control: 'line', isList: false })

const known = new WeakMap<object, readonly Target[]>()

export function targetsOf(kind: Kind): readonly Target[] {
  const before = known.get(kind.body)
  if (before) return before
  const made = stepsOf(kind)
    .flatMap((step) => step.asked)
    .flatMap((top): Target[] => {
      if (top.control === 'files') return []
      if (top.control === 'groups')
        return top.members
          .filter(fitsInCell)
          .map((formField) => ({ path: `${top.name}.${formField.name}`, top, asked: formField }))
      const parts = (partsOf[top.control] ?? []).map((part) => ({
        path: `${top.name}.${part}`,
        top,
        asked: asPart(top, part),
      }))
      return [{ path: top.name, top, asked: top }, ...parts]
    })
  known.set(kind.body, made)
  return made
}

export const isText = ({ asked: formField }: Target): boolean =>
  formField.field.type === 'text' || formField.field.type === 'words'

function labelOf(kind: Kind, name: string, language: Language): string {
  const t = messagesIn(language)
  const common = wordsOr(t, `field.${name}`, wordsOr(t, `form.${name}`, name))
  return wordsOr(t, `field.${kind.name}.${name}`, common)
}

/** What people call a target; a part is named after what it is a part of. */
export function targetLabel(kind: Kind, path: string, language: Language): string {
  if (path.startsWith('#')) return wordsOr(messagesIn(language), `sheet.column.${path.slice(1)}`, path)
  return path
    .split('.')
    .map((name) => labelOf(kind, name, language))
    .join(': ')
}

/** What tables call the title of what they list. */
const titleNames = [
  'title',
  'name',
  'titre',
  'nom',
  'titulo',
  'nombre',
  'название',
  'имя',
  '标题',
  '名称',
  'العنوان',
  'الاسم',
]
const identifierNames = [
  'id',
  'identifier',
  'identifiant',
  'identificador',
  'идентификатор',
  '标识符',
  'المعرّف',
  'no',
  'nr',
  '№',
]
const languageNames = ['originallanguage', 'language of the text', 'text language']

/** Plain names that a column of a kind may have. */
export const headerNames = (kind: Kind): string[] => [...namesIn(kind).keys()]

const namesOf = new WeakMap<object, ReadonlyMap<string, string>>()

const singular = (label: string): string => label.replace(/ies$/, 'y').replace(/s$/, '')

function namesIn(kind: Kind): ReadonlyMap<string, string> {
  const before = namesOf.get(kind.body)
  if (before) return before
  const names = new Map<string, string>()
  const put = (name: string, path: string) => void (names.has(plainName(name)) || names.set(plainName(name), path))
  const paths = targetsOf(kind).map(({ path }) => path)
  for (const path of paths) put(path, path)
  for (const language of languages)
    for (const path of [...paths, identifierColumn, languageColumn]) put(targetLabel(kind, path, language), path)
  // People name a column after one value: “Country”, as its filter is called, or “Website”.
  for (const { path, asked: formField } of targetsOf(kind)) {
    const facet = `facet.${formField.field.facet}`
    if (formField.field.facet && hasMessage(facet))
      for (const language of languages) put(messagesIn(language)(facet), path)
    if (formField.isList) put(singular(targetLabel(kind, path, 'en')), path)
  }
  for (const [path, others] of Object.entries(usualHeaders))
    if (paths.includes(path)) for (const name of others) put(name, path)
  for (const name of titleNames) put(name, 'title')
  for (const name of identifierNames) put(name, identifierColumn)
  for (const name of languageNames) put(name, languageColumn)
  namesOf.set(kind.body, names)
  return names
}

/** `Title (fr)`, `title_fr`, `Titre [français]`: a name and the language that its texts are in. */
const withLanguage = /^(.+?)(?:\s*[([]\s*([^()[\]]+?)\s*[)\]]|[_@:]([a-z]{2,3}(?:-[a-z0-9]{2,8})?))$/i

/** The columns that a header seems to mean, or that its format says; each field once unless it takes several. */
export function guessColumns(
  kind: Kind,
  header: readonly string[],
  means: readonly (readonly string[])[] = [],
): (Column | null)[] {
  const names = namesIn(kind)
  const targets = new Map(targetsOf(kind).map((target) => [target.path, target]))
  const taken = new Set<string>()
  const keyOf = ({ field, language = '' }: Column) => `${field} ${language}`
  return header.map((name, at) => {
    const found = [...(means[at] ?? []), name]
      .map(columnNamed)
      .find((column) => column !== null && !taken.has(keyOf(column)))
    if (!found) return null
    const target = targets.get(found.field)
    if (!target?.asked.isList && !found.field.includes('.')) taken.add(keyOf(found))
    return found
  })

  function columnNamed(name: string): Column | null {
    if (name === identifierColumn) return { field: name }
    const direct = names.get(plainName(name))
    if (direct) return { field: direct }
    const [, base = '', inBrackets, after] = withLanguage.exec(name.trim()) ?? []
    const path = names.get(plainName(base))
    const target = path === undefined ? undefined : targets.get(path)
    const language = languageNamed(inBrackets ?? after ?? '')
    if (target && isText(target) && language) return { field: target.path, language }
    return target && inBrackets ? { field: target.path } : null
  }
}

/** The same for a whole table: what is in no field is kept as a note, and what holds nothing is left out. */
export const columnsOf = (
  kind: Kind,
  {
    header,
    rows,
    hidden = [],
    means,
    spare = [],
  }: Pick<Table, 'header' | 'rows' | 'means' | 'spare'> & Partial<Pick<Table, 'hidden'>>,
): (Column | null)[] =>
  guessColumns(kind, header, means).map(
    // What somebody hid is for themselves: it is brought where they say so.
    (column, at) => {
      if (hidden.includes(at)) return null
      if (column || spare.includes(at)) return column
      return rows.some(({ cells }) => cells[at]) ? { field: noteColumn } : null
    },
  )
