/** “On paper or on tablets”: either is an answer, and both together a better one. */
import type { Branch, Clause } from '../contract.ts'
import { surfaceOf } from './analysis.ts'
import type { Entry } from './lexicon.ts'
import type { Unit } from './query.ts'
import { eitherWords } from './stop-words.ts'

/** What stands for one word or label of the question, and the concepts it may mean. */
export type Meant = { clause: Clause; entries: Entry[]; language: string }

/** What one of the two earns where the other is missing. */
const oneOfTwo = 0.8

/** Whether it says that one of the two beside it will do; “vs” does not: who compares two wants both. */
export const isEitherWord = ({ words: [word, ...others] }: Unit): boolean =>
  word !== undefined && others.length === 0 && eitherWords.has(surfaceOf(word))

/** What is meant, where what stands at these places is joined with what is before it, by the words that say so. */
export function eitherAt(meant: Meant[], words: ReadonlyMap<number, string>): Meant[] {
  const joined: Meant[] = []
  for (const [at, one] of meant.entries()) {
    const word = words.get(at)
    const before = word === undefined ? undefined : joined.pop()
    joined.push(before ? eitherOf(before, one, word!) : one)
  }
  return joined
}

const han = /\p{sc=Han}/u

function eitherOf(left: Meant, right: Meant, word: string): Meant {
  const both = [left.clause, right.clause]
  const alone = both.map((clause): Branch => ({ weight: oneOfTwo, all: [clause] }))
  return {
    clause: {
      any: [{ weight: 1, all: both }, ...alone],
      // As it was typed: Chinese sets no spaces.
      name: [left.clause.name, word, right.clause.name].join(han.test(word) ? '' : ' '),
      ...(both.every(({ isCircumstance }) => isCircumstance) && { isCircumstance: true }),
      ...(both.every(({ isPlace }) => isPlace) && { isPlace: true }),
    },
    entries: [...left.entries, ...right.entries],
    language: left.language || right.language,
  }
}
