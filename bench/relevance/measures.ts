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

export const meanOf = (values: number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
