/** Records side by side. */
import type { Web } from '#kernel/http/server.ts'
import { csvResponse } from '#features/export/csv-response.ts'
import { search } from '#search/search.ts'
import type { PageContext } from '#ui/page-context.ts'
import { compare, mostCompared } from './compare.ts'
import { comparisonCsv } from './comparison-table.ts'
import { comparePage, emptyComparePage } from './pages/compare.ts'

const offered = 8

export function mountCompare(web: Web, { ask, view, kinds }: PageContext) {
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
    return csvResponse(comparisonCsv(view(request), kinds.get(result.kind)!, result), 'qingdao-comparison')
  })
}
