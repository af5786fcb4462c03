/** Harvesting a source no more, after a page that asks what becomes of its records. */
import type { HttpResponse } from '#kernel/http/response.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { forSignedIn } from '#accounts/signed-in.ts'
import { chosenIn, orWrong, seeOther } from '#ui/form-post.ts'
import { errorsOf, type Errors } from '#ui/forms.ts'
import type { Mounted } from '#ui/mounting.ts'
import type { PageContext } from '#ui/page-context.ts'
import { readHarvest } from './operations.ts'
import { removeHarvestPage } from './pages/remove-harvest.ts'
import { removals, removeHarvest, withdrawLeft } from './removing.ts'

export function mountRemovingHarvest(web: Web, pageContext: PageContext, mounted: Mounted): void {
  const { askAs, view: viewFor } = pageContext
  const { page, take } = forSignedIn(web, pageContext)

  const show = async (request: HttpRequest, name: string, errors: Errors = new Map()): Promise<HttpResponse> =>
    removeHarvestPage(viewFor(request), (await askAs(request.who, readHarvest, { name })).source, errors)

  page('/harvest/:name/remove', (request, { name = '' }) => show(request, name))

  take('/harvest/:name/remove', (request, form, { name = '' }) =>
    orWrong(
      async () => {
        const chosen = chosenIn(form, 'records', removals)
        await askAs(request.who, removeHarvest, { name, records: chosen })
        // What is left when this process ends the job goes on with.
        if (chosen === 'withdraw')
          void withdrawLeft(mounted).catch((error: unknown) => mounted.report(error, 'harvest'))
        return seeOther(viewFor(request).href(`/harvest?removed=${chosen}`))
      },
      (violations) => show(request, name, errorsOf(viewFor(request), violations, ['records'])),
    ),
  )
}
