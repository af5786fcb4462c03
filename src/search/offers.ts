/** Filters that plain words name: “videos in Arabic for primary school” offers type, language and level. */
import { Type, type Static } from 'typebox'
import type { Services } from '#kernel/context.ts'
import { facetNames, type FacetName } from '#records/facets.ts'
import { findStrict } from './find.ts'
import type { SearchInput } from './input.ts'
import type { Lexicon } from './query/lexicon.ts'
import { namedValues } from './query/named-values.ts'
import type { ValueNames } from '#records/value-names.ts'

export const Offer = Type.Object({
  filters: Type.Array(
    Type.Object({
      facet: Type.String(),
      value: Type.String(),
      typed: Type.String({ description: 'The words that name the value' }),
    }),
  ),
  q: Type.String({ description: 'The words without them' }),
  total: Type.Integer({ description: 'How many would be found with the filters instead of the words' }),
})
export type Offer = Static<typeof Offer>

type Named = { facet: FacetName; value: string; typed: string; rest: string }

const mostNamed = 4
const longestNamed = 200
/** Who writes a sentence means its words; and each offer is a question of its own. */
const mostWords = 8

/** All filters that the words name together, then each by itself, with what is left when all are taken out. */
export async function offersFor(services: Services, input: SearchInput): Promise<Offer[]> {
  const { q, languages = [] } = input
  const isSentence = q.length > longestNamed || q.trim().split(/\s+/).length > mostWords
  if (isSentence || /["“”«»]/.test(q)) return []
  const { lexicon } = await services.knowledge.concepts()
  const readers = { lexicon, names: services.knowledge.names, languages }
  const isNew = ({ facet, value }: Named) => !input[facet]?.includes(value)
  const named = takenOut((text) => namedIn(readers, text), q)
    .map(([first]) => first!)
    .filter(isNew)
  const rest = named.at(-1)?.rest ?? q
  const offered = [...(named.length > 1 ? [named] : []), ...named.map((one) => [one])]
  const totals = await Promise.all(offered.map((filters) => countWith(services, input, filters, rest)))
  return offered
    .map((filters, i) => ({
      filters: filters.map(({ facet, value, typed }) => ({ facet, value, typed })),
      q: rest,
      total: totals[i]!,
    }))
    .filter(({ total }) => total > 0)
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
  const named = takenOut((text) => namedValues(lexicon, text, languages).filter(({ facet }) => facet === 'country'), q)
  const rest = named.at(-1)?.[0]!.rest ?? q
  const countries = new Set(named.flat().map(({ value }) => value))
  return [...countries].map((country) => ({ country, q: rest }))
}

type Readers = { lexicon: Lexicon; names: ValueNames; languages: string[] }

function namedIn({ lexicon, names, languages }: Readers, text: string): Named[] {
  return [...kindsNamed(names, text), ...namedValues(lexicon, text, languages)].filter((named): named is Named =>
    (facetNames as readonly string[]).includes(named.facet),
  )
}

/** One name after another taken out of the text, until it names no more: each with all that is called so. */
function takenOut<One extends { typed: string; rest: string }>(
  namedBy: (text: string) => readonly One[],
  text: string,
): One[][] {
  const taken: One[][] = []
  for (let rest = text; taken.length < mostNamed;) {
    const named = namedBy(rest)
    const [first] = named
    if (!first) break
    taken.push(named.filter(({ typed }) => typed === first.typed))
    rest = first.rest
  }
  return taken
}

async function countWith(services: Services, input: SearchInput, filters: readonly Named[], q: string) {
  const asked: SearchInput = { ...input, q, facets: [], limit: 0 }
  for (const { facet, value } of filters) asked[facet] = [...(asked[facet] ?? []), value]
  return (await findStrict(services, asked)).total
}

/** A word that is a kind's own name: “studies on tablets”. */
function kindsNamed(names: ValueNames, q: string) {
  const words = q.split(/\s+/).filter(Boolean)
  return words.flatMap((word, i) => {
    const kind = names.called('kind', word)
    return kind ? [{ facet: 'kind', value: kind, typed: word, rest: words.filter((_, at) => at !== i).join(' ') }] : []
  })
}
