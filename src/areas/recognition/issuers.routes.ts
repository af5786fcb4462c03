/** Pages on which curators verify issuers and say who may issue in their name. */
import type { HttpResponse } from '#kernel/http/response.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { provingBy } from '#accounts/proving.ts'
import { forSignedIn } from '#accounts/signed-in.ts'
import { read } from '#records/operations.ts'
import { errorsOf, type Errors } from '#ui/forms.ts'
import { orWrong, seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import {
  addIssuerMember,
  endIssuer,
  listIssuerMembers,
  readIssuer,
  removeIssuerMember,
  verifyIssuer,
} from './issuers/issuers.ts'
import { issuerPage, issuerPath } from './pages/issuer.ts'

export function mountIssuers(web: Web, pageContext: PageContext): void {
  const { askAs, view: viewFor } = pageContext
  const prove = provingBy(pageContext)
  const { page, take } = forSignedIn(web, pageContext)
  async function show(request: HttpRequest, id: string, typed = '', errors: Errors = new Map()): Promise<HttpResponse> {
    const { members } = await askAs(request.who, listIssuerMembers, { id })
    const organisation = await askAs(request.who, read, { id })
    const { since } = await askAs(request.who, readIssuer, { id })
    return issuerPage(viewFor(request), { organisation, since, members, typed, errors })
  }
  const back = (request: HttpRequest, id: string) => seeOther(viewFor(request).href(issuerPath(id)))

  page(issuerPath(':id'), (request, { id = '' }) => show(request, id))
  take(issuerPath(':id'), async (request, _form, { id = '' }) => {
    await askAs(request.who, verifyIssuer, { id })
    return back(request, id)
  })
  take(`${issuerPath(':id')}/end`, async (request, _form, { id = '' }) => {
    await askAs(request.who, endIssuer, { id })
    return back(request, id)
  })
  take(`${issuerPath(':id')}/members`, async (request, form, { id = '' }) => {
    const email = (form.get('email') ?? '').trim()
    return orWrong(
      async () => {
        await prove(request, form, 'issuerPassword')
        await askAs(request.who, addIssuerMember, { id, email })
        return back(request, id)
      },
      (violations) => show(request, id, email, errorsOf(viewFor(request), violations, ['email', 'issuerPassword'])),
    )
  })
  take(`${issuerPath(':id')}/remove`, async (request, form, { id = '' }) => {
    await askAs(request.who, removeIssuerMember, { id, account: form.get('account') ?? '' })
    return back(request, id)
  })
}
