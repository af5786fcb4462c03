/** That no practice is from the country that was asked for, and where there are some. */
import { regionsOf, termOf } from '#records/vocabularies/index.ts'
import type { SearchInput } from '#search/input.ts'
import type { NamedCountry } from '#search/offers.ts'
import { search } from '#search/search.ts'
import type { PageContext } from '#ui/page-context.ts'

export type Elsewhere = { region: string | undefined; q: string; total: number }
export type NoPractices = { country: string; elsewhere: readonly Elsewhere[] }

const kind = 'practice'
/** What holds everything is no region that one would look into (M49). */
const wholeWorld = '001'

/** The one country that is asked for, as a filter or by name, where practices may be meant. */
function countryAsked(input: SearchInput, named: readonly NamedCountry[]): NamedCountry | undefined {
  const isOfOthers = input.kind?.length && !(input.kind.length === 1 && input.kind[0] === kind)
  if (isOfOthers || input.after !== undefined || input.region?.length) return undefined
  const all = input.country?.length ? input.country.map((country) => ({ country, q: input.q })) : named
  const [only] = all
  return all.length === 1 && termOf('countries', only!.country) ? only : undefined
}

/** Undefined where there are practices from there, or no one country is asked for. */
export async function noPracticesFrom(
  { askOnce }: Pick<PageContext, 'askOnce'>,
  { input, named }: { input: SearchInput; named: readonly NamedCountry[] },
): Promise<NoPractices | undefined> {
  const asked = countryAsked(input, named)
  if (!asked) return undefined
  const { country, q } = asked
  const count = async (raw: object) =>
    (await askOnce(search, { kind, limit: 0, facets: [], languages: input.languages ?? [], ...raw })).total
  if ((await count({ country })) > 0) return undefined
  const places = [...regionsOf(country).filter((region) => region !== wholeWorld), undefined]
  const withWords = (words: string) =>
    Promise.all(places.map(async (region) => ({ region, q: words, total: await count({ region, q: words }) })))
  const found = some(await withWords(q))
  return { country, elsewhere: found.length > 0 || q === '' ? found : some(await withWords('')) }
}

/** The nearest region that has some, and the world. */
function some(all: readonly Elsewhere[]): Elsewhere[] {
  const found = all.filter(({ total }) => total > 0)
  const nearest = found.find(({ region }) => region !== undefined)
  const world = found.find(({ region }) => region === undefined)
  return [nearest, world].filter((one) => one !== undefined)
}
