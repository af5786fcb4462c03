/** Collections: all of them; one with its policy, curators and records; and the form by which it is kept. */
import { passwordField } from '#accounts/pages/password-field.ts'
import { personField } from '#accounts/pages/person-field.ts'
import type { PersonFound } from '#accounts/find-people.ts'
import { html, joined, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { policyIn } from '../collections/belonging.ts'
import type { CollectionBoard, CollectionLine } from '../collections/keeping.ts'
import type { Invitation, Named } from '../collections/members.ts'
import type { DraftShape } from '../drafts/shapes.ts'
import type { Step } from '#records/form/plan.ts'
import type { Kind } from '#records/kind.ts'
import type { StoredRecord } from '#records/record.ts'
import { card, lineOf, recordPath } from '#ui/cards.ts'
import { control, type Filling, type FormLinks } from '#ui/controls.ts'
import { choices, errorSummary, field, form, input, press, select, type Errors } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import { fieldName, label, paragraphsOf, plainLabel, plainTitle, textOf, type View } from '#ui/view.ts'

const none: Errors = new Map()
export const collectionPath = (id: string) => `/collections/${id}`

const titleOf = (view: View, { title, originalLanguage }: Omit<Named, 'id'>): Html =>
  textOf(view, title, originalLanguage)

export type CollectionsPage = {
  collections: readonly CollectionLine[]
  next: number | null
  invitations: readonly Invitation[]
  mayBegin: boolean
}

export function collectionsPage(
  view: View,
  { collections, next, invitations, mayBegin }: CollectionsPage,
): HttpResponse {
  const { t, f, href } = view
  return page(view, {
    title: t('collections.title'),
    description: t('collections.lead'),
    main: html`${crumbs(view, [])}
      <h1>${t('collections.title')}</h1>
      <p class="lead">${t('collections.lead')}</p>
      ${invitations.length > 0 && invitationList(view, invitations)}
      ${collections.length === 0 && html`<p class="soft">${f.sentences(t('collections.none'), t(mayBegin ? 'collections.noneBegin' : 'collections.noneAsk'))}</p>`}
      <ul class="plain">
        ${collections.map(
          ({ collection, members, waiting }) =>
            html`<li>
              <h2><a href="${href(collectionPath(collection.id))}">${titleOf(view, collection.body)}</a></h2>
              <p class="soft">${t('collections.records', { count: members })} · ${t('collections.waiting', { count: waiting })}</p>
            </li>`,
        )}
      </ul>
      ${next !== null && html`<p><a href="${href(`/collections?after=${next}`)}">${t('collections.more')}</a></p>`}
      ${mayBegin && html`<p><a class="button" href="${href('/collections/new')}">${t('collections.new')}</a></p>`}`,
  })
}

const invitationList = (view: View, invitations: readonly Invitation[]): Html =>
  html`<section class="note" aria-labelledby="asked">
    <h2 id="asked">${view.t('collections.asked')}</h2>
    ${invitations.map(({ collection, record }) => {
      const words = { collection: plainTitle(view, collection), title: plainTitle(view, record) }
      const answer = (accepts: boolean) =>
        press(
          view,
          `${collectionPath(collection.id)}/answer`,
          view.t(accepts ? 'collections.accept' : 'collections.decline'),
          { record: record.id, accepts: String(accepts) },
        )
      return html`<p>${view.t('collections.asks', words)} <a href="${view.href(recordPath(record.id))}">${titleOf(view, record)}</a></p>
        <div class="row">${answer(true)} ${answer(false)}</div>`
    })}
  </section>`

export type CollectionPage = {
  board: CollectionBoard
  records: readonly StoredRecord[]
  next: number | null
  /** For its curators: what is invited and waits for an answer. */
  invited: readonly StoredRecord[]
  kinds: ReadonlyMap<string, Kind>
  rubric: StoredRecord | undefined
  owner: StoredRecord | undefined
  errors?: Errors
  /** Records that may be meant by the title that was typed. */
  meant?: readonly StoredRecord[]
  /** Who may be meant by the name that was typed. */
  found?: readonly PersonFound[]
  /** The form that was refused, as it was sent. */
  typed?: URLSearchParams
}

export function collectionPage(view: View, data: CollectionPage): HttpResponse {
  const { t, href, session } = view
  const { board, records, next, kinds, owner, errors = none } = data
  const { collection } = board
  const { body } = collection
  const kind = kinds.get('curated-collection')!
  return page(view, {
    title: plainTitle(view, body),
    status: errors.size > 0 ? 422 : 200,
    unlisted: errors.size > 0,
    canonical: collectionPath(collection.id),
    main: html`${crumbs(view, [{ name: t('collections.title'), path: '/collections' }])}
      <p class="kind">${t('kind.curated-collection.one')}</p>
      <h1>${titleOf(view, body)}</h1>
      ${errorSummary(view, errors, (name) => (name === 'appointPassword' ? t('account.field.password') : t(`collections.${name === 'email' ? 'appoint' : 'invite'}`)))}
      <p class="soft">${joined(lineOf(view, kind, collection), ' · ')}</p>
      <div class="split reverse">
        <div>
          ${body.description && paragraphsOf(view, body.description, body.originalLanguage)}
          ${session && html`<p><a class="button" href="${href(`/share?collection=${collection.id}`)}">${t('collections.describe')}</a></p>`}
          <h2>${t('collections.in')}</h2>
          <p class="soft">${t('collections.records', { count: board.members })} · ${t('collections.waiting', { count: board.waiting })}${board.mayCurate && html` · <a href="${href(`/queue?collection=${collection.id}`)}">${t('queue.title')}</a>`}</p>
          ${records.length > 0 && html`<ul class="cards">${records.map((record) => card(view, kinds.get(record.kind)!, record, 3, board.mayCurate && outButton(view, board, record)))}</ul>`}
          ${next !== null && html`<p><a href="${href(`${collectionPath(collection.id)}?after=${next}`)}">${t('collections.more')}</a></p>`}
          ${board.mayCurate && inviting(view, data, errors)}
        </div>
        <div class="side">
          ${owner && html`<section><h2>${fieldName(view, kind.name, 'owner')}</h2><p><a href="${href(recordPath(owner.id))}">${titleOf(view, owner.body)}</a></p></section>`}
          ${policyBox(view, data)} ${curatorBox(view, data, errors)}
          <p class="small"><a href="${href(recordPath(collection.id))}">${t('record.facts')}</a></p>
        </div>
      </div>`,
  })
}

const outButton = (view: View, { collection }: CollectionBoard, { id, body }: StoredRecord): Html =>
  press(
    view,
    `${collectionPath(collection.id)}/out`,
    view.t('collections.takeOut', { title: plainTitle(view, body) }),
    { record: id },
  )

function inviting(
  view: View,
  { board: { collection }, invited, typed, meant = [] }: CollectionPage,
  errors: Errors,
): Html {
  const { t, href } = view
  return html`${invited.length > 0 && html`<h3>${t('collections.invited')}</h3><ul>${invited.map(({ id, body }) => html`<li><a href="${href(recordPath(id))}">${titleOf(view, body)}</a></li>`)}</ul>`}
    ${form(
      view,
      `${collectionPath(collection.id)}/invite`,
      html`${input(view, { name: 'record', label: t('collections.invite'), hint: t('collections.inviteHint'), value: typed?.get('record') ?? '', errors })}
        ${meant.length > 0 && html`<input type="hidden" name="pickedFor" value="${typed?.get('record') ?? ''}" />${choices(view, { name: 'picked', label: t('collections.which'), errors, type: 'radio', values: [], of: meant.map((one) => ({ value: one.id, label: titleOf(view, one.body) })) })}`}
        ${field(view, { name: 'note', label: t('collections.inviteNote'), errors, isRequired: false }, (marks) => html`<textarea${marks} rows="3" dir="auto" maxlength="2000">${typed?.get('note') ?? ''}</textarea>`)}
        <button>${t('collections.inviteButton')}</button>`,
    )}`
}

/** What it asks, in sentences: the same that its submissions are held to. */
function policyBox(view: View, { board: { collection }, rubric }: CollectionPage): Html {
  const { t, f, href } = view
  const { reviewsNeeded, noteNeeded, publishesReviews, blindness, requires, reasons } = policyIn(collection)
  return html`<section aria-labelledby="policy">
    <h2 id="policy">${t('collections.policy')}</h2>
    <ul>
      <li>${reviewsNeeded === undefined ? t('collections.reviews.house') : t('collections.reviews.count', { count: reviewsNeeded })}</li>
      <li>${label(view, 'blindness', blindness)}</li>
      <li>${t(`collections.publishes.${publishesReviews ? 'yes' : 'no'}`)}</li>
      ${noteNeeded && html`<li>${t('collections.noteNeeded')}</li>`}
      ${rubric && html`<li>${t('collections.rubric')}${view.f.colon}<a href="${href(recordPath(rubric.id))}">${titleOf(view, rubric.body)}</a></li>`}
      ${requires.length > 0 && html`<li>${t('collections.requires')}${view.f.colon}${f.list(requires.map((one) => plainLabel(view, 'submission-fields', one)))}</li>`}
      ${reasons.length > 0 && html`<li>${t('collections.reasons')}${view.f.colon}${f.list(reasons.map((one) => t(`reason.${one}`)))}</li>`}
    </ul>
  </section>`
}

function curatorBox(view: View, { board, typed, found = [] }: CollectionPage, errors: Errors): Html {
  const { t, href } = view
  const { collection, curators, mayAppoint } = board
  const path = collectionPath(collection.id)
  return html`<section aria-labelledby="curators">
    <h2 id="curators">${t('collections.curators')}</h2>
    ${curators.length === 0 && html`<p class="soft">${t('collections.noCurators')}</p>`}
    <ul>
      ${curators.map(({ id, name }) => html`<li><bdi>${name}</bdi>${mayAppoint && press(view, `${path}/dismiss`, t('collections.dismiss', { name }), { account: id })}</li>`)}
    </ul>
    ${
      mayAppoint &&
      html`${form(
        view,
        `${path}/curators`,
        html`${personField(view, { label: t('collections.appoint'), value: typed?.get('email') ?? '', errors, found })}
          ${passwordField(view, { name: 'appointPassword', hasPassword: true, errors, hint: t('account.proof.hint') })}
          <button>${t('collections.appointButton')}</button>`,
      )}
        <p><a href="${href(`${path}/change`)}">${t('collections.change')}</a></p>`
    }
  </section>`
}

export type CollectionForm = {
  kind: Kind
  step: Step
  /** Absent while it is begun. */
  collection?: StoredRecord | undefined
  values: Readonly<Record<string, unknown>>
  typed: ReadonlyMap<string, string>
  errors: Errors
  links: FormLinks
}

/** All that a collection says of itself and asks, on one page. */
export function collectionFormPage(
  view: View,
  { kind, step, collection, values, typed, errors, links }: CollectionForm,
): HttpResponse {
  const { t } = view
  const title = t(collection ? 'collections.change' : 'collections.new')
  const path = collection ? `${collectionPath(collection.id)}/change` : '/collections/new'
  const filling: Filling = {
    kind: kind.name,
    language: collection?.body.originalLanguage ?? view.language,
    errors,
    typed,
    links,
    beside: () => nothing,
  }
  return page(view, {
    title,
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [{ name: t('collections.title'), path: '/collections' }])}
      <div class="narrow">
        <h1>${title}</h1>
        ${errorSummary(view, errors, (name) => fieldName(view, kind.name, name))}
        ${form(
          view,
          path,
          html`${collection && html`<input type="hidden" name="revision" value="${collection.revision}" />`}
            ${step.asked.map((asked) => control(view, asked, values[asked.name] ?? undefined, filling))}
            <button>${t('collections.save')}</button>`,
        )}
      </div>`,
  })
}

/** On the page of a record: where it belongs. */
export const collectionBox = (view: View, collections: readonly Named[]): Content =>
  collections.length > 0 &&
  html`<section aria-labelledby="collections">
    <h2 id="collections">${view.t('collections.ofRecord')}</h2>
    <ul>
      ${collections.map((one) => html`<li><a href="${view.href(collectionPath(one.id))}">${titleOf(view, one)}</a></li>`)}
    </ul>
  </section>`

/** Beside a draft: which collection it is for, to choose until it is submitted. */
export function collectionChoice(
  view: View,
  { id, asks, state, mayWrite }: DraftShape,
  offered: readonly StoredRecord[],
  errors: Errors,
): Content {
  const { t, href } = view
  const { collection } = asks
  const chosen =
    collection &&
    html`<p>${t('collections.submittedTo')}${view.f.colon}<a href="${href(collectionPath(collection.id))}">${titleOf(view, collection)}</a></p>`
  if (!mayWrite || state !== 'draft' || offered.length === 0) return chosen
  return form(
    view,
    `/drafts/${id}/collection`,
    html`${select(view, { name: 'collection', label: t('collections.for'), hint: t('collections.forHint'), errors, value: collection?.id ?? '', empty: t('collections.forNone'), choices: offered.map((one) => ({ value: one.id, label: plainTitle(view, one.body) })) })}
      <button class="quiet">${t('collections.forButton')}</button>`,
  )
}
