/** A spreadsheet as rows of texts, whichever file it came in. */
import { Problem } from '#kernel/problem.ts'
import { withFormulas } from '#codecs/csv/formulas.ts'
import { guessDelimiter, readCsvRows } from '#codecs/csv/read-csv.ts'
import { readXlsx } from '#codecs/xlsx/read-xlsx.ts'
import { decode, type Encoding } from './decode.ts'

/** `encoding`: as it was read; `xlsx` where the file says itself. */
export type Table = { encoding: string; header: string[]; rows: Row[] }
/** `number`: the one that spreadsheet programs show. */
export type Row = { number: number; cells: string[] }

export const limits = { bytes: 10 * 1024 * 1024, rows: 5_000, columns: 200, cellCharacters: 50_000 }

/** @throws Problem badSpreadsheet, sheetTooLarge, malformedZip */
export async function readTable(bytes: Buffer, encoding: Encoding, language: string): Promise<Table> {
  if (bytes.length > limits.bytes) throw tooLarge()
  const isZip = bytes.subarray(0, 2).toString('latin1') === 'PK'
  if (isZip) return tableOf(await readXlsx(bytes, asTold), 'xlsx')
  const read = decode(bytes, encoding, language)
  if (/\0/.test(read.text)) throw new Problem('badSpreadsheet', {})
  const delimiter = guessDelimiter(read.text)
  return tableOf(csvRows(read.text, delimiter), read.encoding)
}

function csvRows(text: string, delimiter: string): string[][] {
  try {
    return readCsvRows(text, { delimiter, bytes: limits.bytes * 2 })
  } catch (error) {
    if (error instanceof Problem && error.code === 'invalid')
      throw new Problem('badSpreadsheet', { line: error.values.line ?? 0 }, { cause: error })
    throw error
  }
}

const asTold = { rows: limits.rows, columns: limits.columns, megabytes: limits.bytes / 1024 / 1024 }
const tooLarge = () => new Problem('sheetTooLarge', asTold)

/** The first row that is not empty names the columns. */
function tableOf(all: readonly string[][], encoding: string): Table {
  const rows = all
    .map((cells, at) => ({ number: at + 1, cells: cells.map(plain) }))
    .filter(({ cells }) => cells.some(Boolean))
  const [first, ...rest] = rows
  if (!first) throw new Problem('badSpreadsheet', {})
  const width = Math.max(...rows.slice(0, limits.rows + 1).map(({ cells }) => lengthOf(cells)))
  if (rest.length > limits.rows || width > limits.columns) throw tooLarge()
  const padded = (cells: string[]) => Array.from({ length: width }, (_, at) => cells[at] ?? '')
  return {
    encoding,
    header: padded(first.cells),
    rows: rest.map(({ number, cells }) => ({ number, cells: padded(cells) })),
  }
}

const lengthOf = (cells: readonly string[]) => cells.findLastIndex(Boolean) + 1

/** No text needs a control character beside the ends of lines, and no database keeps a NUL. */
const plain = (cell: string): string =>
  withFormulas(cell)
    .replaceAll(/[^\P{Cc}\t\n\r]/gu, '')
    .slice(0, limits.cellCharacters)
    .trim()
