/** Submitting a record in the name of a country. */
import type { HttpResponse } from '#kernel/http/response.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { offerNationally, retractNationally, submitNationally } from './submit.ts'
import { errorsOf, type Errors } from '#ui/forms.ts'
import { nationalPage, nationalPath } from './pages/national.ts'
import { read } from '#records/operations.ts'
import { orWrong, seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { forSignedIn } from '#accounts/signed-in.ts'

const address = '/records/:id/national-submission'

export function mountNational(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor } = pageContext
  const { page, take: takeForm } = forSignedIn(web, pageContext)
  async function show(request: HttpRequest, id: string, typed = '', errors: Errors = new Map()): Promise<HttpResponse> {
    const offer = await askAs(request.who, offerNationally, { id })
    const record = await askAs(request.who, read, { id })
    return nationalPage(viewFor(request), { record, offer, typed, errors })
  }
  page(address, async (request, { id = '' }) => show(request, id))

  const take = (
    path: string,
    name: string,
    work: (request: HttpRequest, id: string, text: string) => Promise<string>,
  ) =>
    takeForm(path, async (request, form, { id = '' }) => {
      const typed = form.get(name) ?? ''
      return orWrong(
        async () => seeOther(viewFor(request).href(await work(request, id, typed))),
        (violations) => show(request, id, typed, errorsOf(viewFor(request), violations, [name])),
      )
    })

  take(address, 'statement', async (request, id, statement) => {
    const more = statement.trim() && { statement, language: request.language }
    await askAs(request.who, submitNationally, { id, ...more })
    return `/records/${id}`
  })
  take(`${address}/retraction`, 'reason', async (request, id, reason) => {
    await askAs(request.who, retractNationally, { id, reason })
    return nationalPath(id)
  })
}
