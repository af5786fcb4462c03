/** Beside the page of a search: its feed, its form for other sites, and why a record stands where it stands. */
import { json } from '#core/web/api.ts'
import type { Answer } from '#core/web/answer.ts'
import { openToAll, securityHeaders } from '#core/web/headers.ts'
import type { Web } from '#core/web/server.ts'
import { toAtom } from '#house/formats/atom.ts'
import { recordPath } from '#house/pages/cards.ts'
import { embeddedPage } from '#house/pages/embedded.ts'
import { explanationPage, rankingPage } from '#house/pages/explanation.ts'
import { pathOf, queryOf, withOnly } from '#house/search/address.ts'
import { suggestionList } from '#house/pages/suggestions.ts'
import { explain, suggest } from '#house/search/more-operations.ts'
import { search } from '#house/search/operation.ts'
import type { Asking } from './records.ts'
import { searchValues } from './search.ts'

const longestBeginning = 200
const inFeed = 50
const inFrame = 10
const longBefore = '1970-01-01T00:00:00Z'

export function mountSearchMore(web: Web, { ask, view: viewFor, kinds }: Asking) {
  const find = (query: URLSearchParams, language: string, more: object) =>
    ask(search, { ...searchValues(query), facets: [], facetLimit: 0, languages: [language], ...more })

  web.route('GET', '/search.atom', async (asked) => {
    const view = viewFor(asked)
    const found = await find(asked.query, asked.language, { sort: 'newest', limit: inFeed })
    const query = queryOf(found.understood)
    const address = (path: string) => view.absolute(`${view.prefix}${path}`)
    const after = asked.query.get('after')
    const title = `${found.understood.q ? view.t('search.titleFor', { words: found.understood.q.slice(0, 100) }) : view.t('search.title')} · ${view.site.name}`
    const body = toAtom({
      title,
      language: view.language,
      author: view.site.name,
      self: address(pathOf(after ? withOnly(query, 'after', after) : query, '/search.atom')),
      page: address(pathOf(query)),
      next: found.next ? address(pathOf(withOnly(query, 'after', found.next), '/search.atom')) : undefined,
      emptySince: longBefore,
      records: found.records,
      addressOf: ({ id }) => view.absolute(recordPath(id)),
    })
    return text('application/atom+xml', body, openToAll)
  })

  web.route('GET', '/embed/search', async (asked) => {
    const found = await find(asked.query, asked.language, { limit: inFrame })
    return framed(embeddedPage(viewFor(asked), { found, kinds }))
  })

  web.route('GET', '/search/explanations/:id', async (asked, { id }) =>
    explanationPage(
      viewFor(asked),
      await ask(explain, {
        id,
        q: asked.query.get('q') ?? '',
        exact: asked.query.get('exact') === 'true',
        languages: [asked.language],
      }),
      { q: asked.query.get('q') ?? '', back: pathOf(asked.query), kinds },
    ),
  )

  web.route('GET', '/search/suggestions', async (asked) => {
    const view = viewFor(asked)
    const q = asked.query.get('q')?.slice(0, longestBeginning) ?? ''
    return json(suggestionList(view, await ask(suggest, { q, languages: [asked.language] })))
  })

  web.route('GET', '/ranking', (asked) => rankingPage(viewFor(asked)))
}

const text = (type: string, body: string, headers: Record<string, string>): Answer => ({
  status: 200,
  headers: { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-cache', ...headers },
  body,
  keep: true,
})

/** The one kind of page that other sites may show in a frame: it holds nothing that could be clicked by mistake. */
const framed = (answer: Answer): Answer => ({
  ...answer,
  headers: {
    ...answer.headers,
    'content-security-policy': securityHeaders['content-security-policy']!.replace(
      "frame-ancestors 'none'",
      'frame-ancestors *',
    ),
    'cross-origin-resource-policy': 'cross-origin',
  },
})
