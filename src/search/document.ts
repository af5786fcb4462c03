/** What search finds a record by: derived from the annotations of its kind. */
import { languages } from '#kernel/i18n/languages.ts'
import type { Kind } from '#records/kind.ts'
import { isBare, isListAlone } from '#records/bare.ts'
import { linksOf } from '#records/check.ts'
import { outcomeAreasOf } from '#records/vocabularies/outcome-area.ts'
import { fieldsOf, type FieldAt } from '#records/field-plan.ts'
import type { Body, StoredRecord } from '#records/record.ts'
import { labelOf, regionsOf, withBroader } from '#records/vocabularies/index.ts'
import { editionOf, languageTags, type SearchDocument, type SearchText } from './contract.ts'
import { datedAt, standingOf } from './standing.ts'
import searched from './searched-names.json' with { type: 'json' }

/** What these say is searched in all languages of the interface: a story is found by “histoire” and “故事”.
 * Levels are left to their filter: all of them are called some “education”, and would be found by that word. */
export const labelledFacets: ReadonlySet<string> = new Set(['country', 'type', 'subject', 'technology', 'setting'])
/** Everything is in the world. */
const wholeWorld = '001'
const labelsSearched: readonly string[] = languages
/** What is in more countries than this is found by their filter alone: it is no answer to who asks about one of them. */
const mostCountriesNamed = 60

export type DocumentOptions = {
  /** Whether what its codes are called is among its texts; to tell what it is like, only its own words are. */
  labels?: boolean
  /** The records by whose titles and values it is found too, by identifier (see `namedBy`). */
  names?: ReadonlyMap<string, Pick<StoredRecord, 'body' | 'status'>>
  /** The other records by whose titles it is found (see found-through.ts). */
  namers?: readonly Pick<StoredRecord, 'body'>[]
  /** Words outside it by which it is found (see further-words.ts). */
  further?: readonly SearchText[]
}

/** The records by which this one is found too: a statement names its framework, a finding its intervention, only by a link. */
export const namedBy = (kind: Kind, body: Body): string[] =>
  fieldsOf(kind).flatMap(({ field, valuesIn }) =>
    field.type === 'link' && (field.weight ?? field.lends) ? (valuesIn(body) as string[]) : [],
  )

/** What a record names: found by its title, as a study is by the practice that it was made of. */
export const namesOf = (kind: Kind, body: Body): string[] =>
  fieldsOf(kind).flatMap(({ field, valuesIn }) => (field.names ? (valuesIn(body) as string[]) : []))

export function searchDocument(
  kind: Kind,
  record: StoredRecord,
  { labels = true, names, namers = [], further = [] }: DocumentOptions = {},
): SearchDocument {
  const { body } = record
  const values: Record<string, string[]> = { kind: [kind.name] }
  const texts: SearchText[] = []
  for (const at of fieldsOf(kind)) {
    const found = at.valuesIn(body)
    if (found.length === 0) continue
    if (at.field.weight) texts.push(...textsOf(at, found, body.originalLanguage, names))
    if (at.field.facet) put(values, at.field.facet, found.map(String))
    const regions = at.field.facet === 'country' ? [...new Set((found as string[]).flatMap(regionsOf))] : []
    put(values, 'region', regions)
    const isEverywhere = at.field.facet === 'country' && found.length > mostCountriesNamed
    if (labels && !isEverywhere)
      texts.push(...regions.filter((code) => code !== wholeWorld).flatMap((code) => labelTexts('regions', code)))
    if (at.field.facet === 'outcomeDomain') put(values, 'outcomeArea', (found as string[]).flatMap(outcomeAreasOf))
    for (const [name, to] of Object.entries(at.field.lends ?? {})) {
      const [facet = '', rel] = to.split(':')
      const lent = lentBy(found, name, names)
      put(values, facet, rel ? lent.map((id) => `${rel}:${id}`) : lent)
    }
    if (labels && !isEverywhere && labelledFacets.has(at.field.facet ?? ''))
      texts.push(...(found as string[]).flatMap((code) => labelTexts(at.field.vocabulary!, code)))
  }
  for (const { body: namer } of namers)
    for (const [language, text] of Object.entries(namer.title)) texts.push({ text, language, weight: 'text' })
  texts.push(...further)
  // A course is called one by its kind; of resources the type says it.
  if (labels) texts.push(...labelTexts('resource-types', kind.name))
  if (!values.area && kind.area !== 'clearing-house') values.area = [kind.area]
  put(
    values,
    'linked',
    linksOf(kind, body).map(({ rel, toId }) => `${rel}:${toId}`),
  )
  if (values.language && values.linked?.some((link) => link.startsWith(editionOf)))
    values[languageTags] = values.language
  const prominence = prominenceOf(kind, body)
  if (record.origin?.collection) values.collection = [record.origin.collection]
  return {
    number: record.number,
    prominence,
    standing: standingOf(kind, record, prominence),
    title: titleOf(body),
    ...namedIn(kind, body),
    texts,
    values: expand(values),
    year: yearOf(values),
    changedAt: datedAt(kind, record),
  }
}

/** The first word of a title: alone, or before what explains it. In scripts without spaces a title is no word. */
const nameAlone = /^\s*([\p{L}\p{N}][^\s:–—(,|®™]{2,})[®™]?\s*(?:$|[:–—(|]|- )/u
const nameBefore = /^\s*([\p{L}\p{N}][^\s:–—(,|®™]{2,})[®™]?\s*(?:[:–—]|- )/u
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u

function namedIn({ isProperName, beginsWithName }: Kind, { title }: Body): Pick<SearchDocument, 'properNames'> {
  const pattern = isProperName ? nameAlone : beginsWithName ? nameBefore : null
  const found = pattern ? Object.values(title).flatMap((one) => pattern.exec(one)?.[1] ?? []) : []
  const properNames = [...new Set(found)].filter((name) => !unspaced.test(name))
  return properNames.length > 0 ? { properNames } : {}
}

/** What is left to a link with a name, to what is only a name without a word of what it is, to what tells no outcome, and to a bare list. */
const shares = { ofLink: 0.75, ofName: 0.95, ofUntold: 0.8, ofList: 0.75 }

export const prominenceOf = (kind: Kind, body: Body): number =>
  (kind.prominence ?? 1) * shareOf(kind, body) * (isListAlone(body) ? shares.ofList : 1)

function shareOf(kind: Kind, body: Body): number {
  if (isBare(body)) return shares.ofLink
  if (kind.endsWith !== undefined && body[kind.endsWith] === undefined) return shares.ofUntold
  const telling = fieldsOf(kind).filter(({ field }) => field.weight === 'heading')
  return telling.length > 0 && !telling.some(({ valuesIn }) => valuesIn(body).length > 0) ? shares.ofName : 1
}

const titleOf = ({ title, originalLanguage }: Body) => title[originalLanguage] ?? Object.values(title)[0] ?? ''

function textsOf(
  { field }: FieldAt,
  found: unknown[],
  language: string,
  names: DocumentOptions['names'],
): SearchText[] {
  const weight = field.weight!
  const inLanguages = (texts: Record<string, string>) =>
    Object.entries(texts).map(([tag, text]) => ({ text, language: tag, weight }))
  if (field.type === 'text') return found.flatMap((texts) => inLanguages(texts as Record<string, string>))
  if (field.type === 'link') return found.flatMap((id) => inLanguages(names?.get(String(id))?.body.title ?? {}))
  if (field.type === 'words')
    return found.flatMap((texts) =>
      Object.entries(texts as Record<string, string[]>).flatMap(([tag, all]) =>
        all.map((text) => ({ text, language: tag, weight })),
      ),
    )
  const { searchedUntil } = field
  const read = (text: string) => (searchedUntil === undefined ? text : text.split(searchedUntil)[0]!)
  return found.map((text) => ({ text: read(String(text)), language, weight }))
}

/** What the linked records say in that field; a withdrawn one says nothing. */
const lentBy = (ids: unknown[], name: string, names: DocumentOptions['names']): string[] =>
  ids.flatMap((id) => {
    const there = names?.get(String(id))
    return there?.status === 'published' ? ((there.body[name] ?? []) as string[]) : []
  })

const searchedNames: Record<string, Record<string, Record<string, string[]> | undefined> | undefined> = searched.names

/** What a value is called, and what else people type for it: programming is no word of “software and applications development”. */
const labelTexts = (list: string, code: string): SearchText[] =>
  labelsSearched.flatMap((language) => {
    const label = labelOf(list, code, language)
    const main = label?.language === language ? [label.text] : []
    return [...main, ...(searchedNames[list]?.[code]?.[language] ?? [])].map((text) => ({
      text,
      language,
      weight: 'text' as const,
    }))
  })

function put(values: Record<string, string[]>, facet: string, added: string[]) {
  if (added.length === 0) return
  values[facet] = [...new Set([...(values[facet] ?? []), ...added])]
}

/** Subjects count for what is broader too; languages by their first part; days by their year. */
function expand(values: Record<string, string[]>): Record<string, string[]> {
  const { subject, language, year } = values
  return {
    ...values,
    ...(subject && { subject: [...new Set(subject.flatMap((code) => withBroader('subjects', code)))] }),
    ...(language && { language: [...new Set(language.map((tag) => tag.split('-')[0]!.toLowerCase()))] }),
    ...(year && { year: [...new Set(year.map((day) => day.slice(0, 4)))] }),
  }
}

const yearOf = ({ year }: Record<string, string[]>) => (year?.[0] ? Number(year[0].slice(0, 4)) : null)
