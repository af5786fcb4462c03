/** Erasing the account of somebody who asked for it, after a page that says what goes and what stays. */
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { readAccount } from '#accounts/manage-accounts.ts'
import { forSignedIn, isSignedIn, proofIn, toSignIn } from '#accounts/signed-in.ts'
import { chosenIn, orWrong, seeOther } from '#ui/form-post.ts'
import { errorsOf } from '#ui/forms.ts'
import type { PageContext } from '#ui/page-context.ts'
import { eraseFor } from './erase.ts'
import { eraseForPage, type EraseForParts } from './pages/erase-for.ts'

export function mountErasingOthers(web: Web, pageContext: PageContext): void {
  const { askAs, view: viewFor } = pageContext
  const { page, take } = forSignedIn(web, pageContext)

  async function show(request: HttpRequest, id: string, more: Omit<EraseForParts, 'account'> = {}) {
    const { actor } = request.who
    const account = await askAs(request.who, readAccount, { id: id.slice(0, 16) })
    if (actor.kind === 'person' && actor.id === account.id) return seeOther(viewFor(request).href('/account#erase'))
    return eraseForPage(viewFor(request), { account, ...more })
  }

  page('/people/:id/erase', (request, { id = '' }) => show(request, id))

  take('/people/:id/erase', async (request, form, { id = '' }) => {
    if (!isSignedIn(request)) return toSignIn(request)
    const chosen = form.get('keepName') ?? ''
    return orWrong(
      async () => {
        const keepName = chosenIn(form, 'keepName', ['true', 'false']) === 'true'
        const given = { id: id.slice(0, 16), keepName, ...proofIn(request, form, 'erasePassword') }
        const answer = await askAs(request.who, eraseFor, given)
        if (!('refused' in answer)) return seeOther(viewFor(request).href('/people?erased=true'))
        const words = viewFor(request).t(`account.proof.${answer.refused}`)
        return show(request, id, { chosen, errors: new Map([['erasePassword', words]]) })
      },
      (violations) => show(request, id, { chosen, errors: errorsOf(viewFor(request), violations, ['keepName']) }),
    )
  })
}
