/** Addresses of quality labels: the page on which they are issued, and each as it was signed. */
import { json } from '#kernel/http/api.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { Problem } from '#kernel/problem.ts'
import { forSignedIn } from '#accounts/signed-in.ts'
import { read } from '#records/operations.ts'
import { recordPath } from '#ui/cards.ts'
import { errorsOf, type Errors } from '#ui/forms.ts'
import { orWrong, seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { textOf } from '#ui/view.ts'
import { labelPath } from './decisions/pages/quality.ts'
import { listIssuers } from './issuers/issuers.ts'
import { issueLabelFields, issueLabelsPage, labelsPath } from './pages/quality-label.ts'
import { issueQualityLabels, listQualityLabels, readQualityLabel } from './quality-labels/labels.ts'

export function mountQualityLabels(web: Web, pageContext: PageContext): void {
  const { ask, askAs, refuse, view: viewFor } = pageContext
  const { page, take } = forSignedIn(web, pageContext)
  const show = async (request: HttpRequest, id: string, typed = '', errors: Errors = new Map()) => {
    const decision = await askAs(request.who, read, { id })
    if (decision.kind !== 'quality-decision') throw new Problem('recordNotFound', { id })
    const { isCurator, issuers } = await askAs(request.who, listIssuers, {})
    const agencies = (decision.body['agencies'] as readonly string[] | undefined) ?? []
    const mine = issuers.filter((one) => agencies.includes(one.id))
    if (!isCurator && mine.length === 0) await refuse(request.who, issueQualityLabels.name)
    return issueLabelsPage(viewFor(request), {
      decision,
      labels: (await ask(listQualityLabels, { decision: id })).labels,
      organisations: mine.map((one) => ({
        value: one.id,
        label: textOf(viewFor(request), one.title, one.originalLanguage),
      })),
      isCurator,
      typed,
      errors,
    })
  }
  page(labelsPath(':id'), (request, { id = '' }) => show(request, id))
  take(labelsPath(':id'), async (request, form, { id = '' }) => {
    const organisation = (form.get('organisation') ?? '').trim()
    return orWrong(
      async () => {
        const { language } = request
        await askAs(request.who, issueQualityLabels, { decision: id, organisation, language })
        return seeOther(viewFor(request).href(`${recordPath(id)}#quality-labels`))
      },
      (violations) => {
        const told = errorsOf(viewFor(request), violations, issueLabelFields)
        // The form has one field; what is wrong with the decision is said beside it.
        const words = told.get('organisation') ?? told.get('decision') ?? ''
        return show(request, id, organisation, new Map([['organisation', words]]))
      },
    )
  })
  web.route('GET', labelPath(':id'), async (_request, { id = '' }) =>
    json(await ask(readQualityLabel, { id }), { type: 'application/vc', keep: false }),
  )
}
