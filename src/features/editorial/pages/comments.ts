/** Comments on a draft, in threads, open ones first. */
import { html, type Html } from '#kernel/html/html.ts'
import type { Comment } from '../drafts/comments.ts'
import { field, form, press } from '#ui/forms.ts'
import { fieldName, type View } from '#ui/view.ts'
import type { RefusedForm } from './refused.ts'

type Commented = { draftId: string; comments: readonly Comment[]; kind: string; refused: RefusedForm }

export function commentList(view: View, { draftId, comments, kind, refused }: Commented): Html {
  const { t } = view
  const answered = refused.errors.has('text') ? refused.typed.get('parentId') : undefined
  const place = refused.errors.has('text') && !answered ? (refused.typed.get('place') ?? '') : ''
  const threads = comments
    .filter(({ parentId }) => parentId === null)
    .toSorted((a, b) => Number(a.resolvedAt !== null) - Number(b.resolvedAt !== null))
  return html`<h2 id="comments">${t('comment.title')}</h2>
    ${threads.length === 0 && html`<p class="soft">${t('comment.none')}</p>`}
    ${threads.map((one) => thread(view, { draftId, comments, kind, refused }, one))}
    ${form(
      view,
      `/drafts/${draftId}/comments`,
      html`<input type="hidden" name="place" value="${place}" />
        ${place && html`<p>${fieldName(view, kind, place)}</p>`}
        ${answered ? plainBox(t('comment.new'), 3) : refusedBox(view, t('comment.new'), refused, 3)}
        <button>${t('comment.button')}</button>`,
    )}`
}

const plainBox = (label: string, rows: number): Html =>
  html`<label>${label} <textarea name="text" rows="${rows}" dir="auto" required></textarea></label>`

const refusedBox = (view: View, label: string, { errors, typed }: RefusedForm, rows: number): Html =>
  field(
    view,
    { name: 'text', label, errors },
    (marks) =>
      html`<textarea${marks} rows="${rows}" dir="auto" required>${errors.has('text') ? (typed.get('text') ?? '') : ''}</textarea>`,
  )

function thread(view: View, { draftId, comments, kind, refused }: Commented, first: Comment): Html {
  const { t } = view
  const isRefused = refused.errors.has('text') && refused.typed.get('parentId') === first.id
  const isSettled = first.resolvedAt !== null
  return html`<details class="thread"${(!isSettled || isRefused) && html` open`}>
    <summary>${first.place ? fieldName(view, kind, first.place) : t('comment.whole')} · ${first.author ? html`<bdi>${first.author}</bdi>` : t('comment.unnamed')}${isSettled && html` · ${t('comment.settled')}`}</summary>
    ${[first, ...comments.filter(({ parentId }) => parentId === first.id)].map((one) => html`<article class="comment"><p class="soft">${one.author ? html`<bdi>${one.author}</bdi>` : t('comment.unnamed')} · ${view.f.time(one.at)}</p><p dir="auto">${one.text}</p></article>`)}
    ${form(
      view,
      `/drafts/${draftId}/comments`,
      html`<input type="hidden" name="parentId" value="${first.id}" />
        ${isRefused ? refusedBox(view, t('comment.answer'), refused, 2) : plainBox(t('comment.answer'), 2)}
        <button>${t('comment.button')}</button>`,
    )}
    ${press(view, `/drafts/${draftId}/comments/${first.id}`, t(isSettled ? 'comment.reopen' : 'comment.settle'), { isResolved: String(!isSettled) })}
  </details>`
}
