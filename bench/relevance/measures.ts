/** How good a list of answers is, by marks that were given to records beforehand. */

/** Marks from 0 (no answer) to 3 (just what was asked for), by record. */
export type Marks = ReadonlyMap<string, number>

const gain = (mark: number) => 2 ** mark - 1
const discounted = (marks: number[]) => marks.reduce((sum, mark, at) => sum + gain(mark) / Math.log2(at + 2), 0)

/** Normalised discounted cumulative gain: 1 where the best come first. A record without a mark counts as no answer. */
export function ndcg(found: string[], marks: Marks, depth: number): number {
  const best = discounted([...marks.values()].sort((a, b) => b - a).slice(0, depth))
  return best === 0 ? 0 : discounted(found.slice(0, depth).map((id) => marks.get(id) ?? 0)) / best
}

/** Which share of the good answers (marked 2 or 3) is found; of more than `depth`, as many as could be. */
export function recall(found: string[], marks: Marks, depth: number): number {
  const good = [...marks].filter(([, mark]) => mark >= 2).map(([id]) => id)
  if (good.length === 0) return 0
  const first = new Set(found.slice(0, depth))
  return good.filter((id) => first.has(id)).length / Math.min(good.length, depth)
}

/** Marks from here on are useful to who asked. */
const useful = 2

/** Whether one of the first so many is useful. */
export const isUseful = (found: string[], marks: Marks, depth: number): boolean =>
  found.slice(0, depth).some((id) => (marks.get(id) ?? 0) >= useful)

/** Whether anything is useful that anybody has marked. */
export const hasUseful = (marks: Marks): boolean => [...marks.values()].some((mark) => mark >= useful)

/**
 * How far two readings agree beyond chance: Cohen's kappa with quadratic weights, so that 2 and 3 differ little and 0 and
 * 3 much. 1 where all are equal, 0 where they agree as often as chance would.
 */
export function weightedKappa(pairs: readonly (readonly [number, number])[]): number {
  const apart = (a: number, b: number) => (a - b) ** 2
  const seen = pairs.reduce((sum, [a, b]) => sum + apart(a, b), 0) / pairs.length
  const byChance =
    pairs.reduce((sum, [a]) => sum + pairs.reduce((all, [, b]) => all + apart(a, b), 0), 0) / pairs.length ** 2
  return byChance === 0 ? 1 : 1 - seen / byChance
}

export const meanOf = (values: number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
