/**
 * One word alone may be a name of something so broad that a great part of all records have it: who asks for virtual labs, and for nothing else, does not
 * ask for each simulation. Beside other words the same name is welcome, since these narrow it.
 */
import type { Branch, ParsedQuery } from '../contract.ts'
import { documentsWith } from '../index/places.ts'
import { livingIn, type Part } from '../index/part.ts'
import { clausesOf } from './branch.ts'

/** More than this share of all records is no other name of what so many times fewer have as it was typed. */
const greatShare = 0.2
const timesMore = 30

/** In no more records than this is a branch found. */
function reachOf(branch: Branch, parts: readonly Part[]): number {
  if ('phrase' in branch)
    return Math.min(
      ...branch.phrase.map(({ terms }) => Math.max(...terms.map(({ term }) => documentsWith(term, parts)))),
    )
  return Math.min(...clausesOf(branch).map(({ any }) => Math.max(...any.map((one) => reachOf(one, parts)))))
}

/** A question of one clause without other names of it that are found nearly everywhere. */
export function withoutBroadNames(query: ParsedQuery, parts: readonly Part[]): ParsedQuery {
  const [clause, ...others] = query.required
  if (!clause || others.length > 0 || clause.any.length === 1) return query
  const isName = ({ way }: Branch) => way !== undefined && query.ways[way]?.concept !== undefined
  const typed = Math.max(0, ...clause.any.filter((one) => !isName(one)).map((one) => reachOf(one, parts)))
  const most = parts.reduce((sum, part) => sum + livingIn(part), 0) * greatShare
  if (typed === 0) return query
  const any = clause.any.filter((one) => {
    if (!isName(one)) return true
    const reach = reachOf(one, parts)
    return reach <= most || reach <= typed * timesMore
  })
  return { ...query, required: [{ ...clause, any }] }
}
