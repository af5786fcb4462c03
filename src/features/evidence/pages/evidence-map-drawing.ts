/** The evidence gap map as a drawing whose circles lead to what they count. */
import { html, nothing, type Html } from '#kernel/html/html.ts'
import { directionOf } from '#kernel/i18n/languages.ts'
import type { MapCell } from '../map/map.ts'
import {
  cellsByPlace,
  cellWords,
  columnName,
  hasPractices,
  linkTo,
  practicesAt,
  practicesLink,
  rowName,
  type Shown,
} from './evidence-map-words.ts'
import type { View } from '#ui/view.ts'

const narrowest = 86
const letterWidth = 7
const cellHeight = 88
const nameWidth = 170
const headHeight = 70
const largest = 27
const smallest = 9

const levelOf = ({ levels }: MapCell): string => levels[0]?.value ?? ''

/** Told apart by colour and by line: the weaker, the more the ring is broken. */
export const bubble = (x: number, y: number, radius: number, level: string): Html =>
  html`<circle class="strength ${level.toLowerCase()}" cx="${x}" cy="${y}" r="${radius.toFixed(1)}" />`

export function drawing(view: View, shown: Shown): Html {
  const { rows, columns } = shown.map
  const before = hasPractices(shown) ? 1 : 0
  const names = columns.map((column) => columnName(view, column))
  const cellWidth = Math.max(narrowest, ...names.flatMap((name) => linesOf(name, 12)).map(widthOf))
  const width = nameWidth + (columns.length + before) * cellWidth
  const height = headHeight + rows.length * cellHeight
  const mirrored = directionOf(view.language) === 'rtl'
  const middle = (column: number) => {
    const x = nameWidth + column * cellWidth + cellWidth / 2
    return mirrored ? width - x : x
  }
  const at = cellsByPlace(shown.map)
  const most = Math.max(1, ...shown.map.cells.map(({ count }) => count))
  const lines = Array.from({ length: rows.length + 1 }, (_, i) => {
    const y = headHeight + i * cellHeight
    return html`<line class="grid" x1="0" x2="${width}" y1="${y}" y2="${y}" />`
  })
  const heads = names.map((name, i) => textAt(middle(i + before), 14, name, 'middle', 12))
  const bodies = rows.map((row, r) => {
    const y = headHeight + r * cellHeight + cellHeight / 2
    const name = textAt(mirrored ? width - 4 : 4, y - 6, rowName(view, shown, row), 'start', 22)
    return html`${name}${before > 0 && practices(view, shown, { row, x: middle(0), y })}${columns.map((column, c) => {
      const cell = at(row, column)
      return cell
        ? filled(view, shown, cell, { x: middle(c + before), y, most })
        : html`<circle class="gap" cx="${middle(c + before)}" cy="${y}" r="3" />`
    })}`
  })
  return html`<svg
    class="gap-map"
    role="group"
    aria-labelledby="gap-map"
    viewBox="0 0 ${width} ${height}"
    width="${width}"
    height="${height}"
    direction="${mirrored ? 'rtl' : 'ltr'}"
  >
    ${lines}${before > 0 && textAt(middle(0), 14, view.t('kind.practice.many'), 'middle', 12)}${heads}${bodies}
  </svg>`
}

/** A square, so that nobody takes practices for findings. */
function practices(view: View, shown: Shown, { row, x, y }: { row: string; x: number; y: number }): Html {
  const { map, filters } = shown
  const count = practicesAt(map, row)
  if (count === 0) return html`${nothing}`
  return html`<a href="${practicesLink(view, filters, row)}" tabindex="-1" aria-hidden="true"
    ><title>${rowName(view, shown, row)}${view.f.colon}${view.t('gaps.practices', { count })}</title><rect class="practices" x="${x - 20}" y="${y - 24}" width="40" height="30" rx="4" /><text class="count" x="${x}" y="${y - 4}" text-anchor="middle">${view.f.number(count)}</text></a>`
}

type Drawn = { x: number; y: number; most: number }

/** The table and the list have the same links for keyboards and screen readers, so these stay out of their way. */
function filled(view: View, shown: Shown, cell: MapCell, { x, y, most }: Drawn): Html {
  const radius = smallest + (largest - smallest) * Math.sqrt(cell.count / most)
  return html`<a href="${linkTo(view, shown.filters, cell)}" tabindex="-1" aria-hidden="true"
    ><title>${rowName(view, shown, cell.row)} × ${columnName(view, cell.outcome)}${view.f.colon}${cellWords(view, cell)}</title
    >${bubble(x, y - 9, radius, levelOf(cell))}<text class="count" x="${x}" y="${y - 4}" text-anchor="middle">${view.f.number(cell.count)}</text
    ><text class="n" x="${x}" y="${y + 37}" text-anchor="middle" direction="ltr">${levelOf(cell)}</text></a
  >`
}

/** About as wide as a line is drawn, with room beside it, so that headings of neighbours do not touch. */
const widthOf = (line: string): number => (/[\u3400-\u9fff]/.test(line) ? 0 : line.length * letterWidth + 8)

/** A name broken into short lines, at spaces and after hyphens; Chinese may break anywhere. */
function linesOf(name: string, letters: number): string[] {
  const pieces = /[\u3400-\u9fff]/.test(name) ? (name.match(/.{1,6}/gu) ?? []) : name.split(/ |(?<=-)/)
  const lines: string[] = []
  for (const piece of pieces) {
    const last = lines.at(-1)
    const joined = last === undefined || last.endsWith('-') ? `${last ?? ''}${piece}` : `${last} ${piece}`
    if (last !== undefined && joined.length <= letters && !/[\u3400-\u9fff]/.test(name))
      lines[lines.length - 1] = joined
    else lines.push(piece)
  }
  return lines
}

const textAt = (x: number, y: number, name: string, anchor: string, letters: number): Html =>
  html`<text x="${x}" y="${y}" text-anchor="${anchor}">${linesOf(name, letters).map((line, i) => html`<tspan x="${x}" y="${y + i * 15}">${line}</tspan>`)}</text>`
