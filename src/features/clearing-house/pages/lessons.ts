/** Lessons of all practices, in the order in which a project goes: to be read, and printed, before a tender is written. */
import { html, joined, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { StoredRecord } from '#records/record.ts'
import { codeList, regionsOf } from '#records/vocabularies/index.ts'
import { languageMark, polarityBadge } from '#ui/badges.ts'
import { recordPath } from '#ui/cards.ts'
import { page } from '#ui/layout.ts'
import { countriesOf } from './practice-tile.ts'
import { select } from '#ui/select.ts'
import { plainLabel, textOf, type View } from '#ui/view.ts'

/** What lessons can be chosen by: the name in the address, the field, its code list, the words above it. */
export const lessonFilters = [
  { name: 'phase', field: 'phase', list: 'lesson-phases', words: 'lessons.phase' },
  { name: 'cause', field: 'causes', list: 'lesson-causes', words: 'lessons.cause' },
  { name: 'to', field: 'recommendedTo', list: 'addressees', words: 'lessons.to' },
  { name: 'technology', field: 'technologies', list: 'technologies', words: 'facet.technology' },
  { name: 'level', field: 'levels', list: 'levels', words: 'facet.level' },
] as const

/** Where they were learned: only places that have some are offered. */
export const placeFilters = [
  { name: 'region', list: 'regions', words: 'facet.region', codesOf: (country: string) => regionsOf(country) },
  { name: 'country', list: 'countries', words: 'facet.country', codesOf: (country: string) => [country] },
] as const

export const allFilters = [...lessonFilters, ...placeFilters]

export type LessonChoice = Partial<Record<(typeof allFilters)[number]['name'], string>>

/** By identifier: the countries of a lesson, its own or those of what it was learned from. */
export type LessonPlaces = ReadonlyMap<string, readonly string[]>

const holds = (value: unknown, wanted: string) => (Array.isArray(value) ? value.includes(wanted) : value === wanted)

const lessonsThatFit = ({ lessons, places, chosen }: Lessons): StoredRecord[] =>
  lessons.filter(
    ({ id, body }) =>
      lessonFilters.every(({ name, field }) => chosen[name] === undefined || holds(body[field], chosen[name])) &&
      placeFilters.every(
        ({ name, codesOf }) => chosen[name] === undefined || holds(places.get(id)?.flatMap(codesOf), chosen[name]),
      ),
  )

const grounds = ['evaluated', 'several-countries', 'several-cases', 'single-case']
const severities = ['critical', 'serious', 'minor']
const rank = (order: readonly string[], value: unknown) => {
  const place = order.indexOf(String(value))
  return place < 0 ? order.length : place
}

/** What rests on most comes first, and of that what did most harm. */
const byWeight = (a: StoredRecord, b: StoredRecord) =>
  rank(grounds, a.body.grounds) - rank(grounds, b.body.grounds) ||
  rank(severities, a.body.severity) - rank(severities, b.body.severity)

/** How many are shown of each phase until one is chosen. */
const shownOfPhase = 6
const mostShown = 60

export type Lessons = { lessons: readonly StoredRecord[]; places: LessonPlaces; chosen: LessonChoice }

/** Those that were chosen, by the phases of a project; those of no phase stand last. */
export function lessonsByPhase(lessons: Lessons): [phase: string, lessons: StoredRecord[]][] {
  const groups = Map.groupBy(lessonsThatFit(lessons), ({ body }) => (typeof body.phase === 'string' ? body.phase : ''))
  return [...Object.keys(codeList('lesson-phases')!.terms), ''].map((phase) => [
    phase,
    [...(groups.get(phase) ?? [])].sort(byWeight),
  ])
}

export function lessonsPage(view: View, lessons: Lessons): HttpResponse {
  const { t, href } = view
  const { places, chosen } = lessons
  const fitting = lessonsThatFit(lessons)
  return page(view, {
    title: t('lessons.title'),
    description: t('lessons.lead'),
    main: html`<h1>${t('lessons.title')}</h1>
      <p class="lead">${t('lessons.lead')}</p>
      ${choices(view, places, chosen)}
      <p role="status"><strong>${t('lessons.count', { count: fitting.length })}</strong> ${chosenInWords(view, chosen)}</p>
      ${phases(view, lessons)}
      <p class="go not-printed">
        <a class="button" href="${href('/share')}">${t('lessons.tell')}</a>
        <a href="${href('/lessons/anonymous')}">${t('anonymous.title')}</a>
      </p>`,
  })
}

const choices = (view: View, places: LessonPlaces, chosen: LessonChoice): Html =>
  html`<form class="asking" action="${view.href('/lessons')}">
    ${lessonFilters.map(({ name, list, words }) =>
      select(view, {
        name,
        label: view.t(words),
        options: Object.keys(codeList(list)!.terms).map((value) => ({ value, name: plainLabel(view, list, value) })),
        chosen: [chosen[name] ?? ''],
      }),
    )}
    ${placeFilters.map(({ name, list, words, codesOf }) => {
      const codes = [...new Set([...places.values()].flat().flatMap(codesOf))]
      const options = codes.map((value) => ({ value, name: plainLabel(view, list, value) }))
      return select(view, {
        name,
        label: view.t(words),
        options: options.toSorted((a, b) => view.f.compare(a.name, b.name)),
        chosen: [chosen[name] ?? ''],
      })
    })}
    <p class="go"><button>${view.t('lessons.show')}</button> <a href="${view.href('/lessons')}">${view.t('lessons.reset')}</a></p>
  </form>`

/** On paper the form is gone, and what was chosen still has to be known. */
const chosenInWords = (view: View, chosen: LessonChoice): Content =>
  joined(
    allFilters.flatMap(({ name, list }) => (chosen[name] ? [plainLabel(view, list, chosen[name])] : [])),
    ' · ',
  )

function phases(view: View, lessons: Lessons): Content {
  const { chosen, places } = lessons
  const most = chosen.phase ? mostShown : shownOfPhase
  return lessonsByPhase(lessons).map(([phase, all]) => {
    const rest = all.length - most
    const address = view.href(`/lessons?${new URLSearchParams({ ...chosen, phase })}`)
    return (
      all.length > 0 &&
      html`<section class="phase" aria-labelledby="phase-${phase}">
        <h2 id="phase-${phase}">${phase ? plainLabel(view, 'lesson-phases', phase) : view.t('lessons.noPhase')}</h2>
        <ul class="findings">
          ${all.slice(0, most).map((lesson) => line(view, lesson, places))}
        </ul>
        ${rest > 0 && phase && html`<p class="more"><a href="${address}">${view.t('lessons.more', { count: rest })}</a></p>`}
      </section>`
    )
  })
}

function line(view: View, lesson: StoredRecord, places: LessonPlaces): Html {
  const { body } = lesson
  const named = (field: string, list: string) =>
    [body[field] ?? []].flat().map((code) => plainLabel(view, list, String(code)))
  const about = [named('causes', 'lesson-causes'), named('recommendedTo', 'addressees')]
    .filter((some) => some.length > 0)
    .map((some) => some.join(view.f.comma))
  return html`<li>
    <p>${polarityBadge(view, body.polarity)}</p>
    <div>
      <a href="${view.href(recordPath(lesson.id))}">${textOf(view, body.title, body.originalLanguage)}</a>
      <p class="facts">
        ${joined(
          [...about, countriesOf(view, { countries: places.get(lesson.id) })]
            .filter(Boolean)
            .map((one) => html`<span>${one}</span>`),
          ' ',
        )}
        ${languageMark(view, lesson)}
      </p>
    </div>
  </li>`
}
