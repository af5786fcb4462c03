/**
 * Which parts to merge next. Small parts come together soon, because every part costs every search a little;
 * large ones wait for seven of their size, so that a document is copied only a few times in its life.
 */
import { livingIn, type Part } from './part.ts'

const smallDocuments = 512
const smallTogether = 4
const largeTogether = 8
/** A part that has lost so much is written anew. */
const mostDeleted = 0.3
/** Places in a part are 32-bit numbers. */
const mostBytes = 3_000_000_000

const tierOf = (part: Part) => Math.max(0, Math.floor(Math.log2(Math.max(1, livingIn(part)) / smallDocuments) / 3) + 1)

const postingBytes = ({ segment }: Part) => segment.positionBytes.length + segment.docBytes.length

/** The parts to make into one, or none. */
export function nextMerge(parts: Part[]): Part[] {
  const wasted = parts.find((part) => part.deletedCount > mostDeleted * part.segment.documents)
  if (wasted) return [wasted]
  const tiers = Map.groupBy(parts, tierOf)
  for (const tier of [...tiers.keys()].sort((a, b) => a - b)) {
    const together = tiers.get(tier)!
    const wanted = tier === 0 ? smallTogether : largeTogether
    const bytes = together.reduce((sum, part) => sum + postingBytes(part), 0)
    if (together.length >= wanted && bytes < mostBytes) return together
  }
  return []
}

/** To make a larger index one takes longer than what it saves is worth. */
const mostAtRest = 250_000
/** What stands beside the largest part is made one with it from this share of it on. */
const worthJoining = 0.1

/** The parts to make into one while nothing changes: of a small index all, so that each word is looked up but once. */
export function mergeAtRest(parts: Part[]): Part[] {
  const bySize = parts.toSorted((a, b) => livingIn(a) - livingIn(b))
  const largest = bySize.pop()
  const beside = bySize.reduce((sum, part) => sum + livingIn(part), 0)
  if (!largest || beside + livingIn(largest) > mostAtRest) return []
  if (beside >= worthJoining * livingIn(largest) && beside > 0) return parts
  return bySize.length > 1 ? bySize : []
}
