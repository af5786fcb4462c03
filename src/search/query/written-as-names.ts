/** Words of a question that are written as names are: “Scratch” in a Russian question, “ChatGPT”, “Kolibri” amid small letters. */
import { lowered } from '#kernel/i18n/fold.ts'

/** By the lowered word: surely a name, or likely one, unless it is known for something else. */
export type WordsAsNames = { sure: ReadonlySet<string>; likely: ReadonlySet<string> }

const word = /\p{L}[\p{L}\p{M}\p{N}'’-]+/gu
const latin = /\p{sc=Latin}/u
const otherScript = /[\p{sc=Cyrillic}\p{sc=Arabic}\p{sc=Han}]/u
const capitalWithin = /\p{Ll}\p{Lu}/u
const capitalFirst = /^\p{Lu}\p{Ll}/u
const small = /^\p{Ll}/u
/** Where fewer are written small, capitals are how all is written. */
const fewestSmall = 2

/**
 * “Awa Ndiaye”, “Ndiaye”: each word begins with a capital and goes on in small letters, as names are typed. A telephone
 * makes a capital of the first letter alone.
 */
const onlyNames = /^\s*\p{Lu}\p{M}*[\p{Ll}\p{M}’'-][\p{L}\p{M}’'-]*(?:\s+\p{Lu}[\p{L}\p{M}’'.-]*)*\s*$/u

/** Whether nothing but a name was typed, as of an author. */
export const isNameAlone = (text: string): boolean => onlyNames.test(text)

export function wordsAsNames(text: string): WordsAsNames {
  const words = [...text.matchAll(word)].map(([one]) => one)
  const isForeign = otherScript.test(text) ? (one: string) => latin.test(one) : () => false
  const [, ...later] = words
  const isMostlySmall = words.filter((one) => small.test(one)).length >= fewestSmall
  const likely = isMostlySmall ? later.filter((one) => capitalFirst.test(one)) : []
  return {
    sure: new Set(words.filter((one) => isForeign(one) || capitalWithin.test(one)).map(lowered)),
    likely: new Set(likely.map(lowered)),
  }
}
