/**
 * The arithmetic of scores, in whole numbers: so a sum is the same in whatever order it is made, on every thread and in
 * every process, and the page after this one begins where this one ended.
 */

/** What one term brings at most, and so far below 2^31 that the sum of a whole query stays below it. */
const greatestWeight = 32_767
const weightUnit = 1_024
/** A whole score that is worth 1: an impact is counted in 256ths, a weight in 1024ths. */
export const scoreUnit = 256 * weightUnit

/** What it is worth to have a term that so many of the documents have. As in BM25, and never below zero. */
export const rarityOf = (documents: number, frequency: number) =>
  Math.log(1 + (Math.max(documents - frequency, 0) + 0.5) / (frequency + 0.5))

/** What is left of a sum where some of what was looked for is missing. */
export const wholeShare = (sum: number, share: number) => Math.max(1, Math.floor(sum * share))

/** What a word says most about a document. */
export const mostImpact = 255
/** Of what the words could earn at most, so much must be earned for the whole of what is preferred. */
const fullShare = 0.25

/**
 * What is preferred counts as far as the words are met: a tale in French with a stray word of the question is no answer for being in French.
 * @param potential what the words could earn at most
 */
export const heldPreference = (earned: number, byWords: number, potential: number): number =>
  byWords >= potential * fullShare ? earned : Math.floor((earned * byWords) / (potential * fullShare))

/** A weight as a whole number of at least 1: whatever is found earns something. */
export const wholeWeight = (weight: number) => Math.max(1, Math.min(greatestWeight, Math.round(weight * weightUnit)))
