/** Workbooks (ECMA-376, SpreadsheetML), with the first row of each sheet kept in sight. */
import writeExcelFile from 'write-excel-file/node'

export type Cell = string | number | Date | null
export type Sheet = {
  name: string
  /** The first names the columns. */
  rows: readonly (readonly Cell[])[]
  /** The first column stands at the right, as readers of Arabic have it. */
  rightToLeft?: boolean
  /** In characters, from the first column on; 24 where nothing is said. */
  widths?: readonly number[]
}

const usualWidth = 24
/** What a cell may hold (Excel refuses a workbook with more). */
const longestText = 32_767

/** A, B, … Z, AA: as spreadsheets name their columns, from 0. */
export const columnName = (at: number): string =>
  (at >= 26 ? columnName(Math.floor(at / 26) - 1) : '') + String.fromCodePoint(65 + (at % 26))

export function writeXlsx(sheets: readonly Sheet[]): Promise<Buffer> {
  const names = sheetNames(sheets.map(({ name }) => name))
  return writeExcelFile(
    sheets.map(({ rows, rightToLeft = false, widths = [] }, at) => ({
      sheet: names[at]!,
      data: rows.map((row) => row.map(cellOf)),
      columns: Array.from({ length: Math.max(0, ...rows.map((row) => row.length)) }, (_, column) => ({
        width: widths[column] ?? usualWidth,
      })),
      stickyRowsCount: 1,
      rightToLeft,
    })),
  ).toBuffer()
}

function cellOf(value: Cell) {
  if (value === null || value === '') return null
  if (value instanceof Date) return { value, type: Date, format: 'yyyy-mm-dd' }
  if (typeof value === 'number') return { value, type: Number }
  // A text that looks like a formula stays a text.
  return { value: withoutControls(value).slice(0, longestText), type: String }
}

/** XML 1.0 §2.2: no other character can be written. */
const withoutControls = (text: string) =>
  text.replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')

/** At most 31 characters, none of those that stand in references to sheets, and each name once. */
function sheetNames(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name, at) => {
    const plain =
      withoutControls(name)
        .replaceAll(/[[\]:*?/\\']/g, ' ')
        .trim()
        .slice(0, 28)
        .trim() || `${at + 1}`
    const free = taken.has(plain.toLowerCase()) ? `${plain} ${at + 1}` : plain
    taken.add(free.toLowerCase())
    return free
  })
}
