/**
 * A word that was not typed may be rarer than the one that was, and would then count for more: few records speak of
 * “Bildung” where many speak of education. What it earns is held to what the typed word would.
 */
import type { Branch, Clause, ParsedQuery, Slot, Way } from '../contract.ts'
import { clausesOf, withClauses } from './branch.ts'
import { documentsWith } from '../index/places.ts'
import { livingIn, type Part } from '../index/part.ts'

type Rarity = (slot: Slot) => number

/** What the words of a branch are worth together by their rarity; nothing can be said of words that are nowhere. */
function worthOf(branch: Branch, rarity: Rarity): number | null {
  const worths =
    'phrase' in branch
      ? branch.phrase.map(rarity)
      : clausesOf(branch).map(({ any }) => worthOf(any[0]!, rarity) ?? Infinity)
  const sum = worths.reduce((all, worth) => all + worth, 0)
  return Number.isFinite(sum) && sum > 0 ? sum : null
}

function balancedClause(clause: Clause, ways: Way[], rarity: Rarity): Clause {
  const any = clause.any.map((branch) => withClauses(branch, (inner) => balancedClause(inner, ways, rarity)))
  const typed = clause.any.length > 1 && clause.any[0]!.way === undefined ? worthOf(clause.any[0]!, rarity) : null
  if (typed === null) return { ...clause, any }
  const held = any.map((branch) => {
    // Slips and beginnings stand for a word that is hardly there: it cannot hold them to anything.
    if (branch.way === undefined || ways[branch.way]?.concept === undefined) return branch
    const worth = worthOf(branch, rarity)
    return worth === null || worth <= typed ? branch : { ...branch, weight: (branch.weight * typed) / worth }
  })
  return { ...clause, any: held }
}

/** Lowers the weights of names that were not typed and whose words are rarer than those that were. */
export function balanced(query: ParsedQuery, parts: readonly Part[]): ParsedQuery {
  if (!query.ways.some(({ concept }) => concept !== undefined)) return query
  const documents = parts.reduce((sum, part) => sum + livingIn(part), 0)
  const known = new Map<string, number>()
  const frequency = (term: string) => {
    let count = known.get(term)
    if (count === undefined) known.set(term, (count = documentsWith(term, parts)))
    return count
  }
  const rarity = ({ terms }: Slot) => {
    const most = Math.max(...terms.map(({ term }) => frequency(term)))
    return most === 0 ? Infinity : Math.log(1 + (Math.max(documents - most, 0) + 0.5) / (most + 0.5))
  }
  return { ...query, required: query.required.map((clause) => balancedClause(clause, query.ways, rarity)) }
}
