/** The page of an approach: how it ended where, what studies found, what it costs and needs, what goes wrong. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { wordsOr } from '#kernel/i18n/messages.ts'
import type { Summary } from '../shapes.ts'
import type { StoredRecord, Texts } from '#records/record.ts'
import { costFigure, endsBar, endsInWords, foundFigure, panelClassOf, type PanelSays } from './approach-figures.ts'
import { outcomeBadge, polarityBadge } from '#ui/badges.ts'
import { recordPath } from '#ui/cards.ts'
import { strengthSign } from '#ui/effect-line.ts'
import { outcomeBar } from '#ui/outcome-bar.ts'
import { picture } from '#ui/pictures.ts'
import { countriesOf, yearsOf } from '#features/clearing-house/pages/practice-tile.ts'
import { panels } from './approach-panels.ts'
import { studiesFound, strongestWords } from './approach-studies.ts'
import { question } from '#ui/question.ts'
import { referencesPart } from '#ui/references.ts'
import { fieldName, label, paragraphsOf, plainLabel, textOf, type View } from '#ui/view.ts'

type Near = { id: string; title: Texts; originalLanguage: string }
export type ApproachLead = { record: StoredRecord; summary: Summary; near: readonly Near[] }

/** What is shown here, and so not again among the facts. */
export const toldByApproachLead: readonly string[] = [
  ['summary', 'description', 'connectivity', 'electricity', 'devices', 'staffNeeded'],
  ['goesWrong', 'notKnown', 'panels', 'near', 'references'],
].flat()

const practicesShown = 10
const problemsShown = 6
const lessonsShown = 8
const causesShown = 5

const textIn = (view: View, { body }: StoredRecord, name: string): Content =>
  body[name] ? html`<div class="text">${paragraphsOf(view, body[name] as Texts, body.originalLanguage)}</div>` : nothing

export function approachTop(view: View, { record, summary }: ApproachLead): Html {
  const { t } = view
  const { practices, effects, costs } = summary
  const [strongest] = effects.levels
  const cells: [string, Content][] = [
    [t('approaches.cost'), costFigure(view, costs.ranges)],
    [
      t('approaches.strength'),
      html`${strongest ? strengthSign(view, strongest.value) : html`<span class="unsaid">${t('practice.notMeasured')}</span>`}
        ${strongestWords(view, effects)}
        ${strongest && html`<div class="small">${t('approaches.studies', { count: effects.studies.length })}</div>`}`,
    ],
    [
      t('approaches.effect'),
      html`${foundFigure(view, effects, effects.studies.length)} ${mostlyFrom(view, effects.studies)}`,
    ],
    [
      t('practice.outcome'),
      html`${practices.total > 0 && endsBar(view, practices.outcomes)}<strong>${t('approaches.practiceCount', { count: practices.total })}</strong>
        <div class="small">${endsInWords(view, practices.outcomes)}</div>`,
    ],
  ]
  return html`<div class="lead">${textIn(view, record, 'summary')}</div>
    <dl class="glance" aria-label="${t('practice.glance')}">
      ${cells.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
    </dl>
    ${panelLine(view, record)}`
}

const mostOf = 2 / 3

/** Where most studies are from one country, who reads of another should know. */
function mostlyFrom(view: View, studies: Summary['effects']['studies']): Content {
  const counts = new Map<string, number>()
  for (const { countries = [] } of studies)
    for (const code of new Set(countries)) counts.set(code, (counts.get(code) ?? 0) + 1)
  const [code, count = 0] = [...counts].toSorted(([, a], [, b]) => b - a)[0] ?? []
  if (!code || studies.length < 3 || count < studies.length * mostOf) return nothing
  const country = plainLabel(view, 'countries', code)
  return html`<div class="small">${view.t('approach.mostlyFrom', { country, count: view.f.number(count), total: view.f.number(studies.length) })}</div>`
}

const panelsIn = ({ body }: StoredRecord) => (body.panels ?? []) as PanelSays[]

function panelLine(view: View, record: StoredRecord): Content {
  const classed = panelsIn(record).filter(({ panelClass }) => panelClass)
  return (
    classed.length > 0 &&
    html`<div class="panel-line">${classed.map((one) => html`<div>${label(view, 'panels', one.panel)}${view.f.colon}${panelClassOf(view, one)}</div>`)}</div>`
  )
}

export function approachLead(view: View, { record, summary, near }: ApproachLead): Html {
  return html`<div class="lead-part">
    ${textIn(view, record, 'description')}
    ${question(view, { id: 'tried', title: view.t('approach.tried'), sign: 'place' }, [tried(view, record, summary)])}
    ${question(view, { id: 'found', title: view.t('approach.found'), sign: 'effect' }, [studiesFound(view, summary)])}
    ${question(view, { id: 'costs', title: view.t('approach.costs'), sign: 'cost' }, [costs(view, summary)])}
    ${question(view, { id: 'needs', title: view.t('practice.needs'), sign: 'connectivity' }, [needs(view, record), textIn(view, record, 'staffNeeded'), conditions(view, summary)])}
    ${question(view, { id: 'wrong', title: view.t('approach.wrong'), sign: 'did-not-work' }, [textIn(view, record, 'goesWrong'), causes(view, summary), problems(view, summary)])}
    ${question(view, { id: 'learned', title: view.t('approach.lessons'), sign: 'quality' }, [lessons(view, record, summary)])}
    ${question(view, { id: 'unknown', title: view.t('approach.unknown'), sign: 'researcher' }, [textIn(view, record, 'notKnown'), unknown(view, summary)])}
    ${question(view, { id: 'panels', title: view.t('approach.panels'), sign: 'people' }, [panels(view, panelsIn(record))])}
    ${question(view, { id: 'near', title: fieldName(view, 'approach', 'near'), sign: 'share' }, [alike(view, near)])}
    ${referencesPart(view, record)}
    <p class="small">
      ${view.t('approach.rules', { version: summary.rules })}
      <a href="${view.href('/approaches/rules')}">${view.t('rules.title')}</a> ·
      <a href="/api/approaches/${record.id}/summary">JSON</a>
    </p>
  </div>`
}

function tried(view: View, { id }: StoredRecord, { practices }: Summary): Content {
  if (practices.total === 0) return html`<p class="unsaid">${view.t('approach.unknown.fewPractices')}</p>`
  const linked = `linked=${encodeURIComponent(`approach:${id}`)}`
  return html`${outcomeBar(view, {
    id: 'ends',
    total: practices.total,
    counts: practices.outcomes,
    href: (outcome) => view.href(`/search?kind=practice&outcome=${outcome}&${linked}`),
  })}
    <ol class="lines">
      ${practices.all.slice(0, practicesShown).map(
        ({ id: of, title, outcome, countries, startedOn }) =>
          html`<li>
            <span class="when"><bdi>${yearsOf({ startedOn })}</bdi></span>
            <a href="${view.href(recordPath(of))}">${textOf(view, title, 'en')}</a>
            <span class="facts">${countriesOf(view, { countries })} ${outcomeBadge(view, outcome)}</span>
          </li>`,
      )}
    </ol>
    ${practices.total > practicesShown && html`<p class="more"><a href="${view.href(`/search?kind=practice&${linked}`)}">${view.t('home.allPractices')}</a></p>`}`
}

function costs(view: View, { costs: { ranges, amounts }, practices }: Summary): Content {
  if (amounts.length === 0) return html`<p class="unsaid">${view.t('approach.unknown.noCost')}</p>`
  const titles = new Map(practices.all.map((one) => [one.id, one]))
  return html`${costFigure(view, ranges)}
    <ul class="links">
      ${amounts.map(({ practice, amount, currency, year }) => {
        const title = titles.get(practice)?.title
        return (
          title &&
          html`<li><bdi>${view.f.money(amount, currency)}</bdi> ${year && html`<span class="small"><bdi>${String(year)}</bdi></span>`} <a href="${view.href(recordPath(practice))}">${textOf(view, title, 'en')}</a></li>`
        )
      })}
    </ul>`
}

const supplies = [
  ['connectivity', 'needed-connectivity'],
  ['electricity', 'needed-electricity'],
  ['devices', 'needed-devices'],
] as const

const needs = (view: View, { body }: StoredRecord): Html =>
  html`<ul class="needs">
    ${supplies.map(([name, list]) => {
      const value = body[name]
      return html`<li>
        ${picture(view, name)} ${fieldName(view, 'approach', name)}${view.f.colon}${typeof value === 'string' ? html`<strong>${label(view, list, value)}</strong>` : html`<span class="unsaid">${view.t('home.notTold')}</span>`}
      </li>`
    })}
  </ul>`

function conditions(view: View, { conditions: all }: Summary): Content {
  const { t, f } = view
  return (
    all.length > 0 &&
    html`<table>
      <caption>${t('approach.conditions')}</caption>
      <thead>
        <tr>
          <th scope="col">${t('field.condition')}</th>
          <th scope="col" class="amount">${t('approach.helped')}</th>
          <th scope="col" class="amount">${t('approach.hindered')}</th>
        </tr>
      </thead>
      <tbody>
        ${all.map(({ condition, enabling, hindering }) => html`<tr><th scope="row">${label(view, 'condition-classes', condition)}</th><td class="amount">${f.number(enabling)}</td><td class="amount">${f.number(hindering)}</td></tr>`)}
      </tbody>
    </table>`
  )
}

const causes = (view: View, { causes: all }: Summary): Content =>
  all.length > 0 &&
  html`<p>
    ${all.slice(0, causesShown).map(({ value, count }) => html`<a class="pill" href="${view.href(`/lessons?cause=${value}`)}">${plainLabel(view, 'lesson-causes', value)} <span class="n">${view.f.number(count)}</span></a> `)}
  </p>`

const problems = (view: View, { problems: all }: Summary): Content =>
  all.length > 0 &&
  html`<ul class="troubles">
    ${all.slice(0, problemsShown).map(
      ({ practice, trouble, done }) =>
        html`<li>
          <a href="${view.href(recordPath(practice))}">${textOf(view, trouble, 'en')}</a>
          ${done && html`<p><span class="soft">${view.t('practice.solved')}${view.f.colon}</span>${textOf(view, done, 'en')}</p>`}
        </li>`,
    )}
  </ul>`

function lessons(view: View, { id }: StoredRecord, { lessons: { total, first } }: Summary): Content {
  if (total === 0) return nothing
  const rest = total - Math.min(first.length, lessonsShown)
  return html`<ul class="findings phase">
      ${first.slice(0, lessonsShown).map((one) => html`<li><p>${polarityBadge(view, one.polarity)}</p><div><a href="${view.href(recordPath(one.id))}">${textOf(view, one.title, 'en')}</a></div></li>`)}
    </ul>
    ${rest > 0 && html`<p class="more"><a href="${view.href(`/search?kind=lesson&linked=${encodeURIComponent(`approach:${id}`)}`)}">${view.t('lessons.more', { count: rest })}</a></p>`}`
}

const unknown = (view: View, { unknown: all }: Summary): Content =>
  all.length > 0 &&
  html`<ul>${all.map((code) => html`<li>${wordsOr(view.t, `approach.unknown.${code}`, code)}</li>`)}</ul>`

const alike = (view: View, near: readonly Near[]): Content =>
  near.length > 0 &&
  html`<p>${near.map(({ id, title, originalLanguage }) => html`<a class="pill" href="${view.href(recordPath(id))}">${textOf(view, title, originalLanguage)}</a> `)}</p>`
