/** A draft: how far it is, what is to do next, what was said of it; and one step of its form. */
import { wordsOr } from '#kernel/i18n/messages.ts'
import { html, type Content, type Html } from '#kernel/html/html.ts'
import { bestText } from '#kernel/i18n/languages.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { Comment } from '../drafts/comments.ts'
import type { Assignment } from '../drafts/queue.ts'
import type { DraftShape } from '../drafts/shapes.ts'
import { transitions, type TransitionName } from '../drafts/states.ts'
import type { StepLine } from '../drafts/timeline.ts'
import { completenessOf, stepsOf, type Step } from '#records/form/plan.ts'
import type { Kind } from '#records/kind.ts'
import type { Linked } from '#records/operations.ts'
import type { StoredRecord, Texts } from '#records/record.ts'
import { attachmentsIn } from '#records/attachment.ts'
import { attachmentsShown, fileRows } from '#features/attachments/pages/attachments.ts'
import { recordPath } from '#ui/cards.ts'
import { authorsOf } from './authors.ts'
import { commentList } from './comments.ts'
import { control, noLinks, type Filling, type FormLinks } from '#ui/controls.ts'
import { factOf, type Shape } from '#ui/facts.ts'
import { choices, errorSummary, field, fieldId, form, select, type Errors } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import { fieldName, inLanguage, paragraphsOf, type View } from '#ui/view.ts'

const none: Errors = new Map()

export const draftPath = (id: string, step?: string) => `/drafts/${id}${step ? `/edit/${step}` : ''}`

export function draftTitle(
  view: View,
  { title, originalLanguage }: Pick<DraftShape, 'title' | 'originalLanguage'>,
): Html {
  if (Object.keys(title).length === 0) return html`<em>${view.t('draft.untitled')}</em>`
  const { text, language } = bestText(title, view.language, originalLanguage)
  return inLanguage(view, text, language)
}

/** What is kept in the browser is of one person: others may use the same browser. */
const draftScript = ({ site, session }: View): Html =>
  html`<script src="${site.assets('draft.js')}" type="module" data-person="${session?.id ?? ''}"></script>
    <script src="${site.assets('choices.js')}" type="module"></script>`

export const stepName = ({ t }: View, { name }: Pick<Step, 'name'>): string => t(`step.${name}`)

export type DraftParts = {
  draft: DraftShape
  kind: Kind
  comments: readonly Comment[]
  steps: readonly StepLine[]
  authors: readonly string[]
  assignments: readonly Assignment[]
  /** Addresses that were asked to write with them. */
  invited: readonly { email: string }[]
  /** What other features add. */
  more?: Content
  /** For curators and reviewers: to whom it is given, what they must declare. */
  review?: Content
  /** Somebody comes from a step that was saved just now. */
  isSaved?: boolean
}

/** The whole draft: its steps with how complete each is, what to do, comments, the way it took. */
export function draftPage(view: View, parts: DraftParts, errors: Errors = none): HttpResponse {
  const { t, href } = view
  const { draft, kind, comments, steps } = parts
  const title = t('draft.title', { kind: t(`kind.${kind.name}.one`) })
  const places = new Map(stepsOf(kind).flatMap((step) => step.asked.map(({ name }) => [name, step.name] as const)))
  return page(view, {
    title,
    status: errors.size > 0 ? 422 : 200,
    head: parts.isSaved && draftScript(view),
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [{ name: t('nav.desk'), path: '/desk' }])}
      <p class="kind">${t(`kind.${kind.name}.one`)}</p>
      <h1>${draftTitle(view, draft)}</h1>
      ${
        errors.size > 0 &&
        html`<div class="errors" role="alert" tabindex="-1">
          <h2>${t('form.errors')}</h2>
          <ul>
            ${[...errors].map(([name, words]) => html`<li><a href="${places.has(name) ? `${href(draftPath(draft.id, places.get(name)))}#${fieldId(name)}` : `#${fieldId(name)}`}">${places.has(name) ? fieldName(view, kind.name, name) : wordsOr(t, `draft.field.${name}`, name)}: ${words}</a></li>`)}
          </ul>
        </div>`
      }
      <p class="lead">${t(`state.${draft.state}`)}. ${t(`state.${draft.state}.next`)}${draft.state === 'submitted' && draft.authors.includes(view.session?.id ?? '') && ` ${t('draft.told')}`}</p>
      <div class="narrow">
        ${parts.more} ${parts.review} ${stepTable(view, parts)} ${nextSteps(view, parts, errors)}
        ${commentList(view, { draftId: draft.id, comments, kind: kind.name })} ${wayOf(view, steps)} ${authorsOf(view, parts)}
      </div>`,
  })
}

/** Each step, how much of it is told, and what of it must still be. */
function stepTable(view: View, { draft, kind, comments }: DraftParts): Html {
  const { t, f, href } = view
  const all = stepsOf(kind).map((step) => ({
    step,
    ...completenessOf(step, draft.body, draft.withheld),
  }))
  const filled = all.reduce((sum, one) => sum + one.filled, 0)
  const of = all.reduce((sum, one) => sum + one.of, 0)
  return html`<h2>${t('draft.steps')}</h2>
    <p>${t('draft.complete', { share: f.percent(of ? filled / of : 0) })}</p>
    <ol class="steps">
      ${all.map(({ step, filled: some, of: most, missing }) => {
        const said = comments.filter(
          ({ place, resolvedAt, parentId }) =>
            !resolvedAt && !parentId && step.asked.some(({ name }) => name === place),
        ).length
        return html`<li>
          <a href="${href(draftPath(draft.id, step.name))}">${stepName(view, step)}</a>
          <span class="whole"><meter min="0" max="${most}" value="${some}" aria-hidden="true"></meter> <span class="soft">${t('draft.filled', { filled: some, of: most })}</span></span>
          <span class="soft">${missing.length > 0 && html` · ${t('draft.missing', { count: missing.length })}`}${said > 0 && html` · ${t('draft.comments', { count: said })}`}</span>
        </li>`
      })}
    </ol>
    ${draft.baseRevision !== null && html`<p><a href="${href(recordPath(draft.recordId))}">${t('draft.changes', { revision: draft.baseRevision })}</a></p>`}
    ${draft.state === 'published' && html`<p><a class="button" href="${href(recordPath(draft.recordId))}">${t('draft.see')}</a></p>`}`
}

/** What the reader may do next with it, each with what must be said. */
function nextSteps(view: View, { draft }: DraftParts, errors: Errors): Html | false {
  const { t } = view
  if (draft.mayStep.length === 0) return false
  return html`<h2 id="next">${t('draft.next')}</h2>
    ${draft.mayStep.map((name) => stepForm(view, draft, name, errors))}`
}

function stepForm(view: View, draft: DraftShape, name: TransitionName, errors: Errors): Html {
  const { t } = view
  const { asks } = draft
  // Who only takes it in or publishes it need not say why, unless the collection asks for that.
  const isAsked = asks.noteNeeded || !['submit', 'reopen', 'withdraw', 'take', 'publish'].includes(name)
  const isJudged = transitions[name].by !== 'author'
  const button = html`<button${name === 'withdraw' ? html` class="quiet"` : html``}>${t(`transition.${name}`)}</button>`
  return form(
    view,
    `/drafts/${draft.id}/steps`,
    html`<input type="hidden" name="step" value="${name}" />
      <input type="hidden" name="revision" value="${draft.revision}" />
      ${
        isAsked
          ? html`<details class="step"${errors.size > 0 && html` open`}>
              <summary>${t(`transition.${name}`)}</summary>
              ${name === 'accept' && choices(view, { name: 'verdict', label: t('draft.field.verdict'), hint: t('draft.verdictHint'), errors, type: 'radio', values: [], of: (['sound', 'weaknesses'] as const).map((one) => ({ value: one, label: t(`review.${one}`) })) })}
              ${isJudged && select(view, { name: 'reason', label: t('draft.field.reason'), errors, choices: asks.reasons.map((one) => ({ value: one, label: t(`reason.${one}`) })) })}
              ${field(view, { name: 'note', label: t('draft.field.note'), hint: t(name === 'accept' && asks.publishesReviews ? 'draft.noteShown' : 'draft.noteHint'), errors, isRequired: asks.noteNeeded || name === 'requestChanges' }, (marks) => html`<textarea${marks} rows="4" dir="auto"></textarea>`)}
              ${button}
            </details>`
          : button
      }`,
  )
}

function wayOf(view: View, steps: readonly StepLine[]): Html | false {
  const { t, f } = view
  if (steps.length === 0) return false
  return html`<h2>${t('draft.way')}</h2>
    <ol>
      ${steps.map((one) => html`<li>${f.time(one.at)} · ${t(`state.${one.to}`)} · ${one.actor ? html`<bdi>${one.actor}</bdi>` : t('comment.unnamed')}${one.reason !== 'none' && html` · ${t(`reason.${one.reason}`)}`}${one.note && html`<blockquote dir="auto">${one.note}</blockquote>`}</li>`)}
    </ol>`
}

export type StepParts = {
  draft: DraftShape
  kind: Kind
  step: Step
  comments: readonly Comment[]
  /** Values as they were typed, where they differ from what was saved. */
  values?: Readonly<Record<string, unknown>>
  typed?: ReadonlyMap<string, string>
  errors?: Errors
  conflicts?: ReadonlyMap<string, string>
  more?: string | undefined
  isSaved?: boolean
  /** The page answers a form that was sent: what was typed has arrived. */
  isAnswer?: boolean
  links?: FormLinks
}

/** One step of the form, with all that is known of it. */
export function stepPage(
  view: View,
  {
    draft,
    kind,
    step,
    comments,
    values = {},
    typed = new Map(),
    errors = none,
    conflicts = new Map(),
    more,
    isSaved,
    isAnswer,
    links = noLinks,
  }: StepParts,
): HttpResponse {
  const { t, href } = view
  const all = stepsOf(kind)
  const at = all.indexOf(step)
  const name = stepName(view, step)
  const title = t('draft.stepTitle', { number: at + 1, of: all.length, name })
  const filling: Filling = {
    kind: kind.name,
    language: draft.originalLanguage,
    errors,
    typed,
    more,
    draft: draft.id,
    megabytes: view.site.attachmentMegabytes,
    files: fileRows,
    links,
    beside: (place) => beside(view, place, comments, conflicts),
  }
  const body = { ...draft.body, ...values }
  const labels = (place: string) => fieldName(view, kind.name, place.split('.')[0]!)
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: conflicts.size > 0 ? 409 : errors.size > 0 ? 422 : 200,
    head: draft.mayWrite && draftScript(view),
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [
      { name: t('nav.desk'), path: '/desk' },
      { name: draftTitle(view, draft), path: draftPath(draft.id) },
    ])}
      <div class="narrow">
        <h1>${title}</h1>
        ${isSaved && html`<p class="note" role="status">${t('draft.saved')}</p>`}
        ${conflicts.size > 0 && html`<div class="errors" role="alert" tabindex="-1"><h2>${t('draft.conflict')}</h2><p>${t('draft.conflictNext')}</p><ul>${[...conflicts.keys()].map((place) => html`<li><a href="#${fieldId(place)}">${labels(place)}</a></li>`)}</ul></div>`}
        ${errorSummary(view, errors, labels)}
        ${
          draft.mayWrite
            ? form(
                view,
                draftPath(draft.id, step.name),
                html`<input type="hidden" name="revision" value="${draft.revision}" />
                  ${step.asked.map((asked) => control(view, asked, body[asked.name] ?? undefined, filling))}
                  <div class="row">
                    <button name="go" value="${at + 1 < all.length ? all[at + 1]!.name : 'overview'}">${t(at + 1 < all.length ? 'draft.saveNext' : 'draft.saveEnd')}</button>
                    <button class="quiet" name="go" value="stay">${t('draft.saveStay')}</button>
                  </div>
                  <p class="soft" data-autosave hidden aria-live="polite" data-answer="${conflicts.size > 0 ? 'conflict' : isAnswer ? 'taken' : ''}" data-merged="${t('draft.merged')}" data-changed="${t('draft.changedByOthers')}" data-saving="${t('draft.saving')}" data-saved="${t('draft.saved')}" data-offline="${t('draft.offline')}"></p>`,
                { takesFiles: step.asked.some((asked) => asked.control === 'files') },
              )
            : html`<p>${t('draft.notYours')}</p>
                <dl>${step.asked.map(({ name: one }) => html`<dt>${labels(one)}</dt><dd>${draft.withheld.includes(one) ? html`<em>${t('draft.authorsUnnamed')}</em>` : one === 'attachments' ? attachmentsShown(view, attachmentsIn(body), draft.originalLanguage, draft.id) : shown(view, kind, one, body[one], links)}${filling.beside(one)}</dd>`)}</dl>
                ${commentForm(view, draft.id, step, kind.name)}`
        }
        <p><a href="${href(draftPath(draft.id))}">${t('draft.overview')}</a></p>
      </div>`,
  })
}

/** A value for those who read a draft before it is a record. */
function shown(view: View, kind: Kind, name: string, value: unknown, { chosen }: FormLinks): Content {
  if (value === undefined || value === null) return '—'
  const shape = kind.body.properties[name] as Shape
  if (shape['x-field']?.type === 'text') return paragraphsOf(view, value as Texts)
  const titles = new Map([...chosen.values()].flat().map(({ id, kind: of, body }) => [id, linkTo(id, of, body)]))
  return factOf(view, shape, value, titles) ?? '—'
}
const linkTo = (id: string, kind: string, { title, originalLanguage }: StoredRecord['body']): Linked => ({
  rel: '',
  direction: 'to',
  id,
  kind,
  title,
  originalLanguage,
})

function beside(
  { t }: View,
  place: string,
  comments: readonly Comment[],
  conflicts: ReadonlyMap<string, string>,
): Content {
  const own = comments.filter((one) => one.place === place && !one.resolvedAt)
  return html`${conflicts.has(place) && html`<p class="note" dir="auto">${t('draft.theirs')} ${conflicts.get(place)}</p>`}
    ${own.length > 0 && html`<ul class="pinned">${own.map((one) => html`<li>${one.author ? html`<bdi>${one.author}</bdi>` : t('comment.unnamed')}: <span dir="auto">${one.text}</span></li>`)}</ul>`}`
}

/** For reviewers: a comment pinned to a field of the step. */
const commentForm = (view: View, draftId: string, step: Step, kind: string): Html =>
  form(
    view,
    `/drafts/${draftId}/comments`,
    html`${select(view, { name: 'place', label: view.t('comment.place'), errors: none, empty: view.t('comment.whole'), choices: step.asked.map(({ name }) => ({ value: name, label: fieldName(view, kind, name) })) })}
      ${field(view, { name: 'text', label: view.t('comment.text'), errors: none }, (marks) => html`<textarea${marks} rows="4" dir="auto" required></textarea>`)}
      <button>${view.t('comment.button')}</button>`,
  )
