/** Words that nothing is found by: what may have been meant, from the words that the index knows. */
import { surfaceOf } from './analysis.ts'
import { balanced } from './balance.ts'
import { withoutBroadNames } from './broad-names.ts'
import { clausesOf, withClauses } from './branch.ts'
import { mostFrequentIn } from './complete.ts'
import type { Branch, Clause, ParsedQuery, Slot, Way } from '../contract.ts'
import { nearTerms } from './near-terms.ts'
import { stemmedLanguages, wordSlot } from './query.ts'
import { documentsWith } from '../index/places.ts'
import { livingIn, livingWith, type Part } from '../index/part.ts'
import { termBytesAt } from '../index/segment.ts'
import { baseLanguage, hasStemmer } from './stem.ts'

export type Variant = { word: string; frequency: number; price: number }

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** A word in more documents than this is no slip, whatever else is more frequent; a name that is in one is none. */
const nearlyNone = 2
/** A word that is known a little is joined by variants only if they are so many times as frequent. */
const farMoreFrequent = 20
/** One that is known by its stem alone, if they are so many times as frequent. */
const moreFrequent = 5
/** From this length on two letters may be astray where no word is nearer. */
export const longEnoughForMore = 6
export const mostVariants = 3
/** A variant this much less likely than the first is a slip of somebody else. */
export const farLessLikely = 5
const mostBeginnings = 6
const mostMended = 8
const leastBeginning = 3
const mostTermsSeen = 60_000
const startPrice = 0.5
/** What a variant earns of its word's full worth, by its price. */
const worthOf = (price: number) => 0.85 - 0.15 * price
const beginningWorth = 0.7

/** Short words have too many neighbours. */
export function lettersAstray(word: string): number {
  const length = [...word].length
  return length < 4 ? 0 : length < 8 ? 1 : 2
}

/** Orders spelling variants by likelihood: one more letter of difference must be outweighed by 16 times the documents. */
export const likelihood = ({ frequency, price }: Variant) => Math.log2(1 + frequency) - 4 * price

export const byLikelihood = (a: Variant, b: Variant) =>
  likelihood(b) - likelihood(a) || b.frequency - a.frequency || (a.word < b.word ? -1 : 1)

const hasDigit = /\p{Nd}/u

function near(word: string, most: number, parts: readonly Part[], leastFrequency: number): Variant[] {
  const found = new Map<string, Variant>()
  for (const part of parts)
    nearTerms(part.segment, word, most, mostTermsSeen, (term, distance, sameStart) => {
      if (distance === 0) return
      const other = decoder.decode(termBytesAt(part.segment, term))
      const frequency = livingWith(part, term) + (found.get(other)?.frequency ?? 0)
      found.set(other, { word: other, frequency, price: distance + (sameStart ? 0 : startPrice) })
    })
  return [...found.values()].filter(
    ({ word: other, frequency }) => frequency >= leastFrequency && !hasDigit.test(other),
  )
}

/** The words of the index that differ from this one by few letters, the likeliest first. */
export function variantsOf(word: string, parts: readonly Part[], leastFrequency = 1): Variant[] {
  const most = lettersAstray(word)
  if (most === 0) return []
  let found = near(word, most, parts, leastFrequency)
  if (found.length === 0 && most === 1 && [...word].length >= longEnoughForMore)
    found = near(word, 2, parts, leastFrequency)
  const sorted = found.sort(byLikelihood)
  return sorted.filter((variant) => likelihood(variant) > likelihood(sorted[0]!) - farLessLikely).slice(0, mostVariants)
}

/** The words of the index that begin so, the most frequent first. */
function beginnings(word: string, parts: readonly Part[]): Variant[] {
  if (word.length < leastBeginning) return []
  const bytes = encoder.encode(word)
  const words = new Set(
    parts.flatMap(({ segment }) =>
      mostFrequentIn(segment, bytes, mostBeginnings).map((term) => decoder.decode(termBytesAt(segment, term))),
    ),
  )
  return [...words]
    .map((one) => ({ word: one, frequency: documentsWith(one, parts), price: 0 }))
    .filter(({ frequency }) => frequency > 0)
    .sort(byLikelihood)
    .slice(0, mostBeginnings)
}

/** From this length on two letters may be astray, where the rest is so alike and the other word is frequent. */
const longEnoughForTwo = 9
const alikeAtLeast = 3
const frequentEnough = 5
/** Up to this length a word has neighbours by chance, so that more must be alike. */
const shortWord = 5
const veryShortWord = 4
/** So much clings to words of this script that each form is in few records, and few vowels are written, so that a short word says much. */
const arabic = /^\p{sc=Arabic}+$/u
/** What was meant is a word that some have: a rare one is nearly as rarely meant as it is written. By the length of what was typed. */
const leastShareOfShort = 1 / 3_000
const leastShareOfLong = 1 / 15_000

/** In how many documents a word is at least that is taken for one that none has. */
function leastMeant(word: string, parts: readonly Part[]): number {
  if (arabic.test(word)) return 1
  const share = [...word].length <= shortWord ? leastShareOfShort : leastShareOfLong
  return Math.max(1, share * parts.reduce((sum, part) => sum + livingIn(part), 0))
}

/** Whether the letters are the same, two neighbours having changed places. */
const areSwapped = (typed: string[], meant: string[]) =>
  typed.length === meant.length && typed.toSorted().join('') === meant.toSorted().join('')

/**
 * Whether somebody may have typed the one for the other. Most slips are of one letter, and hardly any puts another letter in place of the first: a correct word that
 * no record has is mostly two letters or a first letter away from one that many have (“cantine” from “continue”, “честность” from “местность”), or it is short and a letter
 * away (“oyen” from “open”, “куда” from “Куба”).
 */
function isLikelySlip(word: string, { word: other, price, frequency }: Variant): boolean {
  const [typed, meant] = [[...word], [...other]]
  const isAlike = typed.slice(0, alikeAtLeast).join('') === meant.slice(0, alikeAtLeast).join('')
  if (typed.length <= shortWord && !arabic.test(word)) {
    if (price > 1) return false
    const isVeryShort = typed.length <= veryShortWord
    // Of four letters one that is put for another makes another word: “mood” is no MOOC.
    if (isVeryShort && (meant.length <= typed.length || typed[1] !== meant[1]) && !areSwapped(typed, meant))
      return false
    return isAlike || typed.length !== meant.length || areSwapped(typed, meant)
  }
  if (price <= 1) return true
  if (price < 2) return typed.length !== meant.length || typed[1] === meant[0]
  return isAlike && typed.length >= longEnoughForTwo && frequency >= frequentEnough
}

const isPlainSlot = (branch: Branch | undefined): branch is Branch & { phrase: [Slot] } =>
  branch !== undefined && 'phrase' in branch && branch.phrase.length === 1

/** Whether the word may be a beginning: the last one typed, or one of a language whose forms no rule knows. */
const mayBegin = (isLast: boolean, languages: string[]) =>
  isLast || (languages[0] !== undefined && !hasStemmer(baseLanguage(languages[0])))

function mended(clause: Clause, isLast: boolean, parts: readonly Part[], ways: Way[]): Clause {
  const [typed] = clause.any
  if (!clause.mend || !isPlainSlot(typed)) return clause
  const { word, languages } = clause.mend
  // In another language's rules a slip may have the stem of some word: that does not make it one.
  const own = new Set(wordSlot(word, languages.map(baseLanguage), 0)?.terms.map(({ term }) => term))
  const asTyped = documentsWith(typed.phrase[0].terms[0]!.term, parts)
  if (asTyped > (clause.mend.isName ? 0 : nearlyNone)) return clause
  const frequency = Math.max(0, ...[...own].map((term) => documentsWith(term, parts)))
  const surface = surfaceOf(word)
  const bases = stemmedLanguages(languages)
  const added: Branch[] = []
  const add = (kind: Way['kind'], { word: words }: Variant, weight: number) => {
    const slot = wordSlot(words, bases, 0)
    if (slot) added.push({ weight, way: ways.push({ kind, typed: clause.name, words }) - 1, phrase: [slot] })
  }
  const begun = frequency === 0 && mayBegin(isLast, languages) ? beginnings(surface, parts) : []
  const times = asTyped > 0 ? farMoreFrequent : frequency > nearlyNone ? moreFrequent : 0
  for (const variant of variantsOf(surface, parts, Math.max(leastMeant(surface, parts), frequency * times))) {
    if (!isLikelySlip(surface, variant)) continue
    const isFound = wordSlot(variant.word, languages.map(baseLanguage), 0)?.terms.some(({ term }) => own.has(term))
    const isBegun = begun.some(({ word: longer }) => longer === variant.word)
    if (!isFound && !isBegun) add('spelling', variant, worthOf(variant.price))
  }
  for (const variant of begun) add('prefix', variant, beginningWorth)
  if (added.length === 0) return clause
  const foreign = typed.phrase[0].terms.map((one) => (own.has(one.term) ? one : { ...one, weight: one.weight / 2 }))
  const [, ...others] = clause.any
  return { ...clause, any: [{ ...typed, phrase: [{ offset: 0, terms: foreign }] }, ...others, ...added] }
}

/** Mends the words of a clause; those of a label or of a loosened question lie deeper. */
function mendedWithin(
  clause: Clause,
  isLast: boolean,
  parts: readonly Part[],
  ways: Way[],
  room: { left: number },
): Clause {
  if (clause.mend && room.left > 0) {
    room.left--
    return mended(clause, isLast, parts, ways)
  }
  if (clause.any.every((branch) => 'phrase' in branch)) return clause
  const any = clause.any.map((branch) =>
    withClauses(branch, (inner, place) =>
      mendedWithin(inner, isLast && place === clausesOf(branch).length - 1, parts, ways, room),
    ),
  )
  return { ...clause, any }
}

/**
 * Adds to each word that finds next to nothing what may have been meant by it. What was typed stays and earns most.
 * A word that is known is left alone, however near it is to a more frequent one.
 */
export function mend(query: ParsedQuery, parts: readonly Part[]): ParsedQuery {
  const ways = query.ways.slice()
  const room = { left: mostMended }
  const last = query.required.length - 1
  const required = query.required.map((clause, place) => mendedWithin(clause, place === last, parts, ways, room))
  const mendedQuery = ways.length > query.ways.length ? { ...query, required, ways } : query
  return balanced(withoutBroadNames(mendedQuery, parts), parts)
}
