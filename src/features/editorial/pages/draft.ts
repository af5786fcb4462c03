/** A draft: how far it is, what is to do next, what was said of it; and one step of its form. */
import type { MessageKey } from '#kernel/i18n/message-key.ts'
import { wordsOr } from '#kernel/i18n/messages.ts'
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { bestText } from '#kernel/i18n/languages.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { Comment } from '../drafts/comments.ts'
import type { Assignment } from '../drafts/queue.ts'
import { nobody } from '../drafts/nobody.ts'
import type { DraftShape } from '../drafts/shapes.ts'
import { asksWhy, reasonsThatFit, transitions, type TransitionName } from '../drafts/states.ts'
import type { StepLine } from '../drafts/timeline.ts'
import { underReview } from '../reviewing/open-assignments.ts'
import { completenessOf, stepsOf, type Step } from '#records/form/plan.ts'
import type { Kind } from '#records/kind.ts'
import { recordPath } from '#ui/cards.ts'
import { nothingRefused, type RefusedForm } from './refused.ts'
import { authorsOf } from './authors.ts'
import { commentList } from './comments.ts'
import { choices, field, fieldId, form, select } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import { fieldName, inLanguage, type View } from '#ui/view.ts'

/** What fields of this page are called that are none of the record. */
const labels: Readonly<Record<string, MessageKey>> = {
  verdict: 'draft.field.verdict',
  reason: 'draft.field.reason',
  note: 'draft.field.note',
  email: 'draft.invite',
  text: 'comment.new',
  reviewer: 'queue.reviewer',
  dueOn: 'queue.dueOn',
  hasInterest: 'queue.declare',
  collection: 'collections.for',
}

export const draftPath = (id: string, step?: string) => `/drafts/${id}${step ? `/edit/${step}` : ''}`

export const checkPath = (id: string) => `${draftPath(id)}/check`

export function draftTitle(
  view: View,
  { title, originalLanguage }: Pick<DraftShape, 'title' | 'originalLanguage'>,
): Html {
  if (Object.keys(title).length === 0) return html`<em>${view.t('draft.untitled')}</em>`
  const { text, language } = bestText(title, view.language, originalLanguage)
  return inLanguage(view, text, language)
}

/** The way to a page of a draft. */
export const draftCrumbs = (view: View, draft: Pick<DraftShape, 'id' | 'title' | 'originalLanguage'>): Html =>
  crumbs(view, [
    { name: view.t('nav.desk'), path: '/desk' },
    { name: draftTitle(view, draft), path: draftPath(draft.id) },
  ])

/** The name of a control, with that of the group it stands in. */
export function placeName(view: View, kind: Kind, place: string): string {
  const [top = '', ...rest] = place.split('.')
  const member = rest.findLast((part) => !/^(\d+|new)$/.test(part))
  const inner = member && wordsOr(view.t, `field.${kind.name}.${member}`, wordsOr(view.t, `field.${member}`, ''))
  return [fieldName(view, kind.name, top), inner].filter(Boolean).join(' – ')
}

/** What is kept in the browser is of one person: others may use the same browser. */
export const draftScript = ({ site, session }: View): Html =>
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
  /** Whether the reader gives it to reviewers. */
  mayAssign?: boolean
  /** That a table said more than its fields hold. */
  notes?: Content
  /** What other features add. */
  more?: Content
  /** For curators and reviewers: to whom it is given, what they must declare. */
  review?: Content
  /** After all else: what one does rarely. */
  end?: Content
  refused?: RefusedForm
  /** Somebody comes from a step that was saved just now. */
  isSaved?: boolean
}

/** The whole draft: its steps with how complete each is, what to do, comments, the way it took. */
export function draftPage(view: View, parts: DraftParts): HttpResponse {
  const { t, href } = view
  const { draft, kind, comments, steps, refused = nothingRefused } = parts
  const { errors } = refused
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
            ${[...errors].map(([name, words]) => html`<li><a href="${places.has(name) ? `${href(draftPath(draft.id, places.get(name)))}#${fieldId(name)}` : `#${fieldId(name)}`}">${places.has(name) ? fieldName(view, kind.name, name) : labels[name] ? t(labels[name]) : name}${view.f.colon}${words}</a></li>`)}
          </ul>
        </div>`
      }
      <p class="lead">${t(`state.${draft.state}`)}. ${nextOf(view, parts)}</p>
      <div class="narrow">
        ${draft.state === 'declined' && whyDeclined(view, steps)} ${parts.more} ${parts.notes} ${parts.review} ${stepTable(view, parts)} ${nextSteps(view, draft, refused)}
        ${commentList(view, { draftId: draft.id, comments, kind: kind.name, refused })} ${wayOf(view, steps)} ${authorsOf(view, parts)} ${parts.end}
      </div>`,
  })
}

/** It came without a name; who may not learn the name is another matter. */
const isNobodys = ({ ownerId, authorsUnnamed }: DraftShape): boolean => ownerId === nobody && !authorsUnnamed

/** What comes next, as it is for the reader: authors wait, curators see whether somebody has it, reviewers who. */
function nextOf({ t, f, session }: View, { draft, assignments, mayAssign }: DraftParts): Content {
  const { state, authors } = draft
  const isAuthor = authors.includes(session?.id ?? '')
  if (isAuthor || draft.mayWrite)
    return f.sentences(t(`state.${state}.next`), isAuthor && state === 'submitted' && t('draft.told'))
  if (state === 'changes-requested') return t('draft.withAuthors')
  if (state === 'declined') return t(isNobodys(draft) ? 'draft.declinedUnnamed' : 'draft.declined')
  if (!underReview.some((one) => one === state)) return t(`state.${state}.next`)
  if (assignments.length > 0)
    return html`${t(`state.${state}.next`)} ${t('draft.assignedTo', { names: f.list(assignments.map(({ reviewer }) => reviewer)) })}`
  return mayAssign ? t('draft.nobodyAssigned') : t('state.submitted.next')
}

/** The steps of the snapshot with what they still need, what comes after them, and the rest block by block. */
function stepTable(view: View, { draft, kind, comments }: DraftParts): Html {
  const { t, f, href } = view
  const all = stepsOf(kind)
  const first = all.filter(({ isSnapshot }) => isSnapshot)
  const rest = all.filter(({ isSnapshot }) => !isSnapshot)
  const told = all.map((step) => completenessOf(step, draft.body, draft.withheld))
  const share = told.reduce((sum, { filled }) => sum + filled, 0) / told.reduce((sum, { of }) => sum + of, 0)
  return html`<h2>${t('draft.steps')}</h2>
    ${blockList(view, draft, first.length > 0 ? first : all, comments)} ${goOn(view, draft, all)}
    ${
      first.length > 0 &&
      rest.length > 0 &&
      html`<h3>${t('check.more')}</h3>
        <p>${t(draft.mayWrite ? 'draft.complete' : 'draft.completeRead', { share: f.percent(share) })}</p>
        ${blockList(view, draft, rest, comments)}`
    }
    ${draft.baseRevision !== null && html`<p><a href="${href(recordPath(draft.recordId))}">${t('draft.changes', { revision: draft.baseRevision })}</a></p>`}
    ${draft.state === 'published' && html`<p><a class="button" href="${href(recordPath(draft.recordId))}">${t('draft.see')}</a></p>`}`
}

/** What its authors do next: fill in what is needed, or look all over and submit; what others do: read it. */
function goOn(view: View, draft: DraftShape, all: readonly Step[]): Html {
  const { t, href } = view
  const open = all.find((step) => completenessOf(step, draft.body, draft.withheld).missing.length > 0)
  const mayGoOn = draft.mayWrite && draft.mayStep.includes('submit')
  if (!mayGoOn) return html`<p><a class="button" href="${href(checkPath(draft.id))}">${t('check.readAll')}</a></p>`
  if (open && draft.baseRevision === null)
    return html`<p><a class="button" href="${href(draftPath(draft.id, open.name))}">${t('draft.goOn', { step: stepName(view, open) })}</a></p>`
  return html`<p class="note">${t(draft.baseRevision === null ? 'draft.enough' : 'draft.enoughChange')}</p>
    <p><a class="button" href="${href(checkPath(draft.id))}">${t('draft.check')}</a></p>`
}

/** Steps, each with how much of it is told, what it still needs, and how many comments wait there. */
export const blockList = (
  view: View,
  draft: DraftShape,
  steps: readonly Step[],
  comments: readonly Comment[] = [],
): Html =>
  html`<ul class="blocks">
    ${steps.map((step) => {
      const { filled, of, missing } = completenessOf(step, draft.body, draft.withheld)
      const needed = draft.baseRevision === null ? missing.length : 0
      const said = comments.filter(
        ({ place, resolvedAt, parentId }) => !resolvedAt && !parentId && step.asked.some(({ name }) => name === place),
      ).length
      const notes = [
        filled === 0 ? view.t('check.open') : view.t('draft.filled', { filled, of }),
        ...(needed > 0 ? [view.t('draft.missing', { count: needed })] : []),
        ...(said > 0 ? [view.t('draft.comments', { count: said })] : []),
      ]
      return html`<li><a href="${view.href(draftPath(draft.id, step.name))}">${stepName(view, step)}</a> <span class="soft">${notes.join(' · ')}</span></li>`
    })}
  </ul>`

/** What the reader may do next with it, each with what must be said. */
function nextSteps(view: View, draft: DraftShape, refused: RefusedForm): Html | false {
  const { t } = view
  // It is submitted from the page on which its authors check it, under the licence that is named there.
  const steps = draft.mayStep.filter((name) => name !== 'submit')
  if (steps.length === 0) return false
  return html`<h2 id="next">${t('draft.next')}</h2>
    ${steps.map((name) => stepForm(view, draft, name, refused))}`
}

/** Who reads the note; of what nobody in particular wrote nobody is told. */
const noteHint = ({ t }: View, draft: DraftShape, name: TransitionName): Content =>
  name === 'accept' && draft.asks.publishesReviews
    ? t('draft.noteShown')
    : isNobodys(draft)
      ? nothing
      : t('draft.noteHint')

function stepForm(view: View, draft: DraftShape, name: TransitionName, refused: RefusedForm): Html {
  const { t } = view
  const isRefused = refused.typed.get('step') === name
  const { errors, typed } = isRefused ? refused : nothingRefused
  const part = isRefused ? undefined : name
  const chosen = typed.get('verdict')
  const { asks } = draft
  const isAsked = asksWhy(name, asks)
  const isJudged = transitions[name].by !== 'author'
  const button = html`<button${name === 'withdraw' ? html` class="quiet"` : name === 'decline' ? html` class="danger"` : html``}>${t(`transition.${name}`)}</button>`
  return form(
    view,
    `/drafts/${draft.id}/steps`,
    html`<input type="hidden" name="step" value="${name}" />
      <input type="hidden" name="revision" value="${draft.revision}" />
      ${
        isAsked
          ? html`<details class="step"${errors.size > 0 && html` open`}>
              <summary>${t(`transition.${name}`)}</summary>
              ${name === 'accept' && choices(view, { name: 'verdict', part, label: t('draft.field.verdict'), hint: t('draft.verdictHint'), errors, type: 'radio', values: chosen ? [chosen] : [], of: (['sound', 'weaknesses'] as const).map((one) => ({ value: one, label: t(`review.${one}`) })) })}
              ${isJudged && select(view, { name: 'reason', part, label: t('draft.field.reason'), errors, value: typed.get('reason') ?? '', ...(name === 'decline' && { empty: t('form.choose') }), choices: reasonsThatFit(name, asks.reasons).map((one) => ({ value: one, label: t(`reason.${one}`) })) })}
              ${field(view, { name: 'note', part, label: t('draft.field.note'), hint: noteHint(view, draft, name), errors, isRequired: asks.noteNeeded || 'needsNote' in transitions[name] }, (marks) => html`<textarea${marks} rows="4" dir="auto">${typed.get('note') ?? ''}</textarea>`)}
              ${button}
            </details>`
          : button
      }`,
  )
}

/** Accepting says in its first line what readers will see beside the record. */
function noteOf({ t }: View, { to, note }: StepLine): Content {
  const [first, ...rest] = note.split('\n')
  const verdict = to === 'accepted' && (first === 'sound' || first === 'weaknesses') ? first : undefined
  const words = verdict ? rest.join('\n').trim() : note
  return html`${verdict && html` · ${t(`review.${verdict}`)}`}${words && html`<blockquote dir="auto">${words}</blockquote>`}`
}

/** What its authors must know before they do anything with it; the same stands again where the way it took is told. */
function whyDeclined(view: View, steps: readonly StepLine[]): Content {
  const last = steps.findLast(({ to }) => to === 'declined')
  if (!last) return nothing
  const reason = last.reason !== 'none' && view.t(`reason.${last.reason}`)
  return html`<div class="note">${reason && html`<p>${reason}</p>`}${noteOf(view, last)}</div>`
}

function wayOf(view: View, steps: readonly StepLine[]): Html | false {
  const { t, f } = view
  if (steps.length === 0) return false
  return html`<h2>${t('draft.way')}</h2>
    <ol>
      ${steps.map((one) => html`<li>${f.time(one.at)} · ${t(`state.${one.to}`)} · ${one.actor ? html`<bdi>${one.actor}</bdi>` : t('comment.unnamed')}${one.reason !== 'none' && html` · ${t(`reason.${one.reason}`)}`}${noteOf(view, one)}</li>`)}
    </ol>`
}

/** The open comments on one field. */
export function besideField({ t, f }: View, place: string, comments: readonly Comment[]): Content {
  const own = comments.filter((one) => one.place === place && !one.resolvedAt)
  return (
    own.length > 0 &&
    html`<ul class="pinned">
      ${own.map((one) => html`<li>${one.author ? html`<bdi>${one.author}</bdi>` : t('comment.unnamed')}${f.colon}<span dir="auto">${one.text}</span></li>`)}
    </ul>`
  )
}
