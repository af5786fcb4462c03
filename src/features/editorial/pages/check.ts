/** All answers on one page, as the record will tell them: for those who submit, and for those who review. */
import { html, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { attachmentsIn } from '#records/attachment.ts'
import type { Changed } from '#records/difference.ts'
import { stepsOf, type FormField, type Step } from '#records/form/plan.ts'
import type { Kind } from '#records/kind.ts'
import type { Linked } from '#records/operations.ts'
import type { StoredRecord, Texts } from '#records/record.ts'
import { attachmentsShown } from '#features/attachments/pages/attachments.ts'
import { recordPath } from '#ui/cards.ts'
import { differenceTable } from '#ui/difference.ts'
import { factOf, type Shape } from '#ui/facts.ts'
import { field, fieldId, form, type Errors } from '#ui/forms.ts'
import { page } from '#ui/layout.ts'
import { fieldName, label, paragraphsOf, type View } from '#ui/view.ts'
import type { Comment } from '../drafts/comments.ts'
import type { DraftShape } from '../drafts/shapes.ts'
import { besideField, blockList, draftCrumbs, draftPath, draftTitle, placeName, stepName } from './draft.ts'

export type CheckParts = {
  draft: DraftShape
  kind: Kind
  comments: readonly Comment[]
  /** The records that its fields lead to. */
  linked: readonly StoredRecord[]
  changed: readonly Changed[]
  /** What other features add, such as records that may tell the same. */
  more: Content
  /** What must be told or mended first, by field. */
  errors: Errors
}

/** The licence under which contributions are published, unless the record names its own. */
export const usualLicence = 'CC-BY-4.0'

export function checkPage(view: View, parts: CheckParts): HttpResponse {
  const { t, href } = view
  const { draft, kind, changed, errors } = parts
  const title = t(draft.mayWrite ? 'check.title' : 'check.read')
  const all = stepsOf(kind)
  return page(view, {
    title,
    unlisted: true,
    keep: false,
    main: html`${draftCrumbs(view, draft)}
      <div class="narrow">
        <h1>${title}</h1>
        <p class="lead">${t(draft.mayWrite ? 'check.lead' : 'check.readLead')}</p>
        ${parts.more} ${errors.size > 0 && draft.mayWrite && stillNeeded(view, parts, all)}
        ${draft.baseRevision !== null && differences(view, parts)}
        <article class="answers" aria-labelledby="check-name">
          <p class="kind">${t(`kind.${kind.name}.one`)}</p>
          <h2 id="check-name" class="answers-name">${draftTitle(view, draft)}</h2>
          ${all.map((step) => answersOf(view, parts, step))}
        </article>
        ${draft.mayWrite && draft.mayStep.includes('submit') && (errors.size === 0 ? submitPart(view, parts, changed) : html`<p><a class="button" href="${href(firstToMend(parts, all))}">${t('check.mend')}</a></p>`)}
        ${draft.mayWrite && moreToTell(view, draft, all)}
        <p><a href="${href(draftPath(draft.id))}">${t('draft.overview')}</a></p>
      </div>`,
  })
}

const stepAt = (all: readonly Step[], place: string): Step | undefined =>
  all.find(({ asked }) => asked.some(({ name }) => name === place.split('.')[0]))

const changePath = (draft: DraftShape, step: Step, place: string) =>
  `${draftPath(draft.id, step.name)}?from=check#${fieldId(place)}`

const firstToMend = ({ draft, errors }: CheckParts, all: readonly Step[]): string => {
  const [place = ''] = errors.keys()
  return changePath(draft, stepAt(all, place) ?? all[0]!, place)
}

function stillNeeded(view: View, { draft, kind, errors }: CheckParts, all: readonly Step[]): Html {
  return html`<div class="errors" role="alert" tabindex="-1">
    <h2>${view.t('check.needed', { count: errors.size })}</h2>
    <ul>
      ${[...errors].map(([place, words]) => html`<li><a href="${view.href(changePath(draft, stepAt(all, place) ?? all[0]!, place))}">${placeName(view, kind, place)}${view.f.colon}${words}</a></li>`)}
    </ul>
  </div>`
}

/** For a change of a published record: what is different, before all that stays. */
function differences(view: View, { draft, kind, changed, linked }: CheckParts): Html {
  const { t } = view
  return html`<h2>${t('check.different')}</h2>
    <p><a href="${view.href(recordPath(draft.recordId))}">${t('draft.changes', { revision: draft.baseRevision! })}</a></p>
    ${
      changed.length === 0
        ? html`<p class="notice">${t('check.nothingDifferent')}</p>`
        : differenceTable(view, {
            kind,
            changed,
            titles: titlesOf(linked),
            label: t('check.different'),
            heads: [t('check.published'), t('check.proposed')],
          })
    }`
}

const titlesOf = (linked: readonly StoredRecord[]): Map<string, Linked> =>
  new Map(
    linked.map(({ id, kind, body: { title, originalLanguage } }) => [
      id,
      { rel: '', direction: 'to', id, kind, title, originalLanguage },
    ]),
  )

/** What was answered in one step; what was left open stands nowhere on the record either. */
function answersOf(view: View, parts: CheckParts, step: Step): Content {
  const { draft } = parts
  const told = step.asked.filter(
    ({ name, isRequired }) =>
      isTold(draft, name) || (isRequired && draft.mayWrite) || parts.comments.some(({ place }) => place === name),
  )
  if (told.length === 0) return undefined
  return html`<section>
    <h3>${stepName(view, step)}</h3>
    <dl>
      ${told.map((asked) => answer(view, parts, step, asked))}
    </dl>
  </section>`
}

const isTold = ({ body, unread, withheld }: DraftShape, name: string): boolean =>
  body[name] !== undefined || unread[name] !== undefined || withheld.includes(name)

function answer(view: View, parts: CheckParts, step: Step, { name }: FormField): Html {
  const { t } = view
  const { draft, kind, comments } = parts
  const called = fieldName(view, kind.name, name)
  return html`<div class="answer" id="${fieldId(name)}">
    <dt>${called}</dt>
    <dd>
      <div class="value">${valueOf(view, parts, name)}</div>
      ${besideField(view, name, comments)}
      ${draft.mayWrite && html`<a class="change" href="${view.href(changePath(draft, step, name))}">${t('check.change')}<span class="hidden"> ${called}</span></a>`}
      ${!draft.mayWrite && draft.state !== 'published' && commentForm(view, draft.id, name, called)}
    </dd>
  </div>`
}

function valueOf(view: View, { draft, kind, linked }: CheckParts, name: string): Content {
  const { body, unread, withheld, originalLanguage } = draft
  if (withheld.includes(name)) return html`<em>${view.t('draft.authorsUnnamed')}</em>`
  if (unread[name] !== undefined)
    return html`<bdi>${(JSON.parse(unread[name]) as [string, string][])
      .map(([, text]) => text)
      .filter(Boolean)
      .join(' ')}</bdi>`
  const value = body[name]
  if (value === undefined || value === null) return html`<span class="unsaid">${view.t('check.missing')}</span>`
  if (name === 'attachments') return attachmentsShown(view, attachmentsIn(body), originalLanguage, draft.id)
  const shape = kind.body.properties[name] as Shape
  if (shape['x-field']?.type === 'text') return paragraphsOf(view, value as Texts, originalLanguage)
  return factOf(view, shape, value, titlesOf(linked)) ?? html`<span class="unsaid">—</span>`
}

const commentForm = (view: View, draftId: string, place: string, called: string): Html =>
  html`<details class="small">
    <summary>${view.t('check.comment')}<span class="hidden"> ${called}</span></summary>
    ${form(
      view,
      `/drafts/${draftId}/comments`,
      html`<input type="hidden" name="place" value="${place}" /><input type="hidden" name="back" value="check" />
        <label>${view.t('comment.text')} <textarea name="text" rows="3" dir="auto" required></textarea></label>
        <button class="quiet">${view.t('comment.button')}</button>`,
    )}
  </details>`

/** Under which licence, and with whose consent: in plain words, above the button that agrees to it. */
function submitPart(view: View, { draft, kind }: CheckParts, changed: readonly Changed[]): Content {
  const { t, session } = view
  if (draft.baseRevision !== null && changed.length === 0) return undefined
  const own = kind.isOwnLicence && typeof draft.body.licence === 'string' ? draft.body.licence : usualLicence
  return html`<section class="submit" aria-labelledby="check-submit">
    <h2 id="check-submit">${t('check.submit')}</h2>
    <p>${t('check.agree')}</p>
    <ul>
      <li>${t(draft.baseRevision === null ? 'check.licence' : 'check.licenceOfChange', { licence: own === usualLicence ? 'CC BY 4.0' : label(view, 'licences', own).text })}</li>
      <li>${t('check.true')}</li>
      <li>${t('check.consent')}</li>
      <li>${t('check.named', { name: session?.name ?? '' })}</li>
    </ul>
    <p>${t('check.then')}</p>
    ${form(
      view,
      `/drafts/${draft.id}/steps`,
      html`<input type="hidden" name="step" value="submit" /><input type="hidden" name="revision" value="${draft.revision}" />
        ${draft.asks.noteNeeded && field(view, { name: 'note', label: t('draft.field.note'), errors: new Map() }, (marks) => html`<textarea${marks} rows="3" dir="auto"></textarea>`)}
        <button>${t('check.button')}</button>`,
    )}
  </section>`
}

/** The rest, block by block: what is told of each, and that none is needed. */
function moreToTell(view: View, draft: DraftShape, all: readonly Step[]): Content {
  const rest = all.filter(({ isSnapshot }) => !isSnapshot)
  if (rest.length === 0) return undefined
  return html`<h2>${view.t('check.more')}</h2>
    <p>${view.t('check.moreLead')}</p>
    ${blockList(view, draft, rest)}`
}
