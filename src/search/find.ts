/** From a question to an answer: understood, asked of the index, widened when little is found. */
import type { Services } from '#kernel/context.ts'
import { Problem } from '#kernel/problem.ts'
import { SearchKeyError, type ParsedQuery, type SearchAnswer, type SearchRequest } from './contract.ts'
import { filtersOf, toRequest, type SearchInput } from './input.ts'
import { longestQuery } from './query/query.ts'
import { understand, type Understood } from './query/understand.ts'

/** With fewer finds than this in the whole house, most of the words, narrower and broader concepts will do too. */
export const few = 20

export type FoundNumbers = SearchAnswer & {
  /** The words were looked for more broadly, because few records of the house hold all of them. */
  broadened: boolean
  /** How many there are with all of the words, where the question was broadened. */
  strictTotal: number
}

const nothingFound: FoundNumbers = {
  total: 0,
  hits: [],
  next: null,
  facets: {},
  totalWithout: {},
  totalWithoutClause: [],
  words: [],
  ways: [],
  broadened: false,
  strictTotal: 0,
}

const hasWords = ({ required, excluded }: ParsedQuery) => required.length + excluded.length > 0

/** Whether to widen is for the words alone to say: else a filter would find what its count did not promise. */
const asWordsAlone = (input: SearchInput, query: ParsedQuery): SearchRequest =>
  toRequest({ q: input.q, exact: false, sort: 'relevance', limit: 0, facets: [], facetLimit: 0, assist: false }, query)

/** A question with what the house knows of its words, unless only what was typed counts. */
export async function understandFor({ knowledge }: Services, input: SearchInput): Promise<Understood> {
  const { q, exact, languages = [] } = input
  if (exact || !q.trim()) return understand(q, languages, { exact })
  const { lexicon, understood } = await knowledge.concepts()
  // One page asks the same words several times: of each kind, without a filter, for the next page.
  const key = JSON.stringify([languages, q.slice(0, longestQuery)])
  const known = understood.get(key)
  if (known) return known
  const { query, widened } = understand(q, languages, { lexicon })
  const kept = { query, widened: once(widened) }
  understood.set(key, kept)
  return kept
}

function once<Value extends object>(make: () => Value): () => Value {
  let made: Value | undefined
  return () => (made ??= make())
}

/** @throws Problem badPageKey */
export async function find(services: Services, input: SearchInput): Promise<FoundNumbers> {
  const { q, exact } = input
  const ask = (query: ParsedQuery) => services.search.search(toRequest(input, query))
  try {
    const { query, widened } = await understandFor(services, input)
    // Signs that are no words find nothing; without this they would find everything.
    if (q.trim() && !hasWords(query)) return nothingFound
    const found = await ask(query)
    const asFound = { ...found, broadened: false, strictTotal: found.total }
    if (exact || !q.trim() || found.total >= few) return asFound
    const ofWords = isNarrowed(input) ? (await services.search.search(asWordsAlone(input, query))).total : found.total
    if (ofWords >= few) return asFound
    const wider = await ask(widened())
    // Where filters leave as many, what there would be without them still goes by the wider question.
    const isWider = wider.total > found.total
    if (wider.total === 0 || (!isWider && !isNarrowed(input))) return asFound
    return { ...wider, broadened: isWider, strictTotal: found.total }
  } catch (error) {
    if (error instanceof SearchKeyError) throw new Problem('badPageKey')
    throw error
  }
}

const isNarrowed = (input: SearchInput): boolean =>
  Object.keys(filtersOf(input)).length > 0 ||
  (input.not?.length ?? 0) > 0 ||
  input.from !== undefined ||
  input.to !== undefined
