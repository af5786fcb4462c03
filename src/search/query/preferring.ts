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

/** What records that the asker can read earn, if only a little where they are in English. */
export function preferring(languages: string[], isNear = false): Clause | undefined {
  if (languages.length === 0) return undefined
  const marked = (weight: number, marks: string[]): Branch => ({
    weight,
    phrase: [{ offset: 0, terms: marks.map((mark) => ({ term: languageMark + mark, weight: 1 })) }],
  })
  const own = languages.map(baseLanguage)
  const isEnglish = own.includes('en')
  return {
    name: '',
    any: [
      marked(isNear ? languageWeightNear : languageWeight, own),
      ...(isEnglish ? [] : [marked(englishWeight, ['en'])]),
    ],
  }
}
