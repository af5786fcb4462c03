/** How much two records look like one: by their names outside, by their titles, by where they are. */
import { lowered } from '#kernel/i18n/fold.ts'
import type { Body, Texts } from '#records/record.ts'

export const reasons = ['name', 'title', 'nearTitle', 'country'] as const
export type Reason = (typeof reasons)[number]
export type Likeness = { score: number; why: Reason[] }

/** Fewer than this are never published. */
export const leastLikeness = 0.6

const wordsOf = (text: string): Set<string> => new Set(lowered(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [])

/** Twice what they share by what they have together (Dice, 1945): 1 for the same words, 0 for none in common. */
export function nearness(one: string, other: string): number {
  const [a, b] = [wordsOf(one), wordsOf(other)]
  if (a.size + b.size === 0) return 0
  return (2 * a.intersection(b).size) / (a.size + b.size)
}

/** The nearest pair of titles, whichever languages they are in. */
const titleNearness = (one: Texts, other: Texts): number =>
  Math.max(0, ...Object.values(one).flatMap((a) => Object.values(other).map((b) => nearness(a, b))))

const countriesOf = (body: Partial<Body>) => new Set((body.countries ?? []) as string[])

/** `isSameName`: they share an identifier or an address. */
export function likenessOf(one: Partial<Body>, other: Partial<Body>, isSameName: boolean): Likeness {
  const title = titleNearness(one.title ?? {}, other.title ?? {})
  const [here, there] = [countriesOf(one), countriesOf(other)]
  const areApart = here.size > 0 && there.size > 0 && here.isDisjointFrom(there)
  const shares = here.size > 0 && !areApart && there.size > 0
  const why: Reason[] = []
  if (isSameName) why.push('name')
  if (title === 1) why.push('title')
  else if (title >= leastLikeness) why.push('nearTitle')
  if (shares) why.push('country')
  const byTitle = title * (areApart ? 0.6 : shares ? 1 : 0.9)
  return { score: isSameName ? 0.65 + 0.35 * title : byTitle, why }
}
