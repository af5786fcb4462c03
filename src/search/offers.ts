/** Filters that plain words name: “videos in Arabic for primary school” offers type, language and level. */
import { Type, type Static } from 'typebox'
import type { Services } from '#kernel/context.ts'
import { facetNames, type FacetName } from '#records/facets.ts'
import { findStrict } from './find.ts'
import type { SearchInput } from './input.ts'
import { namesInText, type Named, type NamesInText } from './query/named-values.ts'

export const Offer = Type.Object({
  filters: Type.Array(
    Type.Object({
      facet: Type.String(),
      value: Type.String(),
      typed: Type.String({ description: 'The words that name the value' }),
    }),
  ),
  q: Type.String({ description: 'The words without them' }),
  without: Type.Optional(
    Type.String({ description: 'Words that are left out too, because nothing has them beside these filters' }),
  ),
  total: Type.Integer({ description: 'How many would be found with the filters instead of the words' }),
})
export type Offer = Static<typeof Offer>

/** One reading of a name: the values of one filter. */
type Chosen = { name: Named; facet: FacetName; values: string[] }

const mostNamed = 4
const longestNamed = 200
/** Who writes a sentence means its words; and each offer is a question of its own. */
const mostWords = 8
/** So many ways to put names together are counted at most, the fullest first. */
const mostTogether = 10
const mostAlone = 6

/**
 * The most of what the words name that finds anything together, then each name by itself. Only its own name is taken out
 * of the words for a filter. Where the rest of the words stands in the way of every two, these are offered without it,
 * and it is told.
 */
export async function offersFor(services: Services, input: SearchInput): Promise<Offer[]> {
  const { q, languages = [] } = input
  const isSentence = q.length > longestNamed || q.trim().split(/\s+/).length > mostWords
  if (isSentence || /["“”«»]/.test(q)) return []
  const { lexicon } = await services.knowledge.concepts()
  const named = namesInText(lexicon, q, languages)
  const choices = named.names
    .map((name) => readingsOf(name, input))
    .filter((readings) => readings.length > 0)
    .slice(0, mostNamed)
  const offer = (chosen: readonly Chosen[]) => offerOf(services, input, named, chosen)
  const together = await firstFound(togetherIn(choices), offer)
  const alone = await Promise.all(
    choices
      .flat()
      .slice(0, mostAlone)
      .map((one) => offer([one])),
  )
  const found = [together, ...alone].filter((one) => one !== undefined)
  if (together) return found
  // Of a single name only a language says enough without the other words: what is written in it can be looked through.
  const languagesAlone = choices.flat().filter(({ facet }) => facet === 'language')
  const spared = await firstFound([...togetherIn(choices), ...languagesAlone.map((one) => [one])], (chosen) =>
    offerOf(services, input, named, chosen, { isAlone: true }),
  )
  return spared?.without ? [spared, ...found] : found
}

/** Filters that are asked for already are offered no more; nor is a year where years are. */
function readingsOf(name: Named, input: SearchInput): Chosen[] {
  return name.meanings.flatMap(({ facet, values }) => {
    const known = facetNames.find((one) => one === facet)
    if (!known || (known === 'year' && (input.from ?? input.to) !== undefined)) return []
    const isNew = values.filter((value) => !input[known]?.includes(value))
    return isNew.length > 0 ? [{ name, facet: known, values: isNew }] : []
  })
}

/** All ways to put two names or more together, those of most names first; a record is of one kind. */
function togetherIn(choices: readonly (readonly Chosen[])[]): Chosen[][] {
  const all = choices.reduce<Chosen[][]>(
    (ways, readings) => ways.flatMap((way) => [...readings.map((one) => [...way, one]), way]),
    [[]],
  )
  return all
    .filter((way) => way.length > 1 && way.filter(({ facet }) => facet === 'kind').length < 2)
    .toSorted((a, b) => b.length - a.length)
    .slice(0, mostTogether)
}

async function firstFound(
  ways: readonly Chosen[][],
  offer: (chosen: readonly Chosen[]) => Promise<Offer | undefined>,
): Promise<Offer | undefined> {
  for (const way of ways) {
    const found = await offer(way)
    if (found) return found
  }
  return undefined
}

/** Undefined where it would find nothing. `isAlone`: the other words are left out, and told. */
async function offerOf(
  services: Services,
  input: SearchInput,
  { without }: NamesInText,
  chosen: readonly Chosen[],
  { isAlone = false } = {},
): Promise<Offer | undefined> {
  const rest = without(chosen.map(({ name }) => name))
  const q = isAlone ? '' : rest
  const asked: SearchInput = { ...input, q, facets: [], limit: 0 }
  for (const { facet, values } of chosen) asked[facet] = [...new Set([...(asked[facet] ?? []), ...values])]
  const { total } = await findStrict(services, asked)
  if (total === 0) return undefined
  return {
    filters: chosen.flatMap(({ name, facet, values }) => values.map((value) => ({ facet, value, typed: name.typed }))),
    q,
    ...(isAlone && rest && { without: rest }),
    total,
  }
}

export const NamedCountry = Type.Object({
  country: Type.String({ description: 'ISO 3166-1 alpha-2' }),
  q: Type.String({ description: 'The words without the names of countries' }),
})
export type NamedCountry = Static<typeof NamedCountry>

/** The countries that plain words name, where no filter says already which place is meant. */
export async function countriesNamed(services: Services, input: SearchInput): Promise<NamedCountry[]> {
  const { q, languages = [], country, region } = input
  if (country?.length || region?.length || q.length > longestNamed) return []
  const { lexicon } = await services.knowledge.concepts()
  const { names, without } = namesInText(lexicon, q, languages)
  const countriesOf = ({ meanings }: Named) =>
    meanings.flatMap(({ facet, values }) => (facet === 'country' ? values : []))
  const named = names.filter((name) => countriesOf(name).length > 0).slice(0, mostNamed)
  const rest = named.length > 0 ? without(named) : q
  return [...new Set(named.flatMap(countriesOf))].map((country_) => ({ country: country_, q: rest }))
}
