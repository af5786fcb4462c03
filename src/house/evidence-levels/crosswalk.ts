/**
 * From the grades of named schemes to the neutral ladder E0–E6. The table is data with a version of its own; a grade
 * maps to one level, or to two where the scheme does not tell them apart.
 */
import type { Misfit } from '#core/problem.ts'
import table from './crosswalk.json' with { type: 'json' }

export type Rating = { scheme: string; rating: string }
export type Row = Rating & { also?: string[]; from: string; to: string }
export type Crosswalk = { version: string; publishedOn: string; rows: readonly Row[] }

export const crosswalk: Crosswalk = table

const plain = (text: string) =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** The row for a grade as people write it; undefined where the table does not know it. */
export const rowFor = ({ scheme, rating }: Rating): Row | undefined =>
  crosswalk.rows.find(
    (row) => row.scheme === scheme && [row.rating, ...(row.also ?? [])].some((one) => plain(one) === plain(rating)),
  )

const rowsFor = (ratings: readonly Rating[]): Row[] => ratings.flatMap((rating) => rowFor(rating) ?? [])
const lowest = (levels: readonly string[]) => [...levels].sort()[0]
const highest = (levels: readonly string[]) => [...levels].sort().at(-1)

/**
 * What all grades agree on, and of that the lowest, so that nothing is claimed that a scheme does not say. Where they
 * do not agree, the lowest of any.
 */
export function levelFrom(ratings: readonly Rating[]): string | undefined {
  const rows = rowsFor(ratings)
  const [from, to] = [highest(rows.map((row) => row.from)), lowest(rows.map((row) => row.to))]
  if (from === undefined || to === undefined) return undefined
  return from <= to ? from : lowest(rows.map((row) => row.from))
}

type Graded = { ratings?: readonly Rating[]; evidenceLevel?: string; evidenceLevelReason?: unknown }

/** Fills in the level that the grades give, where none was said. */
export function withLevel<Body extends Graded>(body: Body): Body {
  const level = body.evidenceLevel ?? levelFrom(body.ratings ?? [])
  return level === undefined ? { ...body } : { ...body, evidenceLevel: level }
}

/** A level that none of the grades supports needs a reason. */
export function misfitsOfLevel({ evidenceLevel, evidenceLevelReason, ratings = [] }: Graded): Misfit[] {
  const rows = rowsFor(ratings)
  if (evidenceLevel === undefined || evidenceLevelReason !== undefined || rows.length === 0) return []
  if (rows.some(({ from, to }) => from <= evidenceLevel && evidenceLevel <= to)) return []
  const level = levelFrom(ratings)!
  return [{ place: 'evidenceLevelReason', rule: 'levelReason', values: { level } }]
}
