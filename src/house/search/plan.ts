/** A parsed query laid over the segments: where each term lies in each, how rare it is, and what to do first. */
import { frequencyOf, findTerm, type Segment } from './segment.ts'
import type { Branch, Clause, ParsedQuery, Slot } from './contract.ts'
import type { FoundBranch, FoundClause, FoundSlot } from './match.ts'

type PlannedSlot = { offset: number; terms: { weight: number; places: Int32Array }[]; frequency: number }
type PlannedBranch = { weight: number; cost: number } & ({ phrase: PlannedSlot[] } | { all: PlannedClause[] })
type PlannedClause = { any: PlannedBranch[]; cost: number }

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

function planBranch(branch: Branch, segments: Segment[], documents: number): PlannedBranch {
  const { weight } = branch
  if ('phrase' in branch) {
    const phrase = branch.phrase.map((slot) => planSlot(slot, segments, documents))
    return { weight, phrase, cost: Math.min(...phrase.map(({ frequency }) => frequency)) }
  }
  const all = branch.all.map((clause) => planClause(clause, segments, documents)).sort((a, b) => a.cost - b.cost)
  return { weight, all, cost: Math.min(...all.map(({ cost }) => cost)) }
}

function planClause(clause: Clause, segments: Segment[], documents: number): PlannedClause {
  const any = clause.any.map((branch) => planBranch(branch, segments, documents))
  return { any, cost: any.reduce((sum, { cost }) => sum + cost, 0) }
}

export function planQuery(query: ParsedQuery, segments: Segment[], documents: number): Plan {
  const planned = (clauses: Clause[]) => clauses.map((clause) => planClause(clause, segments, documents))
  return { required: planned(query.required).sort((a, b) => a.cost - b.cost), excluded: planned(query.excluded) }
}

/** What one segment has of a clause; null where it has nothing. */
export function clauseIn(clause: PlannedClause, segment: number): FoundClause | null {
  const any = clause.any.map((branch) => branchIn(branch, segment)).filter((branch) => branch !== null)
  return any.length > 0 ? { any } : null
}

function branchIn(branch: PlannedBranch, segment: number): FoundBranch | null {
  const { weight } = branch
  if ('phrase' in branch) {
    const phrase = branch.phrase.map((slot) => slotIn(slot, segment))
    return phrase.every(({ terms }) => terms.length > 0) ? { weight, phrase } : null
  }
  const all = branch.all.map((clause) => clauseIn(clause, segment))
  return all.every((clause) => clause !== null) ? { weight, all } : null
}

function slotIn({ offset, terms }: PlannedSlot, segment: number): FoundSlot {
  const found = terms.map(({ weight, places }) => ({ weight, term: places[segment]! }))
  return { offset, terms: found.filter(({ term }) => term >= 0) }
}
