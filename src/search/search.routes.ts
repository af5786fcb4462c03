/** Search for people, and all that was found as a file. */
import { Readable } from 'node:stream'
import type { HttpResponse } from '#kernel/http/response.ts'
import { valuesOf } from '#kernel/http/api.ts'
import { openToAll } from '#kernel/http/headers.ts'
import type { Web } from '#kernel/http/server.ts'
import { toBibtex, toCsl, toRis } from '#features/export/citation.ts'
import { csvHead, csvLine } from '#features/export/csv.ts'
import { recordPath } from '#ui/cards.ts'
import { searchPage } from './pages/search.ts'
import { searchViews, type Shape } from './address.ts'
import { usualColumns } from './pages/search-views.ts'
import type { View } from '#ui/view.ts'
import type { StoredRecord } from '#records/record.ts'
import { facetNames, type FacetName } from '#records/facets.ts'
import { SearchInput } from './input.ts'
import { search, type Found } from './search.ts'
import type { PageContext } from '#ui/page-context.ts'

const known = new Set(Object.keys(SearchInput.properties))
const longest = 2_000

/** What the address says of search; anything else in it, such as a campaign's mark, is passed over. */
export function searchValues(query: URLSearchParams): Record<string, unknown> {
  const values = Object.fromEntries(
    Object.entries(valuesOf(query)).filter(([name, value]) => known.has(name) && value !== ''),
  )
  const words = Array.isArray(values.q) ? values.q.join(' ') : values.q
  return { ...values, ...(words && { q: words.slice(0, longest) }) }
}

type Download = {
  type: string
  extension: string
  head: string
  line: (view: View, record: StoredRecord, first: boolean) => string
  foot: string
}

const downloads: Record<string, Download> = {
  json: {
    type: 'application/json',
    extension: 'json',
    head: '[',
    line: (_view, record, first) => `${first ? '' : ','}\n${JSON.stringify(record)}`,
    foot: '\n]\n',
  },
  csl: {
    type: 'application/vnd.citationstyles.csl+json',
    extension: 'json',
    head: '[',
    line: (view, record, first) => `${first ? '' : ','}\n${JSON.stringify(toCsl(view, record))}`,
    foot: '\n]\n',
  },
  csv: {
    type: 'text/csv',
    extension: 'csv',
    head: csvHead,
    line: (view, record) => csvLine(record, view.language, view.absolute),
    foot: '',
  },
  bib: {
    type: 'application/x-bibtex',
    extension: 'bib',
    head: '',
    line: (view, record) => toBibtex(toCsl(view, record)),
    foot: '',
  },
  ris: {
    type: 'application/x-research-info-systems',
    extension: 'ris',
    head: '',
    line: (view, record) => toRis(toCsl(view, record)),
    foot: '',
  },
}
const atOnce = 500
const everyValue = 300

const facetOf = (name: string | null): FacetName | undefined =>
  facetNames.find((facet) => facet === name && facet !== 'year')

function shapeOf(query: URLSearchParams): Shape {
  const columns = query.getAll('columns').flatMap((name) => facetNames.find((facet) => facet === name) ?? [])
  return {
    view: searchViews.find((one) => one === query.get('view')) ?? 'list',
    columns: columns.length > 0 ? [...new Set(columns)] : usualColumns,
    of: facetOf(query.get('of')),
    flat: query.get('flat') === 'true',
  }
}

const seeOther = (location: string): HttpResponse => ({
  status: 303,
  headers: { location, 'cache-control': 'no-cache' },
  body: '',
  keep: false,
})

export function mountSearch(web: Web, pageContext: PageContext) {
  const { ask, view: viewFor, kinds, slot } = pageContext
  web.route('GET', '/search', async (request) => {
    const shape = shapeOf(request.query)
    const opened = facetOf(request.query.get('all'))
    const found = await ask(search, {
      ...searchValues(request.query),
      ...(shape.view === 'timeline' && !request.query.get('sort') && { sort: 'year' }),
      ...(shape.view === 'table' && { limit: 30 }),
      ...((shape.view === 'map' || shape.view === 'charts') && { limit: 0 }),
      facetLimit: everyValue,
      languages: [request.language],
      assist: true,
    })
    const [named] = found.assistance?.named ?? []
    if (named && found.assistance!.named.length === 1) return seeOther(viewFor(request).href(recordPath(named.id)))
    const about = { input: found.understood }
    const above = await slot('aboveFound', request, about)
    const below = await slot('belowFound', request, about)
    return searchPage(viewFor(request), { input: found.understood, found, kinds, shape, opened, above, below })
  })

  for (const [name, download] of Object.entries(downloads))
    web.route('GET', `/search.${name}`, async (request) => {
      const view = viewFor(request)
      const raw = {
        ...searchValues(request.query),
        limit: atOnce,
        facets: [],
        facetLimit: 0,
        languages: [request.language],
      }
      // The first page is asked for before anything is sent, so that a bad question gets a proper answer.
      const first = await ask(search, raw)
      const next = (after: string) => ask(search, { ...raw, after })
      return { ...streamed(download, lines(view, download, first, next)), keep: false }
    })
}

async function* lines(
  view: View,
  { head, line, foot }: Download,
  first: Found,
  next: (after: string) => Promise<Found>,
): AsyncGenerator<string> {
  yield head
  let isFirst = true
  for (let found: Found | undefined = first; found; found = found.next ? await next(found.next) : undefined) {
    let text = ''
    for (const record of found.records) {
      text += line(view, record, isFirst)
      isFirst = false
    }
    yield text
    // The database answers at once, so without a pause nobody else would be heard.
    await new Promise((resume) => setImmediate(resume))
  }
  yield foot
}

const streamed = ({ type, extension }: Download, source: AsyncIterable<string>): HttpResponse => ({
  status: 200,
  headers: {
    'content-type': `${type}; charset=utf-8`,
    'content-disposition': `attachment; filename="qingdao-search.${extension}"`,
    'cache-control': 'no-cache',
    ...openToAll,
  },
  body: Readable.from(source),
  keep: false,
})
