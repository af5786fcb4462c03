/** Filters that plain words name: “videos in Arabic for primary school” offers type, language and level. */
import { Type, type Static } from 'typebox'
import type { Services } from '#core/context.ts'
import { facetNames, type FacetName } from './document.ts'
import { find } from './find.ts'
import type { SearchInput } from './input.ts'
import { namedValues } from './named-values.ts'

export const Offer = Type.Object({
  facet: Type.String(),
  value: Type.String(),
  typed: Type.String({ description: 'The words that name the value' }),
  q: Type.String({ description: 'The words without them' }),
  total: Type.Integer({ description: 'How many would be found with the filter instead of the words' }),
})
export type Offer = Static<typeof Offer>

const mostOffers = 4
const longestNamed = 200

export async function offersFor(services: Services, input: SearchInput): Promise<Offer[]> {
  const { q, languages = [] } = input
  if (q.length > longestNamed || /["“”«»]/.test(q)) return []
  const { lexicon } = await services.knowledge.current()
  const named = [...kindsNamed(services, q), ...namedValues(lexicon, q, languages)]
    .filter(({ facet, value }) => isFacet(facet) && !input[facet]?.includes(value))
    .slice(0, mostOffers)
  const totals = await Promise.all(
    named.map(({ facet, value, rest }) =>
      find(services, { ...input, q: rest, [facet]: [value], facets: [], limit: 0 }).then(({ total }) => total),
    ),
  )
  return named
    .map(({ facet, value, typed, rest }, i) => ({ facet, value, typed, q: rest, total: totals[i]! }))
    .filter(({ total }) => total > 0)
}

const isFacet = (name: string): name is FacetName => (facetNames as readonly string[]).includes(name)

/** A word that is a kind's own name: “studies on tablets”. */
function kindsNamed({ knowledge }: Services, q: string) {
  const words = q.split(/\s+/).filter(Boolean)
  return words.flatMap((word, i) => {
    const kind = knowledge.names.find('kind', word)
    return kind ? [{ facet: 'kind', value: kind, typed: word, rest: words.filter((_, at) => at !== i).join(' ') }] : []
  })
}
