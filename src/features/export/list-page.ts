/** A page that lists records and its Atom feed, declared once: both show what one function reads, in the same order. */
import { openToAll } from '#kernel/http/headers.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { taking, type Takes } from '#kernel/http/asked-names.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import type { StoredRecord } from '#records/record.ts'
import { recordPath } from '#ui/cards.ts'
import type { PageContext } from '#ui/page-context.ts'
import type { View } from '#ui/view.ts'
import { toAtom, type Feed } from './atom.ts'
import { openSearchDescription } from './open-search.ts'

export type ListPage<Read> = {
  /** The page; its feed is `<path>.atom`, with the same filters. */
  path: string
  /** What its address takes, beside where the list goes on. */
  takes: Exclude<Takes, 'anything'>
  read: (request: HttpRequest, parameters: Record<string, string>) => Promise<Read>
  title: (view: View, read: Read) => string
  /** What the page lists, in its order. */
  records: (view: View, read: Read) => readonly StoredRecord[] | Promise<readonly StoredRecord[]>
  /** Where the list goes on (`after`), where the page itself shows a part of it at a time. */
  next?: (read: Read) => number | null
  page: (view: View, read: Read) => HttpResponse | Promise<HttpResponse>
  /** It is searched by words (`q`), and so has a description for programs: `<path>/opensearch.xml`. */
  isSearched?: boolean
}

const entriesAtOnce = 50

export function mountList<Read>(web: Web, { view: viewFor, lastChange }: PageContext, list: ListPage<Read>): void {
  const { path, read, title, records } = list
  const takes = { ...list.takes, ...taking('after') }
  web.route(
    'GET',
    path,
    async (request, parameters) => {
      const found = await read(request, parameters)
      const view = viewFor(request)
      return list.page(
        {
          ...view,
          feed: {
            title: title(view, found),
            address: addressOf(view, feedPath(request.path), filtersOf(request.query)),
          },
          ...(list.isSearched && { openSearch: `${view.prefix}${path}/opensearch.xml` }),
        },
        found,
      )
    },
    { takes },
  )

  web.route(
    'GET',
    `${path}.atom`,
    async (request, parameters) => {
      const found = await read(request, parameters)
      const view = viewFor(request)
      const after = Number(/^\d{1,9}$/.exec(request.query.get('after') ?? '')?.[0] ?? 0)
      const all = await records(view, found)
      const isCut = list.next === undefined
      const shown = isCut ? all.slice(after, after + entriesAtOnce) : all
      const next = isCut ? (after + shown.length < all.length ? after + shown.length : null) : list.next!(found)
      const filters = filtersOf(request.query)
      const at = (place: number) =>
        addressOf(view, request.path, place ? [...filters, ['after', String(place)]] : filters)
      return atomResponse(
        {
          title: `${title(view, found)} · ${view.site.name}`,
          language: view.language,
          author: view.site.name,
          self: at(after),
          page: addressOf(view, request.path.slice(0, -'.atom'.length), filters),
          next: next === null ? undefined : at(next),
          records: shown,
          addressOf: ({ id }) => view.absolute(recordPath(id)),
          ...(isCut && { counted: { total: all.length, from: after, atOnce: entriesAtOnce } }),
          ...(list.isSearched && { openSearch: view.absolute(`${view.prefix}${path}/opensearch.xml`) }),
        },
        await lastChange(),
      )
    },
    { takes },
  )

  if (list.isSearched)
    web.route('GET', `${path}/opensearch.xml`, async (request) => {
      const view = viewFor(request)
      const name = title(view, await read({ ...request, query: new URLSearchParams() }, {}))
      const at = (of: string) => view.absolute(`${view.prefix}${of}?q={searchTerms}`)
      return openSearchResponse(view, { name, page: at(path), feed: at(`${path}.atom`) })
    })
}

const feedPath = (path: string) => `${path}.atom`

/** What chooses and orders, without the place in the list and without fields that were left empty. */
const filtersOf = (query: URLSearchParams): [string, string][] =>
  [...query].filter(([name, value]) => name !== 'after' && value !== '')

const addressOf = (view: View, path: string, query: [string, string][]): string =>
  view.absolute(`${view.prefix}${path}${query.length > 0 ? `?${new URLSearchParams(query)}` : ''}`)

/** @param changedAt when any record last changed, ISO 8601 */
export const atomResponse = (feed: Omit<Feed, 'emptySince'>, changedAt: string): HttpResponse => ({
  ...xmlResponse('application/atom+xml', toAtom({ ...feed, emptySince: changedAt })),
  changedAt,
})

/** `page` and `feed` are addresses in which `{searchTerms}` stands for the words. */
export const openSearchResponse = (view: View, about: { name: string; page: string; feed: string }): HttpResponse =>
  xmlResponse(
    'application/opensearchdescription+xml',
    openSearchDescription({
      ...about,
      language: view.language,
      about: view.t('layout.purpose'),
      icon: view.absolute(view.site.assets('icon.svg')),
    }),
  )

const xmlResponse = (type: string, body: string): HttpResponse => ({
  status: 200,
  headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-cache', ...openToAll },
  body,
  keep: true,
})
