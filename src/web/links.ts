/** The list of addresses in records and whether they work, for curators. */
import type { Web } from '#core/web/server.ts'
import { linksPage } from '#house/pages/links.ts'
import { listLinks } from '#house/links/operations.ts'
import { linkStates } from '#house/links/tables.ts'
import { isSignedIn, toSignIn } from './signed-in.ts'
import type { Asking } from './records.ts'

export function mountLinks(web: Web, { askAs, view: viewFor }: Asking) {
  web.route('GET', '/links', async (asked) => {
    if (!isSignedIn(asked)) return toSignIn(asked)
    const state = linkStates.find((one) => one === asked.query.get('state')) ?? ''
    const host = (asked.query.get('host') ?? '').trim().toLowerCase().slice(0, 300)
    const after = (asked.query.get('after') ?? '').slice(0, 2_000)
    const found = await askAs(asked.who, listLinks, { after, ...(state && { state }), ...(host && { host }) })
    return linksPage(viewFor(asked), { ...found, state, host })
  })
}
