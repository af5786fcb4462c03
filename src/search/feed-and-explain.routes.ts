/** Beside the page of a search: its feed, its form for other sites, and why a record stands where it stands. */
import { taking } from '#kernel/http/asked-names.ts'
import type { Mounted } from '#ui/mounting.ts'
import { questionTaken } from './known-values.ts'
import { json } from '#kernel/http/api.ts'
import { fragment, framed } from '#kernel/http/headers.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { atomResponse, openSearchResponse } from '#features/export/list-page.ts'
import type { StoredRecord } from '#records/record.ts'
import { recordPath } from '#ui/cards.ts'
import { embeddedPage } from './pages/embedded.ts'
import { drawnFragment, searchFragment } from './pages/fragment.ts'
import { searchInWords } from './pages/search-filters.ts'
import { isDrawn } from './pages/search-views.ts'
import { explanationPage, rankingPage } from './pages/explanation.ts'
import { filtersOf, pathOf, queryOf, queryWithShape, withOnly } from './address.ts'
import { suggestionList } from './pages/suggestions.ts'
import { explain, suggest } from './explain-and-suggest.ts'
import { search } from './search.ts'
import type { PageContext } from '#ui/page-context.ts'
import { searchValues, shapeNames, shapeOf } from './asked.ts'
import { everyValue } from './search.routes.ts'

const longestBeginning = 200
const inFeed = 50
const inFrame = 10

export function mountSearchMore(
  web: Web,
  { ask, view: viewFor, kinds, lastChange }: PageContext,
  { services }: Mounted,
) {
  const find = (query: URLSearchParams, language: string, more: object) =>
    ask(search, { ...searchValues(query), facets: [], facetLimit: 0, languages: [language], ...more })

  web.route(
    'GET',
    '/search.atom',
    async (request) => {
      const view = viewFor(request)
      const found = await find(request.query, request.language, { limit: inFeed })
      const query = queryOf(found.understood)
      const address = (path: string) => view.absolute(`${view.prefix}${path}`)
      const after = request.query.get('after')
      const title = [...searchInWords(view, found.understood), view.site.name].join(' · ')
      const feed = {
        title,
        language: view.language,
        author: view.site.name,
        self: address(pathOf(after ? withOnly(query, 'after', after) : query, '/search.atom')),
        page: address(pathOf(query)),
        next: found.next ? address(pathOf(withOnly(query, 'after', found.next), '/search.atom')) : undefined,
        records: found.records,
        addressOf: ({ id }: StoredRecord) => view.absolute(recordPath(id)),
        openSearch: address(pathOf(filtersOf(query), '/opensearch.xml')),
      }
      return atomResponse(feed, await lastChange())
    },
    { takes: questionTaken(services, 'after') },
  )

  // Of all that there is, or of what the filters in its address let through.
  web.route(
    'GET',
    '/opensearch.xml',
    async (request) => {
      const view = viewFor(request)
      const { understood } = await find(request.query, request.language, { limit: 0 })
      const filters = filtersOf(queryOf(understood))
      const only = understood.kind?.length === 1 ? kinds.get(understood.kind[0]!) : undefined
      const at = (path: string) =>
        view.absolute(`${view.prefix}${path}?q={searchTerms}${filters.size > 0 ? `&${filters}` : ''}`)
      return openSearchResponse(view, {
        name: only ? view.t(`kind.${only.name}.many`) : view.site.name,
        page: at('/search'),
        feed: at('/search.atom'),
      })
    },
    { takes: questionTaken(services) },
  )

  // As a list, or as one of the drawings: a table is too wide for another site.
  const findToEmbed = async ({ query, language }: Pick<HttpRequest, 'query' | 'language'>) => {
    const asked = shapeOf(query)
    const shape = isDrawn(asked.view) ? asked : { ...asked, view: 'list' as const }
    const drawn = { ...searchValues(query), facetLimit: everyValue, limit: 0, languages: [language] }
    const found = isDrawn(shape.view) ? await ask(search, drawn) : await find(query, language, { limit: inFrame })
    return { shape, found }
  }
  const embedTakes = questionTaken(services, ...shapeNames)
  web.route(
    'GET',
    '/embed/search',
    async (request) => framed(embeddedPage(viewFor(request), { ...(await findToEmbed(request)), kinds })),
    { takes: embedTakes },
  )

  web.route(
    'GET',
    '/embed/search/html',
    async (request) => {
      const view = viewFor(request)
      const { shape, found } = await findToEmbed(request)
      const query = queryWithShape(found.understood, shape)
      const piece = isDrawn(shape.view)
        ? drawnFragment(view, shape.view, { query, shape, found, kinds, table: undefined })
        : searchFragment(view, found)
      return fragment(piece.text, request.language)
    },
    { takes: embedTakes, isFile: true },
  )

  web.route(
    'GET',
    '/search/explanations/:id',
    async (request, { id }) =>
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
    { takes: questionTaken(services, ...shapeNames, 'all', 'after') },
  )

  web.route(
    'GET',
    '/search/suggestions',
    async (request) => {
      const view = viewFor(request)
      const q = request.query.get('q')?.slice(0, longestBeginning) ?? ''
      return json(suggestionList(view, await ask(suggest, { q, languages: [request.language] })))
    },
    { takes: taking('q'), isFile: true },
  )

  web.route('GET', '/ranking', (request) => rankingPage(viewFor(request)))
}
