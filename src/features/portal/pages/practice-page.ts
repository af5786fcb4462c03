/** What a reader asks of a practice, in the order in which it is asked. */
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { Kind } from '#records/kind.ts'
import type { Linked } from '#records/operations.ts'
import type { StoredRecord, Texts } from '#records/record.ts'
import { outcomeBadge } from '#ui/badges.ts'
import { recordPath, withinRecord } from '#ui/cards.ts'
import { effectLine, effectWords, levelsLegend, measuredIn } from '#ui/effect-line.ts'
import { factOf, type Shape } from '#ui/facts.ts'
import { lessonTile } from '#features/clearing-house/pages/lesson-tile.ts'
import { picture } from '#ui/pictures.ts'
import { placeQuestion, type FitHere } from '#features/matching/pages/place-question.ts'
import { placeAndTime, practiceLine } from '#features/clearing-house/pages/practice-tile.ts'
import { findingList as shownFindings } from '#features/evidence/pages/finding-list.ts'
import { groundsCell } from './grounds.ts'
import { question } from '#ui/question.ts'
import { referencesPart } from '#ui/references.ts'
import { fieldName, label, paragraphsOf, plainLabel, textOf, type View } from '#ui/view.ts'

export type PracticeLead = {
  kind: Kind
  record: StoredRecord
  links: readonly Linked[]
  findings: readonly StoredRecord[]
  lessons: readonly StoredRecord[]
  adoptions: readonly StoredRecord[]
  /** Practices of the same approach. */
  others: readonly StoredRecord[]
  here: FitHere
}

/** What is shown here, and so not again among the facts. */
export const toldByPracticeLead: readonly string[] = [
  [
    'summary',
    'outcome',
    'countries',
    'startedOn',
    'endedOn',
    'levels',
    'settings',
    'peopleReached',
    'reached',
    'place',
  ],
  ['problem', 'description', 'objectives', 'results', 'evidence', 'approaches', 'references'],
  ['setUpCost', 'yearlyCost', 'costPerLearner', 'costYear', 'costItems', 'costDrivers', 'funding'],
  ['connectivity', 'electricity', 'devices', 'staff', 'skills', 'teacherPreparation', 'conditions'],
  ['problemsMet', 'unintendedEffects', 'lostOut', 'weaknesses', 'lessons', 'organisations'],
].flat()

const textsIn = (body: StoredRecord['body'], name: string) => body[name] as Texts | undefined

/** Before all else: where and when, what it was in short, and how it ended. */
export function practiceTop(view: View, lead: PracticeLead): Html {
  const { body } = lead.record
  const summary = textsIn(body, 'summary') ?? textsIn(body, 'description')
  return html`<p class="where">${picture(view, 'place')} ${placeAndTime(view, lead.record)}</p>
    ${summary && html`<div class="lead">${paragraphsOf(view, summary, body.originalLanguage)}</div>`}
    ${glance(view, lead)}`
}

/** Where nothing else sums it up, or the summary says the same, the description stands at the top already. */
const furtherDescription = ({ record: { body } }: PracticeLead) =>
  body.summary && JSON.stringify(body.summary) !== JSON.stringify(body.description) ? ['description'] : []

export function practiceLead(view: View, lead: PracticeLead): Html {
  return html`<div class="lead-part">
    ${asked(view, 'what', 'place', [texts(view, lead, ['problem', ...furtherDescription(lead), 'objectives']), facts(view, lead, ['levels', 'settings', 'place', 'peopleReached', 'reached'])])}
    ${asked(view, 'did', 'effect', [texts(view, lead, ['results'], true), findingList(view, lead.findings)])}
    ${costs(view, lead)}
    ${asked(view, 'needs', 'connectivity', [needs(view, lead), conditions(view, lead), texts(view, lead, ['skills']), facts(view, lead, ['staff', 'teacherPreparation'])])}
    ${asked(view, 'wrong', 'did-not-work', [problems(view, lead), texts(view, lead, ['unintendedEffects', 'lostOut']), facts(view, lead, ['weaknesses'])])}
    ${asked(view, 'learned', 'quality', [texts(view, lead, ['lessons'], true), lessonTiles(view, lead.lessons)])}
    ${asked(view, 'who', 'people', [organisations(view, lead)])}
    ${asked(view, 'here', 'cooperation', [placeQuestion(view, { path: recordPath(lead.record.id), record: lead.record }, lead.here)])}
    ${asked(view, 'others', 'share', [others(view, lead)])} ${referencesPart(view, lead.record)}
  </div>`
}

const asked = (
  view: View,
  name: 'costs' | 'did' | 'here' | 'learned' | 'needs' | 'others' | 'what' | 'who' | 'wrong',
  sign: string,
  answers: readonly Content[],
): Content => question(view, { id: name, title: view.t(`practice.${name}`), sign }, answers)

/** Longer texts; the one that answers the question by itself needs no heading of its own. */
function texts(
  view: View,
  { kind, record: { body } }: PracticeLead,
  names: readonly string[],
  isPlain = false,
): Content {
  const shown = names.flatMap((name) => {
    const text = textsIn(body, name)
    if (!text) return []
    const paragraphs = paragraphsOf(view, text, body.originalLanguage)
    return [
      isPlain || name === 'description' ? paragraphs : html`<h3>${fieldName(view, kind.name, name)}</h3>${paragraphs}`,
    ]
  })
  return shown.length > 0 && html`<div class="text">${shown}</div>`
}

function facts(view: View, { kind, record: { body }, links }: PracticeLead, names: readonly string[]): Content {
  const titles = new Map(links.filter(({ direction }) => direction === 'to').map((link) => [link.id, link]))
  const shapes = (kind.body as Shape).properties!
  const here = withinRecord(view, body)
  const rows = names.flatMap((name) => {
    const shown = body[name] === undefined ? undefined : factOf(here, shapes[name]!, body[name], titles)
    return shown ? [html`<div><dt>${fieldName(view, kind.name, name)}</dt><dd>${shown}</dd></div>`] : []
  })
  return rows.length > 0 && html`<dl class="fact-row">${rows}</dl>`
}

/** Outcome, strength, effect and cost side by side. */
function glance(view: View, { record: { body }, findings }: PracticeLead): Html {
  const { t, f } = view
  const measured = findings
    .flatMap(({ body: of }) => measuredIn(of) ?? [])
    .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect))[0]
  const cost = body.costPerLearner as { amount: number; currency: string } | undefined
  const untold = (words: string) => html`<span class="unsaid">${words}</span>`
  const cells: [string, Content][] = [
    [t('practice.outcome'), outcomeBadge(view, body.outcome) || untold(t('home.notTold'))],
    [t('practice.strength'), groundsCell(view, body.outcome, findings)],
    [
      t('practice.effect'),
      measured
        ? html`${effectLine(view, measured)}${effectWords(view, measured)}`
        : untold(t(findings.length > 0 ? 'practice.noSize' : 'practice.notMeasured')),
    ],
    [
      t('practice.cost'),
      cost ? html`<strong>${f.money(cost.amount, cost.currency)}</strong>` : untold(t('home.notTold')),
    ],
  ]
  return html`<dl class="glance" aria-label="${t('practice.glance')}">
    ${cells.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
  </dl>`
}

function findingList(view: View, findings: readonly StoredRecord[]): Content {
  if (findings.length === 0) return html`<p class="unsaid">${view.t('practice.notMeasured')}</p>`
  return html`${shownFindings(view, findings)} ${findings.some(({ body }) => body.evidenceLevel !== undefined) && levelsLegend(view)}`
}

function costs(view: View, lead: PracticeLead): Content {
  const sums = facts(view, lead, ['costPerLearner', 'setUpCost', 'yearlyCost', 'costYear', 'costItems', 'funding'])
  const told = texts(view, lead, ['costDrivers'])
  const names = ['costPerLearner', 'setUpCost', 'yearlyCost', 'costItems']
  const isUntold = names.every((name) => lead.record.body[name] === undefined)
  return asked(view, 'costs', 'cost', [
    isUntold && html`<p class="unsaid">${view.t('practice.costsUntold')}</p>`,
    sums,
    told,
  ])
}

const supplies = [
  ['connectivity', 'conditions'],
  ['electricity', 'electricity'],
  ['devices', 'device-access'],
] as const

function needs(view: View, { kind, record: { body } }: PracticeLead): Html {
  return html`<ul class="needs">
    ${supplies.map(([name, list]) => {
      const value = body[name]
      return html`<li>
        ${picture(view, name)} ${fieldName(view, kind.name, name)}${view.f.colon}${typeof value === 'string' ? html`<strong>${label(view, list, value)}</strong>` : html`<span class="unsaid">${view.t('home.notTold')}</span>`}
      </li>`
    })}
  </ul>`
}

function conditions(view: View, { record: { body } }: PracticeLead): Content {
  const all = (body.conditions ?? []) as { condition: string; effect: string; note?: Texts }[]
  return (
    all.length > 0 &&
    html`<ul class="conditions">
      ${all.map(
        ({ condition, effect, note }) =>
          html`<li class="${effect}">
            <strong>${label(view, 'condition-effects', effect)}</strong> ·
            ${label(view, 'condition-classes', condition)}${note && html`${view.f.colon}${textOf(view, note, body.originalLanguage)}`}
          </li>`,
      )}
    </ul>`
  )
}

function problems(view: View, { record: { body } }: PracticeLead): Content {
  const all = (body.problemsMet ?? []) as { trouble: Texts; done?: Texts }[]
  return (
    all.length > 0 &&
    html`<ul class="troubles">
      ${all.map(
        ({ trouble, done }) =>
          html`<li>
            ${textOf(view, trouble, body.originalLanguage)}
            ${done && html`<p><span class="soft">${view.t('practice.solved')}${view.f.colon}</span>${textOf(view, done, body.originalLanguage)}</p>`}
          </li>`,
      )}
    </ul>`
  )
}

const lessonTiles = (view: View, lessons: readonly StoredRecord[]): Content =>
  lessons.length > 0 && html`<ul class="tiles3">${lessons.map((lesson) => lessonTile(view, lesson))}</ul>`

function organisations(view: View, { record: { body }, links }: PracticeLead): Content {
  const all = (body.organisations ?? []) as { organisation: string; role: string }[]
  const titles = new Map(links.map((link) => [link.id, link]))
  const roles = Map.groupBy(
    all.filter(({ organisation }) => titles.has(organisation)),
    ({ role }) => role,
  )
  return (
    roles.size > 0 &&
    html`<dl class="fact-row">
      ${[...roles].map(
        ([role, some]) =>
          html`<div>
            <dt>${plainLabel(view, 'roles', role)}</dt>
            ${some.map(({ organisation }) => {
              const { title, originalLanguage } = titles.get(organisation)!
              return html`<dd><a href="${view.href(recordPath(organisation))}">${textOf(view, title, originalLanguage)}</a></dd>`
            })}
          </div>`,
      )}
    </dl>`
  )
}

function others(view: View, { links, adoptions, others: alike }: PracticeLead): Content {
  const approaches = links.filter(({ rel, direction }) => rel === 'approach' && direction === 'to')
  if (approaches.length + adoptions.length + alike.length === 0) return nothing
  return html`${
    approaches.length > 0 &&
    html`<p>
      ${view.t('practice.ofApproach')}
      ${approaches.map(({ id, title, originalLanguage }) => html`<a class="pill" href="${view.href(recordPath(id))}">${textOf(view, title, originalLanguage)}</a> `)}
    </p>`
  }
  ${adoptions.length > 0 && html`<h3>${view.t('link.tried')}</h3><ol class="lines">${adoptions.map((one) => practiceLine(view, one))}</ol>`}
  ${alike.length > 0 && html`<ol class="lines">${alike.map((one) => practiceLine(view, one))}</ol>`}`
}
