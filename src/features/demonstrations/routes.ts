/** The page of demonstrations, and the buttons by which curators take them away and bring them back. */
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { may } from '#kernel/permission.ts'
import { forSignedIn } from '#accounts/signed-in.ts'
import { seeOther } from '#ui/form-post.ts'
import type { PageContext } from '#ui/page-context.ts'
import { listDemonstrations, removeDemonstrations, restoreDemonstrations } from './demonstrations.ts'
import { demonstrationsPage, demonstrationsPath } from './pages/demonstrations.ts'

export function mountDemonstrations(web: Web, pageContext: PageContext): void {
  const { ask, askAs, kinds, view: viewFor } = pageContext
  const { take } = forSignedIn(web, pageContext)
  const back = (request: HttpRequest) => seeOther(viewFor(request).href(demonstrationsPath))

  web.route('GET', demonstrationsPath, async (request) =>
    demonstrationsPage(viewFor(request), {
      ...(await ask(listDemonstrations, {})),
      kinds,
      mayRemove: may(request.who.actor, 'record.withdraw'),
    }),
  )
  take(`${demonstrationsPath}/remove`, async (request) => {
    await askAs(request.who, removeDemonstrations, {})
    return back(request)
  })
  take(`${demonstrationsPath}/restore`, async (request) => {
    await askAs(request.who, restoreDemonstrations, {})
    return back(request)
  })
}
