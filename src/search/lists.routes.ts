/** Addresses that people guess: `/practices` leads to the list of practices, and so for each kind without a page of its own. */
import type { Web } from '#kernel/http/server.ts'
import type { Kind } from '#records/kind.ts'
import type { PageContext } from '#ui/page-context.ts'
import { changed, pathOf } from './address.ts'

/** What stands in the address stays, so that `/practices?country=KE` is a list too. */
export const listOf = (kind: Kind, query = new URLSearchParams()): string =>
  pathOf(
    changed(new URLSearchParams({ kind: kind.name }), (list) => {
      for (const [name, value] of query) if (name !== 'kind') list.append(name, value)
    }),
  )

export function mountLists(web: Web, { view: viewFor, kinds }: PageContext) {
  const listed = new Map([...kinds.values()].filter(({ isAid }) => !isAid).map((kind) => [kind.plural, kind]))
  // A page that has the address comes first, wherever it is declared: a fixed path goes before one with a choice.
  web.route(
    'GET',
    `/:kinds(${[...listed.keys()].join('|')})`,
    (request, { kinds: plural = '' }) => ({
      // Not for ever: the address may become a page of its own.
      status: 302,
      headers: {
        location: viewFor(request).href(listOf(listed.get(plural)!, request.query)),
        'cache-control': 'no-cache',
      },
      body: '',
      keep: true,
    }),
    { takes: 'anything' },
  )
}
