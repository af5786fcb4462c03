/** What is like a record, kept until the record or enough of the node has changed to make another answer likely. */
import type { SearchIndex, SimilarHit } from './contract.ts'
import { boundedCache, type BoundedCache } from '#kernel/bounded-cache.ts'

const mostKept = 4_000
/** One change among so many documents seldom brings or takes what stands among the few that are most alike. */
const documentsForOneChange = 500

type Remembered = { revision: number; seq: number; hits: SimilarHit[] }
type SimilarRequest = { id: string; revision: number; limit: number }

const kept = new WeakMap<SearchIndex, BoundedCache<Remembered>>()

function cacheOf(index: SearchIndex): BoundedCache<Remembered> {
  let cache = kept.get(index)
  if (!cache) kept.set(index, (cache = boundedCache(mostKept)))
  return cache
}

/** @param look works it out anew, which takes milliseconds for a long text. */
export async function rememberedSimilar(
  index: SearchIndex,
  { id, revision, limit }: SimilarRequest,
  look: () => Promise<SimilarHit[]>,
): Promise<SimilarHit[]> {
  const cache = cacheOf(index)
  const key = `${limit}:${id}`
  const known = cache.get(key)
  const changesAllowed = Math.floor(index.memory().documents / documentsForOneChange)
  if (known && known.revision === revision && index.seq - known.seq <= changesAllowed) return known.hits
  const seq = index.seq
  const hits = await look()
  cache.set(key, { revision, seq, hits })
  return hits
}
