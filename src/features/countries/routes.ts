/** The page of a country, the same for programs and on paper. */
import { sources } from '#features/matching/countries.ts'
import { readFileSync } from 'node:fs'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { HttpRequest, Web } from '#kernel/http/server.ts'
import { json } from '#kernel/http/api.ts'
import { openToAll } from '#kernel/http/headers.ts'
import { noPdfPage } from '#features/matching/pages/summary.ts'
import { subscriptionOf } from '#features/subscriptions/routes.ts'
import { gatheredBy } from '#features/subscriptions/subject.ts'
import type { StoredRecord } from '#records/record.ts'
import { plainLabel, type View } from '#ui/view.ts'
import type { Mounted } from '#ui/mounting.ts'
import type { PageContext } from '#ui/page-context.ts'
import { countryShown, type CountryShown } from './country.ts'
import { countryDocument, countryPage, countryPath } from './pages/country.ts'

export function mountCountries(web: Web, pageContext: PageContext, mounted: Mounted): void {
  const { askAs, view, slot, lastChange } = pageContext
  const watched = subscriptionOf({ askAs })
  const partsOf = async (request: HttpRequest, country: string) => ({
    funding: await slot('countryFunding', request, country),
    more: await slot('country', request, country),
    asOf: await lastChange(),
  })
  const printed = printing(pageContext, mounted)
  web.route('GET', '/countries/:name', async (request, { name = '' }) => {
    const [, country, form] = /^([^]*?)(?:\.(json|pdf))?$/.exec(name)!
    const shown = await countryShown(pageContext, country!)
    if (form === 'json') return forPrograms(pageContext, view(request), shown, mounted)
    const parts = await partsOf(request, country!)
    if (form === 'pdf') return printed(request, { ...shown, ...parts })
    const watch = await watched(request, { query: gatheredBy('country', country!) })
    return countryPage(view(request), { ...shown, ...parts, watch })
  })
}

/** By the operator’s Chromium; where there is none, the answer says how any browser does it. */
function printing({ view }: PageContext, { printer }: Mounted) {
  const styleOf = (name: string) => readFileSync(new URL(`../../../assets/${name}`, import.meta.url), 'utf8')
  const style = styleOf('style.css') + styleOf('figures.css')
  return async (request: HttpRequest, shown: Parameters<typeof countryDocument>[1]): Promise<HttpResponse> => {
    const { country } = shown
    const shownTo = view(request)
    if (!printer)
      return noPdfPage(shownTo, { name: plainLabel(shownTo, 'countries', country), path: countryPath(country) })
    return {
      status: 200,
      headers: {
        'content-type': 'application/pdf',
        'content-language': request.language,
        'content-disposition': `inline; filename="${country}-${request.language}.pdf"`,
        'cache-control': 'no-cache',
        ...openToAll,
      },
      body: await printer(countryDocument(shownTo, shown, style)),
      keep: true,
    }
  }
}

/** Records by what leads to them: the whole of each is at its own address. */
async function forPrograms(
  pageContext: PageContext,
  view: View,
  shown: CountryShown,
  { services }: Mounted,
): Promise<HttpResponse> {
  const told = ({ id, kind, body }: StoredRecord) => ({
    id,
    kind,
    title: body.title,
    url: view.absolute(`/records/${id}`),
  })
  const { country, profile, facts, organisations } = shown
  const entries = services.features.flatMap(({ countryData = {} }) => Object.entries(countryData))
  const ofOthers = await Promise.all(
    entries.map(async ([name, tell]) => [name, await tell(pageContext, view, country)] as const),
  )
  const data = {
    country,
    name: plainLabel(view, 'countries', country),
    region: profile.region,
    ...(facts.incomeGroup && { incomeGroup: facts.incomeGroup, incomeGroupAsOf: sources.worldBank.asOf }),
    languages: facts.language ?? [],
    indicators: profile.indicators,
    practices: shown.practices.map(told),
    lessons: shown.lessons.map(told),
    evidence: shown.evidence.map(told),
    platforms: shown.platforms.map((one) => ({ ...told(one), addresses: shown.platformLinks[one.id] ?? [] })),
    organisations: { ...organisations, government: organisations.government.map(told) },
    practicesOfPlacesAlike: shown.alike.map(({ record, score }) => ({ ...told(record), score })),
    resources: shown.resources,
    ...Object.fromEntries(ofOthers),
    records: { total: shown.total, kinds: shown.kinds },
  }
  const answer = json(data, { keep: true })
  return { ...answer, headers: { ...answer.headers, ...openToAll } }
}
