/** Countries as circles of one size, coloured by the fifth of all countries in which their value lies. */
import { html, type Content, type Html } from '#kernel/html/html.ts'
import type { View } from './view.ts'
import world from './world.json' with { type: 'json' }

export type ValueOnMap = { code: string; name: string; value: number; told: string; href: string }
/** A class of the map: its number, lowest and highest value, and how many countries are in it. */
export type MapClass = { at: number; least: number; most: number; count: number }

const middles = world.middles as unknown as Record<string, [number, number]>
const classes = 5
const radius = { value: 6, none: 3 }

/** Five classes with as many countries each, as far as equal values may stay together. */
export function classesOf(values: readonly number[]): { classOf: (value: number) => number; classes: MapClass[] } {
  const sorted = [...values].sort((a, b) => a - b)
  // The first value of each fifth; equal values stay together, in the lowest fifth that they reach.
  const bounds = Array.from({ length: classes }, (_, at) => sorted[Math.floor((at * sorted.length) / classes)]!)
  const classOf = (value: number) =>
    Math.min(bounds.indexOf(bounds.findLast((bound) => value >= bound) ?? value), classes - 1) + 1
  const told = Array.from({ length: classes }, (_, at) => {
    const own = sorted.filter((value) => classOf(value) === at + 1)
    return { at: at + 1, least: own[0] ?? 0, most: own.at(-1) ?? 0, count: own.length }
  })
  return { classOf, classes: told.filter(({ count }) => count > 0) }
}

export function valueMap(
  view: View,
  labelledBy: string,
  countries: readonly ValueOnMap[],
  all: readonly string[],
): Html {
  const { classOf } = classesOf(countries.map(({ value }) => value))
  const known = new Set(countries.map(({ code }) => code))
  const circles = countries.flatMap(({ code, name, value, told, href }): Content[] => {
    const middle = middles[code]
    if (!middle) return []
    return [
      html`<a href="${href}" tabindex="-1"><title>${name}: ${told}</title><circle class="q${classOf(value)}" cx="${middle[0]}" cy="${middle[1]}" r="${radius.value}" /></a>`,
    ]
  })
  const none = all.flatMap((code): Content[] => {
    const middle = known.has(code) ? undefined : middles[code]
    return middle ? [html`<circle class="q0" cx="${middle[0]}" cy="${middle[1]}" r="${radius.none}" />`] : []
  })
  return html`<svg class="world values" role="group" aria-labelledby="${labelledBy}" viewBox="0 0 ${world.width} ${world.height}">
    <image href="${view.site.assets('world.svg')}" width="${world.width}" height="${world.height}" />
    ${none}${circles}
  </svg>`
}

export const mapKey = (at: number): Html =>
  html`<svg class="world values" viewBox="0 0 14 14" aria-hidden="true"><circle class="q${at}" cx="7" cy="7" r="${at === 0 ? radius.none : radius.value}" /></svg>`
