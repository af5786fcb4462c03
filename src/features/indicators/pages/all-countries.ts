/** The map and the ranking: one value of each country, or by how much it changed since a year. */
import { html, nothing, type Html } from '#kernel/html/html.ts'
import { directionOf } from '#kernel/i18n/languages.ts'
import { codeList } from '#records/vocabularies/index.ts'
import { countAxis, type Axis } from '#ui/axis.ts'
import { percent, rowsFigure, tickTexts, whole } from '#ui/chart-figure.ts'
import { changeClassesOf, classesOf, mapKey, valueMap, type Classes, type Scale, type ValueClass } from '#ui/charts.ts'
import type { View } from '#ui/view.ts'
import { isCountry } from '../areas.ts'
import type { Shown } from '../shown.ts'
import type { Latest } from '../values.ts'
import { captionId, figure, unitOf } from './drawings.ts'
import {
  areaName,
  captionOf,
  changeNumber,
  inOneDirection,
  sizeOfChange,
  sourceWords,
  valueWords,
} from './value-words.ts'

/** What is drawn of a country or region: its value, or the difference to its first one. */
export type Measured = { area: string; drawn: number; told: string; years: string; row: Latest }

/** From the highest to the lowest, countries apart from regions; without what cannot be compared with an earlier value. */
export function measuredIn(view: View, shown: Shown): { countries: Measured[]; totals: Measured[] } {
  const { unit } = shown.told.record.body
  const all = shown.latest.flatMap((row): Measured[] => {
    const { area, value, period, first } = row
    if (!shown.choices.since)
      return [{ area, row, drawn: value, told: valueWords(view, unit, value), years: String(period) }]
    if (!first) return []
    const change = value - first.value
    return [{ area, row, drawn: change, told: changeNumber(view, unit, change), years: `${first.period}–${period}` }]
  })
  const sorted = all.sort((a, b) => b.drawn - a.drawn)
  return {
    countries: sorted.filter(({ area }) => isCountry(area)),
    totals: sorted.filter(({ area }) => !isCountry(area)),
  }
}

export const scaleWords = (view: View, shown: Shown) => (value: number) =>
  shown.choices.since ? changeNumber(view, unitOf(shown), value) : valueWords(view, unitOf(shown), value)

export const scaleOf = ({ choices }: Shown): Scale => (choices.since === undefined ? 'values' : 'changes')

export const classesIn = (countries: readonly Measured[], { choices }: Shown): Classes =>
  (choices.since === undefined ? classesOf : changeClassesOf)(
    countries.map(({ drawn }) => drawn),
    choices.thresholds,
  )

export function classWords(view: View, shown: Shown, one: ValueClass): string {
  const { t } = view
  const tell = (value: number) => inOneDirection(view, scaleWords(view, shown)(value))
  const { count } = one
  if (one.by === 'change') return changeClassWords(view, shown, one)
  if (one.by === 'fifth') {
    const [least, most] = [tell(one.least), tell(one.most)]
    return least === most
      ? t('indicators.classOne', { value: least, count })
      : t('indicators.class', { least, most, count })
  }
  if (one.least === undefined) return t('indicators.classBelow', { most: tell(one.below!), count })
  return one.below === undefined
    ? t('indicators.classFrom', { least: tell(one.least), count })
    : t('indicators.classBetween', { least: tell(one.least), most: tell(one.below), count })
}

/** A fall or rise by how much, without a sign: the word says it. */
function changeClassWords(view: View, shown: Shown, one: ValueClass & { by: 'change' }): string {
  const { t } = view
  const { side, count, least, below } = one
  const tell = (value: number) => inOneDirection(view, sizeOfChange(view, unitOf(shown), value))
  const [near, far] = side === 'fall' ? [below, least] : [least, below]
  const [a, b] = [near, far].map((bound) => (bound === undefined ? undefined : tell(Math.abs(bound))))
  if (side === 'fall') {
    if (far === undefined)
      return near === 0 ? t('indicators.fell', { count }) : t('indicators.fellMore', { least: a!, count })
    return near === 0
      ? t('indicators.fellUpTo', { most: b!, count })
      : t('indicators.fellBy', { least: a!, most: b!, count })
  }
  if (side === 'rise') {
    if (far === undefined)
      return near === 0 ? t('indicators.rose', { count }) : t('indicators.roseMore', { least: a!, count })
    return near === 0
      ? t('indicators.roseUpTo', { most: b!, count })
      : t('indicators.roseBy', { least: a!, most: b!, count })
  }
  if (least === undefined) return t('indicators.roseNoMore', { most: b!, count })
  if (below === undefined) return t('indicators.fellNoMore', { most: a!, count })
  return -least === below
    ? t('indicators.hardlyChanged', { most: b!, count })
    : t('indicators.fellOrRose', { fall: a!, rise: b!, count })
}

export const withoutData = (countries: readonly Measured[]): number =>
  Object.keys(codeList('countries')!.terms).length - countries.length

const nothingToShow = (view: View): Html => html`<p class="notice">${view.t('indicators.nothing')}</p>`

export function mapFigure(view: View, shown: Shown): Html {
  const { t, f } = view
  const { countries } = measuredIn(view, shown)
  if (countries.length === 0) return nothingToShow(view)
  const { classes, classOf } = classesIn(countries, shown)
  const keys = html`<ul class="map-keys">
    ${classes.map((one) => html`<li>${mapKey(one.at, scaleOf(shown))} ${classWords(view, shown, one)}</li>`)}
    <li>${mapKey(0, scaleOf(shown))} ${t('indicators.noData', { count: withoutData(countries) })}</li>
  </ul>`
  const map = valueMap(
    view,
    { labelledBy: captionId, read: t('indicators.readCountry'), scale: scaleOf(shown) },
    countries.map(({ area, drawn }) => ({ code: area, colour: classOf(drawn) })),
  )
  return figure(
    view,
    shown,
    html`${map}${keys}<p class="small">${f.sentences(isOfFifths(shown) && t('indicators.quintiles'), sinceRule(view, shown), t('indicators.mapDisclaimer'))}</p>`,
    countryTable(view, shown, countries),
  )
}

export const isOfFifths = ({ choices }: Shown): boolean =>
  choices.view === 'map' && choices.since === undefined && choices.thresholds.length === 0

/** The map in words, in the order of its shapes, from the highest to the lowest value. */
function countryTable(view: View, shown: Shown, countries: readonly Measured[]): Html {
  const { t } = view
  const { since } = shown.choices
  // The first year is said where it is not the one that was asked for: most are, and the page stays light.
  const row = ({ area, told, row: { first, period } }: Measured) =>
    html`<tr><th scope="row">${areaName(view, area)}</th><td>${told}</td><td>${since !== undefined && first && first.period !== since && `${first.period}–`}${period}</td></tr>`
  return html`<table class="of-map">
    <thead>
      <tr>
        <th scope="col">${t('facet.country')}</th>
        <th scope="col">${t(since === undefined ? 'indicators.value' : 'indicators.difference')}</th>
        <th scope="col">${t('facet.year')}</th>
      </tr>
    </thead>
    <tbody>${countries.map(row)}</tbody>
  </table>`
}

/** What a difference is of, and in what. */
const sinceRule = ({ t, f }: View, shown: Shown): string | false =>
  shown.choices.since !== undefined &&
  f.sentences(
    t('indicators.sinceRule', { year: String(shown.choices.since) }),
    unitOf(shown) === 'percent' && t('indicators.inPoints'),
  )

/** All countries from the highest to the lowest, and the published totals apart: a total is no country. */
export function rankingFigure(view: View, shown: Shown): Html {
  const { countries, totals } = measuredIn(view, shown)
  if (countries.length === 0) return nothingToShow(view)
  const axis = axisOf([...countries, ...totals])
  const bars = (id: string, title: string, rows: readonly Measured[]) =>
    rowsFigure(
      { id, title, of: '' },
      {
        look: 'bars ranking',
        rows: rows.map((one) => barOf(view, shown, one, axis)),
        scale: tickTexts(
          axis.ticks.map((tick) => ({ at: axis.at(tick), text: scaleWords(view, shown)(tick) })),
          { y: 12, mirrored: directionOf(view.language) === 'rtl' },
        ),
      },
    )
  return html`${bars(captionId, captionOf(view, shown), countries)}
    <p class="small">${view.f.sentences(view.t('indicators.ranked', { count: countries.length }), sinceRule(view, shown), sourceWords(view, shown))}</p>
    ${totals.length > 0 ? bars('totals', view.t('indicators.regions'), totals) : nothing}`
}

/** In parts of a hundred of the width. */
export function axisOf(all: readonly Measured[]): Axis {
  const values = all.map(({ drawn }) => drawn)
  return countAxis(Math.max(0, ...values), whole, { least: Math.min(0, ...values), wholeOnly: false })
}

function barOf(view: View, shown: Shown, { area, drawn, told, years }: Measured, { at }: Axis) {
  const mirrored = directionOf(view.language) === 'rtl'
  const [start, end] = [Math.min(at(0), at(drawn)), Math.max(at(0), at(drawn))]
  const picked = shown.choices.areas.includes(area)
  const isPlain = shown.choices.year !== undefined && shown.choices.since === undefined
  return {
    name: areaName(view, area),
    ...(isCountry(area) && { href: view.href(`/countries/${area}`) }),
    drawn: html`<rect${picked && html` class="picked"`} x="${percent(mirrored ? whole - end : start)}" width="${percent(end - start)}" height="100%" rx="2" />`,
    told: html`<bdi>${told}</bdi>${!isPlain && html` <span class="small">${years}</span>`}`,
  }
}
