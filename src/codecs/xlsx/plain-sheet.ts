/**
 * A sheet (ECMA-376 part 1 §18.3.1.73) of nothing but the cells that hold something. Readers make room for all that stands
 * before a cell, so what a tiny file says of far rows and columns is judged here first.
 */
import { SaxesParser } from 'saxes'
import { checkXml } from '#kernel/input-limits.ts'
import { Problem } from '#kernel/problem.ts'
import { columnName } from './write-xlsx.ts'

/** How far cells may stand from the first, how many there may be, and how many there is room for between them. */
export type SheetLimits = { rows: number; columns: number; cells: number; room: number; xmlCharacters: number }

type Row = { number: number; column: number; cells: string[] }
type Cell = { attributes: Readonly<Record<string, string>>; inner: string; holds: boolean }

/** What of a cell is of use: its value, and the parts of an inline text. */
const kept = new Set(['v', 'is', 't', 'r', 'rPh'])

/**
 * The same sheet with its far, empty and merged parts left out; undefined where this part of a workbook is no sheet.
 * @throws Problem sheetTooLarge through `tooLarge`; badSpreadsheet where it cannot be read
 */
export function plainSheet(xml: string, limits: SheetLimits, tooLarge: () => Problem): string | undefined {
  // A sheet has eight levels; what is deeper, or declares a type, is none.
  checkXml(xml, { bytes: limits.xmlCharacters, depth: 32 })
  const parser = new SaxesParser()
  const rows: string[] = []
  let isSheet = false
  let isInside = false
  let before = 0
  let count = 0
  let width = 0
  let row: Row | undefined
  let cell: Cell | undefined

  parser.on('opentag', ({ name, attributes, isSelfClosing }) => {
    const local = localName(name)
    if (local === 'sheetData') isSheet = isInside = true
    else if (!isInside) return
    else if (local === 'row') row = begun(attributes, before)
    else if (local === 'c' && row) cell = cellAt(row, attributes)
    else if (cell && kept.has(local)) cell.inner += isSelfClosing ? `<${local}/>` : `<${local}>`
  })
  parser.on('text', (text) => {
    if (!cell) return
    if (text.trim() !== '') cell.holds = true
    cell.inner += escaped(text)
  })
  parser.on('closetag', ({ name, isSelfClosing }) => {
    const local = localName(name)
    if (local === 'sheetData') isInside = false
    else if (local === 'c' && cell && row) {
      if (cell.holds && ++count > limits.cells) throw tooLarge()
      if (cell.holds) {
        keep(row, cell, limits, tooLarge)
        width = Math.max(width, row.column)
        if (row.number * width > limits.room) throw tooLarge()
      }
      cell = undefined
    } else if (local === 'row' && row) {
      if (row.cells.length > 0) rows.push(`<row r="${row.number}">${row.cells.join('')}</row>`)
      before = row.number
      row = undefined
    } else if (cell && kept.has(local) && !isSelfClosing) cell.inner += `</${local}>`
  })
  parser.on('error', (cause) => {
    throw new Problem('badSpreadsheet', {}, { cause })
  })
  parser.write(xml).close()
  return isSheet ? `<worksheet><sheetData>${rows.join('')}</sheetData></worksheet>` : undefined
}

function keep(row: Row, { attributes, inner }: Cell, limits: SheetLimits, tooLarge: () => Problem): void {
  if (row.number > limits.rows || row.column > limits.columns) throw tooLarge()
  const more = ['t', 's'].map((name) =>
    attributes[name] === undefined ? '' : ` ${name}="${escaped(attributes[name])}"`,
  )
  row.cells.push(`<c r="${columnName(row.column - 1)}${row.number}"${more.join('')}>${inner}</c>`)
}

const localName = (name: string) => name.slice(name.indexOf(':') + 1)
const escaped = (value: unknown) =>
  String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** Where a row or cell does not say where it stands, it is the next. */
function begun({ r }: Cell['attributes'], before: number): Row {
  const number = r === undefined ? before + 1 : Number(/^[1-9]\d{0,6}$/.exec(String(r))?.[0])
  if (!(number > before)) throw new Problem('badSpreadsheet', {})
  return { number, column: 0, cells: [] }
}

function cellAt(row: Row, attributes: Cell['attributes']): Cell {
  const [, letters, number] = /^([A-Z]{1,3})([1-9]\d{0,6})$/.exec(String(attributes.r ?? '')) ?? []
  if (attributes.r !== undefined && Number(number) !== row.number) throw new Problem('badSpreadsheet', {})
  const column = letters === undefined ? row.column + 1 : columnNumber(letters)
  if (column <= row.column) throw new Problem('badSpreadsheet', {})
  row.column = column
  return { attributes, inner: '', holds: false }
}

/** A is 1. */
const columnNumber = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
