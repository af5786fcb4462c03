/** From a row of a spreadsheet to the body of a record, by way of the form: what a form takes, a row takes. */
import type { Violation } from '#kernel/problem.ts'
import { languageNamed } from '#records/vocabularies/language-names.ts'
import { stepsOf, type FormField } from '#records/form/plan.ts'
import { readStep } from '#records/form/read.ts'
import type { Kind } from '#records/kind.ts'
import { violationsOfBody } from '#records/check.ts'
import { moneyIn, placeIn, textsFor, type Separator } from './cells.ts'
import type { LinksOfRows } from './links-of-rows.ts'
import { identifierColumn, isText, languageColumn, noteColumn, targetsOf, type Column, type Target } from './targets.ts'
import { asNote, ignored, meanings, wordKey, type Word } from './words.ts'

export type Mapping = {
  language: string
  separator: Separator
  columns: readonly (Column | null)[]
  words?: readonly Word[]
}

/** What does not fit, and in which column; none where no column leads to the field. */
export type CellViolation = { column: number | undefined; field: string; rule: string; values: Record<string, unknown> }

/** What stands in a row and in no field; `field` where it was meant for one. */
export type CellNote = { column: number; field: string; text: string }

export type FittedRow = {
  body: Record<string, unknown>
  /** What does not fit and can be corrected in its field of the form, as a form keeps it. */
  unread: Record<string, string>
  notes: CellNote[]
  identifier: string
  /** Why there is no draft of it. */
  violations: CellViolation[]
  /** What is noted in the draft, to be corrected there. */
  odd: CellViolation[]
  /** Words that stand for something since somebody said so. */
  mapped: { field: string; word: string }[]
  /** Fields that must be told before it is published, and are not. */
  missing: string[]
}

type Filled = { target: Target; column: number; cell: string; language: string | undefined; row: number }
type Read = { values: Record<string, unknown>; unread: Record<string, string> }
type Told = Pick<FittedRow, 'notes' | 'odd' | 'mapped'>
type How = {
  language: string
  /** Whether it is the language of the row, which forms show. */
  isOfRow: boolean
  mapping: Mapping
  before: Record<string, unknown>
  /** Records by what was typed for them. */
  links: LinksOfRows | undefined
}

export function fitRow(kind: Kind, mapping: Mapping, cells: readonly string[], links?: LinksOfRows): FittedRow {
  const told: Told = { notes: [], odd: [], mapped: [] }
  const language = languageOf(mapping, cells, told)
  const filled = filledIn(kind, mapping, cells)
  let values: Record<string, unknown> = {}
  const unread: Record<string, string> = {}
  for (const tag of new Set([language, ...filled.flatMap((one) => one.language ?? [])])) {
    const own = filled.filter((one) => (one.language ?? language) === tag)
    const read = readIn(kind, own, { language: tag, isOfRow: tag === language, mapping, before: values, links }, told)
    values = { ...values, ...read.values }
    Object.assign(unread, read.unread)
  }
  const body = {
    ...Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)),
    originalLanguage: language,
  }
  told.notes.push(...notesIn(mapping, cells))
  const wrong = new Set(told.odd.map(({ field }) => field))
  const judged = judge(kind, body, (field) => wrong.has(field), unread)
  const inColumns = (all: readonly Omit<CellViolation, 'column'>[]) =>
    all.map((one) => ({ ...one, column: columnOf(mapping, one.field) }))
  told.odd.push(...inColumns(judged.odd))
  const at = mapping.columns.findIndex((one) => one?.field === identifierColumn)
  return {
    body,
    unread,
    ...told,
    identifier: cells[at] ?? '',
    violations: inColumns(judged.refusing),
    missing: judged.missing,
  }
}

const columnOf = ({ columns }: Mapping, field: string): number | undefined => {
  const at = columns.findIndex((one) => one?.field.split('.')[0] === field)
  return at < 0 ? undefined : at
}

const notesIn = ({ columns }: Mapping, cells: readonly string[]): CellNote[] =>
  columns.flatMap((one, column) =>
    one?.field === noteColumn && cells[column] ? [{ column, field: '', text: cells[column] }] : [],
  )

function languageOf({ columns, language }: Mapping, cells: readonly string[], { odd, notes }: Told): string {
  const column = columns.findIndex((one) => one?.field === languageColumn)
  const cell = cells[column] ?? ''
  if (cell === '') return language
  const tag = languageNamed(cell)
  if (tag !== undefined) return tag
  odd.push({ column, field: languageColumn, rule: 'unknownName', values: { text: cell } })
  notes.push({ column, field: '', text: cell })
  return language
}

/** The cells that lead somewhere and hold something; the second column of one part makes the second row of a group. */
function filledIn(kind: Kind, { columns }: Mapping, cells: readonly string[]): Filled[] {
  const targets = new Map(targetsOf(kind).map((target) => [target.path, target]))
  const times = new Map<string, number>()
  return columns.flatMap((column, at): Filled[] => {
    const target = column ? targets.get(column.field) : undefined
    if (!column || !target) return []
    const row = times.get(target.path) ?? 0
    times.set(target.path, row + 1)
    const cell = cells[at] ?? ''
    // Parts of a group are in the language of the row.
    const language = isText(target) && target.path === target.top.name ? column.language : undefined
    return cell === '' ? [] : [{ target, column: at, cell, language, row }]
  })
}

function readIn(kind: Kind, filled: readonly Filled[], how: How, told: Told): Read {
  const form = new URLSearchParams()
  const fieldsOfRow = new Map<string, FormField>()
  for (const one of filled) {
    const { top } = one.target
    const field = top.name
    if (put(form, one, how, told)) fieldsOfRow.set(field, top)
    else {
      told.odd.push({ column: one.column, field, rule: 'unknownName', values: { text: one.cell } })
      told.notes.push({ column: one.column, field, text: one.cell })
    }
  }
  // A period in the cell of its beginning fills in both.
  const ends = [...fieldsOfRow.values()].flatMap(({ field }) => field.endsIn ?? [])
  for (const end of stepsOf(kind).flatMap(({ asked }) => asked))
    if (ends.includes(end.name)) fieldsOfRow.set(end.name, end)
  const read = readStep(
    { name: 'row', asked: [...fieldsOfRow.values()] },
    form,
    how.language,
    how.before,
    how.language,
    how.links,
  )
  const violations = read.violations.map((violation) => ({ violation, at: inColumn(violation, filled) }))
  told.odd.push(...violations.map(({ at }) => at))
  const kept: Read = { values: read.values, unread: {} }
  for (const [name, pairs] of Object.entries(read.unread)) {
    const field = fieldsOfRow.get(name)!
    if (showsTyped(field, how)) kept.unread[name] = inOneText(pairs)
    else {
      const own = violations.filter(({ at }) => at.field === name)
      const [value, texts] = withoutMisfits(
        field,
        form,
        own.map(({ violation }) => violation),
        how,
      )
      if (value !== undefined) kept.values[name] = value
      const column = own[0]?.at.column ?? -1
      for (const text of texts) told.notes.push({ column, field: name, text })
    }
  }
  return kept
}

/** Forms show again what was typed into these; the rest is boxes to tick, rows, and texts in other languages. */
const showsTyped = ({ control, field }: FormField, { isOfRow }: How): boolean =>
  ['line', 'text', 'lines', 'names', 'number', 'money', 'place'].includes(control) &&
  (isOfRow || (field.type !== 'text' && field.type !== 'words'))

/** Several cells that lead to one list are one text of the form, a line each. */
function inOneText(pairs: string): string {
  const texts = new Map<string, string[]>()
  for (const [name, text] of JSON.parse(pairs) as [string, string][])
    texts.set(name, [...(texts.get(name) ?? []), text])
  return JSON.stringify([...texts].map(([name, all]) => [name, all.join('\n')]))
}

/** The value without what does not fit, and the texts that did not. */
function withoutMisfits(
  field: FormField,
  form: URLSearchParams,
  violations: readonly Violation[],
  { language, before, links }: How,
): [value: unknown, texts: string[]] {
  const own = [...form].filter(([name]) => name === field.name || name.startsWith(`${field.name}.`))
  const isMisfit = ([name, text]: [string, string]) =>
    violations.some(
      ({ place, values }) =>
        (name === place || name.startsWith(`${place}.`)) && (typeof values.text !== 'string' || values.text === text),
    )
  const fitting = own.filter((pair) => !isMisfit(pair))
  const texts = own.filter(isMisfit).map(([, text]) => text)
  if (texts.length === 0) return [undefined, own.map(([, text]) => text)]
  const read = readStep(
    { name: 'row', asked: [field] },
    new URLSearchParams(fitting),
    language,
    before,
    language,
    links,
  )
  const value = read.values[field.name]
  return value === undefined && fitting.length > 0
    ? [undefined, own.map(([, text]) => text)]
    : [value ?? undefined, texts]
}

/** A field filled from several columns: the one that holds what was not understood. */
function inColumn({ place, rule, values }: Violation, filled: readonly Filled[]): CellViolation {
  const [field = ''] = place.split('.')
  const own = filled.filter(({ target }) => target.top.name === field)
  const said = typeof values.text === 'string' ? values.text : undefined
  const column = (own.find(({ cell }) => said !== undefined && cell.includes(said)) ?? own[0])?.column
  return { column, field, rule, values }
}

/** Puts a cell where the form would have it; false where it cannot be. */
function put(form: URLSearchParams, { target, cell, row, column }: Filled, { mapping, language }: How, told: Told) {
  const { path, top, asked: formField } = target
  if (path === top.name && (top.control === 'money' || top.control === 'place')) {
    const parts = top.control === 'money' ? moneyIn(cell) : placeIn(cell)
    for (const [part, text] of Object.entries(parts)) form.set(`${path}.${part}`, text)
    return true
  }
  const name = top.control === 'groups' && top.isList ? `${top.name}.${row}.${formField.name}` : path
  const said = meanings(mapping.words ?? none)
  const separator = mapping.columns[column]?.separator ?? mapping.separator
  const isMapped = (text: string) => said.has(wordKey(path, text))
  const texts = textsFor(formField, cell, separator, language, isMapped)
  for (const text of texts ?? []) {
    const to = said.get(wordKey(path, text))
    if (to !== undefined) told.mapped.push({ field: path, word: text })
    if (to === asNote) told.notes.push({ column, field: '', text })
    if (to !== asNote && to !== ignored) form.append(name, to ?? text)
  }
  return texts !== undefined
}
const none: readonly Word[] = []

/**
 * What the kind says of the whole: what is missing may come later, before it is published. Without a title nobody would
 * find it again, so that no draft is made of it; all else is corrected in the draft.
 */
function judge(
  kind: Kind,
  body: Record<string, unknown>,
  isKnown: (field: string) => boolean,
  unread: Readonly<Record<string, string>>,
) {
  const fields = stepsOf(kind).flatMap((step) => step.asked)
  const all = violationsOfBody(kind, body).map((violation) => ({ ...violation, field: violation.place.split('.')[0]! }))
  const isMissing = ({ rule, place }: Violation) => rule === 'required' && !place.includes('.')
  const missing = new Set([
    ...all.filter(isMissing).map(({ field }) => field),
    ...fields.filter(({ name, isRequired }) => isRequired && body[name] === undefined).map(({ name }) => name),
  ])
  const odd = all.filter((violation) => !isMissing(violation) && !isKnown(violation.field))
  const hasNoTitle = missing.delete('title') && unread.title === undefined
  return {
    odd: odd.map(({ field, rule, values }) => ({ field, rule, values })),
    refusing: hasNoTitle ? [{ field: 'title', rule: 'required', values: {} }] : [],
    missing: [...missing].filter((name) => name !== 'originalLanguage' && !isKnown(name)),
  }
}
