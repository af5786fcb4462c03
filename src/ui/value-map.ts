/** Countries in the colours of their values: their shapes stand in a file of their own, which browsers keep. */
import { html, type Content, type Html } from '#kernel/html/html.ts'
import { countryShapes } from './country-shapes.ts'
import type { View } from './view.ts'
import world from './world.json' with { type: 'json' }

/** A country by its code, and the colour of its class. */
export type ColouredCountry = { code: string; colour: number }

/** Values go from light to dark; changes from one colour of falls to another of rises. */
export type Scale = 'values' | 'changes'

/** Without the far south, which has no countries. */
export const mapSize = { width: world.width, height: 352 }

/**
 * Those that are not named have no data. The order is kept within a colour, and colours go from the highest: a script finds
 * the words of a shape by its place in the table beside it. `read` labels what reads them out.
 */
export function valueMap(
  view: View,
  { labelledBy, read, scale }: { labelledBy: string; read: string; scale: Scale },
  countries: readonly ColouredCountry[],
): Html {
  const file = view.site.assets('countries.svg')
  const one = (code: string): Content => html`<use href="${file}#${code}" />`
  const groups = [...Map.groupBy(countries, ({ colour }) => colour)]
    .sort(([a], [b]) => b - a)
    .map(([colour, all]) => html`<g class="q${colour}">${all.map(({ code }) => one(code))}</g>`)
  return html`<svg class="world values${scale === 'changes' && ' changes'}" role="img" aria-labelledby="${labelledBy}" data-read="${read}" viewBox="0 0 ${mapSize.width} ${mapSize.height}"><g class="q0">${one('all')}</g>${groups}</svg>`
}

/** The colour of a class beside its words. */
export const mapKey = (colour: number, scale: Scale): Html =>
  html`<svg class="values${scale === 'changes' && ' changes'}" viewBox="0 0 14 14" aria-hidden="true"><rect class="q${colour}" x="1" y="1" width="12" height="12" /></svg>`

/** For pictures, which have no style sheet; 0 is no data. */
export const mapColours: Readonly<Record<Scale, readonly string[]>> = {
  values: ['#e4e4e0', '#c4e4e8', '#7fbfc9', '#3d93a1', '#14606f', '#06303a'],
  // Brown and blue are told apart by every kind of colour vision.
  changes: [
    '#d2d2ce',
    '#5c3304',
    '#9c5c0c',
    '#d99440',
    '#f4d8a6',
    '#fbf9ec',
    '#b9dff2',
    '#62aede',
    '#1f74bd',
    '#083a73',
  ],
}

/** The same in a picture: with the shapes in it, `times` as large. */
export function mapPicture(countries: readonly ColouredCountry[], scale: Scale, times: number): Html {
  const colourOf = new Map(countries.map(({ code, colour }) => [code, colour]))
  return html`<g transform="scale(${times.toFixed(4)})" stroke="${scale === 'changes' ? '#48585e' : '#fff'}" stroke-width="${scale === 'changes' ? 0.3 : 0.6}">
    ${[...countryShapes()].map(([code, shape]) => html`<g fill="${mapColours[scale][colourOf.get(code) ?? 0]!}">${shape}</g>`)}
  </g>`
}
