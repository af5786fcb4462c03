/** The pages that gather and explain, each a few questions to search and one rendering. */
import { Problem } from '#core/problem.ts'
import type { Web } from '#core/web/server.ts'
import type { Collection } from '#house/collection.ts'
import { inNews, onMap } from '#house/kind.ts'
import { areaNames } from '#house/pages/layout.ts'
import { areasPage, gatheringPage, indexPage, mapPage } from '#house/pages/gathering.ts'
import { examplesPage } from '#house/pages/examples.ts'
import { zoomRegions } from '#house/pages/charts.ts'
import { creditsPage, problemsPage, textPage, vocabularyPage } from '#house/pages/texts.ts'
import type { FacetCount } from '#house/search/contract.ts'
import { search } from '#house/search/operation.ts'
import { termOf } from '#house/vocabularies/index.ts'
import { gatheredBy } from '#house/watching/subject.ts'
import type { Asking } from './records.ts'
import { mountApproaches } from './approaches.ts'
import { mountHome } from './home.ts'
import { mountLessons } from './lessons.ts'
import { watchedBy } from './watching.ts'

const gatheringFacets = ['kind', 'year', 'level', 'language', 'licence', 'subject', 'country']
const everyValue = 500
const practicesShown = 3

export function mountPages(web: Web, asking: Asking, collections: readonly Collection[]) {
  const { ask, askAs, view, kinds, slot } = asking
  const watched = watchedBy({ askAs })
  const mapKinds = onMap(kinds).map(({ name }) => name)
  const [firstOnMap = ''] = mapKinds
  const news = inNews(kinds).map(({ name }) => name)
  const find = (raw: object) => ask(search, { limit: 6, facetLimit: 12, ...raw })
  const countsOf = async (facet: string, raw: object = {}): Promise<FacetCount[]> =>
    (await find({ ...raw, limit: 1, facets: facet, facetLimit: everyValue })).facets[facet] ?? []
  const practicesOf = async (raw: object) =>
    (await find({ ...raw, kind: 'practice', sort: 'year', facets: [], limit: practicesShown })).records
  const mapOf = (counts: readonly FacetCount[]) => new Map(counts.map(({ value, count }) => [value, count]))

  mountHome(web, asking)
  mountLessons(web, asking)
  mountApproaches(web, asking)
  web.route('GET', '/areas', async (asked) => areasPage(view(asked), mapOf(await countsOf('area'))))
  web.route('GET', '/map', async (asked) => {
    const kind = mapKinds.find((one) => one === asked.query.get('kind')) ?? firstOnMap
    const region = zoomRegions.find((one) => one === asked.query.get('zoom'))
    return mapPage(view(asked), { counts: await countsOf('country', { kind }), kind, kinds: mapKinds, region })
  })

  for (const area of areaNames)
    web.route('GET', `/${area}`, async (asked) => {
      const here = view(asked)
      const found = await find({ area, sort: 'newest', facets: gatheringFacets })
      return gatheringPage(here, {
        facet: 'area',
        value: area,
        found,
        practices: await practicesOf({ area }),
        kinds,
        index: { name: here.t('nav.areas'), path: '/areas' },
        watch: await watched(asked, { query: gatheredBy('area', area) }),
        more: await slot('area', asked, area),
      })
    })

  for (const [path, facet, list] of [
    ['countries', 'country', 'countries'],
    ['languages', 'language', undefined],
    ['subjects', 'subject', 'subjects'],
  ] as const) {
    web.route('GET', `/${path}`, async (asked) =>
      indexPage(view(asked), { facet, counts: await countsOf(facet), path: `/${path}` }),
    )
    web.route('GET', `/${path}/:value`, async (asked, { value = '' }) => {
      const here = view(asked)
      const found = await find({ [facet]: value, sort: 'newest', facets: gatheringFacets })
      const isKnown = list ? termOf(list, value) !== undefined : found.total > 0
      if (!isKnown) throw new Problem('notFound', { what: value.slice(0, 100) })
      return gatheringPage(here, {
        facet,
        value,
        found,
        practices: await practicesOf({ [facet]: value }),
        kinds,
        index: { name: here.t(`nav.${path}`), path: `/${path}` },
        watch: await watched(asked, { query: gatheredBy(facet, value) }),
        more: facet === 'country' ? await slot('country', asked, value) : undefined,
      })
    })
  }

  web.route('GET', '/problems', (asked) => problemsPage(view(asked)))
  web.route('GET', '/components', (asked) => examplesPage(view(asked)))
  web.route('GET', '/about', (asked) => textPage(view(asked), 'about'))
  web.route('GET', '/help', (asked) => textPage(view(asked), 'help'))
  web.route('GET', '/accessibility', (asked) => textPage(view(asked), 'accessibility'))
  web.route('GET', '/credits', async (asked) =>
    creditsPage(view(asked), collections, mapOf(await countsOf('collection'))),
  )
  web.route('GET', '/vocabularies/:name', (asked, { name = '' }) => {
    const answer = vocabularyPage(view(asked), name)
    if (!answer) throw new Problem('notFound', { what: name.slice(0, 100) })
    return answer
  })
}
