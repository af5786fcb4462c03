/**
 * Krippendorff's alpha: how far several observers agree, beyond what chance would bring, where some did not judge all.
 * K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), https://repository.upenn.edu/asc_papers/43.
 */

export type Metric = 'nominal' | 'ordinal' | 'interval'
/** What one observer said of each unit; `null` where nothing. All rows are of the same units in the same order. */
export type Ratings = readonly (readonly (number | null)[])[]

type Counts = ReadonlyMap<number, number>

/**
 * 1 is perfect agreement, 0 what chance brings, less than 0 disagreement by system. `null` where it cannot be told: no unit
 * was judged twice, or all said the same everywhere, so that there was nothing to agree about.
 */
export function krippendorffAlpha(ratings: Ratings, metric: Metric): number | null {
  const units = pairableUnits(ratings)
  const totals = sumOf(units)
  const values = [...totals.keys()].sort((a, b) => a - b)
  const all = units.reduce((sum, unit) => sum + sizeOf(unit), 0)
  const distance = distanceBy(metric, values, totals)
  const observed = units.reduce((sum, unit) => sum + pairsApart(unit, values, distance) / (sizeOf(unit) - 1), 0)
  const expected = pairsApart(totals, values, distance) / (all - 1)
  return expected > 0 ? 1 - observed / expected : null
}

/** How often each value was given to each unit that at least two observers judged (section A, values by units). */
function pairableUnits(ratings: Ratings): Counts[] {
  const width = Math.max(0, ...ratings.map((row) => row.length))
  return Array.from({ length: width }, (_, at) =>
    countsOf(ratings.flatMap((row) => (row[at] === null || row[at] === undefined ? [] : [row[at]]))),
  ).filter((unit) => sizeOf(unit) > 1)
}

const sizeOf = (counts: Counts): number => [...counts.values()].reduce((sum, count) => sum + count, 0)

function countsOf(values: readonly number[]): Counts {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

function sumOf(units: readonly Counts[]): Counts {
  const totals = new Map<number, number>()
  for (const unit of units) for (const [value, count] of unit) totals.set(value, (totals.get(value) ?? 0) + count)
  return totals
}

type Distance = (a: number, b: number) => number

/** The sum of squared distances over all ordered pairs. */
function pairsApart(counts: Counts, values: readonly number[], distance: Distance): number {
  let sum = 0
  for (const a of values) for (const b of values) sum += (counts.get(a) ?? 0) * (counts.get(b) ?? 0) * distance(a, b)
  return sum
}

/** The squared difference functions of section E; of ordinal data by how many ranks lie between. */
function distanceBy(metric: Metric, values: readonly number[], totals: Counts): Distance {
  if (metric === 'nominal') return (a, b) => (a === b ? 0 : 1)
  if (metric === 'interval') return (a, b) => (a - b) ** 2
  const below = new Map<number, number>()
  let sum = 0
  for (const value of values) {
    const count = totals.get(value)!
    below.set(value, sum + count / 2)
    sum += count
  }
  return (a, b) => (below.get(a)! - below.get(b)!) ** 2
}
