/** Records as CSV (RFC 4180), one line a record: columns that all kinds share, then those of a kind where all are of one. */
import { bestText } from '#kernel/i18n/languages.ts'
import type { StoredRecord, Texts } from '#records/record.ts'

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
] as const

/** Where a comma parts the decimals, spreadsheet programs expect a semicolon between cells. */
const semicolons = new Set(['fr', 'es', 'ru'])

/** A table of words for spreadsheet programs: with the mark by which they know UTF-8. */
export function tableAsCsv(rows: readonly (readonly string[])[], language: string): string {
  const sign = semicolons.has(language) ? ';' : ','
  const inCell = (value: string) => (/[;\t]/.test(value) && !/[",\r\n]/.test(value) ? `"${cell(value)}"` : cell(value))
  return `\uFEFF${rows.map((row) => row.map(inCell).join(sign)).join('\r\n')}\r\n`
}

// A cell that begins like a formula would run in a spreadsheet.
export const cell = (value: string) => {
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** When it was made, began or was founded: the first that is told. */
export const dateOf = ({ publishedOn, year, startedOn, startsOn, since, established }: StoredRecord['body']): unknown =>
  [publishedOn, year, startedOn, startsOn, since, established].find((one) => one !== undefined)

export const csvHead = (more: readonly string[] = []): string => `\uFEFF${[...csvColumns, ...more].join(',')}\r\n`

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
    ...more,
  ]
    .map(cell)
    .join(',')}\r\n`
}
