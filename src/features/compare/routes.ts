/** Records side by side. */
import { taking } from '#kernel/http/asked-names.ts'
import type { Web } from '#kernel/http/server.ts'
import { csvResponse } from '#features/export/csv-response.ts'
import { search } from '#search/search.ts'
import type { PageContext } from '#ui/page-context.ts'
import type { Mounted } from '#ui/mounting.ts'
import type { View } from '#ui/view.ts'
import { compare, mostCompared, type Compared } from './compare.ts'
import { furtherRows } from './further-rows.ts'
import { comparisonCsv } from './comparison-table.ts'
import { comparePage, emptyComparePage } from './pages/compare.ts'

const offered = 8

export function mountCompare(web: Web, pageContext: PageContext, { services }: Mounted) {
  const { ask, view, kinds } = pageContext
  const asksOf = (query: URLSearchParams) => [...new Set(query.getAll('id').filter(Boolean))]
  const compared = (ids: readonly string[]) => ask(compare, { id: ids.slice(0, mostCompared) })
  const furtherOf = (shown: View, { kind, records }: Compared) =>
    furtherRows(services.features, { pageContext, view: shown, kind, records })
  web.route(
    'GET',
    '/compare',
    async (request) => {
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
      const shown = view(request)
      const further = await furtherOf(shown, result)
      return comparePage(shown, { compared: result, further, kind, q, found, tooMany: ids.length > mostCompared })
    },
    { takes: taking('id', 'q') },
  )
  web.route(
    'GET',
    '/compare.csv',
    async (request) => {
      const result = await compared(asksOf(request.query))
      const shown = view(request)
      const csv = comparisonCsv(shown, kinds.get(result.kind)!, result, await furtherOf(shown, result))
      return csvResponse(csv, 'qingdao-comparison')
    },
    { takes: taking('id') },
  )
}
