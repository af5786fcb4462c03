/** Choosing: what fits a place, records side by side, the map of the evidence, a record on one page. */
import { readFileSync } from 'node:fs'
import { valuesOf } from '#kernel/http/api.ts'
import type { HttpResponse } from '#kernel/http/response.ts'
import { openToAll } from '#kernel/http/headers.ts'
import type { Printer } from '#kernel/print.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { compare, mostCompared } from '#features/compare/compare.ts'
import { evidenceMap, MapInput } from '#features/evidence/map/map.ts'
import { countryContext } from './countries.ts'
import { fit, FitInput } from './match.ts'
import { comparisonCsv, csvOf } from '#features/compare/comparison-table.ts'
import { comparePage, emptyComparePage } from '#features/compare/pages/compare.ts'
import { evidenceMapPage, evidenceRows } from '#features/evidence/pages/evidence-map.ts'
import { fitPage, placeQuery } from './pages/matching.ts'
import { noPdfPage, summaryDocument, summaryPage, type Summary } from './pages/summary.ts'
import { links, read } from '#records/operations.ts'
import { reviewState } from '#features/editorial/drafts/timeline.ts'
import { search } from '#search/search.ts'
import type { Asking } from '#ui/asking.ts'

const offered = 8
/** With their reasons, results are long: more would make the page heavy. */
const onPage = 10

/** What the address says of these names; empty values and anything else are passed over. */
function told(query: URLSearchParams, names: object): Record<string, string | string[]> {
  const values = Object.entries(valuesOf(query)).map(([name, value]): [string, string | string[]] => [
    name,
    typeof value === 'string' ? value.trim() : value.filter((one) => one.trim() !== ''),
  ])
  return Object.fromEntries(values.filter(([name, value]) => Object.hasOwn(names, name) && value.length > 0))
}

const csv = (body: string, name: string): HttpResponse => ({
  status: 200,
  headers: {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${name}.csv"`,
    'cache-control': 'no-cache',
    ...openToAll,
  },
  body,
  keep: true,
})

const seeOther = (location: string): HttpResponse => ({
  status: 303,
  headers: { location, 'cache-control': 'no-cache' },
  body: '',
  keep: false,
})

export function mountFit(web: Web, asking: Asking, printer: Printer | undefined) {
  mountEvidenceMap(web, asking)
  mountCompare(web, asking)
  mountPlaces(web, asking)
  mountSummary(web, asking, printer)
}

function mountEvidenceMap(web: Web, { ask, view }: Asking) {
  const mapFor = async (request: HttpRequest) => {
    const raw = told(request.query, MapInput.properties)
    const filters = Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, [value].flat()])) as MapInput
    return { map: await ask(evidenceMap, filters), filters }
  }
  web.route('GET', '/evidence-map', async (request) => evidenceMapPage(view(request), await mapFor(request)))
  web.route('GET', '/evidence-map.csv', async (request) =>
    csv(csvOf(evidenceRows(view(request), await mapFor(request))), 'qingdao-evidence-map'),
  )
}

function mountCompare(web: Web, { ask, view, kinds }: Asking) {
  const asksOf = (query: URLSearchParams) => [...new Set(query.getAll('id').filter(Boolean))]
  const compared = (ids: readonly string[]) => ask(compare, { id: ids.slice(0, mostCompared) })
  web.route('GET', '/compare', async (request) => {
    const ids = asksOf(request.query)
    if (ids.length === 0) return emptyComparePage(view(request))
    const result = await compared(ids)
    const q = (request.query.get('q') ?? '').slice(0, 500)
    const found = q
      ? (
          await ask(search, {
            q,
            kind: result.kind,
            limit: offered + mostCompared,
            facets: [],
            languages: [request.language],
          })
        ).records
      : (await ask(search, { kind: result.kind, limit: offered, facets: [], sort: 'newest' })).records
    const kind = kinds.get(result.kind)!
    return comparePage(view(request), { compared: result, kind, q, found, tooMany: ids.length > mostCompared })
  })
  web.route('GET', '/compare.csv', async (request) => {
    const result = await compared(asksOf(request.query))
    return csv(comparisonCsv(view(request), kinds.get(result.kind)!, result), 'qingdao-comparison')
  })
}

function mountPlaces(web: Web, { ask, view, kinds }: Asking) {
  web.route('GET', '/fit', async (request) => {
    const place = placeTold(request.query)
    const country = place.country
    const level = [place.level ?? []].flat()[0]
    const context = country ? await ask(countryContext, { country, ...(level && { level }) }) : undefined
    // What the person said stands; the rest is taken from the country, into an address that says all of it.
    if (context && request.query.get('fill'))
      return seeOther(view(request).href(`/fit?${placeQuery({ ...context.suggested, ...place } as Partial<FitInput>)}`))
    const isTold = Object.keys(place).some((name) => name !== 'currency' && name !== 'from')
    const fitting = isTold ? await ask(fit, { limit: onPage, ...place }) : undefined
    const shown = { ...place, ...(place.from && { from: Number(place.from) }) } as Partial<FitInput>
    return fitPage(view(request), { asked: shown, context, fitting, kind: kinds.get('practice')! })
  })
}

function placeTold(query: URLSearchParams): Record<string, string | string[]> & { country?: string } {
  const { currency, ...place } = told(query, FitInput.properties)
  return {
    ...place,
    ...(typeof currency === 'string' && { currency: currency.toUpperCase() }),
  }
}

function mountSummary(web: Web, { ask, view, kinds }: Asking, printer: Printer | undefined) {
  const style = readFileSync(new URL('../../../assets/style.css', import.meta.url), 'utf8')
  const summaryOf = async (id: string | undefined): Promise<Summary> => {
    const record = await ask(read, { id })
    const linked = await ask(links, { id, limit: 1 })
    const review = await ask(reviewState, { id: record.id })
    return { record, kind: kinds.get(record.kind)!, links: linked.links, review }
  }
  web.route('GET', '/records/:id/summary', async (request, { id }) => summaryPage(view(request), await summaryOf(id)))
  web.route('GET', '/records/:id/summary.pdf', async (request, { id = '' }) => {
    const summary = await summaryOf(id)
    if (!printer) return noPdfPage(view(request), id)
    return {
      status: 200,
      headers: {
        'content-type': 'application/pdf',
        'content-language': request.language,
        'content-disposition': `inline; filename="qingdao-${id}-${request.language}.pdf"`,
        'cache-control': 'no-cache',
        ...openToAll,
      },
      body: await printer(summaryDocument(view(request), summary, style)),
      keep: true,
    }
  })
}
