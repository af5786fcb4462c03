/** From a question to an answer: understood, asked of the index, widened when little is found. */
import type { Services } from '#kernel/context.ts'
import { Problem } from '#kernel/problem.ts'
import { concept } from '#records/vocabularies/concept.ts'
import { SearchKeyError, type ParsedQuery, type SearchAnswer, type SearchHit, type SearchRequest } from './contract.ts'
import type { Nearness } from './embeddings/meaning.ts'
import { amongEquals, askMeaning, withNearMeaning } from './embeddings/near.ts'
import { filtersOf, toRequest, type SearchInput } from './input.ts'
import { longestQuery } from './query/query.ts'
import { asksForNumber } from './query/frames.ts'
import { understand, type Understood } from './query/understand.ts'

/** With fewer finds than this, what is near is told after them. */
export const few = 20
/** More near results than this would be noise. */
const mostNear = 10

/** `near`: what lacks some of what was asked, after all that lacks nothing; its ways are among those of the answer. */
export type FoundNumbers = SearchAnswer & { near: SearchHit[]; withoutMeaning?: true }

const nothingFound: FoundNumbers = {
  total: 0,
  works: 0,
  hits: [],
  next: null,
  facets: {},
  totalWithout: {},
  totalWithoutClause: [],
  words: [],
  ways: [],
  near: [],
}

/** So many of each kind are shown where the question is vague. */
export const inGroup = 3
const longestVague = 100

/**
 * A short question without a filter, or filters alone: which kind is meant may have to be asked. Without words the kind
 * that is most prominent would hide the others.
 */
const mayBeVague = (input: SearchInput): boolean =>
  (input.assist || input.limit > 0) &&
  input.q.length <= longestVague &&
  input.sort === 'relevance' &&
  input.after === undefined &&
  // Who asks how many asks for a kind already.
  !asksForNumber(input.q) &&
  (input.q.trim() === ''
    ? !input.kind?.length && !input.linked?.length && input.limit > 0
    : Object.keys(filtersOf(input)).length === 0)

const hasWords = ({ required, excluded }: ParsedQuery) => required.length + excluded.length > 0

/** A question with what the node knows of its words, unless only what was typed counts. */
export async function understandFor({ knowledge }: Services, input: SearchInput): Promise<Understood> {
  const { q, exact, languages = [], language: chosen = [] } = input
  if (exact || !q.trim()) return understand(q, languages, { exact })
  const { lexicon, understood } = await knowledge.concepts()
  // One page asks the same words several times: of each kind, without a filter, for the next page.
  const key = JSON.stringify([languages, chosen, q.slice(0, longestQuery)])
  const known = understood.get(key)
  if (known) return known
  const { query, widened } = understand(q, languages, { lexicon, chosen })
  const kept = { query, widened: once(widened) }
  understood.set(key, kept)
  return kept
}

function once<Value extends object>(make: () => Value): () => Value {
  let made: Value | undefined
  return () => (made ??= make())
}

/** What holds all that was asked, and where that is little, what comes near. @throws Problem badPageKey */
export async function find(services: Services, input: SearchInput): Promise<FoundNumbers> {
  const more = mayBeVague(input) ? { firstOf: { facet: 'kind', each: inGroup } } : {}
  const [strict, nearness] = await Promise.all([findStrict(services, input, more), askMeaning(services, input)])
  const found = inOrderOfMeaning(input, strict, nearness)
  return mayBeNear(input, found) ? withNear(services, input, found, nearness) : found
}

function inOrderOfMeaning(
  { sort }: SearchInput,
  found: FoundNumbers,
  nearness: Nearness | null | undefined,
): FoundNumbers {
  if (nearness === undefined) return found
  if (nearness === null) return { ...found, withoutMeaning: true }
  return sort === 'relevance' ? { ...found, hits: amongEquals(found.hits, nearness) } : found
}

/** What holds all that was asked. @throws Problem badPageKey */
export async function findStrict(
  services: Services,
  input: SearchInput,
  more: Pick<SearchRequest, 'firstOf'> = {},
): Promise<FoundNumbers> {
  const { query } = await understandFor(services, input)
  // Signs that are no words find nothing; without this they would find everything.
  if (input.q.trim() && !hasWords(query)) return nothingFound
  try {
    return { ...(await services.search.search({ ...toRequest(input, query), ...more })), near: [] }
  } catch (error) {
    if (error instanceof SearchKeyError) throw new Problem('badPageKey')
    throw error
  }
}

/** What is near stands after the last of what was found. */
const mayBeNear = ({ q, exact, limit }: SearchInput, { total, next, words }: SearchAnswer): boolean =>
  !exact && limit > 0 && q.trim() !== '' && words.length > 0 && total < few && next === null

/** A word of a thesaurus that is near to what was asked answers nobody. */
const withoutConcepts = ({ kind = [] }: SearchInput, request: SearchRequest): SearchRequest =>
  kind.length > 0
    ? request
    : { ...request, without: { ...request.without, kind: [...(request.without?.kind ?? []), concept.name] } }

async function withNear(
  services: Services,
  input: SearchInput,
  found: FoundNumbers,
  nearness: Nearness | null | undefined,
): Promise<FoundNumbers> {
  const first: SearchInput = { ...input, sort: 'relevance', after: undefined, facets: [], facetLimit: 0 }
  const { query, widened } = await understandFor(services, input)
  const isWhole = found.hits.length === found.total
  const all = isWhole ? found : await services.search.search(toRequest({ ...first, limit: few }, query))
  const wider = await services.search.search(
    withoutConcepts(input, toRequest({ ...first, limit: found.total + mostNear }, widened())),
  )
  const strict = new Set(all.hits.map(({ number }) => number))
  const near = wider.hits.filter(({ number }) => !strict.has(number)).slice(0, mostNear)
  const places = near.map((hit) => ({ ...hit, ways: hit.ways.map((way) => way + found.ways.length) }))
  const nearByWords = { ...found, ways: [...found.ways, ...wider.ways], near: places }
  if (!nearness) return nearByWords
  return withNearMeaning(services, { input, query, strict: all.hits, most: mostNear }, nearByWords, nearness)
}
