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
