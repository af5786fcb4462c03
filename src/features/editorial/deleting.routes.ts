/** Deleting a draft of one's own, after a page that asks. */
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { forSignedIn } from '#accounts/signed-in.ts'
import { errorsOf, type Errors } from '#ui/forms.ts'
import { orWrong, seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { deleteDraft } from './drafts/deleting.ts'
import { readDraft } from './drafts/write.ts'
import { deletePage } from './pages/deleting.ts'

export function mountDeleting(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor } = pageContext
  const { page, take } = forSignedIn(web, pageContext)

  const show = async (request: HttpRequest, id: string, errors: Errors = new Map()) =>
    deletePage(viewFor(request), await askAs(request.who, readDraft, { id }), errors)

  page('/drafts/:id/delete', (request, { id = '' }) => show(request, id))

  take('/drafts/:id/delete', (request, form, { id = '' }) =>
    orWrong(
      async () => {
        await askAs(request.who, deleteDraft, { id, revision: Number(form.get('revision')) || 1 })
        return seeOther(viewFor(request).href('/desk?deleted=true'))
      },
      (violations) => show(request, id, errorsOf(viewFor(request), violations, ['id'])),
    ),
  )
}
