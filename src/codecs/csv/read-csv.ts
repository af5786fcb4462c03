import { CsvError, parse, type Options } from 'csv-parse/sync'
import { checkSize, type InputLimits } from '#kernel/input-limits.ts'
import { Problem } from '#kernel/problem.ts'

export type CsvRow = { line: number; cells: Record<string, string> }
export type CsvOptions = Partial<InputLimits> & { columns?: number; rowCharacters?: number; delimiter?: string }

/**
 * Rows by the names of the first line. A name given twice keeps its first column; the later ones are numbered
 * (`Tag`, `Tag#2`), so that nothing is lost without a trace.
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
  checkSize(text, options)
  const records = parseRecords(text, options, { skip_empty_lines: false, relax_column_count: true })
  return records.map(({ record }) => record)
}

/** The sign between the cells of the first row, where it is one of those that spreadsheet programs write. */
export function guessDelimiter(text: string): string {
  const first = outsideQuotes(text.slice(0, 20_000)).split(/[\r\n]/, 1)[0]!
  const counts = [';', '\t', ','].map((sign) => ({ sign, count: first.split(sign).length }))
  return counts.toSorted((a, b) => b.count - a.count)[0]!.sign
}

const outsideQuotes = (text: string) => text.replaceAll(/"[^"]*"/g, '')

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
  const seen = new Map<string, number>()
  return names.map((name) => {
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return times === 1 ? name : `${name}#${times}`
  })
}
