/** Addresses of endorsements: the form, and each as it was signed. */
import { json } from '#kernel/http/api.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { forSignedIn } from '#accounts/signed-in.ts'
import { read } from '#records/operations.ts'
import { errorsOf } from '#ui/forms.ts'
import { chosenIn, orWrong, seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { recordPath } from '#ui/cards.ts'
import { textOf } from '#ui/view.ts'
import { issueEndorsement, readEndorsement } from './endorsements/endorsements.ts'
import { listIssuers } from './issuers/issuers.ts'
import { endorseFields, endorsementPath, endorsePage, endorsePath } from './pages/endorse.ts'

export function mountEndorsements(web: Web, pageContext: PageContext): void {
  const { ask, askAs, refuse, view: viewFor } = pageContext
  const { page, take } = forSignedIn(web, pageContext)
  const shown = async (request: HttpRequest, id: string) => {
    const { isCurator, issuers } = await askAs(request.who, listIssuers, {})
    if (!isCurator && issuers.length === 0) await refuse(request.who, issueEndorsement.name)
    const organisations = issuers
      .filter((one) => one.id !== id)
      .map((one) => ({ value: one.id, label: textOf(viewFor(request), one.title, one.originalLanguage) }))
    return { target: await askAs(request.who, read, { id }), isCurator, organisations }
  }
  page(endorsePath(':id'), async (request, { id = '' }) => endorsePage(viewFor(request), await shown(request, id)))
  take(endorsePath(':id'), async (request, form, { id = '' }) => {
    const typed = Object.fromEntries(endorseFields.map((name) => [name, (form.get(name) ?? '').trim()]))
    return orWrong(
      async () => {
        const { isCurator, organisations } = await shown(request, id)
        const offered = [...(isCurator ? [''] : []), ...organisations.map(({ value }) => value)]
        const organisation = chosenIn(form, 'organisation', offered)
        const { language } = request
        await askAs(request.who, issueEndorsement, { ...typed, target: id, organisation, language })
        return seeOther(viewFor(request).href(`${recordPath(id)}#signed-endorsements`))
      },
      async (violations) => {
        const errors = errorsOf(viewFor(request), violations, endorseFields)
        return endorsePage(viewFor(request), { ...(await shown(request, id)), typed, errors })
      },
    )
  })
  web.route('GET', endorsementPath(':id'), async (_request, { id = '' }) =>
    json(await ask(readEndorsement, { id }), { type: 'application/vc', keep: false }),
  )
}
