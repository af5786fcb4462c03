/** A spreadsheet as rows of texts, whichever file it came in. */
import { Problem } from '#kernel/problem.ts'
import { withFormulas } from '#codecs/csv/formulas.ts'
import { guessDelimiter, readPeoplesCsv, withoutSeparatorLine } from '#codecs/csv/read-csv.ts'
import type { MetadataFormat, MetadataTable } from '#codecs/metadata/metadata-table.ts'
import { readMetadata } from '#codecs/metadata/read-metadata.ts'
import { readWorkbook } from '#codecs/xlsx/read-xlsx.ts'
import { plainName } from '#records/vocabularies/names.ts'
import { decode, type Encoding } from '#codecs/csv/decode.ts'

/** How a file is read: what its owner chose, and the names that columns usually have. */
export type HowRead = {
  encoding: Encoding
  language: string
  /** The name of the sheet; the first that is shown where it is none. */
  sheet?: string | undefined
  /** The number of the row that names the columns; guessed where it is none. */
  headerRow?: number | undefined
  /** Plain names of columns, by which the row is guessed. */
  names?: readonly string[] | undefined
  /** What a table may hold; as `limits` says where nothing is said. */
  most?: Most | undefined
}
type Most = { bytes: number; rows: number }

/** `encoding`: as it was read; `xlsx` where the file says itself. */
export type Table = {
  encoding: string
  header: string[]
  rows: Row[]
  headerRow: number
  /** The first rows: each may be the one that names the columns. */
  first: { number: number; text: string }[]
  sheets: string[]
  sheet: string
  /** Columns that the workbook does not show. */
  hidden: number[]
  /** The line of a quotation mark within a cell, which was read as text. */
  quoteLine?: number
  /** Of a metadata file: what it is, the fields that each of its columns may be, and columns that say what another says. */
  format?: MetadataFormat
  means?: (readonly string[])[]
  spare?: number[]
}
/** `number`: the one that spreadsheet programs show. */
export type Row = { number: number; cells: string[] }

export const limits = { bytes: 10 * 1024 * 1024, rows: 5_000, columns: 1_000, cellCharacters: 50_000 }

type Told = Pick<Table, 'encoding' | 'sheets' | 'sheet' | 'hidden' | 'quoteLine'>

/** @throws Problem badSpreadsheet, quoteNotClosed, sheetTooLarge, malformedZip */
export async function readTable(bytes: Buffer, how: HowRead): Promise<Table> {
  const { most = limits } = how
  if (bytes.length > most.bytes) throw tooLarge(most)
  const isZip = bytes.subarray(0, 2).toString('latin1') === 'PK'
  if (isZip) {
    const { rows, ...told } = await readWorkbook(bytes, asTold(most), how.sheet)
    return tableOf(rows, { ...told, encoding: 'xlsx' }, how)
  }
  const read = decode(bytes, how.encoding, how.language)
  if (/\0/.test(read.text)) throw new Problem('badSpreadsheet', {})
  const metadata = readMetadata(read.text)
  if (metadata) return tableOfMetadata(metadata, read.encoding, most)
  if (/^\s*</.test(read.text)) throw new Problem('badSpreadsheet', {})
  const { text, delimiter = guessDelimiter(read.text) } = withoutSeparatorLine(read.text)
  const { rows, quoteLine } = csvRows(text, delimiter, most)
  const told = { encoding: read.encoding, sheets: [], sheet: '', hidden: [] }
  return tableOf(rows, quoteLine === undefined ? told : { ...told, quoteLine }, how)
}

function csvRows(text: string, delimiter: string, most: Most) {
  try {
    return readPeoplesCsv(text, { delimiter, bytes: most.bytes * 2 })
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'invalid') throw error
    const line = Number(error.values.line ?? 0)
    const isQuote = error.values.rule === 'CSV_QUOTE_NOT_CLOSED'
    throw new Problem(isQuote ? 'quoteNotClosed' : 'badSpreadsheet', { line }, { cause: error })
  }
}

/** Each entry is a row, counted from the first; nothing names the columns but the format. */
function tableOfMetadata({ rows, ...metadata }: MetadataTable, encoding: string, most: Most): Table {
  if (rows.length > most.rows || metadata.header.length > limits.columns) throw tooLarge(most)
  if (rows.length === 0) throw new Problem('badSpreadsheet', {})
  return {
    ...metadata,
    encoding,
    rows: rows.map((cells, at) => ({ number: at + 1, cells: cells.map(plain) })),
    headerRow: 1,
    first: [],
    sheets: [],
    sheet: '',
    hidden: [],
  }
}

const asTold = ({ rows, bytes }: Most) => ({ rows, columns: limits.columns, megabytes: bytes / 1024 / 1024 })
const tooLarge = (most: Most) => new Problem('sheetTooLarge', asTold(most))

/** What stands above the row that names the columns is a title, and no row. */
function tableOf(all: readonly string[][], told: Told, { headerRow, names = [], most = limits }: HowRead): Table {
  const rows = all
    .map((cells, at) => ({ number: at + 1, cells: cells.map(plain) }))
    .filter(({ cells }) => cells.some(Boolean))
  const first = rows.slice(0, mostAbove)
  const header = first.find(({ number }) => number === headerRow) ?? guessHeader(first, new Set(names))
  if (!header) throw new Problem('badSpreadsheet', {})
  const rest = rows.slice(rows.indexOf(header) + 1)
  if (rest.length > most.rows) throw tooLarge(most)
  const width = rest.reduce((widest, { cells }) => Math.max(widest, lengthOf(cells)), lengthOf(header.cells))
  if (width > limits.columns) throw tooLarge(most)
  const padded = (cells: string[]) => Array.from({ length: width }, (_, at) => cells[at] ?? '')
  return {
    ...told,
    header: padded(header.cells),
    rows: rest.map(({ number, cells }) => ({ number, cells: padded(cells) })),
    headerRow: header.number,
    first: first.map(({ number, cells }) => ({ number, text: cells.filter(Boolean).join(' · ').slice(0, 80) })),
  }
}

const mostAbove = 15

/** The row with most names that columns usually have; where none has any, the first that is about as wide as the table. */
function guessHeader(rows: readonly Row[], names: ReadonlySet<string>): Row | undefined {
  const known = rows.map(({ cells }) => cells.filter((cell) => names.has(plainName(withoutLanguage(cell)))).length)
  const most = Math.max(0, ...known)
  if (most > 0) return rows[known.indexOf(most)]
  const filled = rows.map(({ cells }) => cells.filter(Boolean).length)
  const wide = Math.max(...filled) * 0.6
  return rows[filled.findIndex((count) => count >= wide)]
}

/** `Title (fr)` */
const withoutLanguage = (name: string) => name.replace(/\s*[([][^()[\]]*[)\]]\s*$/, '')

const lengthOf = (cells: readonly string[]) => cells.findLastIndex(Boolean) + 1

/** No text needs a control character beside the ends of lines, and no database keeps a NUL. */
const plain = (cell: string): string =>
  withFormulas(cell)
    .replaceAll(/[^\P{Cc}\t\n\r]/gu, '')
    .slice(0, limits.cellCharacters)
    .trim()
