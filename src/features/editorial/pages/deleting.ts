/** Deleting a draft: what goes, and the question whether it shall. */
import { html, nothing, type Content } from '#kernel/html/html.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { errorSummary, fieldId, form, type Errors } from '#ui/forms.ts'
import { page } from '#ui/layout.ts'
import type { View } from '#ui/view.ts'
import type { DraftShape } from '../drafts/shapes.ts'
import { draftCrumbs, draftPath, draftTitle, type DraftParts } from './draft.ts'

export const deletePath = (id: string) => `${draftPath(id)}/delete`

/** Only where it would be granted, as far as the page can tell. */
export function deleteLink(view: View, { draft, comments, assignments }: DraftParts): Content {
  const { t, href, session } = view
  const isInOwnHands = draft.state === 'draft' || draft.state === 'withdrawn'
  const isAlone = draft.authors.length === 1 && comments.length === 0 && assignments.length === 0
  if (draft.ownerId !== session?.id || !isInOwnHands || !isAlone) return nothing
  return html`<p class="not-printed"><a href="${href(deletePath(draft.id))}">${t('draft.delete')}</a></p>`
}

export function deletePage(view: View, draft: DraftShape, errors: Errors): HttpResponse {
  const { t, f, href } = view
  const title = t('draft.deleteTitle')
  return page(view, {
    title,
    status: errors.size > 0 ? 422 : 200,
    unlisted: true,
    keep: false,
    main: html`${draftCrumbs(view, draft)}
      <div class="narrow">
        <h1>${title}</h1>
        ${errorSummary(view, errors, () => t('draft.delete'))}
        <p class="lead">${draftTitle(view, draft)}</p>
        <p>${f.sentences(t('draft.deleteLead'), draft.baseRevision !== null && t('draft.deleteRecordStays'))}</p>
        ${form(
          view,
          deletePath(draft.id),
          html`<input type="hidden" name="revision" value="${draft.revision}" />
            <p><button class="danger" id="${fieldId('id')}">${t('draft.deleteButton')}</button> <a href="${href(draftPath(draft.id))}">${t('draft.deleteCancel')}</a></p>`,
        )}
      </div>`,
  })
}
