/** The list of addresses in records and whether they work, for curators. */
import { oneOf, taking } from '#kernel/http/asked-names.ts'
import type { Web } from '#kernel/http/server.ts'
import { linksPage } from './pages/links.ts'
import { listLinks } from './operations.ts'
import { linkStates } from './tables.ts'
import { isSignedIn, toSignIn } from '#accounts/signed-in.ts'
import type { PageContext } from '#ui/page-context.ts'

export function mountLinks(web: Web, { askAs, view: viewFor }: PageContext) {
  web.route(
    'GET',
    '/links',
    async (request) => {
      if (!isSignedIn(request)) return toSignIn(request)
      const state = linkStates.find((one) => one === request.query.get('state')) ?? ''
      const host = (request.query.get('host') ?? '').trim().toLowerCase().slice(0, 300)
      const after = (request.query.get('after') ?? '').slice(0, 2_000)
      const found = await askAs(request.who, listLinks, { after, ...(state && { state }), ...(host && { host }) })
      return linksPage(viewFor(request), { ...found, state, host })
    },
    { takes: { ...taking('host', 'after'), state: oneOf(linkStates) } },
  )
}
