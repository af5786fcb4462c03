/** One step of the form of a draft, for those who write it; what was answered, for those who read it. */
import { html, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { Comment } from '../drafts/comments.ts'
import type { DraftNote } from '../drafts/notes.ts'
import type { DraftShape } from '../drafts/shapes.ts'
import { stepsOf, type Step } from '#records/form/plan.ts'
import type { Kind } from '#records/kind.ts'
import type { Linked } from '#records/operations.ts'
import type { StoredRecord, Texts } from '#records/record.ts'
import { attachmentsIn } from '#records/attachment.ts'
import { attachmentsShown, fileRows } from '#features/attachments/pages/attachments.ts'
import { control, noLinks, type Filling, type FormLinks } from '#ui/controls.ts'
import { factOf, type Shape } from '#ui/facts.ts'
import { errorSummary, field, fieldId, form, select, type Errors } from '#ui/forms.ts'
import { page } from '#ui/layout.ts'
import { fieldName, paragraphsOf, type View } from '#ui/view.ts'
import { notesBeside } from './notes.ts'
import { besideField, draftCrumbs, draftPath, draftScript, placeName, stepName } from './draft.ts'

const none: Errors = new Map()

export type StepParts = {
  draft: DraftShape
  kind: Kind
  step: Step
  comments: readonly Comment[]
  /** What a table said and did not fit into fields. */
  notes?: readonly DraftNote[]
  /** Values as they were typed, where they differ from what was saved. */
  values?: Readonly<Record<string, unknown>>
  typed?: ReadonlyMap<string, string>
  errors?: Errors
  conflicts?: ReadonlyMap<string, string>
  /** Of fields that are shown as they were typed: the save that their form was filled from. */
  filledFrom?: ReadonlyMap<string, string>
  more?: string | undefined
  isSaved?: boolean
  /** The page answers a form that was sent: what was typed has arrived. */
  isAnswer?: boolean
  links?: FormLinks
  /** Somebody came to change one answer, and goes back to check them all. */
  isFromCheck?: boolean
}

/** The control that says which save a field was filled from, where it is not that of the whole form. */
export const fromName = (field: string): string => `from.${field}`

/** One step of the form, with all that is known of it. */
export function stepPage(
  view: View,
  {
    draft,
    kind,
    step,
    comments,
    notes = [],
    values = {},
    typed = new Map(),
    errors = none,
    conflicts = new Map(),
    filledFrom = new Map(),
    more,
    isSaved,
    isAnswer,
    links = noLinks,
    isFromCheck = false,
  }: StepParts,
): HttpResponse {
  const { t, href } = view
  const all = stepsOf(kind)
  const own = all.filter(({ isSnapshot }) => isSnapshot === step.isSnapshot)
  const at = own.indexOf(step)
  const name = stepName(view, step)
  const title =
    step.isSnapshot && own.length > 1 ? t('draft.stepTitle', { number: at + 1, of: own.length, name }) : name
  const next = isFromCheck || draft.baseRevision !== null ? 'check' : (own[at + 1]?.name ?? 'check')
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
    beside: (place) => html`${notesBeside(view, draft.id, place, notes)}${beside(view, place, comments, conflicts)}`,
  }
  const body = { ...draft.body, ...values }
  const labels = (place: string) => placeName(view, kind, place)
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title }) : title,
    status: conflicts.size > 0 ? 409 : errors.size > 0 && isAnswer ? 422 : 200,
    head: draft.mayWrite && draftScript(view),
    unlisted: true,
    keep: false,
    main: html`${draftCrumbs(view, draft)}
      <div class="narrow">
        <h1>${title}</h1>
        ${isSaved && html`<p class="note" role="status">${t('draft.saved')}</p>`}
        ${conflicts.size > 0 && html`<div class="errors" role="alert" tabindex="-1"><h2>${t('draft.conflict')}</h2><p>${t('draft.conflictNext')}</p><ul>${[...conflicts.keys()].map((place) => html`<li><a href="#${fieldId(place)}">${labels(place)}</a></li>`)}</ul></div>`}
        ${draft.baseRevision === null && errors.size === 0 && conflicts.size === 0 && !isSaved && step.isSnapshot && at === 0 && html`<p class="lead">${t(own.length > 1 ? 'draft.snapshotLead' : 'draft.shortLead')}</p>`}
        ${errorSummary(view, errors, labels)}
        ${
          draft.mayWrite
            ? form(
                view,
                draftPath(draft.id, step.name),
                html`<input type="hidden" name="revision" value="${draft.revision}" />
                  ${[...filledFrom].map(([one, from]) => html`<input type="hidden" name="${fromName(one)}" value="${from}" />`)}
                  ${step.asked.map((asked) => control(view, asked, body[asked.name] ?? undefined, filling))}
                  <div class="row">
                    <button name="go" value="${next}">${t(isFromCheck ? 'check.back' : next === 'check' ? 'draft.saveEnd' : 'draft.saveNext')}</button>
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
  view: View,
  place: string,
  comments: readonly Comment[],
  conflicts: ReadonlyMap<string, string>,
): Content {
  return html`${conflicts.has(place) && html`<p class="note" dir="auto">${view.t('draft.theirs')} ${conflicts.get(place)}</p>`}
    ${besideField(view, place, comments)}`
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
