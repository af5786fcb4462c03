/** The first sheet of a workbook (ECMA-376, SpreadsheetML) as texts. Formulas give the values they were saved with. */
import { readSheet } from 'read-excel-file/universal'
import { Problem } from '#core/problem.ts'
import { readZip } from '../zip/read-zip.ts'
import { writeZip } from '../zip/write-zip.ts'

const badFile = (cause?: unknown): never => {
  throw new Problem('badSpreadsheet', {}, { cause })
}

/**
 * Rows from the first, empty ones too, so that their numbers are those that people see. The library that reads the XML has
 * a ZIP reader of its own without limits: it is given a ZIP of ours, of nothing but the parts that were looked through.
 * @throws Problem badSpreadsheet
 */
export async function readXlsx(bytes: Buffer): Promise<string[][]> {
  const parts = readZip(bytes)
    .filter(({ name }) => /\.(xml|rels)$/i.test(name))
    .map((part) => ({ name: part.name, content: part.bytes() }))
  if (!parts.some(({ name }) => name === 'xl/workbook.xml')) badFile()
  for (const { content } of parts) if (hasDoctype(content) || beyondAnySheet.test(content.toString('latin1'))) badFile()
  const { buffer, byteOffset, byteLength } = writeZip(parts, { packs: false })
  const rows = await readSheet(buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer).catch(badFile)
  return rows.map((row) => row.map(textOf))
}

/** Sheets end at XFD1048576 (ECMA-376 part 1 §18.3.1.4, `r`); readers make room for all that stands before a cell. */
const beyondAnySheet = /<(?:\w+:)?c\s(?:[^>]*\s)?r=["'](?:[A-Za-z]{4,}|[A-Za-z]*\d{8,})/

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
