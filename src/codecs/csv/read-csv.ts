import { CsvError, parse, type Options } from 'csv-parse/sync'
import { checkSize, type InputLimits } from '#kernel/input-limits.ts'
import { Problem } from '#kernel/problem.ts'

export type CsvRow = { line: number; cells: Record<string, string> }
export type CsvOptions = Partial<InputLimits> & { columns?: number; rowCharacters?: number; delimiter?: string }

/**
 * Rows by the names of the first line. A name given twice keeps its first column; the later ones are numbered
 * (`Tag`, `Tag#2`, or the next number that no column has), so that nothing is lost without a trace.
 *
 * @throws Problem tooLarge, invalid with the line.
 */
export function readCsv(text: string, options: CsvOptions = {}): CsvRow[] {
  checkSize(text, options)
  const records = parseRecords(text, options)
  const [names, ...rows] = records
  if (!names) return []
  const columns = options.columns ?? 2_000
  if (names.record.length > columns) throw new Problem('tooLarge', { limit: columns, size: names.record.length })

  const keys = distinct(names.record.map((name) => name.trim()))
  return rows.map(({ record, info }) => ({
    line: info.lines,
    cells: Object.fromEntries(keys.map((key, index) => [key, record[index] ?? ''])),
  }))
}

/**
 * Rows as they stand, the names of columns among them and empty rows too, so that a row’s number is the one that
 * spreadsheets show. Rows may differ in length.
 *
 * @throws Problem tooLarge, invalid with the line.
 */
export function readCsvRows(text: string, options: CsvOptions = {}): string[][] {
  return readPeoplesCsv(text, options).rows
}

/**
 * The same, and the line of a quotation mark that stands within a cell: RFC 4180 knows none there, so that it is read as
 * part of the text.
 *
 * @throws Problem tooLarge; invalid with the line, where a quotation mark is never closed that of its beginning.
 */
export function readPeoplesCsv(text: string, options: CsvOptions = {}): { rows: string[][]; quoteLine?: number } {
  checkSize(text, options)
  const asTheyStand: Options = { skip_empty_lines: false, relax_column_count: true }
  const rowsOf = (more: Options) => parseRecords(text, options, { ...asTheyStand, ...more }).map(({ record }) => record)
  try {
    return { rows: rowsOf({}) }
  } catch (error) {
    const { line = 0, rule = '' } = error instanceof Problem ? error.values : {}
    if (!quoteFaults.has(String(rule))) throw error
    try {
      return { rows: rowsOf({ relax_quotes: true }), quoteLine: Number(line) }
    } catch (again) {
      if (!(again instanceof Problem) || again.values.rule !== openQuote) throw again
      throw new Problem('invalid', { line: lineOfOpenQuote(text, options.delimiter ?? ','), rule: openQuote })
    }
  }
}
const openQuote = 'CSV_QUOTE_NOT_CLOSED'
const quoteFaults = new Set([openQuote, 'INVALID_OPENING_QUOTE', 'CSV_INVALID_CLOSING_QUOTE'])

/** Where the quotation mark stands that opens a cell and is never closed; lines from 1. */
function lineOfOpenQuote(text: string, delimiter: string): number {
  let line = 1
  let opened = 0
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]
    if (sign === '\n') line++
    if (sign !== '"') continue
    const before = text[at - 1]
    if (opened === 0) opened = before === undefined || before === '\n' || before === delimiter ? line : 0
    else if (text[at + 1] === '"') at++
    else opened = 0
  }
  return opened || line
}

const signs = [';', '\t', ',', '|'] as const
const mostLines = 30

/** `sep=;` above a table, as spreadsheet programs write and read it: the sign, and the text without it. */
export function withoutSeparatorLine(text: string): { text: string; delimiter?: string } {
  const [line, delimiter] = /^\uFEFF?"?sep=(.)"?[^\S\n]*(?:\r\n|\n|\r|$)/iu.exec(text) ?? []
  return line === undefined || delimiter === undefined ? { text } : { text: text.slice(line.length), delimiter }
}

/**
 * The sign that parts cells: the one that stands equally often in most lines, since titles above a table hold none and
 * texts hold commas as they like.
 */
export function guessDelimiter(text: string): string {
  const lines = withoutQuoted(text.slice(0, 100_000))
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
    .slice(0, mostLines)
  const scores = signs.map((sign) => {
    const counts = new Map<number, number>()
    for (const line of lines) {
      const count = line.split(sign).length - 1
      if (count > 0) counts.set(count, (counts.get(count) ?? 0) + 1)
    }
    const [count = 0, times = 0] = [...counts].toSorted((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? []
    return { sign, score: times * 1_000 + count }
  })
  return scores.toSorted((a, b) => b.score - a.score)[0]!.sign
}

const withoutQuoted = (text: string) => text.replaceAll(/(?<=^|[;,\t|\n])"(?:[^"]|"")*"(?=[;,\t|\r\n]|$)/g, 'x')

type Parsed = { record: string[]; info: { lines: number } }

function parseRecords(
  text: string,
  { rowCharacters = 4 * 1024 * 1024, delimiter = ',' }: CsvOptions,
  more: Options = {},
): Parsed[] {
  try {
    return parse(text, {
      bom: true,
      info: true,
      delimiter,
      max_record_size: rowCharacters,
      relax_column_count_less: true,
      skip_empty_lines: true,
      ...more,
    }) as unknown as Parsed[]
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause
    throw new Problem('invalid', { line: Number(cause['lines'] ?? 0), rule: cause.code }, { cause })
  }
}

function distinct(names: string[]): string[] {
  const given = new Set(names)
  const taken = new Set<string>()
  return names.map((name) => {
    let key = name
    // A column may be called so itself, here or further on.
    for (let number = 2; taken.has(key) || (key !== name && given.has(key)); number++) key = `${name}#${number}`
    taken.add(key)
    return key
  })
}
