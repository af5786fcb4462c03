/** Words of the index that begin with some letters. */
import { nameMark, surfaceOf } from './analysis.ts'
import { lowered } from '#kernel/i18n/fold.ts'
import type { Part } from '../index/part.ts'
import {
  findTerm,
  firstTermFrom,
  frequencyOf,
  termBegins,
  termBytesAt,
  termCount,
  type Segment,
} from '../index/segment.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder()
/** A word that is frequent in all is among the first so many in at least one segment. */
const morePerSegment = 4

/** The terms of one segment that begin with these bytes, the most frequent first. */
export function mostFrequentIn(segment: Segment, prefix: Uint8Array, limit: number): number[] {
  let kept: number[] = []
  const byFrequency = (a: number, b: number) => frequencyOf(segment, b) - frequencyOf(segment, a) || a - b
  const terms = termCount(segment)
  for (let term = firstTermFrom(segment, prefix); term < terms && termBegins(segment, term, prefix); term++) {
    kept.push(term)
    if (kept.length >= 32 * limit) kept = kept.sort(byFrequency).slice(0, limit)
  }
  return kept.sort(byFrequency).slice(0, limit)
}

/** `names`: only words that are the name of a record. */
export function completeIn(parts: Part[], typed: string, limit: number, { names = false } = {}): string[] {
  const letters = surfaceOf(
    lowered(typed.slice(0, 200))
      .match(/[\p{L}\p{M}\p{N}']+$/u)?.[0]
      .replaceAll("'", '') ?? '',
  )
  if (letters === '' || !(limit >= 1)) return []
  const most = Math.min(Math.floor(limit), 100)
  const mark = names ? nameMark : ''
  const bytes = encoder.encode(mark + letters)
  const words = new Set(
    parts.flatMap(({ segment }) =>
      mostFrequentIn(segment, bytes, most * morePerSegment).map((term) => decoder.decode(termBytesAt(segment, term))),
    ),
  )
  return [...words]
    .map((word) => ({ word, frequency: frequencyIn(parts, encoder.encode(word)) }))
    .sort((a, b) => b.frequency - a.frequency || (a.word < b.word ? -1 : 1))
    .slice(0, most)
    .map(({ word }) => word.slice(mark.length))
}

function frequencyIn(parts: Part[], bytes: Uint8Array): number {
  return parts.reduce((sum, { segment }) => {
    const term = findTerm(segment, bytes)
    return term < 0 ? sum : sum + frequencyOf(segment, term)
  }, 0)
}
