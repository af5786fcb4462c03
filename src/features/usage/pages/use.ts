/** The node’s own use: how much is read, what people contribute, how long they wait, and where practices are lacking. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { FacetCount } from '#records/facets.ts'
import { barChart } from '#ui/charts.ts'
import { recordPath } from '#ui/cards.ts'
import { figuresStyle } from '#ui/figures-style.ts'
import { page } from '#ui/layout.ts'
import { languageNamed, textOf, valueName, type View } from '#ui/view.ts'
import type { Static } from 'typebox'
import type { Coverage } from '../coverage.ts'
import { fewest, type Use, type readWork } from '../operations.ts'
import { downloadForms, pageTypes } from '../classify.ts'
import { gapsPart } from './gaps.ts'

export type UseShown = {
  use: Use
  work: Static<(typeof readWork)['output']>
  coverage: Coverage
  level: string | undefined
  kinds: readonly FacetCount[]
  recordLanguages: readonly FacetCount[]
}

export function usePage(view: View, shown: UseShown): HttpResponse {
  const { t, f, href } = view
  return page(view, {
    title: t('use.title'),
    description: t('use.lead'),
    head: figuresStyle(view),
    // What is counted is in no journal, so a kept page would not follow it.
    keep: false,
    main: html`<h1>${t('use.title')}</h1>
      <p class="lead">${t('use.lead')}</p>
      ${reading(view, shown.use)} ${work(view, shown)} ${languagesOfRecords(view, shown.recordLanguages)}
      ${gapsPart(view, shown.coverage, shown.level)} ${counting(view)}
      <p class="small">
        <a href="/api/use">JSON${f.colon}${t('use.reading')}</a> · <a href="/api/use/work">JSON${f.colon}${t('use.work')}</a> ·
        <a href="/api/use/coverage">JSON${f.colon}${t('use.gaps')}</a> · <a href="${href('/privacy')}">${t('nav.privacy')}</a>
      </p>`,
  })
}

type Months = Use['reads']

function reading(view: View, use: Use): Html {
  const { t, f } = view
  if (use.since === null)
    return html`<section>
      <h2>${t('use.reading')}</h2>
      <p>${t('use.none')}</p>
    </section>`
  const months = (id: string, title: string, counts: Months) =>
    counts.length > 0 &&
    barChart(
      view,
      { id, title, of: t('use.month') },
      counts.map(({ month, count }) => ({ name: f.day(month), count })),
    )
  const named = (id: string, title: string, of: string, counts: Use['pages'], nameOf: (name: string) => string) =>
    counts.length > 0 &&
    barChart(
      view,
      { id, title, of },
      counts.map(({ name, count }) => ({ name: nameOf(name), count })),
    )
  return html`<section aria-labelledby="reading">
    <h2 id="reading">${t('use.reading')}</h2>
    <p>${t('use.since', { date: f.day(use.since) })}</p>
    ${months('reads', t('use.reads'), use.reads)}
    ${named('pages', t('use.pages'), t('use.type'), use.pages, (name) => pageName(view, name))}
    ${named('read-languages', t('use.languages'), t('facet.language'), use.languages, (tag) => languageNamed(view, tag))}
    ${months('downloads', t('use.downloads'), use.downloads)}
    ${named('forms', t('use.forms'), t('use.form'), use.forms, (name) => formName(view, name))}
    ${months('api', t('use.api'), use.api)} ${mostUsed(view, t('use.mostRead'), use.mostRead)}
    ${mostUsed(view, t('use.mostDownloaded'), use.mostDownloaded)}
    <p class="small">${t('use.few', { count: fewest })}</p>
  </section>`
}

const pageName = ({ t }: View, name: string): string => {
  const type = pageTypes.find((one) => one === name)
  return type ? t(`use.page.${type}`) : name
}
const formName = ({ t }: View, name: string): string => {
  const form = downloadForms.find((one) => one === name)
  return form ? t(`use.form.${form}`) : name
}

function mostUsed(view: View, title: string, records: Use['mostRead']): Content {
  if (records.length === 0) return nothing
  return html`<h3>${title}</h3>
    <ol>
      ${records.map(({ id, title: named, originalLanguage, count }) => html`<li><a href="${view.href(recordPath(id))}">${textOf(view, named, originalLanguage)}</a> <span class="n">${view.f.number(count)}</span></li>`)}
    </ol>`
}

/** What people bring, of all kinds of records. */
const contributed = ['practice', 'lesson', 'adoption', 'review'] as const

function work(view: View, { work: done, kinds }: UseShown): Html {
  const { t, f, href } = view
  const counted = (count: number | null) => (count === null ? t('use.fewer', { count: fewest }) : f.number(count))
  const days = (count: number | null) =>
    count === null ? t('use.fewerPeople') : t('use.days', { count: Math.max(1, Math.round(count)) })
  const facts: [string, string][] = [
    [t('use.decisions'), counted(done.decisions)],
    [t('use.median'), days(done.medianDays)],
    [t('use.ninth'), days(done.ninthDays)],
    [t('use.waiting'), counted(done.waiting)],
    [t('use.reviews'), counted(done.reviews)],
  ]
  const of = new Map(kinds.map(({ value, count }) => [value, count]))
  return html`<section aria-labelledby="work">
    <h2 id="work">${t('use.work')}</h2>
    <ul class="tiles">
      ${contributed.map((kind) => html`<li><a href="${href(`/search?kind=${kind}`)}">${valueName(view, 'kind', kind)}${f.colon}<strong>${f.number(of.get(kind) ?? 0)}</strong></a></li>`)}
    </ul>
    <h3>${t('use.year')}</h3>
    <dl class="facts">${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
  </section>`
}

const languagesOfRecords = (view: View, counts: readonly FacetCount[]): Content =>
  counts.length > 0 &&
  html`<section>
    <h2>${view.t('use.recordLanguages')}</h2>
    ${barChart(
      view,
      { id: 'record-languages', title: view.t('use.recordLanguages'), of: view.t('facet.language') },
      counts.map(({ value, count }) => ({
        name: languageNamed(view, value),
        count,
        href: view.href(`/search?language=${encodeURIComponent(value)}`),
      })),
    )}
  </section>`

const counting = ({ t }: View): Html =>
  html`<section aria-labelledby="counting">
    <h2 id="counting">${t('use.counting')}</h2>
    <p>${t('use.counted')}</p>
    <p>${t('use.notCounted')}</p>
    <p>${t('use.notKept')}</p>
  </section>`
