/** Records that the asker can read come before others that match as well. */
import type { Branch, Clause, Phrase } from '../contract.ts'
import { languageMark, nameMark, valueTerm } from './analysis.ts'
import { baseLanguage } from './stem.ts'

/**
 * What a record in one of the asker's languages earns beside its words; the rarer the language, the more. Less where words are missing: a
 * story in French is no answer to a question about classes for refugees because it has “home” in it.
 */
const languageWeight = 2
const languageWeightNear = 0.75
const englishWeight = 0.3

/** What a record earns that is of the kind that the question asks for, whatever its language. */
const kindWeight = 4

/** What a record earns that tells what was done and what came of it, where that is asked. */
const leadingWeight = 2
const leadingWeightNear = 1

/** What a record earns that is called as the question is: who types the name of a programme alone looks for it first. */
const nameWeight = 1

/** What is preferred beside the languages: records of these kinds, those that tell what was done, and what is called so. */
type Preferred = {
  kinds: readonly string[]
  leading?: readonly string[] | undefined
  name?: string | undefined
  isNear?: boolean
}

/** Records of one of these kinds. */
export const ofKinds = (kinds: readonly string[]): Phrase => [
  { offset: 0, terms: kinds.map((kind) => ({ term: valueTerm('kind', kind), weight: 1 })) },
]

const writtenIn = (marks: string[]): Phrase => [
  { offset: 0, terms: marks.map((mark) => ({ term: languageMark + mark, weight: 1 })) },
]

/** What records earn that the asker can read, if only a little where they are in English, and those that are of the kinds asked for or called so. */
export function preferring(
  languages: string[],
  { kinds, leading = [], name, isNear = false }: Preferred,
): Clause | undefined {
  const own = languages.map(baseLanguage)
  const any: Branch[] = []
  if (own.length > 0) any.push({ weight: isNear ? languageWeightNear : languageWeight, phrase: writtenIn(own) })
  if (own.length > 0 && !own.includes('en')) any.push({ weight: englishWeight, phrase: writtenIn(['en']) })
  if (kinds.length > 0) any.push({ weight: kindWeight, phrase: ofKinds(kinds) })
  if (leading.length > 0) any.push({ weight: isNear ? leadingWeightNear : leadingWeight, phrase: ofKinds(leading) })
  if (name !== undefined)
    any.push({ weight: nameWeight, phrase: [{ offset: 0, terms: [{ term: nameMark + name, weight: 1 }] }] })
  return any.length > 0 ? { name: '', any } : undefined
}
