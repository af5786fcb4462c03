/** A parsed query laid over the parts: where each term lies in each, what it is worth, and what to do first. */
import type { Branch, Clause, ParsedQuery, Slot } from '../contract.ts'
import { nameMark } from '../query/analysis.ts'
import { countOf, placeCount } from '../query/loosen.ts'
import type { FoundBranch, FoundClause, FoundShare, FoundSlot } from './match.ts'
import { livingWith, type Part } from './part.ts'
import { mostImpact, rarityOf, wholeWeight } from './score.ts'
import { placeOf } from './places.ts'

export type PlannedTerm = {
  term: string
  /** How many living documents have it. */
  frequency: number
  /** All weights on the way to it, and as the whole number that impacts are multiplied by. */
  weight: number
  whole: number
  /** Its place in each part, or -1. */
  places: Int32Array
}
export type PlannedSlot = { offset: number; terms: PlannedTerm[]; rarity: number; frequency: number; most: number }
/** `cost`: how many postings are read at most; `reach`: in about how many documents its most frequent forms are. */
export type PlannedBranch = { weight: number; way: number | undefined; cost: number; reach: number } & (
  { phrase: PlannedSlot[] } | { all: PlannedClause[] } | PlannedMost
)
/**
 * `needed`: the places of the clauses of which one at least may not be missing; none where none is found anywhere. `besidePlace`: those half of which will do
 * for what is of a place that is named; none where a place is no help.
 */
export type PlannedMost = { most: PlannedClause[]; worth: number[]; needed: number[]; besidePlace: number[] }
export type PlannedClause = {
  name: string
  any: PlannedBranch[]
  cost: number
  reach: number
  /** What its best branch would earn where each of its words said most about a document. */
  potential: number
  isCircumstance: boolean
  isGeneral: boolean
  isName: boolean
  isPlace: boolean
}

/** Clauses stand in the order in which they were typed. */
export type Plan = {
  required: PlannedClause[]
  optional: PlannedClause[]
  excluded: PlannedClause[]
  preferred: PlannedClause | null
  potential: number
}

/** What a query is laid over. */
type Corpus = { parts: Part[]; documents: number }
/** The places of the ways that a concept explains: what is found by these has a name. */
type Named = { isNamed?: (way: number) => boolean }

function planSlot({ offset, terms }: Slot, { parts, documents }: Corpus, carried: number): PlannedSlot {
  const found = terms.map(({ term, weight }) => {
    const places = Int32Array.from(parts, ({ segment }) => placeOf(segment, term))
    const frequency = parts.reduce((sum, part, i) => sum + (places[i]! < 0 ? 0 : livingWith(part, places[i]!)), 0)
    return { term, frequency, weight: carried * weight, places }
  })
  // The forms of one word share one rarity: else its rarest form would outweigh the word that was typed.
  const most = Math.max(...found.map(({ frequency }) => frequency))
  const rarity = rarityOf(documents, most)
  return {
    offset,
    terms: found.map((term) => ({ ...term, whole: wholeWeight(term.weight * rarity) })),
    rarity,
    most,
    frequency: found.reduce((sum, { frequency }) => sum + frequency, 0),
  }
}

function planBranch(branch: Branch, runtime: Corpus & Named, carried: number): PlannedBranch {
  const { way } = branch
  const weight = carried * branch.weight
  if ('phrase' in branch) {
    const phrase = branch.phrase.map((slot) => planSlot(slot, runtime, weight))
    const cost = Math.min(...phrase.map(({ frequency }) => frequency))
    const reach = togetherIn(
      phrase.map(({ most }) => most),
      runtime,
    )
    return { weight, way, phrase, cost, reach }
  }
  if ('most' in branch) {
    const most = branch.most.map((clause) => planClause(clause, runtime, weight))
    const { needed, besidePlace } = rarestOf(most, runtime)
    const leading = most.filter(({ isPlace }, at) => needed.includes(at) || (isPlace && besidePlace.length > 0))
    const cost = leading.reduce((sum, clause) => sum + clause.cost, 0)
    const reach = Math.max(0, ...needed.map((at) => most[at]!.reach))
    const planned = { weight, way, most, worth: branch.worth, needed, besidePlace, cost, reach }
    return { ...planned, worth: branch.worth.slice(0, mostMissed(planned) + 1) }
  }
  const all = branch.all.map((clause) => planClause(clause, runtime, weight))
  const cost = Math.min(...all.map((clause) => clause.cost))
  const reach = togetherIn(
    all.map((clause) => clause.reach),
    runtime,
  )
  return { weight, way, all, cost, reach }
}

/**
 * In about how many documents words are together: fewer than the rarest of them is in, and more than if chance alone brought them together; between the
 * two in the middle, as they multiply. So “used computers” is rarer than “electronic”, though many records have “used”, and many “computers”.
 */
function togetherIn(reaches: readonly number[], { documents }: Corpus): number {
  const [rarest = 0, ...others] = reaches.toSorted((a, b) => a - b)
  return others.reduce((sum, reach) => sum * Math.sqrt(reach / Math.max(1, documents)), rarest)
}

/** Of two topics one of which is in at most so many times the records of the other, neither is rarer: figures this near are chance. */
const asRare = 2.5
/** What fewer records than this have may be a word misread: then the next topic will do. */
const hardlyKnown = 3
/** The share of all records from which a topic is broad. */
const broad = 0.02
const leastBroad = 200

/**
 * The place of the rarest clause that is found at all, the first of equals. Words that have other names are looked at
 * first: a word that has none may be rare only because few records are in its language. So are those that are no
 * circumstance: sign language elsewhere is nearer to “Moroccan sign language” than something else in Morocco, and tablets
 * that worked to “failed tablets” than what else has failed. Before all stands what is written as a name: who asks how to teach with
 * Scratch asks for nothing without it. Topics that are about as rare stand beside one another: whether gamification motivates is told by what is
 * on gamification, though fewer records happen to have “motivation”. Where no topic is known, what nothing else is called still tells more than
 * how or where: “interactive activities with H5P” are of H5P.
 */
function rarestOf(
  clauses: PlannedClause[],
  { isNamed = () => false, documents }: Corpus & Named,
): Pick<PlannedMost, 'needed' | 'besidePlace'> {
  const found = clauses.filter(({ reach }) => reach > 0)
  const names = found.filter(({ isName }) => isName)
  const telling = found.filter(({ isGeneral }) => !isGeneral)
  const named = telling.filter(({ any }) => any.some(({ way }) => way !== undefined && isNamed(way)))
  const isUnknown = ({ reach, isGeneral, isCircumstance }: PlannedClause) =>
    reach === 0 && !isGeneral && !isCircumstance
  const isTopic = ({ isCircumstance }: PlannedClause) => !isCircumstance
  // Where a word is in no record, what nearly all else is of says nothing of it: what is in schools is not near to “metaverse at school”.
  const most = clauses.some(isUnknown) ? Math.max(documents * broad, leastBroad) : Infinity
  const isTold = (one: PlannedClause) => isTopic(one) && one.reach <= most
  const topics = named.filter(isTold)
  const plain = telling.filter(isTold)
  const choices = most < Infinity ? [names, topics, plain] : [names, topics, plain, named, telling, found]
  const asked = choices.find((some) => some.length > 0) ?? []
  const [rarest, ...others] = asked.toSorted((a, b) => a.reach - b.reach)
  if (!rarest) return { needed: [], besidePlace: [] }
  const about = Math.max(rarest.reach * asRare, rarest.reach < hardlyKnown ? (others[0]?.reach ?? 0) : 0)
  const isAlike = asked === topics || (asked === plain && rarest.reach < hardlyKnown)
  const alike = isAlike ? others.filter(({ reach }) => reach <= about) : []
  const placesOf = (some: readonly PlannedClause[]) => some.map((clause) => clauses.indexOf(clause))
  const isOfPlace = (asked === topics || asked === plain) && found.some(({ isPlace }) => isPlace)
  return {
    needed: placesOf([rarest, ...alike]),
    besidePlace: isOfPlace ? placesOf(found.filter(({ isPlace }) => !isPlace)) : [],
  }
}

function planClause(
  { name, any, isCircumstance = false, isGeneral = false, isName = false, isPlace = false }: Clause,
  runtime: Corpus & Named,
  carried = 1,
): PlannedClause {
  const planned = any.map((branch) => planBranch(branch, runtime, carried))
  const cost = planned.reduce((sum, branch) => sum + branch.cost, 0)
  const potential = Math.max(0, ...planned.map(potentialOf))
  return {
    name,
    any: planned,
    potential,
    cost,
    reach: Math.max(0, ...planned.map(({ reach }) => reach)),
    isCircumstance,
    isGeneral,
    isName: isName || isCalledSo(planned, runtime),
    isPlace,
  }
}

/**
 * Whether it is one word that no concept explains and that a record is called, in capitals or small. Where its other forms are more frequent it
 * is a word as others are: there is a platform called “Restore”.
 */
function isCalledSo(any: readonly PlannedBranch[], { parts, isNamed = () => false }: Corpus & Named): boolean {
  const [typed] = any
  if (!typed || !('phrase' in typed) || typed.phrase.length !== 1 || typed.way !== undefined) return false
  if (any.some(({ way }) => way !== undefined && isNamed(way))) return false
  const { terms, most } = typed.phrase[0]!
  const [surface] = terms
  if (!surface || surface.frequency < most) return false
  return parts.some(({ segment }) => placeOf(segment, nameMark + surface.term) >= 0)
}

const sumOf = (clauses: readonly PlannedClause[]) => clauses.reduce((sum, { potential }) => sum + potential, 0)

function potentialOf(branch: PlannedBranch): number {
  if (branch.reach === 0) return 0
  if ('phrase' in branch)
    return branch.phrase.reduce(
      (sum, { terms }) => sum + Math.max(0, ...terms.map(({ whole }) => whole)) * mostImpact,
      0,
    )
  return sumOf('most' in branch ? branch.most : branch.all)
}

export function planQuery(query: ParsedQuery, over: Corpus): Plan {
  const runtime = { ...over, isNamed: (way: number) => query.ways[way]?.concept !== undefined }
  const required = query.required.map((clause) => planClause(clause, runtime))
  return {
    required,
    optional: [],
    potential: sumOf(required),
    excluded: query.excluded.map((clause) => planClause(clause, runtime)),
    preferred: query.preferred ? planClause(query.preferred, runtime) : null,
  }
}

export const maySpare = ({ required }: Plan): boolean => required.some(({ isGeneral }) => isGeneral)

/** The same plan by which what is general need not be found, and adds to what a document earns. */
export const sparing = (plan: Plan): Plan => ({
  ...plan,
  required: plan.required.filter(({ isGeneral }) => !isGeneral),
  optional: plan.required.filter(({ isGeneral }) => isGeneral),
})

/** A slot that the index need not hold, by the terms any of which may stand there. */
export const planWord = (slot: Slot, parts: Part[], documents: number) => planSlot(slot, { parts, documents }, 1)

const rarestFirst = (clauses: PlannedClause[]) => clauses.toSorted((a, b) => a.cost - b.cost)

/** What one part has of clauses that must all be found, rarest first; null where it lacks one. */
export function clausesIn(clauses: PlannedClause[], part: number): FoundClause[] | null {
  const found = rarestFirst(clauses).map((clause) => clauseIn(clause, part))
  return found.every((clause) => clause !== null) ? found : null
}

/** What one part has of a clause; null where it has nothing. */
export function clauseIn(clause: PlannedClause, part: number): FoundClause | null {
  const any = clause.any.map((branch) => branchIn(branch, part)).filter((branch) => branch !== null)
  return any.length > 0 ? { any } : null
}

function branchIn(branch: PlannedBranch, part: number): FoundBranch | null {
  if ('phrase' in branch) {
    const phrase = branch.phrase.map((slot) => slotIn(slot, part))
    return phrase.every(({ terms }) => terms.length > 0) ? { phrase } : null
  }
  if ('most' in branch) return mostIn(branch, part)
  const all = clausesIn(branch.all, part)
  return all && { all }
}

/** As how many words a clause is missed; what is general is missed for nothing. Where a place would do, the rarest topic is missed as the place is. */
export function countIn({ most, needed, besidePlace }: PlannedMost, at: number): number {
  if (needed.includes(at)) return besidePlace.length > 0 ? placeCount : 1
  return most[at]!.isGeneral ? 0 : countOf(most[at]!)
}

const sumOfCounts = (branch: PlannedMost, isWanted: (at: number) => boolean) =>
  branch.most.reduce((sum, _, at) => sum + (isWanted(at) ? countIn(branch, at) : 0), 0)

/** More than a quarter must be held of what is in any record: one on tablets is not near to “underwater basket weaving tablets”. */
const leastHeld = (told: number): number => Math.floor(told / 4) + 1

/** As how many words may be missed at most; what no record has is always. */
function mostMissed(branch: PlannedMost): number {
  const unknown = sumOfCounts(branch, (at) => branch.most[at]!.reach === 0)
  const told = sumOfCounts(branch, (at) => branch.most[at]!.reach > 0)
  return unknown + told - leastHeld(told)
}

const enoughBeside = ({ besidePlace }: PlannedMost): number => Math.ceil(besidePlace.length / 2)

/** What is left of the score of what has some of the clauses; undefined where that is too little. */
export function shareOf(branch: PlannedMost, has: (at: number) => boolean): number | undefined {
  const { most, worth, needed, besidePlace } = branch
  const isOfPlace = besidePlace.length > 0 && most.some(({ isPlace }, at) => isPlace && has(at))
  const isNear = needed.some(has) || (isOfPlace && besidePlace.filter(has).length >= enoughBeside(branch))
  return isNear ? worth[sumOfCounts(branch, (at) => !has(at))] : undefined
}

const roleIn = (branch: PlannedMost, at: number): Omit<FoundShare, 'clause'> => ({
  count: countIn(branch, at),
  isNeeded: branch.needed.includes(at),
  isPlace: branch.besidePlace.length > 0 && branch.most[at]!.isPlace,
  isBeside: branch.besidePlace.includes(at),
})

/** What the part lacks is missing in all of its documents. */
function mostIn(branch: PlannedMost, part: number): FoundBranch | null {
  const { most, worth } = branch
  const here = most.map((clause) => clauseIn(clause, part))
  const clauses = here.flatMap((clause, at): FoundShare[] => (clause ? [{ clause, ...roleIn(branch, at) }] : []))
  const left = worth.slice(sumOfCounts(branch, (at) => here[at] === null))
  const isPossible = clauses.some(({ isNeeded, isPlace }) => isNeeded || isPlace)
  return isPossible && left.length > 0 ? { most: clauses, worth: left, enoughBeside: enoughBeside(branch) } : null
}

export function slotIn({ offset, terms }: PlannedSlot, part: number): FoundSlot {
  const found = terms.map(({ whole, places }) => ({ weight: whole, term: places[part]! }))
  return { offset, terms: found.filter(({ term }) => term >= 0) }
}
