/** The pages that gather and explain, each a few questions to search and one rendering. */

import { oneOf } from '#kernel/http/asked-names.ts'
import { noSuch } from '#kernel/problem.ts'
import type { Web } from '#kernel/http/server.ts'
import type { Source } from '#records/sources/source.ts'
import { onMap } from '#records/kind.ts'
import { areaNames } from '#ui/layout.ts'
import { areasPage, gatheringPage, indexPage, mapPage } from './pages/gathering.ts'
import { examplesPage } from './pages/examples.ts'
import { zoomRegions } from '#ui/charts.ts'
import { creditsPage, problemsPage, textPage, vocabularyPage } from './pages/documents.ts'
import type { FacetCount } from '#search/contract.ts'
import { search } from '#search/search.ts'
import { termOf } from '#records/vocabularies/index.ts'
import { gatheredBy } from '#features/subscriptions/subject.ts'
import type { PageContext } from '#ui/page-context.ts'
import { mountApproaches } from '#features/approaches/routes.ts'
import { mountHome } from './home.routes.ts'
import { mountLessons } from '#features/clearing-house/lessons.routes.ts'
import { subscriptionOf } from '#features/subscriptions/routes.ts'

const gatheringFacets = ['kind', 'year', 'level', 'language', 'licence', 'subject', 'country']
/** A chart of the most frequent says how many there are, and how many records say nothing. */
const wholeFacets = gatheringFacets.filter((facet) => facet !== 'kind')
const everyValue = 500
const practicesShown = 3

export function mountPages(web: Web, pageContext: PageContext, sources: () => readonly Source[]) {
  const { askOnce, askAs, view, kinds, slot, tasksOf } = pageContext
  const watched = subscriptionOf({ askAs })
  const mapKinds = onMap(kinds).map(({ name }) => name)
  const [firstOnMap = ''] = mapKinds
  const find = (raw: object) => askOnce(search, { limit: 6, facetLimit: 12, wholeFacets, ...raw })
  const countsOf = async (facet: string, raw: object = {}): Promise<FacetCount[]> =>
    (await find({ ...raw, limit: 1, facets: facet, facetLimit: everyValue })).facets[facet] ?? []
  const practicesOf = async (raw: object) =>
    (await find({ ...raw, kind: 'practice', facets: [], limit: practicesShown })).records
  const mapOf = (counts: readonly FacetCount[]) => new Map(counts.map(({ value, count }) => [value, count]))

  mountHome(web, pageContext)
  mountLessons(web, pageContext)
  mountApproaches(web, pageContext)
  web.route('GET', '/areas', async (request) => areasPage(view(request), mapOf(await countsOf('area'))))
  web.route(
    'GET',
    '/map',
    async (request) => {
      const kind = mapKinds.find((one) => one === request.query.get('kind')) ?? firstOnMap
      const region = zoomRegions.find((one) => one === request.query.get('zoom'))
      return mapPage(view(request), { counts: await countsOf('country', { kind }), kind, kinds: mapKinds, region })
    },
    { takes: { kind: oneOf(mapKinds), zoom: oneOf(zoomRegions) } },
  )

  for (const area of areaNames)
    web.route('GET', `/${area}`, async (request) => {
      const here = view(request)
      const found = await find({ area, sort: 'newest', facets: gatheringFacets })
      return gatheringPage(here, {
        facet: 'area',
        value: area,
        found,
        practices: await practicesOf({ area }),
        kinds,
        index: { name: here.t('nav.areas'), path: '/areas' },
        watch: await watched(request, { query: gatheredBy('area', area) }),
        tasks: tasksOf(area),
        more: await slot('area', request, area),
      })
    })

  for (const [path, facet, list] of [
    ['countries', 'country', 'countries'],
    ['languages', 'language', undefined],
    ['subjects', 'subject', 'subjects'],
  ] as const) {
    web.route('GET', `/${path}`, async (request) =>
      indexPage(view(request), { facet, counts: await countsOf(facet), path: `/${path}` }),
    )
    // A country has a page of its own, which joins more than what gathers here.
    if (facet === 'country') continue
    web.route('GET', `/${path}/:value`, async (request, { value = '' }) => {
      const here = view(request)
      const found = await find({ [facet]: value, sort: 'newest', facets: gatheringFacets })
      const isKnown = list ? termOf(list, value) !== undefined : found.total > 0
      if (!isKnown) throw noSuch(path, value.slice(0, 100))
      return gatheringPage(here, {
        facet,
        value,
        found,
        practices: await practicesOf({ [facet]: value }),
        kinds,
        index: { name: here.t(`nav.${path}`), path: `/${path}` },
        watch: await watched(request, { query: gatheredBy(facet, value) }),
      })
    })
  }

  web.route('GET', '/problems', (request) => problemsPage(view(request)))
  web.route('GET', '/components', (request) => examplesPage(view(request)))
  web.route('GET', '/about', (request) => textPage(view(request), 'about'))
  web.route('GET', '/help', (request) => textPage(view(request), 'help'))
  web.route('GET', '/accessibility', (request) => textPage(view(request), 'accessibility'))
  web.route('GET', '/credits', async (request) =>
    creditsPage(view(request), sources(), mapOf(await countsOf('collection'))),
  )
  web.route('GET', '/vocabularies/:name', (request, { name = '' }) => {
    const answer = vocabularyPage(view(request), name)
    if (!answer) throw noSuch('vocabulary', name.slice(0, 100))
    return answer
  })
}
