/**
 * Records that a source tells in many rows. What one file says of such a record is added to what is held of it, never
 * put in its place. Every way of putting two values together gives the same in any order and any number of times.
 */
import { isDeepStrictEqual } from 'node:util'
import type { Body } from '../record.ts'

/**
 * How two values of a field become one: `all` values of both lists, sorted; `either` truth; the `largest` or `least`;
 * the `fullest` text or list, as its order says something; a list of words written as text, parted by a comma or
 * semicolon; `counted` elsewhere, and not kept; or entries named `by` a field of theirs, of which each is what was said last.
 */
export type Way =
  'all' | 'either' | 'largest' | 'least' | 'fullest' | 'commas' | 'semicolons' | 'counted' | { by: string }
/** The ways of the fields of a kind that are summed up; another field keeps what was said last. */
export type Sums = Readonly<Record<string, Way>>

const written = (value: unknown): string => JSON.stringify(sorted(value)) ?? ''

/** Fields in one order, whatever order a database keeps them in. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  )
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

function all(a: unknown[], b: unknown[]): unknown[] {
  const values = new Map([...a, ...b].map((value) => [written(value), value]))
  return [...values].sort(([one], [other]) => byText(one, other)).map(([, value]) => value)
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function byName(field: string, before: unknown, said: unknown): unknown {
  const named = [before, said].flatMap((value) => (Array.isArray(value) ? value : []))
  const entries = new Map(named.map((entry) => [String(isMap(entry) && entry[field]), entry]))
  return [...entries].sort(([one], [other]) => byText(one, other)).map(([, entry]) => entry)
}

const partsOf = (value: unknown, separator: string) => (typeof value === 'string' ? value.split(separator) : [])

/** Texts and lists by language are put together language by language. */
function together(way: Way, a: unknown, b: unknown): unknown {
  if (a === undefined || b === undefined) {
    const one = a ?? b
    return one === undefined || way === 'least' || way === 'largest' ? one : together(way, one, one)
  }
  if (typeof way === 'object') return byName(way.by, a, b)
  if (isMap(a) && isMap(b))
    return Object.fromEntries(Object.keys({ ...a, ...b }).map((key) => [key, together(way, a[key], b[key])]))
  switch (way) {
    case 'all':
      return Array.isArray(a) && Array.isArray(b) ? all(a, b) : b
    case 'either':
      return a === true || b === true
    case 'commas':
    case 'semicolons': {
      const separator = way === 'commas' ? ', ' : '; '
      return all(partsOf(a, separator), partsOf(b, separator)).join(separator)
    }
    case 'fullest':
      return fuller(a, b)
    case 'least':
    case 'largest':
      return (a as number) < (b as number) === (way === 'least') ? a : b
    case 'counted':
      return undefined
  }
}

function fuller(a: unknown, b: unknown): unknown {
  const length = (value: unknown) => (typeof value === 'string' || Array.isArray(value) ? value.length : 0)
  const difference = length(a) - length(b) || written(a).length - written(b).length
  if (difference !== 0) return difference > 0 ? a : b
  return written(a) <= written(b) ? a : b
}

/** What both say of a record. A field that only one of them has stays. */
export function summedUp(sums: Sums, before: Body, said: Body): Body {
  const body: Body = { ...said }
  for (const field of Object.keys({ ...said, ...before })) {
    const way = sums[field]
    const value = way ? together(way, before[field], said[field]) : (said[field] ?? before[field])
    if (value === undefined) delete body[field]
    else body[field] = value
  }
  return body
}

/** Whether two records say the same, in whatever order their fields stand. */
export const isSame = (a: object, b: object): boolean => isDeepStrictEqual(a, b)

const largeEnough = 400
const mostLost = 0.3

/** Whether a new reading of a record has lost most of what the one before held. */
export const losesMost = (before: Body, after: Body): boolean => {
  const size = JSON.stringify(before).length
  return size >= largeEnough && JSON.stringify(after).length < size * mostLost
}
