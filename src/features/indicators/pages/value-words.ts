/** How values, areas and breakdowns are said. */
import { directionOf } from '#kernel/i18n/languages.ts'
import type { MessageKey } from '#kernel/i18n/message-key.ts'
import type { View } from '#ui/view.ts'
import { plainLabel } from '#ui/view.ts'
import { areaList } from '../areas.ts'
import { addressOf, isOfAll } from '../choices.ts'
import { dimensionsIn } from '../dimensions.ts'
import { publisherIn } from '../publishers.ts'
import type { Shown } from '../shown.ts'

/** A value with its unit, rounded at the end: small shares keep a digit after the point. */
export function valueWords({ f }: View, unit: string, value: number): string {
  if (unit === 'percent') return Math.abs(value) < 10 ? f.percentTenths(value / 100) : f.percent(value / 100)
  if (unit === 'usd' || unit === 'usd-million') return f.money(Math.round(value), 'USD')
  return Math.abs(value) >= 1_000 ? f.number(Math.round(value)) : f.decimal(value)
}

/** Read from left to right, whatever stands around it. */
export const isolated = (text: string): string => `\u2066${text}\u2069`

/** A number among words of the language, where others may stand beside it. */
export const inOneDirection = ({ language }: Pick<View, 'language'>, number: string): string =>
  directionOf(language) === 'rtl' ? isolated(number) : number

/** By how much a value changed, rounded at the end; of shares in percentage points, which stand beside it. */
export function changeNumber({ f }: View, unit: string, change: number): string {
  const digits = unit === 'percent' ? 10 : Math.abs(change) >= 1_000 ? 1 : 100
  const rounded = Math.round(change * digits) / digits
  return `${rounded > 0 ? '+' : ''}${f.decimal(rounded)}`
}

/** How large a change is, whether down or up: percentage points, else in the unit, however small the step. */
export const sizeOfChange = ({ f }: View, unit: string, size: number): string =>
  unit !== 'percent' && size > 0 && size < 0.01 ? String(size) : f.decimal(size)

/** The number alone is isolated: words of the language around it run as the language does. */
export function changeWords(view: View, unit: string, change: number): string {
  const amount = changeNumber(view, unit, change)
  const number = inOneDirection(view, amount)
  return unit === 'percent' ? view.t('indicators.points', { amount: number }) : number
}

export const areaName = (view: View, area: string): string => plainLabel(view, areaList(area), area)

/** `Primary education, female`; nothing for the total. */
export const breakdownWords = (view: View, key: string): string =>
  Object.entries(dimensionsIn(key) ?? {})
    .map(([name, value]) => breakdownValue(view, name, value))
    .join(view.f.comma)

export function breakdownValue(view: View, name: string, value: string): string {
  const code = `${name}-${value}`
  const found = plainLabel(view, 'indicator-breakdowns', code)
  return found === code ? value.replace('_', '–') : found
}

export const dimensionName = (view: View, name: string): string => plainLabel(view, 'indicator-dimensions', name)

export const titleOf = (view: View, texts: Readonly<Record<string, string>>): string =>
  texts[view.language] ?? texts['en'] ?? ''

/** The title with its breakdown: what all pictures of it are of. */
export function subjectOf(view: View, { told, dimensions }: Pick<Shown, 'told' | 'dimensions'>): string {
  const parts = [titleOf(view, told.record.body.title), breakdownWords(view, dimensions)]
  return parts.filter(Boolean).join(' · ')
}

/** What a picture shows: its subject, of whom, and when. */
export function captionOf(view: View, shown: Shown): string {
  const { t, f } = view
  const { choices, areas, series, latest } = shown
  const subject = subjectOf(view, shown)
  const isWide = isOfAll(choices)
  const { since } = choices
  const shownYears = isWide
    ? latest.flatMap(({ period, first }) => (since === undefined || first ? period : []))
    : series.flatMap(({ values }) => values.map(({ period }) => period))
  if (shownYears.length === 0) return t('indicators.captionEmpty', { subject })
  const [first, last] = [String(Math.min(...shownYears)), String(Math.max(...shownYears))]
  if (isWide && since !== undefined) return t('indicators.captionSince', { subject, since: String(since), year: last })
  if (isWide)
    return choices.year
      ? t('indicators.captionYear', { subject, year: last })
      : t('indicators.captionNewest', { subject, from: first, to: last })
  const names = areas.filter((area) => series.some((one) => one.area === area)).map((area) => areaName(view, area))
  if (names.length === 0) return t('indicators.captionEmpty', { subject })
  // Whoever counts the lines finds those of the totals around too.
  const drawn = new Set(series.map(({ area }) => area)).size
  const told = names.length > 4 ? t('indicators.areas', { count: drawn }) : f.list(names)
  return first === last
    ? t('indicators.captionOne', { subject, areas: told, year: last })
    : t('indicators.caption', { subject, areas: told, from: first, to: last })
}

/** Publisher, release and licence of an indicator. */
export const publishedWords = (view: View, { publisher = '', releasedOn = '', licence = '' }: Published): string =>
  view.t('indicators.source', {
    publisher: publisherIn(view.language, publisher),
    release: releasedOn ? view.f.day(releasedOn) : '',
    licence: licence.replaceAll('-', ' ').replace(/^CC BY SA/, 'CC BY-SA'),
  })
type Published = Pick<Shown['told']['record']['body'], 'publisher' | 'releasedOn' | 'licence'>

/** Where figures are from, for below each picture. */
export function sourceWords(view: View, { told, totals }: Pick<Shown, 'told' | 'totals'>): string {
  const parts = [publishedWords(view, told.record.body)]
  if (totals)
    parts.push(
      view.t('indicators.totalsFrom', {
        publisher: publisherIn(view.language, totals.body.publisher ?? ''),
        release: totals.body.releasedOn ? view.f.day(totals.body.releasedOn) : '',
      }),
    )
  return parts.join(' ')
}

/** The address of what is shown, as the outside knows it. */
export const addressOfPage = ({ absolute, prefix }: View, { told, query }: Pick<Shown, 'told' | 'query'>): string =>
  absolute(`${prefix}/indicators/${told.record.body.code}${addressOf(query, {})}`)

export const viewKey = (name: string): MessageKey => `indicators.view.${name}` as MessageKey
