/** What nearness of meaning adds to an answer: a place among equals, and what is near though it lacks the words. */
import type { Services } from '#kernel/context.ts'
import { foundNumber, type ParsedQuery, type SearchHit, type Way } from '../contract.ts'
import type { FoundNumbers } from '../find.ts'
import { toRequest, type SearchInput } from '../input.ts'
import type { Nearness } from './meaning.ts'

/** Hits that score no less than this share of the first of them count as equals. */
const alike = 0.98
/** The usual constant of reciprocal rank fusion: the first place in one list does not outweigh both lists together. */
const rankOffset = 60

/** Begun before the words are looked for, so that both go on at once; undefined where it is not to be asked. */
export function askMeaning(
  { meaning }: Services,
  { q, exact, limit }: SearchInput,
): Promise<Nearness | null> | undefined {
  const question = q
    .replaceAll(/(^|\s)-\S+/gu, ' ')
    .replaceAll('"', ' ')
    .trim()
  return exact || limit === 0 || question === '' ? undefined : meaning?.near(question)
}

/** How near one record is, for the account of its place. */
export async function likenessOf(
  services: Services,
  input: SearchInput,
  number: number,
): Promise<{ likeness?: number }> {
  const likeness = (await askMeaning(services, input))?.likeness(number)
  return likeness === undefined ? {} : { likeness }
}

/** Equals in the order of their nearness. They stay on their page, so that the key of the next one holds. */
export function amongEquals(hits: readonly SearchHit[], { likeness }: Nearness): SearchHit[] {
  const ordered: SearchHit[] = []
  for (let from = 0; from < hits.length;) {
    const least = hits[from]!.score * alike
    const end = hits.findIndex(({ score }, at) => at > from && score < least)
    const to = end < 0 ? hits.length : end
    const equals = hits.slice(from, to).map((hit) => ({ hit, likeness: likeness(foundNumber(hit)) ?? 0 }))
    ordered.push(...equals.sort((a, b) => b.likeness - a.likeness).map(({ hit }) => hit))
    from = to
  }
  return ordered
}

/**
 * What is near by its words and what is near in meaning, in one list of so many: first what both bring. Filters and
 * excluded words hold for all of it.
 */
export async function withNearMeaning(
  services: Services,
  {
    input,
    query,
    strict,
    most,
  }: { input: SearchInput; query: ParsedQuery; strict: readonly SearchHit[]; most: number },
  found: FoundNumbers,
  { nearest }: Nearness,
): Promise<FoundNumbers> {
  if (nearest.length === 0) return found
  const anyWords: ParsedQuery = { required: [], excluded: query.excluded, words: [], ways: [] }
  const first: SearchInput = { ...input, sort: 'newest', after: undefined, facets: [], facetLimit: 0 }
  const { hits } = await services.search.search({
    ...toRequest({ ...first, limit: nearest.length }, anyWords),
    among: nearest.toSorted((a, b) => a - b),
  })
  const byNumber = new Map(hits.map((hit) => [foundNumber(hit), hit]))
  const known = new Set(strict.map(workOf))
  const byMeaning = nearest.flatMap((number) => byNumber.get(number) ?? []).filter((hit) => !known.has(workOf(hit)))
  if (byMeaning.length === 0) return found
  const way: Way = { kind: 'meaning', typed: input.q, words: input.q }
  const place = found.ways.length
  return { ...found, ways: [...found.ways, way], near: fused(found.near, byMeaning, place).slice(0, most) }
}

/** Editions of one work are one result, whichever of them is found by what. */
const workOf = ({ number, editions }: SearchHit): string => editions?.link ?? String(number)

function fused(byWords: readonly SearchHit[], byMeaning: readonly SearchHit[], way: number): SearchHit[] {
  const near = new Map(byWords.map((hit, rank) => [workOf(hit), { hit, worth: 1 / (rankOffset + rank) }]))
  byMeaning.forEach((hit, rank) => {
    const worth = 1 / (rankOffset + rank)
    const known = near.get(workOf(hit))
    const both = known?.hit ?? { ...hit, ways: [], lacks: [] }
    near.set(workOf(hit), { hit: { ...both, ways: [...both.ways, way] }, worth: worth + (known?.worth ?? 0) })
  })
  return [...near.values()].sort((a, b) => b.worth - a.worth).map(({ hit }) => hit)
}
