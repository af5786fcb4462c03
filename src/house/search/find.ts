/** From a question to an answer: understood, asked of the index, widened when little is found. */
import type { Services } from '#core/context.ts'
import { Problem } from '#core/problem.ts'
import { SearchKeyError, type ParsedQuery, type SearchAnswer } from './contract.ts'
import { toRequest, type SearchInput } from './input.ts'
import { boundedCache, type BoundedCache } from './words/bounded-cache.ts'
import type { Lexicon } from './words/lexicon.ts'
import { longestQuery } from './words/query.ts'
import { understand } from './words/understand.ts'

/** With fewer exact finds than this, narrower and broader concepts are looked for too. */
export const few = 10

export type FoundNumbers = SearchAnswer & { broadened: boolean }

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
}

const hasWords = ({ required, excluded }: ParsedQuery) => required.length + excluded.length > 0

/** The first page decides whether to widen; the key of a later page says what the first one did. */
const widenedMark = '~'

/** The clauses of a question, with what the house knows of its words unless only what was typed counts. */
export async function understandFor(
  { knowledge }: Services,
  input: SearchInput,
  broaden: boolean,
): Promise<ParsedQuery> {
  const { q, exact, languages = [] } = input
  if (exact || !q.trim()) return understand(q, languages, { exact })
  const { lexicon } = await knowledge.concepts()
  let kept = understood.get(lexicon)
  if (!kept) understood.set(lexicon, (kept = boundedCache(mostKept)))
  const key = JSON.stringify([q.slice(0, longestQuery), languages, broaden])
  let query = kept.get(key)
  if (!query) kept.set(key, (query = understand(q, languages, { lexicon, broaden })))
  return query
}

/** One page asks the same question several times: for its results, by kind, and for what almost matched. */
const understood = new WeakMap<Lexicon, BoundedCache<ParsedQuery>>()
const mostKept = 50

/**
 * `widen`: whether to look further where little is found; counts beside the results do not.
 * @throws Problem badPageKey
 */
export async function find(services: Services, input: SearchInput, { widen = true } = {}): Promise<FoundNumbers> {
  const { q, exact, after } = input
  const isWidened = after?.startsWith(widenedMark) ?? false
  const asked = { ...input, after: isWidened ? after!.slice(widenedMark.length) : after }
  const ask = async (query: ParsedQuery, broadened: boolean): Promise<FoundNumbers> => {
    const answer = await services.search.search(toRequest(asked, query))
    const next = answer.next && broadened ? widenedMark + answer.next : answer.next
    return { ...answer, next, broadened }
  }
  try {
    const query = await understandFor(services, input, isWidened)
    // Signs that are no words find nothing; without this they would find everything.
    if (q.trim() && !hasWords(query)) return nothingFound
    const found = await ask(query, isWidened)
    if (!widen || exact || !q.trim() || after !== undefined || found.total >= few) return found
    const wider = await ask(await understandFor(services, input, true), true)
    return wider.total > found.total ? wider : found
  } catch (error) {
    if (error instanceof SearchKeyError) throw new Problem('badPageKey')
    throw error
  }
}
