/** The page of a country, and the same for programs. */
import type { Web } from '#kernel/http/server.ts'
import { json } from '#kernel/http/api.ts'
import { openToAll } from '#kernel/http/headers.ts'
import { subscriptionOf } from '#features/subscriptions/routes.ts'
import { gatheredBy } from '#features/subscriptions/subject.ts'
import type { StoredRecord } from '#records/record.ts'
import { plainLabel, type View } from '#ui/view.ts'
import type { PageContext } from '#ui/page-context.ts'
import { countryShown, type CountryShown } from './country.ts'
import { countryPage } from './pages/country.ts'

export function mountCountries(web: Web, pageContext: PageContext): void {
  const { askAs, view, slot, askOnce, operation } = pageContext
  const watched = subscriptionOf({ askAs })
  web.route('GET', '/countries/:name', async (request, { name = '' }) => {
    const country = name.replace(/\.json$/, '')
    const shown = await countryShown(pageContext, country)
    if (country !== name) {
      const funding = operation('fundings.byCountry')
      const { countries = {} } = funding
        ? ((await askOnce(funding, {})) as { countries?: Record<string, unknown> })
        : {}
      const answer = json(forPrograms(view(request), shown, countries[country] ?? null), { keep: true })
      return { ...answer, headers: { ...answer.headers, ...openToAll } }
    }
    return countryPage(view(request), {
      ...shown,
      watch: await watched(request, { query: gatheredBy('country', country) }),
      funding: await slot('countryFunding', request, country),
      more: await slot('country', request, country),
    })
  })
}

/** Records by what leads to them: the whole of each is at its own address. */
function forPrograms(view: View, shown: CountryShown, funding: unknown) {
  const told = ({ id, kind, body }: StoredRecord) => ({
    id,
    kind,
    title: body.title,
    url: view.absolute(`/records/${id}`),
  })
  const { profile, facts, alike, kinds, total, ...rest } = shown
  return {
    country: shown.country,
    name: plainLabel(view, 'countries', shown.country),
    region: profile.region,
    ...(facts.incomeGroup && { incomeGroup: facts.incomeGroup }),
    languages: facts.language ?? [],
    indicators: profile.indicators,
    practices: rest.practices.map(told),
    lessons: rest.lessons.map(told),
    evidence: rest.evidence.map(told),
    platforms: rest.platforms.map(told),
    practicesOfPlacesAlike: alike.map(({ record, score }) => ({ ...told(record), score })),
    funding,
    resources: rest.resources,
    records: { total, kinds },
  }
}
