/** One document beside a query: what it earns by each clause, by which branch, and why. */
import type { ExplainedBranch, ExplainedTerm, Explanation, ParsedQuery } from '../contract.ts'
import type { Part } from './part.ts'
import {
  countIn,
  shareOf,
  type Plan,
  type PlannedBranch,
  type PlannedClause,
  type PlannedMost,
  type PlannedSlot,
  type PlannedTerm,
} from './plan.ts'
import { advance, impactIn, openCursor, positionList, readPositions } from './postings.ts'
import { heldPreference, scoreUnit, wholeShare } from './score.ts'
import type { Segment } from './segment.ts'

/** A document and the place of its part. */
type Place = { segment: Segment; part: number; doc: number }

type ProvenTerm = { planned: PlannedTerm; rarity: number; impact: number; score: number }
/** `ways` and `lacks`: as a hit tells them. */
type Proven = { branch: PlannedBranch; score: number; terms: ProvenTerm[] } & Reasons
export type Reasons = { ways: number[]; lacks: string[] }
/** `best`: the branch that earns most, the first of equals. */
type ProvenClause = { clause: PlannedClause; branches: Proven[]; best: Proven }

function proveTerm(planned: PlannedTerm, rarity: number, { segment, part, doc }: Place): ProvenTerm {
  const term = planned.places[part]!
  const impact = term < 0 ? 0 : impactIn(segment, term, doc)
  return { planned, rarity, impact, score: impact * planned.whole }
}

function startsOf({ terms, offset }: PlannedSlot, { segment, part, doc }: Place): Set<number> {
  const starts = positionList()
  for (const { places } of terms) {
    if (places[part]! < 0) continue
    const cursor = openCursor(segment, places[part]!)
    if (advance(cursor, doc) === doc) readPositions(cursor, starts, offset)
  }
  return new Set(starts.at.subarray(0, starts.length))
}

function standTogether(phrase: PlannedSlot[], place: Place): boolean {
  const [first, ...rest] = phrase.map((slot) => startsOf(slot, place))
  return [...first!].some((start) => rest.every((starts) => starts.has(start)))
}

/** The term of each slot that earns most, where all slots stand in their places. */
function provePhrase(phrase: PlannedSlot[], place: Place): ProvenTerm[] | null {
  const found: ProvenTerm[] = []
  for (const { terms, rarity } of phrase) {
    const proven = terms.map((term) => proveTerm(term, rarity, place))
    const best = proven.reduce((most, term) => (term.score > most.score ? term : most))
    // Positions are read only of what has all the words: most of what was added is nowhere in a document.
    if (best.score === 0) return null
    found.push(best)
  }
  return phrase.length === 1 || standTogether(phrase, place) ? found : null
}

function proveBranch(branch: PlannedBranch, place: Place): Proven | null {
  const own = branch.way === undefined ? [] : [branch.way]
  if ('phrase' in branch) {
    const terms = provePhrase(branch.phrase, place)
    return terms && { branch, score: terms.reduce((sum, { score }) => sum + score, 0), terms, ways: own, lacks: [] }
  }
  if ('most' in branch) return proveMost(branch, place)
  const all = branch.all.map((clause) => proveClause(clause, place))
  if (!all.every((clause) => clause !== null)) return null
  return {
    branch,
    score: all.reduce((sum, { best }) => sum + best.score, 0),
    terms: all.flatMap(({ best }) => best.terms),
    ...joined(all.map(reasonsOfProven), own),
  }
}

const joined = (reasons: Reasons[], ways: number[], lacks: string[] = []): Reasons => ({
  ways: [...ways, ...reasons.flatMap((one) => one.ways)],
  lacks: [...lacks, ...reasons.flatMap((one) => one.lacks)],
})

/** What a term brings where some of the others are missing. */
const ofShare = ({ planned, ...term }: ProvenTerm, share: number): ProvenTerm => ({
  ...term,
  planned: { ...planned, weight: planned.weight * share },
  score: term.score * share,
})

function proveMost(branch: PlannedBranch & PlannedMost, place: Place): Proven | null {
  const { most, way } = branch
  const proven = most.map((clause) => proveClause(clause, place))
  const share = shareOf(branch, (at) => proven[at] !== null)
  if (share === undefined) return null
  const found = proven.filter((clause) => clause !== null)
  const missing = namesOfMissing(branch, proven)
  return {
    branch,
    score: wholeShare(
      found.reduce((sum, { best }) => sum + best.score, 0),
      share,
    ),
    terms: found.flatMap(({ best }) => best.terms.map((term) => ofShare(term, share))),
    ...joined(found.map(reasonsOfProven), way === undefined ? [] : [way], missing),
  }
}

const namesOfMissing = (branch: PlannedMost, found: unknown[]) =>
  branch.most.filter((_, at) => found[at] === null && countIn(branch, at) > 0).map(({ name }) => name)

function proveClause(clause: PlannedClause, place: Place): ProvenClause | null {
  const branches = clause.any.map((branch) => proveBranch(branch, place)).filter((proven) => proven !== null)
  if (branches.length === 0) return null
  return { clause, branches, best: branches.reduce((best, one) => (one.score > best.score ? one : best)) }
}

/** No ways where the clause is found as it was typed, and nothing is lacked that one branch has. */
const reasonsOfProven = ({ branches, best }: ProvenClause): Reasons => ({
  ways: branches.some(({ ways }) => ways.length === 0) ? [] : best.ways,
  lacks: branches.some(({ lacks }) => lacks.length === 0) ? [] : best.lacks,
})

/** Whether it is plain that a clause is found as typed; what else it is found by need then not be looked for. */
function isAsTyped({ any }: PlannedClause, place: Place): boolean {
  return any.some((branch) => {
    if (branch.way !== undefined) return false
    if ('phrase' in branch) return provePhrase(branch.phrase, place) !== null
    return ('most' in branch ? branch.most : branch.all).every((clause) => isAsTyped(clause, place))
  })
}

const asTyped: Reasons = { ways: [], lacks: [] }

/** As if it were proven, but without weighing branches where there is no choice; null where it is not found. */
function reasonsOfClause(clause: PlannedClause, place: Place): Reasons | null {
  if (isAsTyped(clause, place)) return asTyped
  const [branch, ...others] = clause.any
  if (branch && others.length === 0 && !('phrase' in branch)) return reasonsOfBranch(branch, place)
  const proven = proveClause(clause, place)
  return proven && reasonsOfProven(proven)
}

function reasonsOfBranch(branch: Exclude<PlannedBranch, { phrase: unknown }>, place: Place): Reasons | null {
  const clauses = 'most' in branch ? branch.most : branch.all
  const reasons = clauses.map((clause) => reasonsOfClause(clause, place))
  const found = reasons.filter((one) => one !== null)
  const isEnough =
    'most' in branch ? shareOf(branch, (at) => reasons[at] !== null) !== undefined : found.length === clauses.length
  if (found.length === 0 || !isEnough) return null
  const missing = 'most' in branch ? namesOfMissing(branch, reasons) : []
  return joined(found, branch.way === undefined ? [] : [branch.way], missing)
}

/** Why a document is found by what was not typed, and without what, in the order of the clauses. */
export function reasonsOf(plan: Plan, parts: Part[], part: number, doc: number): Reasons {
  const place = { segment: parts[part]!.segment, part, doc }
  const reasons = plan.required.map((clause) => reasonsOfClause(clause, place)).filter((one) => one !== null)
  const { ways, lacks } = joined(reasons, [])
  return { ways: [...new Set(ways)], lacks: [...new Set(lacks)] }
}

/** Whether a document has all that is required. */
export function isFoundAt(plan: Plan, parts: Part[], part: number, doc: number): boolean {
  const place = { segment: parts[part]!.segment, part, doc }
  return plan.required.every((clause) => reasonsOfClause(clause, place) !== null)
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

/** What a document earns by what is preferred; told beside the first word. */
function preferenceAt({ preferred, potential }: Plan, place: Place, byWords: number): ExplainedBranch | null {
  const proven = preferred && proveClause(preferred, place)
  if (!proven) return null
  const { branch, score, terms } = proven.best
  const share = heldPreference(score, byWords, potential) / score
  return explainBranch(
    { branch, score: score * share, terms: terms.map((term) => ofShare(term, share)), ways: [], lacks: [] },
    true,
  )
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
  const more = plan.optional.map((clause) => proveClause(clause, place)).filter((clause) => clause !== null)
  const clauses = [...proven, ...more].map(({ clause, branches, best }) => ({
    name: clause.name,
    score: best.score / scoreUnit,
    branches: branches.map((branch) => explainBranch(branch, branch === best)),
  }))
  const score = clauses.reduce((sum, one) => sum + one.score, 0)
  const preference = preferenceAt(plan, place, Math.round(score * scoreUnit))
  const [first, ...others] = clauses
  if (!preference || !first) return { score, clauses, ways: query.ways }
  const withFirst = { ...first, score: first.score + preference.score, branches: [...first.branches, preference] }
  return { score: score + preference.score, clauses: [withFirst, ...others], ways: query.ways }
}
