/** The first sheet of a workbook (ECMA-376, SpreadsheetML) as texts. Formulas give the values they were saved with. */
import { readSheet } from 'read-excel-file/universal'
import { Problem } from '#core/problem.ts'
import { readZip } from '../zip/read-zip.ts'

const badFile = (cause?: unknown): never => {
  throw new Problem('badSpreadsheet', {}, { cause })
}

/** Rows from the first, empty ones too, so that their numbers are those that people see. @throws Problem badSpreadsheet */
export async function readXlsx(bytes: Buffer): Promise<string[][]> {
  const entries = readZip(bytes)
  if (!entries.some(({ name }) => name === 'xl/workbook.xml')) badFile()
  for (const { name, bytes: contents } of entries) if (/\.(xml|rels)$/.test(name) && hasDoctype(contents())) badFile()
  const whole = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
  const rows = await readSheet(whole).catch(badFile)
  return rows.map((row) => row.map(textOf))
}

/** Entities begin there; no spreadsheet program writes them. Other encodings than UTF-8 are not written either. */
const hasDoctype = (xml: Buffer): boolean =>
  xml.includes('<!DOCTYPE') ||
  xml.includes('<!ENTITY') ||
  (xml.length > 1 && (xml[0] === 0 || xml[1] === 0 || xml[0]! >= 0xfe))

function textOf(value: unknown): string {
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
