/** Possible duplicates: suggestions, and the form that merges two records. */
import { wordsOr } from '#kernel/i18n/messages.ts'
import { html, nothing, type Content, type Html } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { Compared } from '#features/compare/compare.ts'
import { isJoinable } from '../merge.ts'
import type { Likely } from '../suggest.ts'
import type { Kind } from '#records/kind.ts'
import type { LinkedName } from '#records/linked-names.ts'
import type { StoredRecord, Texts } from '#records/record.ts'
import { recordPath } from '#ui/cards.ts'
import { factOf, toldApart, type Shape } from '#ui/facts.ts'
import { errorSummary, field, fieldId, form, type Errors } from '#ui/forms.ts'
import { crumbs, page } from '#ui/layout.ts'
import { fieldName, paragraphsOf, textOf, type View } from '#ui/view.ts'

export const mergePath = (id: string, into?: string) => `${recordPath(id)}/merge${into ? `?into=${into}` : ''}`

export const titleOf = (view: View, { title, originalLanguage }: Pick<Likely, 'title' | 'originalLanguage'>): Html =>
  textOf(view, title, originalLanguage)

export const whyOf = ({ t, f }: View, { why }: Likely): string => f.list(why.map((one) => t(`duplicates.why.${one}`)))

/** Beside a draft: what may tell the same already. */
export function likelyNotice(view: View, likely: readonly Likely[]): Content {
  const { t, href } = view
  if (likely.length === 0) return nothing
  return html`<section class="notice" aria-labelledby="likely">
    <h2 id="likely">${t('duplicates.isIt')}</h2>
    <p>${t('duplicates.isItLead')}</p>
    <ul class="links">
      ${likely.map((one) => html`<li><a href="${href(recordPath(one.id))}">${titleOf(view, one)}</a> <span class="small">${whyOf(view, one)}</span></li>`)}
    </ul>
  </section>`
}

export const isCurator = ({ session }: View): boolean =>
  session?.roles.some((role) => role === 'curator' || role === 'operator') ?? false

/** For curators: back to where a withdrawn or merged record is brought back. */
export const restoreLink = (view: View, id: string, words: 'restore.link' | 'unmerge.link'): Content =>
  isCurator(view) && html` <a href="${view.href(`${recordPath(id)}/restore`)}">${view.t(words)}</a>`

/** For curators, on the page of a record. */
export const mergeLink = (view: View, { id }: Pick<StoredRecord, 'id'>): Content =>
  isCurator(view)
    ? html`<p class="not-printed"><a href="${view.href(mergePath(id))}">${view.t('merge.link')}</a></p>`
    : nothing

/** Which record it is one with: likely ones, or any by its address. */
export function chooseMergePage(
  view: View,
  record: StoredRecord,
  { likely, typed, offered }: { likely: readonly Likely[]; typed: string | null; offered: readonly StoredRecord[] },
): HttpResponse {
  const { t, href } = view
  return page(view, {
    title: t('merge.title'),
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [{ name: textOf(view, record.body.title, record.body.originalLanguage), path: recordPath(record.id) }])}
      <div class="narrow">
        <h1>${t('merge.title')}</h1>
        <p class="lead">${t('merge.lead')}</p>
        ${likely.length === 0 ? html`<p class="notice">${t('merge.noneLikely')}</p>` : nothing}
        <ul class="links">
          ${likely.map((one) => html`<li><a href="${href(mergePath(record.id, one.id))}">${titleOf(view, one)}</a> <span class="small">${whyOf(view, one)}</span></li>`)}
        </ul>
        ${typed !== null && offered.length === 0 && html`<p class="warning" role="alert">${t('merge.unknown')}</p>`}
        ${
          offered.length > 0 &&
          html`<p role="alert">${t('merge.meant')}</p>
            <ul class="links">${offered.map((one) => html`<li><a href="${href(mergePath(record.id, one.id))}">${textOf(view, one.body.title, one.body.originalLanguage)}</a></li>`)}</ul>`
        }
        <form action="${href(`${recordPath(record.id)}/merge`)}" method="get" class="form">
          <label for="into">${t('merge.into')}</label>
          <input id="into" name="into" value="${typed ?? ''}" maxlength="500" dir="auto" autocomplete="off" />
          <button>${t('merge.compare')}</button>
        </form>
      </div>`,
  })
}

export type MergeParts = {
  compared: Compared
  kind: Kind
  /** Fields in which the one that stays takes over the other’s words. */
  taken: readonly string[]
  /** Lists in which it has what both say. */
  joined: readonly string[]
  reason: string
  errors: Errors
}

/** The two side by side; in each field that differs, which of them is right. */
export function mergePage(view: View, parts: MergeParts): HttpResponse {
  const { t } = view
  const { compared, kind, errors, reason } = parts
  const [from, into] = compared.records as [StoredRecord, StoredRecord]
  const title = (record: StoredRecord) => textOf(view, record.body.title, record.body.originalLanguage)
  return page(view, {
    title: errors.size > 0 ? t('form.titleWrong', { title: t('merge.title') }) : t('merge.title'),
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`${crumbs(view, [{ name: title(from), path: recordPath(from.id) }])}
      <h1>${t('merge.title')}</h1>
      ${errorSummary(view, errors, (name) => (name.startsWith('f.') ? sideName(view, kind, name.slice(2)) : wordsOr(t, `merge.field.${name}`, name)))}
      <p class="lead">${t('merge.both')}</p>
      <p><a href="${view.href(mergePath(into.id, from.id))}">${t('merge.turn')}</a></p>
      ${form(
        view,
        `${recordPath(from.id)}/merge`,
        html`<input type="hidden" name="into" value="${into.id}" />
          <input type="hidden" name="revision" value="${from.revision}" />
          <input type="hidden" name="intoRevision" value="${into.revision}" />
          ${fieldSets(view, parts, [from, into])}
          ${field(view, { name: 'reason', label: t('merge.field.reason'), hint: t('merge.reasonHint'), errors, isRequired: true }, (marks) => html`<textarea${marks} rows="3" dir="auto">${reason}</textarea>`)}
          <button class="danger">${t('merge.button')}</button>`,
      )}`,
  })
}

function fieldSets(
  view: View,
  { compared, kind, taken, joined, errors }: MergeParts,
  [from, into]: readonly [StoredRecord, StoredRecord],
): Content {
  const { t, f } = view
  const titles = new Map(compared.linked.map((one) => [one.id, one]))
  const differing = ['title', ...compared.rows.filter(({ same }) => !same).map((row) => row.field)].filter(
    (name) => JSON.stringify(from.body[name]) !== JSON.stringify(into.body[name]),
  )
  const side = (name: string, record: StoredRecord, isTaken: boolean, checked: boolean, shown: Content) =>
    html`<label class="side-choice">
      <input type="radio" name="f.${name}"${!isTaken && html` id="${fieldId(`f.${name}`)}"`} value="${isTaken ? 'from' : 'into'}"${checked && html` checked`} />
      <span class="small">${t(isTaken ? 'merge.goes' : 'merge.stays')} · ${f.time(record.changedAt)}</span>
      <div>${shown}</div>
    </label>`
  const both = (name: string, checked: boolean) =>
    html`<label class="side-choice">
      <input type="radio" name="f.${name}" value="both"${checked && html` checked`} />
      <span>${t('merge.joined')}</span>
    </label>`
  return differing.map((name) => {
    const [isTaken, isJoined] = [taken.includes(name), joined.includes(name)]
    const [shownInto, shownFrom] = toldApart(
      [into, from].map((record) => valueOf(view, kind, name, record, titles)),
      [into, from].map(({ body }) => body[name]),
    )
    const mayJoin = isJoinable(kind, name) && [into, from].every(({ body }) => body[name] !== undefined)
    return html`<fieldset class="merge-field">
      <legend>${sideName(view, kind, name)}</legend>
      ${errors.has(`f.${name}`) && html`<p class="error">${errors.get(`f.${name}`)!}</p>`}
      ${side(name, into, false, !isTaken && !isJoined, shownInto)} ${side(name, from, true, isTaken, shownFrom)}
      ${mayJoin && both(name, isJoined)}
    </fieldset>`
  })
}

const sideName = (view: View, kind: Kind, name: string) =>
  name === 'title' ? view.t('merge.titleField') : fieldName(view, kind.name, name)

/** A link to what is no record of this site: that is said, and its identifier, by which the two can be told apart. */
const notHere = (view: View, value: unknown): Html => {
  const all = (Array.isArray(value) ? value : [value]) as unknown[]
  const ids = all.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)))
  return html`${view.t('record.notHere', { count: ids.length })} <code class="long">${ids.join(' ')}</code>`
}

function valueOf(
  view: View,
  kind: Kind,
  name: string,
  { body }: StoredRecord,
  titles: ReadonlyMap<string, LinkedName>,
): Content {
  const value = body[name]
  if (value === undefined) return html`<span class="unsaid">${view.t('compare.unsaid')}</span>`
  const shape = kind.body.properties[name] as Shape
  if (shape['x-field']?.type === 'text')
    // They may differ in any language, so all are shown.
    return Object.entries(value as Texts).map(([tag, text]) => paragraphsOf(view, { [tag]: text }))
  return factOf(view, shape, value, titles) ?? notHere(view, value)
}

/** Under the history of a record: those that were merged into it, whose histories stay. */
export function mergedList(view: View, merged: readonly { id: string; at: string; reason: string }[]): Content {
  const { t, f, href } = view
  if (merged.length === 0) return nothing
  return html`<h2>${t('merge.history')}</h2>
    <ul>
      ${merged.map((one) => html`<li><a href="${href(`${recordPath(one.id)}/history`)}">${t('record.history')}</a> · <time datetime="${one.at}">${f.time(one.at)}</time> · ${one.reason}${restoreLink(view, one.id, 'unmerge.link')}</li>`)}
    </ul>`
}

/** Who has just merged two reads that it is done, and finds the way back. */
export const mergedNotice = (view: View, from: string): Html =>
  html`<p class="note" role="status">${view.t('merge.done')}${restoreLink(view, from, 'unmerge.link')}</p>`
