/** What the verdicts on a practice come to: a sum, and a word for it. */
export const verdicts = ['met', 'likely', 'near', 'brought', 'unlikely', 'not', 'unknown'] as const
export type Verdict = (typeof verdicts)[number]

export const worth: Record<Verdict, number> = {
  met: 1,
  likely: 0.75,
  near: 0.5,
  brought: 0,
  unlikely: -0.5,
  not: -1,
  unknown: 0,
}

/** What the verdicts of a practice come to. */
export type Tally = {
  sum: number
  /** How many are known, and their weights. */
  known: number
  knownWeight: number
  /** Of these, how many speak for or against, their weights, and how many are met or likely to be. */
  weighed: number
  weight: number
  fits: number
}
export const emptyTally = (): Tally => ({ sum: 0, known: 0, knownWeight: 0, weighed: 0, weight: 0, fits: 0 })

/** Adds a verdict; what the practice brings is known, and weighs nothing. */
export function count(tally: Tally, verdict: Verdict, weight: number): void {
  if (verdict === 'unknown') return
  tally.known += 1
  tally.knownWeight += weight
  if (verdict === 'brought') return
  tally.sum += weight * worth[verdict]
  tally.weighed += 1
  tally.weight += weight
  if (verdict === 'met' || verdict === 'likely') tally.fits += 1
}

/** In this order they are listed. */
export const grades = ['well', 'partly', 'tooLittle', 'little', 'not', 'unknown'] as const
export type Grade = (typeof grades)[number]

/**
 * How well it fits, in a word that follows from what is known: of half of what was asked at least, by weight; and a good
 * fit is met, or likely to be, in most of it, and not by what the practice brings alone.
 * @param asked weights of all that was asked and of which any practice says something
 */
export function gradeOf({ sum, knownWeight, weighed, weight, fits }: Tally, asked: number): Grade {
  if (weight === 0) return 'unknown'
  if (knownWeight * 2 < asked) return 'tooLittle'
  const share = sum / weight
  if (share >= 0.75 && fits * 2 > weighed && weight * 2 >= asked) return 'well'
  return share >= 0.25 ? 'partly' : share > 0 ? 'little' : 'not'
}
