/**
 * How a country moves towards its benchmark, in the six classes of the SDG 4 Scorecard (UNESCO Institute for Statistics and Global
 * Education Monitoring Report, 2025): four tell the speed of progress since 2010 or 2015, two that there is not enough data.
 *
 * The Scorecard takes the probability of reaching the benchmark from how countries moved from 2000 to 2015. That is not held
 * here, so that this rule compares the pace of the country with the pace that its benchmark needs.
 */
export const progressClasses = ['fast', 'average', 'slow', 'none', 'noTrend', 'noData'] as const
export type ProgressClass = (typeof progressClasses)[number]

/** Changes whenever the same values could be told otherwise. */
export const ruleVersion = '1'

/** Progress is counted from the value of 2015, or the last before it since 2010, or the first after. */
const [earliest, start] = [2010, 2015]
/** Parts of the needed pace from which progress is fast and average. */
const [fast, average] = [1, 0.5]

export type Point = { period: number; value: number }
export type Progress = {
  class: ProgressClass
  first: Point | null
  newest: Point | null
  isReached: boolean
  /** A year, in the unit of the indicator; null where there is no trend. */
  pace: number | null
  needed: number | null
}

/** @param points values of the country by year, in order */
export function progressOf(points: readonly Point[], target: Point): Progress {
  const since = points.filter(({ period }) => period >= earliest)
  const newest = since.at(-1)
  const first = since.findLast(({ period }) => period <= start) ?? since[0]
  const none = { isReached: false, pace: null, needed: null }
  if (!newest || !first) return { class: 'noData', first: null, newest: null, ...none }
  if (newest.period === first.period || target.period <= first.period)
    return { class: 'noTrend', first, newest, ...none }
  const pace = (newest.value - first.value) / (newest.period - first.period)
  const needed = (target.value - first.value) / (target.period - first.period)
  const isReached = (newest.value - target.value) * Math.sign(needed) >= 0 && (needed !== 0 || pace === 0)
  return { class: isReached ? 'fast' : classOf(pace, needed), first, newest, isReached, pace, needed }
}

function classOf(pace: number, needed: number): ProgressClass {
  const share = needed === 0 ? 0 : pace / needed
  return share >= fast ? 'fast' : share >= average ? 'average' : share > 0 ? 'slow' : 'none'
}
