/** Records that the asker can read come before others that match as well. */
import type { Branch, Clause } from '../contract.ts'
import { languageMark } from './analysis.ts'
import { baseLanguage } from './stem.ts'

/**
 * What a record in one of the asker's languages earns beside its words; the rarer the language, the more. Less where words are missing: a
 * story in French is no answer to a question about classes for refugees because it has “home” in it.
 */
const languageWeight = 2
const languageWeightNear = 0.75
const englishWeight = 0.3

/** The same clauses, with a little more for records that the asker can read. */
export function preferring(languages: string[], [first, ...rest]: Clause[], isNear = false): Clause[] {
  if (!first || languages.length === 0) return first ? [first, ...rest] : []
  const marked = (weight: number, marks: string[]): Branch => ({
    weight,
    phrase: [{ offset: 0, terms: marks.map((mark) => ({ term: languageMark + mark, weight: 1 })) }],
  })
  const own = languages.map(baseLanguage)
  const any = [
    marked(isNear ? languageWeightNear : languageWeight, own),
    ...(own.includes('en') ? [] : [marked(englishWeight, ['en'])]),
    marked(0.01, ['']),
  ]
  const readable: Clause = { name: '', any }
  return [{ name: first.name, any: [{ weight: 1, all: [readable, first] }] }, ...rest]
}
