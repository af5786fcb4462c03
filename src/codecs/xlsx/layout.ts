/** What a workbook says of its sheets beside their cells: names and order, merged cells, columns that are not shown. */
import { SaxesParser } from 'saxes'

export type NamedSheet = { name: string; path: string; isHidden: boolean }
/** Numbers of rows and columns from 0. */
export type Merged = { row: number; last: number; column: number }
export type SheetLayout = { merged: Merged[]; hidden: number[] }

const mostMerged = 20_000
const mostHidden = 2_000
const localName = (name: string) => name.slice(name.indexOf(':') + 1)

type Attributes = Readonly<Record<string, string>>

/** Goes through elements; what cannot be read says nothing, since the cells are judged elsewhere. */
function eachElement(xml: string, work: (name: string, attributes: Attributes) => void): void {
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => work(localName(name), attributes as Attributes))
  parser.on('error', () => undefined)
  parser.write(xml).close()
}

/** Sheets in their order (ECMA-376 Part 1, 18.2.20), each with the part that holds it. */
export function sheetsIn(workbook: string, relations: string): NamedSheet[] {
  const targets = new Map<string, string>()
  eachElement(relations, (name, { Id = '', Target = '' }) => {
    if (name === 'Relationship') targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`)
  })
  const sheets: NamedSheet[] = []
  eachElement(workbook, (tag, attributes) => {
    if (tag !== 'sheet') return
    const id = Object.entries(attributes).find(([key]) => localName(key) === 'id' && key.includes(':'))?.[1] ?? ''
    const isHidden = attributes.state !== undefined && attributes.state !== 'visible'
    sheets.push({ name: attributes.name ?? '', path: targets.get(id) ?? '', isHidden })
  })
  return sheets
}

/** Merged cells (18.3.1.55) and hidden columns (18.3.1.13) of a sheet. */
export function layoutOf(sheet: string): SheetLayout {
  const layout: SheetLayout = { merged: [], hidden: [] }
  // Cells are most of a sheet and say nothing of it.
  eachElement(sheet.replace(/<((?:\w+:)?sheetData)\b[^]*<\/\1>/, ''), (name, { ref = '', hidden, min, max }) => {
    if (name === 'mergeCell' && layout.merged.length < mostMerged) {
      const [, letters = '', from, , to] = /^([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))$/.exec(ref) ?? []
      if (letters && Number(to) > Number(from))
        layout.merged.push({ row: Number(from) - 1, last: Number(to) - 1, column: columnOf(letters) })
    }
    if (name === 'col' && (hidden === '1' || hidden === 'true'))
      for (let at = Number(min); at <= Number(max) && layout.hidden.length < mostHidden; at++)
        layout.hidden.push(at - 1)
  })
  return layout
}

const columnOf = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1

/** What is merged down holds in each row that says something. */
export function fillMerged(rows: string[][], merged: readonly Merged[]): void {
  for (const { row, last, column } of merged) {
    const value = rows[row]?.[column]
    if (!value) continue
    for (const below of rows.slice(row + 1, last + 1)) if (below.some(Boolean) && !below[column]) below[column] = value
  }
}
