/** A practice at a glance: where, by what means, how it ended. */
import { html, joined, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { StoredRecord } from '#records/record.ts'
import { areaOf, faceOf, languageMark, outcomeBadge } from '#ui/badges.ts'
import { recordPath } from '#ui/cards.ts'
import { clipped } from '#ui/clipped.ts'
import { technologyPicture } from '#ui/pictures.ts'
import { inLanguage, plainLabel, textOf, type View } from '#ui/view.ts'

type Of = Pick<StoredRecord, 'body'>
const listed = (value: unknown): readonly string[] => (Array.isArray(value) ? (value as string[]) : [])
const longestExcerpt = 130
const mostCountries = 2

/** `2015–2022`, or the year it began. */
export function yearsOf({ startedOn, endedOn }: Readonly<Record<string, unknown>>): string {
  const [from, to] = [startedOn, endedOn].map((day) => (typeof day === 'string' ? day.slice(0, 4) : ''))
  if (!from) return to ?? ''
  return to && to !== from ? `${from}–${to}` : from
}

export function countriesOf(view: View, { countries }: Readonly<Record<string, unknown>>): string {
  const all = listed(countries)
  const named = all.slice(0, mostCountries).map((code) => plainLabel(view, 'countries', code))
  const rest = all.length - named.length
  return `${named.join(view.f.comma)}${rest > 0 ? ` +${view.f.number(rest)}` : ''}`
}

/** Where and when, as far as it is told. */
export const placeAndTime = (view: View, { body }: Of): Html =>
  joined(
    [countriesOf(view, body), yearsOf(body)].filter(Boolean).map((one) => html`<bdi>${one}</bdi>`),
    ' · ',
  )

export function practiceTile(view: View, record: StoredRecord): Html {
  const { body } = record
  return html`<li class="tile">
    <p class="face ${areaOf(record)}">${faceOf(view, record) ?? technologyPicture(view)} ${outcomeBadge(view, body.outcome)}</p>
    <p class="facts">${placeAndTime(view, record)} ${languageMark(view, record)}</p>
    <h3><a href="${view.href(recordPath(record.id))}">${textOf(view, body.title, body.originalLanguage)}</a></h3>
    ${excerpt(view, body)}
  </li>`
}

function excerpt(view: View, { summary, description, originalLanguage }: StoredRecord['body']): Content {
  const texts = (summary ?? description) as Record<string, string> | undefined
  if (!texts) return nothing
  const { beginning, language } = clipped(view, texts, originalLanguage, longestExcerpt)
  return html`<p>${inLanguage(view, beginning, language)}</p>`
}

/** One line of a list: when, what, where, how it ended. */
export const practiceLine = (view: View, record: StoredRecord): Html =>
  html`<li>
    <span class="when"><bdi>${yearsOf(record.body)}</bdi></span>
    <a href="${view.href(recordPath(record.id))}">${textOf(view, record.body.title, record.body.originalLanguage)}</a>
    <span class="facts">${countriesOf(view, record.body)} ${outcomeBadge(view, record.body.outcome)}</span>
  </li>`
