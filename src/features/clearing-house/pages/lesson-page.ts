/** The page of a lesson: do or avoid, what to do, what happened, and the practices that it was learned from. */
import { html, type Content, type Html } from '#kernel/html/html.ts'
import type { StoredRecord, Texts } from '#records/record.ts'
import { polarityBadge } from '#ui/badges.ts'
import { practiceTile } from './practice-tile.ts'
import { question } from '#ui/question.ts'
import { referencesPart } from '#ui/references.ts'
import { fieldName, label, paragraphsOf, plainLabel, type View } from '#ui/view.ts'

export type LessonLead = { record: StoredRecord; practices: readonly StoredRecord[] }

/** What is shown here, and so not again among the facts. */
export const toldByLessonLead: readonly string[] = [
  ['polarity', 'phase', 'recommendedTo', 'grounds', 'severity'],
  ['event', 'consequence', 'recommendation', 'holdsWhere', 'failsWhere', 'practices', 'references'],
].flat()

const textIn = (view: View, { body }: StoredRecord, name: string): Content =>
  body[name] !== undefined &&
  html`<div class="text">${paragraphsOf(view, body[name] as Texts, body.originalLanguage)}</div>`

export function lessonTop(view: View, { record: { body } }: LessonLead): Html {
  const listed = (field: string, list: string) =>
    [body[field] ?? []].flat().map((code) => plainLabel(view, list, String(code)))
  const cells: [string, Content][] = [
    [fieldName(view, 'lesson', 'polarity'), polarityBadge(view, body.polarity)],
    [fieldName(view, 'lesson', 'phase'), listed('phase', 'lesson-phases').join('')],
    [fieldName(view, 'lesson', 'recommendedTo'), listed('recommendedTo', 'addressees').join(view.f.comma)],
    [view.t('lesson.grounds'), typeof body.grounds === 'string' && label(view, 'lesson-grounds', body.grounds)],
  ]
  const told = cells.filter(([, value]) => value)
  return html`<dl class="glance" aria-label="${view.t('practice.glance')}">
    ${told.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
  </dl>`
}

export function lessonLead(view: View, { record, practices }: LessonLead): Html {
  const { t } = view
  const further = (name: string) =>
    record.body[name] !== undefined &&
    html`<h3>${fieldName(view, 'lesson', name)}</h3>
      ${textIn(view, record, name)}`
  return html`<div class="lead-part">
    ${question(view, { id: 'do', title: t('lesson.do'), sign: 'worked' }, [textIn(view, record, 'recommendation'), further('holdsWhere'), further('failsWhere')])}
    ${question(view, { id: 'what', title: t('lesson.what'), sign: 'place' }, [textIn(view, record, 'event')])}
    ${question(view, { id: 'led-to', title: t('lesson.ledTo'), sign: 'effect' }, [textIn(view, record, 'consequence')])}
    ${question(view, { id: 'from', title: t('lesson.from'), sign: 'cooperation' }, [tiles(view, practices)])}
    ${referencesPart(view, record)}
  </div>`
}

const tiles = (view: View, practices: readonly StoredRecord[]): Content =>
  practices.length > 0 &&
  html`<ul class="tiles3">
    ${practices.map((practice) => practiceTile(view, practice))}
  </ul>`
