/** One document beside a query: what it earns by each clause, by which branch, and why. */
import type { ExplainedBranch, ExplainedTerm, Explanation, ParsedQuery } from '../contract.ts'
import type { Part } from './part.ts'
import type { Plan, PlannedBranch, PlannedClause, PlannedSlot, PlannedTerm } from './plan.ts'
import { advance, impactAt, openCursor, positionList, readPositions } from './postings.ts'
import { scoreUnit } from './score.ts'
import type { Segment } from './segment.ts'

/** A document and the place of its part. */
type Place = { segment: Segment; part: number; doc: number }

type ProvenTerm = { planned: PlannedTerm; rarity: number; impact: number; score: number }
type Proven = { branch: PlannedBranch; score: number; terms: ProvenTerm[]; ways: number[] }
/** `best`: the branch that earns most, the first of equals. */
type ProvenClause = { clause: PlannedClause; branches: Proven[]; best: Proven }

function proveTerm(planned: PlannedTerm, rarity: number, offset: number, { segment, part, doc }: Place) {
  const starts = positionList()
  const proven = { planned, rarity, impact: 0, score: 0, starts }
  const term = planned.places[part]!
  if (term < 0) return proven
  const cursor = openCursor(segment, term)
  if (advance(cursor, doc) !== doc) return proven
  readPositions(cursor, starts, offset)
  proven.impact = impactAt(cursor)
  proven.score = proven.impact * planned.whole
  return proven
}

/** The term of each slot that earns most, where all slots stand in their places. */
function provePhrase(phrase: PlannedSlot[], place: Place): ProvenTerm[] | null {
  const slots = phrase.map(({ offset, terms, rarity }) => {
    const proven = terms.map((term) => proveTerm(term, rarity, offset, place))
    const starts = new Set(proven.flatMap(({ starts: { at, length } }) => [...at.subarray(0, length)]))
    return { starts, best: proven.reduce((best, term) => (term.score > best.score ? term : best)) }
  })
  const [first, ...rest] = slots
  const stands = [...first!.starts].some((start) => rest.every(({ starts }) => starts.has(start)))
  return stands ? slots.map(({ best }) => best) : null
}

function proveBranch(branch: PlannedBranch, place: Place): Proven | null {
  const own = branch.way === undefined ? [] : [branch.way]
  if ('phrase' in branch) {
    const terms = provePhrase(branch.phrase, place)
    return terms && { branch, score: terms.reduce((sum, { score }) => sum + score, 0), terms, ways: own }
  }
  const all = branch.all.map((clause) => proveClause(clause, place))
  if (!all.every((clause) => clause !== null)) return null
  return {
    branch,
    score: all.reduce((sum, { best }) => sum + best.score, 0),
    terms: all.flatMap(({ best }) => best.terms),
    ways: [...own, ...all.flatMap(waysOfClause)],
  }
}

function proveClause(clause: PlannedClause, place: Place): ProvenClause | null {
  const branches = clause.any.map((branch) => proveBranch(branch, place)).filter((proven) => proven !== null)
  if (branches.length === 0) return null
  return { clause, branches, best: branches.reduce((best, one) => (one.score > best.score ? one : best)) }
}

/** None where the clause is found as it was typed. */
function waysOfClause({ branches, best }: ProvenClause): number[] {
  return branches.some(({ ways }) => ways.length === 0) ? [] : best.ways
}

/** Why a document is found by what was not typed: the places of these ways, in the order of the clauses. */
export function waysOf(plan: Plan, parts: Part[], part: number, doc: number): number[] {
  const place = { segment: parts[part]!.segment, part, doc }
  const proven = plan.required.map((clause) => proveClause(clause, place)).filter((clause) => clause !== null)
  return [...new Set(proven.flatMap(waysOfClause))]
}

function explainTerm({ planned, rarity, impact, score }: ProvenTerm): ExplainedTerm {
  const { term, frequency, weight } = planned
  return { term, documents: frequency, rarity, impact: impact / 256, weight, score: score / scoreUnit }
}

function explainBranch({ branch, score, terms }: Proven, counted: boolean): ExplainedBranch {
  return {
    ...(branch.way !== undefined && { way: branch.way }),
    weight: branch.weight,
    score: score / scoreUnit,
    counted,
    terms: terms.map(explainTerm),
  }
}

/** Where the score of a document comes from; null where the query does not find it. */
export function explainAt(
  query: ParsedQuery,
  plan: Plan,
  parts: Part[],
  { part, doc }: { part: number; doc: number },
): Explanation | null {
  const place = { segment: parts[part]!.segment, part, doc }
  if (plan.excluded.some((clause) => proveClause(clause, place))) return null
  const proven = plan.required.map((clause) => proveClause(clause, place))
  if (!proven.every((clause) => clause !== null)) return null
  const clauses = proven.map(({ clause, branches, best }) => ({
    name: clause.name,
    score: best.score / scoreUnit,
    branches: branches.map((branch) => explainBranch(branch, branch === best)),
  }))
  return { score: clauses.reduce((sum, { score }) => sum + score, 0), clauses, ways: query.ways }
}
