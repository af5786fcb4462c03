/** Comments on a draft, in threads, open ones first. */
import { html, type Html } from '#kernel/html/html.ts'
import type { Comment } from '../drafts/comments.ts'
import { field, form, press } from '#ui/forms.ts'
import { fieldName, type View } from '#ui/view.ts'

type Commented = { draftId: string; comments: readonly Comment[]; kind: string }

export function commentList(view: View, { draftId, comments, kind }: Commented): Html {
  const { t } = view
  const threads = comments
    .filter(({ parentId }) => parentId === null)
    .toSorted((a, b) => Number(a.resolvedAt !== null) - Number(b.resolvedAt !== null))
  return html`<h2 id="comments">${t('comment.title')}</h2>
    ${threads.length === 0 && html`<p class="soft">${t('comment.none')}</p>`}
    ${threads.map((one) => thread(view, { draftId, comments, kind }, one))}
    ${form(
      view,
      `/drafts/${draftId}/comments`,
      html`<input type="hidden" name="place" value="" />
        ${field(view, { name: 'text', label: t('comment.new'), errors: new Map() }, (marks) => html`<textarea${marks} rows="3" dir="auto" required></textarea>`)}
        <button>${t('comment.button')}</button>`,
    )}`
}

function thread(view: View, { draftId, comments, kind }: Commented, first: Comment): Html {
  const { t } = view
  const isSettled = first.resolvedAt !== null
  return html`<details class="thread"${!isSettled && html` open`}>
    <summary>${first.place ? fieldName(view, kind, first.place) : t('comment.whole')} · ${first.author ? html`<bdi>${first.author}</bdi>` : t('comment.unnamed')}${isSettled && html` · ${t('comment.settled')}`}</summary>
    ${[first, ...comments.filter(({ parentId }) => parentId === first.id)].map((one) => html`<article class="comment"><p class="soft">${one.author ? html`<bdi>${one.author}</bdi>` : t('comment.unnamed')} · ${view.f.time(one.at)}</p><p dir="auto">${one.text}</p></article>`)}
    ${form(
      view,
      `/drafts/${draftId}/comments`,
      html`<input type="hidden" name="parentId" value="${first.id}" />
        <label>${t('comment.answer')} <textarea name="text" rows="2" dir="auto" required></textarea></label>
        <button>${t('comment.button')}</button>`,
    )}
    ${press(view, `/drafts/${draftId}/comments/${first.id}`, t(isSettled ? 'comment.reopen' : 'comment.settle'), { isResolved: String(!isSettled) })}
  </details>`
}
