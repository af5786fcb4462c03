/** The map of the evidence, and the page of its levels. */
import { facetLists } from '#records/facets.ts'
import { codesTaken } from '#ui/code-choices.ts'
import { oneOf } from '#kernel/http/asked-names.ts'
import { valuesNamed } from '#kernel/http/query-values.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { csvOf, csvResponse } from '#features/export/csv-response.ts'
import type { PageContext } from '#ui/page-context.ts'
import { evidenceMap, mapFilters, mapRowFacets, type MapFilters } from './map/map.ts'
import { evidenceLevelsPage } from './pages/evidence-levels.ts'
import { evidenceMapPage } from './pages/evidence-map.ts'
import { evidenceRows } from './pages/evidence-map-table.ts'

const takes = {
  ...codesTaken(mapFilters.flatMap((name) => facetLists[name]?.map((list) => ({ name, list })) ?? [])),
  rows: oneOf(mapRowFacets),
}

export function mountEvidence(web: Web, { ask, view }: PageContext) {
  const mapFor = async (request: HttpRequest) => {
    const raw = valuesNamed(request.query, Object.fromEntries(mapFilters.map((name) => [name, true])))
    const rows = mapRowFacets.find((facet) => facet === request.query.get('rows'))
    const filters: MapFilters = {
      ...Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, [value].flat()])),
      ...(rows && { rows }),
    }
    return { map: await ask(evidenceMap, filters), filters }
  }
  web.route('GET', '/evidence-map', async (request) => evidenceMapPage(view(request), await mapFor(request)), { takes })
  web.route(
    'GET',
    '/evidence-map.csv',
    async (request) => csvResponse(csvOf(evidenceRows(view(request), await mapFor(request))), 'qingdao-evidence-map'),
    { takes },
  )
  web.route('GET', '/evidence-levels', (request) => evidenceLevelsPage(view(request)))
}
