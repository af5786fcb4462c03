/** Records as CSV (RFC 4180), one line a record: columns that all kinds share, then those of a kind where all are of one. */
import { bestText } from '#kernel/i18n/languages.ts'
import { withoutFormulas } from '#codecs/csv/formulas.ts'
import type { StoredRecord, Texts } from '#records/record.ts'
import { nameIn } from './citation.ts'
import { peopleOf } from './people.ts'

export const csvColumns = [
  'id',
  'kind',
  'title',
  'title_language',
  'description',
  'languages',
  'countries',
  'levels',
  'subjects',
  'licence',
  'year',
  'url',
  'address',
  'source',
  'revision',
  'changed_at',
  'authors',
] as const

/** Where a comma parts the decimals, spreadsheet programs expect a semicolon between cells. */
const semicolons = new Set(['fr', 'es', 'ru'])

/** A table of words for spreadsheet programs: with the mark by which they know UTF-8. */
export function tableAsCsv(rows: readonly (readonly string[])[], language: string): string {
  const sign = semicolons.has(language) ? ';' : ','
  return `\uFEFF${rows.map((row) => row.map(cell).join(sign)).join('\r\n')}\r\n`
}

/**
 * One value as a cell that no program runs as a formula, however it parts the cells: what it takes for another sign between
 * cells, or for the end of a line, may make a cell of any part of a text (OWASP, CSV injection).
 */
export const cell = (value: string): string => {
  const harmless = withoutFormulas(value)
  return /[",;|\t\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** When it was made, began or was founded: the first that is told. */
export const dateOf = ({ publishedOn, year, startedOn, startsOn, since, established }: StoredRecord['body']): unknown =>
  [publishedOn, year, startedOn, startsOn, since, established].find((one) => one !== undefined)

export const csvHead = (more: readonly string[] = []): string => `\uFEFF${[...csvColumns, ...more].join(',')}\r\n`

/** By name, as a list of references has them; organisations are records of their own. */
const authorsOf = (body: StoredRecord['body']): string =>
  peopleOf(undefined, body)
    .flatMap(({ name, role }) => (role === 'author' ? [nameIn(name)] : []))
    .join('; ')

export function csvLine(
  record: StoredRecord,
  language: string,
  absolute: (path: string) => string,
  more: readonly string[] = [],
): string {
  const { body } = record
  const title = bestText(body.title, language, body.originalLanguage)
  const about = (body.summary ?? body.description ?? body.definition) as Texts | undefined
  const list = (name: string) => ((body[name] ?? []) as string[]).join('; ')
  const date = dateOf(body)
  return `${[
    record.id,
    record.kind,
    title.text,
    title.language,
    about ? bestText(about, language, body.originalLanguage).text : '',
    list('languages'),
    list('countries'),
    list('levels'),
    list('subjects'),
    String(body.licence ?? list('licences')),
    date === undefined ? '' : String(date).slice(0, 4),
    String(body.url ?? body.website ?? record.origin?.url ?? ''),
    absolute(`/records/${record.id}`),
    record.origin?.collection ?? '',
    String(record.revision),
    record.changedAt,
    authorsOf(body),
    ...more,
  ]
    .map(cell)
    .join(',')}\r\n`
}
