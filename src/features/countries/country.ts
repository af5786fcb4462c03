/** All that the node knows of a country, asked together: figures, practices, lessons, evidence, platforms, languages, neighbours. */
import { noSuch } from '#kernel/problem.ts'
import { countryProfile, type CountryProfile } from '#features/indicators/country.ts'
import { countryContext, type CountryContext } from '#features/matching/countries.ts'
import { fit, type FitInput, type Fitting } from '#features/matching/match.ts'
import { linksOfRecords, type LinkLine } from '#features/link-check/operations.ts'
import { termOf } from '#records/vocabularies/index.ts'
import type { StoredRecord } from '#records/record.ts'
import type { FacetCount } from '#records/facets.ts'
import { search, type Found } from '#search/search.ts'
import type { PageContext } from '#ui/page-context.ts'

export type CountryShown = {
  country: string
  total: number
  kinds: readonly FacetCount[]
  profile: CountryProfile
  facts: CountryContext['suggested']
  practices: readonly StoredRecord[]
  lessons: readonly StoredRecord[]
  evidence: readonly StoredRecord[]
  platforms: readonly StoredRecord[]
  /** By platform: whether its addresses answered when they were looked at. */
  platformLinks: Readonly<Record<string, readonly LinkLine[]>>
  organisations: {
    total: number
    types: readonly FacetCount[]
    /** Ministries and other bodies of government. */
    government: readonly StoredRecord[]
  }
  /** Resources in each of its languages, wherever they are from. */
  resources: readonly { language: string; count: number }[]
  /** Practices of other countries that fit what is known of this one, the best first. */
  alike: Fitting['results']
}

const shownOfKind = 3
const shownAlike = 3
const askedAlike = 50

type Asking = Pick<PageContext, 'ask' | 'askOnce'>

/** @throws Problem notFound for what is no country */
export async function countryShown({ ask, askOnce }: Asking, country: string): Promise<CountryShown> {
  if (!termOf('countries', country)) throw noSuch('country', country)
  const find = (raw: object) => askOnce(search, { limit: 0, facets: [], ...raw })
  const first = async (kind: string, limit = shownOfKind) => (await find({ country, kind, limit })).records
  const context = await ask(countryContext, { country })
  const { suggested: facts } = context
  const found = await find({ country, facets: ['kind'], facetLimit: 30 })
  const platforms = await first('platform', 5)
  return {
    country,
    total: found.total,
    kinds: found.facets['kind'] ?? [],
    profile: await ask(countryProfile, { country }),
    facts,
    practices: await first('practice'),
    lessons: await first('lesson'),
    evidence: await first('evidence'),
    platforms,
    platformLinks: (await ask(linksOfRecords, { ids: platforms.map(({ id }) => id) })).records,
    organisations: await organisationsOf(find, country),
    resources: await Promise.all(
      (facts.language ?? []).map(async (language) => ({
        language,
        count: (await find({ kind: 'resource', language })).total,
      })),
    ),
    alike: await practicesAlike(ask, context),
  }
}

const governmental = ['ministry', 'government', 'local-government']
const typesShown = 6

async function organisationsOf(
  find: (raw: object) => Promise<Pick<Found, 'total' | 'facets' | 'records'>>,
  country: string,
): Promise<CountryShown['organisations']> {
  const kind = 'organisation'
  const { total, facets } = await find({ country, kind, facets: ['organisationType'], facetLimit: typesShown })
  const government =
    total > 0 ? await find({ country, kind, organisationType: governmental, limit: shownOfKind }) : null
  return { total, types: facets['organisationType'] ?? [], government: government?.records ?? [] }
}

/** Nothing is known of the place where no figure and no group is: then nothing is like it. Its own stand above, and lead here. */
async function practicesAlike(
  ask: PageContext['ask'],
  { country, indicators, suggested }: CountryContext,
): Promise<Fitting['results']> {
  if (indicators.length === 0 && !suggested.incomeGroup) return []
  const { results } = await ask(fit, { country, limit: askedAlike } as Partial<FitInput>)
  return results.filter(({ isDoneHere, score }) => score > 0 && !isDoneHere).slice(0, shownAlike)
}
