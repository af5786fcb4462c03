/** The map of the evidence, and the page of its levels. */
import { valuesNamed } from '#kernel/http/query-values.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { csvOf, csvResponse } from '#features/export/csv-response.ts'
import type { PageContext } from '#ui/page-context.ts'
import { evidenceMap, mapFilters, mapRowFacets, type MapFilters } from './map/map.ts'
import { evidenceLevelsPage } from './pages/evidence-levels.ts'
import { evidenceMapPage } from './pages/evidence-map.ts'
import { evidenceRows } from './pages/evidence-map-table.ts'

export function mountEvidence(web: Web, { ask, view }: PageContext) {
  const mapFor = async (request: HttpRequest) => {
    const raw = valuesNamed(request.query, Object.fromEntries(mapFilters.map((name) => [name, true])))
    const asked = request.query.get('rows') || undefined
    const rows = mapRowFacets.find((facet) => facet === asked)
    const filters: MapFilters = {
      ...Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, [value].flat()])),
      ...(rows && { rows }),
    }
    return { map: await ask(evidenceMap, filters), filters, ...(rows !== asked && { unknownRows: asked }) }
  }
  web.route('GET', '/evidence-map', async (request) => evidenceMapPage(view(request), await mapFor(request)))
  web.route('GET', '/evidence-map.csv', async (request) => {
    const shown = await mapFor(request)
    // A file has no place to say that it holds something else than was asked for.
    if (shown.unknownRows !== undefined) await ask(evidenceMap, { rows: shown.unknownRows as 'technology' })
    return csvResponse(csvOf(evidenceRows(view(request), shown)), 'qingdao-evidence-map')
  })
  web.route('GET', '/evidence-levels', (request) => evidenceLevelsPage(view(request)))
}
