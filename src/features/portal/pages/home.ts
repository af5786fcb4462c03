/** The front page: what others did and how it ended, where to begin, and the way to tell one's own. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { FacetCount } from '#search/contract.ts'
import type { Found } from '#search/search.ts'
import type { StoredRecord } from '#records/record.ts'
import { recordPath } from '#ui/cards.ts'
import { areaTiles } from './gathering.ts'
import { feedLink, page } from '#ui/layout.ts'
import { lessonTile } from '#features/clearing-house/pages/lesson-tile.ts'
import { outcomeBar } from '#ui/outcome-bar.ts'
import { picture } from '#ui/pictures.ts'
import { rowsTable } from '#ui/rows-table.ts'
import { strengthSign } from '#ui/effect-line.ts'
import { costFigure, foundFigure } from '#features/approaches/pages/approach-figures.ts'
import type { ApproachLine } from '#features/approaches/summary.ts'
import { practiceLine, practiceTile } from '#features/clearing-house/pages/practice-tile.ts'
import { textOf, valueName, type View } from '#ui/view.ts'
import { countryDots, worldDots } from '#ui/world-dots.ts'
import { searchFeed } from '#ui/feed-link.ts'

export type Home = {
  /** All practices, counted by outcome, country and region. */
  practices: Pick<Found, 'total' | 'facets'>
  /** One of each outcome, from different parts of the world. */
  featured: readonly StoredRecord[]
  newest: readonly StoredRecord[]
  lessons: readonly StoredRecord[]
  approaches: readonly ApproachLine[]
  /** Types of resources in the reader’s language; in any where there are none in theirs. */
  resources: { types: readonly ResourceType[]; elsewhere: boolean }
  /** What other features add. */
  more: Content
}

/** What a teacher takes into the classroom. */
export const resourceTypes = ['story', 'simulation', 'book'] as const
export type ResourceType = (typeof resourceTypes)[number]

/** Most findings of the strongest level are of teaching without any technology. */
const strongFindings = `/search?kind=evidence&evidence=E5&${new URLSearchParams(
  ['computer', 'devices', 'mobile-app', 'ai-tutoring', 'web', 'radio', 'television', 'sms-voice'].map((code) => [
    'technology',
    code,
  ]),
)}`

/** Ways in for the three the Declaration names: each a task. */
const doors = [
  {
    who: 'teachers',
    sign: 'teacher',
    tasks: [
      ['home.teachers.practices', '/search?kind=practice&level=1'],
      ['home.teachers.tell', '/share'],
    ],
  },
  {
    who: 'policyMakers',
    sign: 'policyMaker',
    tasks: [
      ['home.policyMakers.fit', '/fit'],
      ['home.policyMakers.approaches', '/approaches'],
      ['home.policyMakers.lessons', '/lessons?phase=procure'],
      ['home.policyMakers.solutions', '/search?kind=solution'],
    ],
  },
  {
    who: 'researchers',
    sign: 'researcher',
    tasks: [
      ['home.researchers.gaps', '/evidence-map'],
      ['home.researchers.strong', strongFindings],
      ['home.researchers.data', '/dump'],
      ['home.researchers.add', '/share'],
    ],
  },
] as const

export function homePage(view: View, home: Home): HttpResponse {
  const { t, site } = view
  return page(view, {
    title: site.name,
    description: t('home.lead'),
    ownSearch: true,
    isFullWidth: true,
    feed: newestFeed(view),
    feedIsShown: true,
    head: html`<link rel="describedby" type="application/ld+json" href="${view.absolute('/dcat.jsonld')}" />`,
    main: html`${hero(view, home)}
      ${home.practices.total > 0 && practicesPart(view, home)}
      ${band('tinted', t('home.start'), doorsPart(view, home))}
      ${home.approaches.length > 0 && band('', t('approaches.title'), approachesPart(view, home.approaches))}
      ${home.lessons.length > 0 && band('tinted', t('home.lessons'), lessonsPart(view, home.lessons))}
      ${home.newest.length > 0 && band('', t('home.newest'), newestPart(view, home.newest))}
      ${band('tinted', t('home.areas'), html`<p>${t('home.areasAbout')}</p>${areaTiles(view)}`)}
      ${home.more} ${sharePart(view)}`,
  })
}

const band = (look: string, title: string, content: Content): Html =>
  html`<section class="band ${look}">
    <div class="wrap">
      <h2>${title}</h2>
      ${content}
    </div>
  </section>`

function hero(view: View, { practices }: Home): Html {
  const { t, href } = view
  return html`<section class="hero">
    <div class="wrap">
      <div>
        <h1>${t('home.title')}</h1>
        <p class="lead">${t('home.lead')}</p>
        <form role="search" action="${href('/search')}" class="find big">
          <label for="q">${t('search.label')}</label>
          <div class="row">
            <input id="q" name="q" type="search" maxlength="2000" /><button>${t('search.button')}</button>
          </div>
        </form>
        <p class="try">
          ${t('home.try')}
          ${(['1', '2', '3'] as const).map((n) => html`<a href="${href(`/search?${new URLSearchParams({ q: t(`home.try${n}`) })}`)}">${t(`home.try${n}`)}</a> `)}
        </p>
        <p class="go">
          <a class="button" href="${href('/fit')}">${picture(view, 'place')} ${t('home.findFit')}</a>
          <a class="button ghost" href="${href('/share')}">${picture(view, 'share')} ${t('home.share')}</a>
        </p>
      </div>
      ${worldPart(view, practices)}
    </div>
  </section>`
}

function worldPart(view: View, { facets }: Home['practices']): Html {
  const { t, f, href } = view
  return html`<figure class="globe">
    ${worldDots(view, { labelledBy: 'world', countries: countryDots(view, facets.country ?? [], 'practice'), largest: 13 })}
    <figcaption>
      <a id="world" href="${href('/map')}">${t('map.title')}</a>
      <ul>
        ${continentsIn(facets.region ?? []).map(({ value, count }) => html`<li><a href="${href(`/search?kind=practice&region=${value}`)}">${valueName(view, 'region', value)}</a> <span>${f.number(count)}</span></li>`)}
      </ul>
    </figcaption>
  </figure>`
}

/** M49: Africa, the Americas, Asia, Europe, Oceania. */
const continents = ['002', '019', '142', '150', '009']
const continentsIn = (counts: readonly FacetCount[]) => counts.filter(({ value }) => continents.includes(value))

function practicesPart(view: View, { practices, featured }: Home): Html {
  const { t, href } = view
  const { total, facets } = practices
  const outcomePath = (outcome: string) => href(`/search?kind=practice&outcome=${outcome}`)
  return band(
    '',
    t('home.practices', { count: total }),
    html`<p>${t('home.practicesAbout')}</p>
      ${outcomeBar(view, { id: 'ends', total, counts: facets.outcome ?? [], href: outcomePath })}
      <ul class="tiles3">
        ${featured.map((record) => practiceTile(view, record))}
      </ul>
      <p class="more"><a href="${href('/search?kind=practice')}">${t('home.allPractices')}</a></p>`,
  )
}

/** It leads only to what there is, and names that alone. */
function resourcesTask(view: View, { resources: { types, elsewhere } }: Home): Content {
  if (types.length === 0) return nothing
  const query = new URLSearchParams({ kind: 'resource', ...(!elsewhere && { language: view.language }) })
  const what = view.f.list(types.map((type) => view.t(`home.resource.${type}`)))
  const words = view.t(elsewhere ? 'home.teachers.resourcesElsewhere' : 'home.teachers.resources', { what })
  return html`<li><a href="${view.href(`/search?${query}`)}">${words}</a></li>`
}

const doorsPart = (view: View, home: Home): Html =>
  html`<div class="doors">
    ${doors.map(
      ({ who, sign, tasks }) =>
        html`<div class="door ${who}">
          <h3>${picture(view, sign)} ${view.t(`home.${who}`)}</h3>
          <ul>
            ${who === 'teachers' && resourcesTask(view, home)}
            ${tasks.map(([words, path]) => html`<li><a href="${view.href(path)}">${view.t(words)}</a></li>`)}
          </ul>
        </div>`,
    )}
  </div>`

/** What most is known of: how many tried it, how sure that is, what it does and what it costs. */
function approachesPart(view: View, lines: readonly ApproachLine[]): Html {
  const { t, href } = view
  return html`${rowsTable({
    of: { label: t('approaches.title') },
    heads: (['name', 'practices', 'strength', 'effect', 'cost'] as const).map((name) => ({
      name: t(`approaches.${name}`),
    })),
    rows: lines.map((line) => [
      html`<a href="${href(recordPath(line.id))}">${textOf(view, line.title, line.originalLanguage)}</a>`,
      t('approaches.practiceCount', { count: line.practices }),
      html`${line.strongest && strengthSign(view, line.strongest)} <span class="small">${t('approaches.studies', { count: line.studies })}</span>`,
      line.studies > 0
        ? foundFigure(view, line, line.studies)
        : html`<span class="unsaid">${t('practice.notMeasured')}</span>`,
      costFigure(view, line.costs),
    ]),
  })}
    <p class="more"><a href="${href('/approaches')}">${t('home.policyMakers.approaches')}</a></p>`
}

const lessonsPart = (view: View, lessons: readonly StoredRecord[]): Html =>
  html`<ul class="tiles3">
      ${lessons.map((lesson) => lessonTile(view, lesson))}
    </ul>
    <p class="more"><a href="${view.href('/lessons')}">${view.t('home.allLessons')}</a></p>`

const newestFeed = (view: View) => searchFeed(view, view.t('home.newest'), { kind: 'practice' })

const newestPart = (view: View, newest: readonly StoredRecord[]): Html =>
  html`<ol class="lines">
      ${newest.map((record) => practiceLine(view, record))}
    </ol>
    <p class="more"><a href="${view.href('/search?kind=practice&sort=newest')}">${view.t('home.allPractices')}</a> ${feedLink(view, newestFeed(view))}</p>`

const sharePart = (view: View): Html =>
  html`<section class="band gold">
    <div class="wrap">
      <div>
        <h2>${view.t('home.shareTitle')}</h2>
        <p>${view.t('home.shareLead')}</p>
      </div>
      <p class="go">
        <a class="button" href="${view.href('/share')}">${picture(view, 'share')} ${view.t('home.share')}</a>
        <a href="${view.href('/lessons/anonymous')}">${view.t('anonymous.title')}</a>
      </p>
    </div>
  </section>`
