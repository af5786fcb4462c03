/** The first sheet of a workbook (ECMA-376, SpreadsheetML) as texts. Formulas give the values they were saved with. */
import { readSheet } from 'read-excel-file/universal'
import { Problem } from '#kernel/problem.ts'
import { readZip } from '../zip/read-zip.ts'
import { writeZip } from '../zip/write-zip.ts'
import { fillMerged, layoutOf, sheetsIn, type SheetLayout } from './layout.ts'
import { plainSheet } from './plain-sheet.ts'

const badFile = (cause?: unknown): never => {
  throw new Problem('badSpreadsheet', {}, { cause })
}

/** What a sheet may hold, as those say who ask for one. */
export type XlsxLimits = { rows: number; columns: number; megabytes: number }
const usual: XlsxLimits = { rows: 5_000, columns: 200, megabytes: 10 }

/** Empty rows between others count for where a row stands, and not as rows. */
const reach = 4
/** Readers fill all that stands between the first cell and the last. */
const mostRoom = 2_000_000
const mostCells = 500_000
const mostParts = 300
const unpackedBytes = 48 * 1024 * 1024
/** Cells name shared texts by number, so that few bytes can stand for very many characters. */
const mostCharacters = 20_000_000

/**
 * Rows from the first, empty ones too, so that their numbers are those that people see. The library that reads the XML has
 * a ZIP reader of its own without limits: it is given a ZIP of ours, of nothing but the parts that were looked through.
 * @throws Problem badSpreadsheet; malformedZip; sheetTooLarge
 */
export async function readXlsx(bytes: Buffer, limits: XlsxLimits = usual): Promise<string[][]> {
  return (await readWorkbook(bytes, limits)).rows
}

/** `sheets`: the names of all, in their order. `hidden`: numbers of columns that the workbook does not show, from 0. */
export type Workbook = { rows: string[][]; sheets: string[]; sheet: string; hidden: number[] }

/**
 * One sheet of a workbook: the one named so, else the first that is shown. Cells that are merged down hold their value in
 * each row.
 * @throws as `readXlsx`
 */
export async function readWorkbook(bytes: Buffer, limits: XlsxLimits = usual, wanted = ''): Promise<Workbook> {
  const tooLarge = () => new Problem('sheetTooLarge', { ...limits })
  const layouts = new Map<string, SheetLayout>()
  const parts = readZip(bytes, { entries: mostParts, unpackedBytes, ratio: 250 })
    .filter(({ name }) => /\.(xml|rels)$/i.test(name))
    .map((part) => {
      const bytesOf = part.bytes()
      const plain = plainPart(bytesOf, limits, tooLarge)
      if (typeof plain === 'string') layouts.set(part.name, layoutOf(bytesOf.toString('utf8')))
      return { name: part.name, content: plain }
    })
  if (!parts.some(({ name }) => name === 'xl/workbook.xml')) badFile()
  const content = (name: string) => String(parts.find((part) => part.name === name)?.content ?? '')
  const sheets = sheetsIn(content('xl/workbook.xml'), content('xl/_rels/workbook.xml.rels'))
  const chosen = sheets.find(({ name }) => name === wanted) ?? sheets.find(({ isHidden }) => !isHidden) ?? sheets[0]
  const layout = layouts.get(chosen?.path ?? '')
  const { buffer, byteOffset, byteLength } = writeZip(parts, { packs: false })
  const workbook = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer
  const rows = await readSheet(workbook, chosen ? sheets.indexOf(chosen) + 1 : 1).catch(badFile)
  const texts = rows.map((row) => row.map(textOf))
  fillMerged(texts, layout?.merged ?? [])
  const characters = texts.reduce((sum, row) => row.reduce((all, text) => all + text.length, sum), 0)
  if (characters > mostCharacters) throw tooLarge()
  return {
    rows: texts,
    sheets: sheets.map(({ name }) => name),
    sheet: chosen?.name ?? '',
    hidden: (layout?.hidden ?? []).filter((column) => column < limits.columns),
  }
}

/** A part as it may be read: of a sheet the cells that hold something, near enough. */
function plainPart(content: Buffer, { rows, columns }: XlsxLimits, tooLarge: () => Problem): Buffer | string {
  if (hasDoctype(content)) badFile()
  const limits = { rows: rows * reach, columns, cells: mostCells, room: mostRoom, xmlCharacters: unpackedBytes }
  try {
    return plainSheet(content.toString('utf8'), limits, tooLarge) ?? content
  } catch (error) {
    if (error instanceof Problem && error.code === 'sheetTooLarge') throw error
    return badFile(error)
  }
}

/** Entities begin there; no spreadsheet program writes them. Other encodings than UTF-8 are not written either. */
const hasDoctype = (xml: Buffer): boolean =>
  xml.includes('<!DOCTYPE') ||
  xml.includes('<!ENTITY') ||
  (xml.length > 1 && (xml[0] === 0 || xml[1] === 0 || xml[0]! >= 0xfe))

/** What programs show where a formula came to nothing (ECMA-376 Part 1, 18.18.11 and 22.9.2). */
const formulaFaults = /^#(?:N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)$/

function textOf(value: unknown): string {
  if (typeof value === 'string' && formulaFaults.test(value)) return ''
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return dateOf(value)
  return String(value)
}

/** A day, without the midnight that spreadsheets add to it. */
function dateOf(date: Date): string {
  if (Number.isNaN(date.getTime())) return ''
  const [day = '', time = ''] = date.toISOString().split('T')
  return time.startsWith('00:00:00') ? day : date.toISOString()
}
