/**
 * The stems of a Russian noun. The rules for word forms take the end of some nouns for that of a verb or a case: “отсев” and “отсева”, “экзамен” and
 * “экзаменов”, “Казахстан” and “Казахстане” get two stems each. All that a noun may have are found by putting it into its cases.
 */
import { boundedCache } from '#kernel/bounded-cache.ts'
import { otherStem } from './fleeting-vowels.ts'
import { stemOf } from './stem.ts'

/** Of nouns that end in a hard consonant: of these alone the rules make two. The longest first. */
const cases = ['ами', 'ов', 'ам', 'ах', 'ом', 'а', 'у', 'е', 'ы', '']
const shortest = 3
const hard = /[бвгджзклмнпрстфхц]$/
const cyrillic = /^\p{sc=Cyrillic}+$/u

const known = boundedCache<readonly string[]>(20_000)

/** The stem of the word first; none where there are no rules for it. */
export function nounStems(word: string): readonly string[] {
  const kept = known.get(word)
  if (kept) return kept
  const stem = stemOf(word, 'ru')
  const found = stem === '' ? [] : [...new Set([stem, ...othersOf(word, stem)])]
  known.set(word, found)
  return found
}

function othersOf(word: string, stem: string): string[] {
  if (!cyrillic.test(word)) return []
  const bases = cases
    .filter((ending) => word.endsWith(ending))
    .map((ending) => word.slice(0, word.length - ending.length))
    .filter((base) => base.length > shortest && hard.test(base) && base.startsWith(stem.slice(0, shortest)))
  // Of two that a word may be, the one in which it has the stem that it has: “отсев” is no “отс”.
  const paradigms = bases.map((base) => new Set(cases.map((ending) => stemOf(base + ending, 'ru'))))
  return paradigms.filter((stems) => stems.size === 2 && stems.has(stem)).flatMap((stems) => [...stems])
}

/** One stem for all forms of a noun, as labels are compared by it. */
export const commonStem = (word: string): string =>
  nounStems(word).reduce((least, one) => (one.length < least.length ? one : least), nounStems(word)[0] ?? '')

/** All stems by which forms of the noun stand in texts, those with and without a vowel that comes and goes among them. */
export const textStems = (word: string): string[] => [
  ...new Set(nounStems(word).flatMap((stem) => [stem, otherStem(stem) ?? stem])),
]
