/** The desk: what one writes, what waits for one, what one may begin. And the queue of those who review. */
import { wordsOr } from '#kernel/i18n/messages.ts'
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import { languages, ownNames } from '#kernel/i18n/languages.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { QueueLine } from '../drafts/queue.ts'
import type { Waiting } from '../drafts/waiting.ts'
import type { DraftLine } from '../drafts/shapes.ts'
import type { Kind } from '#records/kind.ts'
import { choices, errorSummary, fieldId, form, input, press, select, type Errors } from '#ui/forms.ts'
import type { RefusedForm } from './refused.ts'
import { queueTable } from './queue.ts'
import { draftPath, draftTitle } from './draft.ts'
import type { StoredRecord } from '#records/record.ts'
import { recordPath } from '#ui/cards.ts'
import { crumbs, page } from '#ui/layout.ts'
import { textOf, type View } from '#ui/view.ts'

const none: Errors = new Map()

type Invitation = { draft: DraftLine; by: string; isClosed: boolean }
type DeskParts = {
  drafts: readonly DraftLine[]
  invitations: readonly Invitation[]
  waiting: readonly QueueLine[] | undefined
  counts: Waiting
  more: Content
  /** What is wrong with the answer to an invitation, by its draft. */
  errors?: Errors
  /** Somebody comes from a draft that they deleted just now. */
  isDeleted?: boolean
}

export function deskPage(
  view: View,
  { drafts, invitations, waiting, counts, more, errors = none, isDeleted }: DeskParts,
): HttpResponse {
  const { t, href } = view
  return page(view, {
    title: t('nav.desk'),
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`<h1>${t('nav.desk')}</h1>
      ${errorSummary(view, errors, () => t('desk.invitations'))}
      ${isDeleted && html`<p class="note" role="status">${t('draft.deleted')}</p>`}
      <p><a class="button" href="${href('/share')}">${t('nav.share')}</a> <a href="${href('/sheets')}">${t('sheet.title')}</a> · <a href="${href('/watching')}">${t('watch.title')}</a></p>
      ${countsOf(view, counts)} ${waiting && html`<h2 id="mine">${t('queue.mine')}</h2>${waiting.length > 0 ? queueTable(view, waiting) : html`<p class="soft">${t('queue.noneMine')}</p>`}<p><a href="${href('/queue')}">${t('queue.title')}</a></p>`}
      ${invitations.length > 0 && asked(view, invitations, errors)}
      <h2 id="drafts">${t('desk.drafts')}</h2>
      ${drafts.length === 0 ? html`<p class="soft">${t('desk.none')}</p>` : draftTable(view, drafts)}
      ${drafts.filter(({ state }) => state === 'draft').length > 1 && html`<p><a href="${href('/desk/submit')}">${t('submitMany.title')}</a></p>`}
      ${more} ${keeping(view)}`,
  })
}

/** What waits, in numbers; each leads to where it is. */
function countsOf({ t, href }: View, counts: Waiting): Content {
  const lines = [
    ['toReview', '/desk#mine'],
    ['toDecide', '/queue'],
    ['toCorrect', '/desk#drafts'],
    ['invited', '/desk#invitations'],
  ] as const
  const some = lines.filter(([name]) => counts[name] > 0)
  if (some.length === 0) return nothing
  return html`<h2 id="waiting">${t('desk.waiting')}</h2>
    <ul>
      ${some.map(([name, path]) => html`<li><a href="${href(path)}">${t(`desk.waiting.${name}`, { count: counts[name] })}</a></li>`)}
    </ul>`
}

/** For those who look after the node: what is theirs alone. */
function keeping({ t, href, session }: View): Content {
  const ways = [
    ['/duplicates', 'duplicates.title', ['curator', 'operator']],
    ['/incomplete', 'incomplete.title', ['curator', 'operator']],
    ['/best-bets', 'bestBets.title', ['curator', 'operator']],
    ['/links', 'links.title', ['curator', 'operator']],
    ['/sources', 'sources.title', ['curator', 'operator']],
    ['/harvest', 'harvest.title', ['curator', 'operator']],
    ['/network', 'network.title', ['curator', 'operator']],
    ['/inbox', 'inbox.title', ['curator', 'operator']],
    ['/settings', 'site.title', ['operator']],
    ['/people', 'people.title', ['operator']],
    ['/audit', 'audit.title', ['operator']],
  ] as const
  const own = ways.filter(([, , roles]) => roles.some((role) => session?.roles.includes(role)))
  if (own.length === 0) return nothing
  return html`<h2>${t('desk.keep')}</h2>
    <ul>
      ${own.map(([path, words]) => html`<li><a href="${href(path)}">${t(words)}</a></li>`)}
    </ul>`
}

/** Drafts that others would write with one. */
const asked = (view: View, invitations: readonly Invitation[], errors: Errors): Html =>
  html`<h2 id="invitations">${view.t('desk.invitations')}</h2>
    <ul>
      ${invitations.map(({ draft, by, isClosed }) => {
        if (isClosed) return closedInvitation(view, draft, by)
        const answer = (accepts: boolean) =>
          press(view, `/draft-invitations/${draft.id}/answer`, view.t(accepts ? 'desk.writeWith' : 'desk.notWith'), {
            accepts: String(accepts),
          })
        const error = errors.get(draft.id)
        return html`<li id="${fieldId(draft.id)}"><bdi>${by}</bdi> · ${draftTitle(view, draft)} ${error && html`<p class="error">${error}</p>`}<div class="row">${answer(true)} ${answer(false)}</div></li>`
      })}
    </ul>`

/** Who comes by the letter about it learns why there is nothing to answer any more, and can put it away. */
const closedInvitation = (view: View, draft: DraftLine, by: string): Html =>
  html`<li id="${fieldId(draft.id)}"><bdi>${by}</bdi> · ${draftTitle(view, draft)} <p>${view.t(draft.state === 'published' ? 'desk.invitationPublished' : 'desk.invitationWithdrawn')}</p>${draft.state === 'published' && html`<p><a href="${view.href(recordPath(draft.recordId))}">${view.t('draft.see')}</a></p>`}${press(view, `/draft-invitations/${draft.id}/answer`, view.t('desk.removeInvitation'), { accepts: 'false' })}</li>`

function draftTable(view: View, drafts: readonly DraftLine[]): Html {
  const { t, f, href } = view
  return html`<div class="wide" role="region" aria-label="${t('desk.drafts')}" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">${t('queue.what')}</th>
          <th scope="col">${t('queue.state')}</th>
          <th scope="col">${t('queue.changed')}</th>
        </tr>
      </thead>
      <tbody>
        ${drafts.map((one) => html`<tr><th scope="row"><a href="${href(draftPath(one.id))}">${draftTitle(view, one)}</a> <span class="soft">${t(`kind.${one.kind}.one`)}</span></th><td>${t(`state.${one.state}`)}</td><td>${f.time(one.changedAt)}</td></tr>`)}
      </tbody>
    </table>
  </div>`
}

/** What a page from which somebody came knows already: sent with the form, and kept through signing in. */
export const sharedFrom = ['collection', 'country', 'area'] as const
export type ShareStart = { kind?: string; language?: string } & Partial<Record<(typeof sharedFrom)[number], string>>

/** What one may describe here, and in which language; open to everybody, who sign in when they begin. */
/** Of kinds, in the order in which people describe them; on a phone all of them would be a page of six screens. */
const shownAtFirst = 8

export function sharePage(
  view: View,
  kinds: readonly Kind[],
  start: ShareStart = {},
  errors: Errors = none,
): HttpResponse {
  const { t } = view
  const chosen = kinds.find(({ name }) => name === start.kind) ?? kinds[0]!
  const language = languages.find((one) => one === start.language) ?? view.language
  const kindChoices = kinds.map(({ name }) => ({
    value: name,
    label: t(`kind.${name}.one`),
    hint: t(`kind.${name}.about`),
  }))
  const further = { label: t('share.further'), of: kindChoices.slice(shownAtFirst) }
  return page(view, {
    title: t('nav.share'),
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`<div class="narrow">
      <h1>${t('nav.share')}</h1>
      ${errorSummary(view, errors, (name) => t(name === 'kind' ? 'share.kind' : 'share.language'))}
      <p class="lead">${t('share.lead')}</p>
      <p class="note"><a href="${view.href('/lessons/anonymous')}">${t('anonymous.title')}</a>${view.f.colon}${t('share.anonymousHint')}</p>
      ${form(
        view,
        '/share',
        html`${sharedFrom.map((name) => start[name] && html`<input type="hidden" name="${name}" value="${start[name]}" />`)}
          ${choices(view, { name: 'kind', label: t('share.kind'), errors, type: 'radio', values: [chosen.name], of: kindChoices.slice(0, shownAtFirst), further })}
          ${select(view, { name: 'language', label: t('share.language'), hint: t('share.languageHint'), errors, value: language, choices: languages.map((one) => ({ value: one, label: ownNames[one] })) })}
          <button>${t('share.button')}</button>`,
      )}
      ${!view.session && html`<p class="soft">${t('share.account')}</p>`}
      <p><a href="${view.href('/sheets')}">${t('sheet.title')}</a></p>
    </div>`,
  })
}

/** Before a change of a record is begun: what becomes of it. */
export function suggestPage(view: View, { id, body }: Pick<StoredRecord, 'id' | 'body'>): HttpResponse {
  const { t } = view
  return page(view, {
    title: t('review.change'),
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [{ name: textOf(view, body.title, body.originalLanguage), path: recordPath(id) }])}
      <div class="narrow">
        <h1>${t('review.change')}</h1>
        <p class="lead">${t('suggest.lead')}</p>
        ${form(view, `/records/${id}/change`, html`<button>${t('suggest.button')}</button>`)}
      </div>`,
  })
}

/** Who may review it, with how much they have to do; who may not, and why. */
export function assignForm(
  view: View,
  {
    draftId,
    reviewers,
    refused: { errors, typed },
  }: {
    draftId: string
    reviewers: readonly { id: string; name: string; open: number; conflict: string | null }[]
    refused: RefusedForm
  },
): Html {
  const { t } = view
  const free = reviewers.filter(({ conflict }) => conflict === null)
  return html`<h2>${t('queue.assign')}</h2>
    ${
      free.length === 0
        ? html`<p class="soft">${t('queue.noReviewer')}</p>`
        : form(
            view,
            `/queue/${draftId}/assign`,
            html`${select(view, { name: 'reviewer', label: t('queue.reviewer'), errors, value: typed.get('reviewer') ?? '', choices: free.map(({ id, name, open }) => ({ value: id, label: t('queue.load', { name, open }) })) })}
              ${input(view, { name: 'dueOn', label: t('queue.dueOn'), type: 'date', isRequired: false, errors, value: typed.get('dueOn') ?? '' })}
              <button>${t('queue.assignButton')}</button>`,
          )
    }
    ${reviewers.filter(({ conflict }) => conflict !== null).map(({ name, conflict }) => html`<p class="soft"><bdi>${name}</bdi>${view.f.colon}${wordsOr(t, `rule.interest.${conflict}`, '')}</p>`)}`
}

export const declareForm = (view: View, draftId: string, errors: Errors): Html =>
  html`<div class="note" id="${fieldId('hasInterest')}">${errors.has('hasInterest') && html`<p class="error">${errors.get('hasInterest')!}</p>`}<p>${view.t('queue.declare')}</p>${press(view, `/queue/${draftId}/declare`, view.t('queue.noInterest'), { hasInterest: 'false' })}${press(view, `/queue/${draftId}/declare`, view.t('queue.hasInterest'), { hasInterest: 'true' })}</div>`
