/** Writing with others: asking them, taking that back, answering, leaving. */
import type { Web } from '#kernel/http/server.ts'
import type { PageContext } from '#ui/page-context.ts'
import { errorsOf } from '#ui/forms.ts'
import { orWrong, seeOther } from '#ui/form-post.ts'
import { forSignedIn } from '#accounts/signed-in.ts'
import { answerDraftInvitation, inviteAuthor, leaveDraft, withdrawInvitation } from './drafts/invitations.ts'
import { deskOf } from './desk.ts'
import { draftOverview } from './draft-overview.ts'
import { draftPath } from './pages/draft.ts'

export function mountCoauthors(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor } = pageContext
  const { take } = forSignedIn(web, pageContext)
  const desk = deskOf(pageContext)
  const { onDraft } = draftOverview(pageContext)

  take('/drafts/:id/authors', async (request, form, { id = '' }) => {
    const ofTries = { place: 'email', rule: 'tooManyInvitations', values: {} }
    return onDraft(request, { id, form, fields: ['email'], ofTries }, async () => {
      await askAs(request.who, inviteAuthor, { id, email: (form.get('email') ?? '').trim() })
      return seeOther(viewFor(request).href(draftPath(id)))
    })
  })

  take('/drafts/:id/authors/withdrawal', async (request, form, { id = '' }) => {
    await askAs(request.who, withdrawInvitation, { id, email: form.get('email') ?? '' })
    return seeOther(viewFor(request).href(draftPath(id)))
  })

  take('/drafts/:id/authors/leave', async (request, form, { id = '' }) => {
    return onDraft(request, { id, form, fields: ['email'] }, async () => {
      await askAs(request.who, leaveDraft, { id })
      return seeOther(viewFor(request).href('/desk'))
    })
  })

  take('/draft-invitations/:id/answer', async (request, form, { id = '' }) => {
    const said = form.get('accepts')
    const accepts = said === 'true' || (said === 'false' ? false : undefined)
    return orWrong(
      async () => {
        await askAs(request.who, answerDraftInvitation, { id, accepts })
        return seeOther(viewFor(request).href(accepts ? draftPath(id) : '/desk'))
      },
      (violations) => desk(request, errorsOf(viewFor(request), violations, [id])),
    )
  })
}
