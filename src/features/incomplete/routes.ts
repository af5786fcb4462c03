/** The list of records that lack something, for curators. */
import type { Web } from '#kernel/http/server.ts'
import { forSignedIn } from '#accounts/signed-in.ts'
import type { PageContext } from '#ui/page-context.ts'
import { isLooked, lackableOf, lacks, listIncomplete } from './incomplete.ts'
import { incompletePage } from './pages/incomplete.ts'

export function mountIncomplete(web: Web, pageContext: PageContext) {
  const { askAs, view: viewFor, kinds } = pageContext
  const { page } = forSignedIn(web, pageContext)
  const looked = [...kinds.values()].filter(isLooked)

  page('/incomplete', async (request) => {
    const { query } = request
    const kind = looked.find(({ name }) => name === query.get('kind')) ?? looked[0]!
    const lack = lacks.find((one) => one === query.get('lacks') && lackableOf(kind).includes(one))
    const after = /^\d{1,10}$/.exec(query.get('after') ?? '')?.[0] ?? '0'
    const found = await askAs(request.who, listIncomplete, { kind: kind.name, after, ...(lack && { lacks: lack }) })
    return incompletePage(viewFor(request), { ...found, kinds: looked, kind, lack, isFirst: after === '0' })
  })
}
