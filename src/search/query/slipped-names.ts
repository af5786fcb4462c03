/** A name of two words of which one has a slip: “inteligence artificielle”. One word alone is mended by what the index knows. */
import { ofLabelsIn, type Lexicon } from './lexicon.ts'
import type { KeyWord } from './label-key.ts'

/** What stands before or after a word in names of two words. */
type Beside = { before: Map<string, string[]>; after: Map<string, string[]> }

const leastLetters = 5

const besideIn = ofLabelsIn((lexicon, language): Beside => {
  const beside: Beside = { before: new Map(), after: new Map() }
  const put = (words: Map<string, string[]>, next: string, word: string) => {
    const there = words.get(next)
    if (there) there.push(word)
    else words.set(next, [word])
  }
  for (const key of lexicon.labelled.get(language)?.keys() ?? []) {
    const at = key.indexOf(' ')
    if (at < 0 || key.includes(' ', at + 1)) continue
    const [first, second] = [key.slice(0, at), key.slice(at + 1)]
    put(beside.before, second, first)
    put(beside.after, first, second)
  }
  return beside
})

/** Whether one letter is missing, too many or another, or two neighbours have changed places. */
export function isOneSlip(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false
  let from = 0
  while (from < a.length && a[from] === b[from]) from++
  let [endA, endB] = [a.length, b.length]
  while (endA > from && endB > from && a[endA - 1] === b[endB - 1]) {
    endA--
    endB--
  }
  const [restA, restB] = [a.slice(from, endA), b.slice(from, endB)]
  if (restA.length <= 1 && restB.length <= 1) return true
  return restA.length === 2 && restA === restB[1]! + restB[0]!
}

/** The identifiers of what is called so but for one slip; none where a word that differs means something itself. */
export function slippedName(words: readonly KeyWord[], language: string, lexicon: Lexicon): readonly string[] {
  const labels = lexicon.labelled.get(language)
  const [first, second, ...more] = words.filter(({ little }) => !little)
  if (!labels || !first || !second || more.length > 0) return []
  const { before, after } = besideIn(lexicon, language)
  const mayBeSlip = ({ stem, han }: KeyWord) => !han && stem.length >= leastLetters && !labels.has(stem)
  const meant = (slip: KeyWord, others: readonly string[] = []) =>
    mayBeSlip(slip) ? others.filter((other) => isOneSlip(slip.stem, other)) : []
  const keys = [
    ...meant(first, before.get(second.stem)).map((word) => `${word} ${second.stem}`),
    ...meant(second, after.get(first.stem)).map((word) => `${first.stem} ${word}`),
  ]
  return keys.length === 1 ? labels.get(keys[0]!)! : []
}
