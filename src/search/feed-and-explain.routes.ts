/** Beside the page of a search: its feed, its form for other sites, and why a record stands where it stands. */
import { json } from '#kernel/http/api.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { fragment, framed, openToAll } from '#kernel/http/headers.ts'
import type { Web } from '#kernel/http/server.ts'
import { toAtom } from '#features/export/atom.ts'
import { recordPath } from '#ui/cards.ts'
import { embeddedPage } from './pages/embedded.ts'
import { searchFragment } from './pages/fragment.ts'
import { explanationPage, rankingPage } from './pages/explanation.ts'
import { openSearchDescription } from './open-search.ts'
import { pathOf, queryOf, withOnly } from './address.ts'
import { suggestionList } from './pages/suggestions.ts'
import { explain, suggest } from './explain-and-suggest.ts'
import { search } from './search.ts'
import type { PageContext } from '#ui/page-context.ts'
import { searchValues } from './search.routes.ts'

const longestBeginning = 200
const inFeed = 50
const inFrame = 10

export function mountSearchMore(web: Web, { ask, view: viewFor, kinds, lastChange }: PageContext) {
  const find = (query: URLSearchParams, language: string, more: object) =>
    ask(search, { ...searchValues(query), facets: [], facetLimit: 0, languages: [language], ...more })

  web.route('GET', '/search.atom', async (request) => {
    const view = viewFor(request)
    const found = await find(request.query, request.language, { limit: inFeed })
    const query = queryOf(found.understood)
    const address = (path: string) => view.absolute(`${view.prefix}${path}`)
    const after = request.query.get('after')
    const changedAt = await lastChange()
    const title = `${found.understood.q ? view.t('search.titleFor', { words: found.understood.q.slice(0, 100) }) : view.t('search.title')} · ${view.site.name}`
    const body = toAtom({
      title,
      language: view.language,
      author: view.site.name,
      self: address(pathOf(after ? withOnly(query, 'after', after) : query, '/search.atom')),
      page: address(pathOf(query)),
      next: found.next ? address(pathOf(withOnly(query, 'after', found.next), '/search.atom')) : undefined,
      emptySince: changedAt,
      records: found.records,
      addressOf: ({ id }) => view.absolute(recordPath(id)),
    })
    return { ...text('application/atom+xml', body, openToAll), changedAt }
  })

  web.route('GET', '/opensearch.xml', (request) => {
    const view = viewFor(request)
    const { name } = view.site
    const address = (path: string) => view.absolute(`${view.prefix}${path}`)
    return text(
      'application/opensearchdescription+xml',
      openSearchDescription({
        name,
        language: view.language,
        about: view.t('layout.purpose'),
        page: address('/search?q={searchTerms}'),
        feed: address('/search.atom?q={searchTerms}'),
        icon: view.absolute(view.site.assets('icon.svg')),
      }),
      openToAll,
    )
  })

  web.route('GET', '/embed/search', async (request) => {
    const found = await find(request.query, request.language, { limit: inFrame })
    return framed(embeddedPage(viewFor(request), { found, kinds }))
  })

  web.route('GET', '/embed/search/html', async (request) => {
    const found = await find(request.query, request.language, { limit: inFrame })
    return fragment(searchFragment(viewFor(request), found).text, request.language)
  })

  web.route('GET', '/search/explanations/:id', async (request, { id }) =>
    explanationPage(
      viewFor(request),
      await ask(explain, {
        id,
        q: request.query.get('q') ?? '',
        exact: request.query.get('exact') === 'true',
        languages: [request.language],
      }),
      { q: request.query.get('q') ?? '', back: pathOf(request.query), kinds },
    ),
  )

  web.route('GET', '/search/suggestions', async (request) => {
    const view = viewFor(request)
    const q = request.query.get('q')?.slice(0, longestBeginning) ?? ''
    return json(suggestionList(view, await ask(suggest, { q, languages: [request.language] })))
  })

  web.route('GET', '/ranking', (request) => rankingPage(viewFor(request)))
}

const text = (type: string, body: string, headers: Record<string, string>): HttpResponse => ({
  status: 200,
  headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-cache', ...headers },
  body,
  keep: true,
})
