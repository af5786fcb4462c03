/** A parsed query laid over the segments: where each term lies in each, how rare it is, and what to do first. */
import { frequencyOf, findTerm, type Segment } from './segment.ts'
import type { FoundClause, FoundSlot } from './match.ts'
import type { Clause, ParsedQuery, Slot } from './query.ts'

type PlannedSlot = { offset: number; terms: { weight: number; places: Int32Array }[]; frequency: number }
type PlannedClause = { any: PlannedSlot[][]; cost: number }

export type Plan = { required: PlannedClause[]; excluded: PlannedClause[] }

const encoder = new TextEncoder()
const greatestImpact = 255

/** As in BM25, and never below zero. */
const rarity = (documents: number, frequency: number) =>
  Math.log(1 + (Math.max(documents - frequency, 0) + 0.5) / (frequency + 0.5))

function planSlot(slot: Slot, segments: Segment[], documents: number): PlannedSlot {
  const found = slot.terms.map(({ term, weight }) => {
    const bytes = encoder.encode(term)
    const places = Int32Array.from(segments, (segment) => findTerm(segment, bytes))
    const frequency = segments.reduce(
      (sum, segment, i) => sum + (places[i]! < 0 ? 0 : frequencyOf(segment, places[i]!)),
      0,
    )
    return { weight, places, frequency }
  })
  // The forms of one word share one rarity: else its rarest form would outweigh the word that was typed.
  const share = rarity(documents, Math.max(...found.map(({ frequency }) => frequency))) / greatestImpact
  return {
    offset: slot.offset,
    terms: found.map(({ weight, places }) => ({ weight: weight * share, places })),
    frequency: found.reduce((sum, { frequency }) => sum + frequency, 0),
  }
}

function planClause(clause: Clause, segments: Segment[], documents: number): PlannedClause {
  const any = clause.any.map((phrase) => phrase.map((slot) => planSlot(slot, segments, documents)))
  const cost = any.reduce((sum, phrase) => sum + Math.min(...phrase.map(({ frequency }) => frequency)), 0)
  return { any, cost }
}

export function planQuery(query: ParsedQuery, segments: Segment[], documents: number): Plan {
  const planned = (clauses: Clause[]) => clauses.map((clause) => planClause(clause, segments, documents))
  return { required: planned(query.required).sort((a, b) => a.cost - b.cost), excluded: planned(query.excluded) }
}

/** What one segment has of a clause; null where it has nothing. */
export function clauseIn(clause: PlannedClause, segment: number): FoundClause | null {
  const any = clause.any
    .map((phrase) => phrase.map((slot) => slotIn(slot, segment)))
    .filter((phrase) => phrase.every(({ terms }) => terms.length > 0))
  return any.length > 0 ? { any } : null
}

function slotIn({ offset, terms }: PlannedSlot, segment: number): FoundSlot {
  const found = terms.map(({ weight, places }) => ({ weight, term: places[segment]! }))
  return { offset, terms: found.filter(({ term }) => term >= 0) }
}
