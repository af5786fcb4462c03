/**
 * Who names a language and a type (“Swahili stories about animals”) wants what is of both: a record that is so comes before one whose text has the words.
 */
import type { Branch, Clause } from '../contract.ts'
import { languageMark } from './analysis.ts'
import type { Meant } from './either-or.ts'

/** What being of a named value counts for beside having its name as a word. */
const together = 2.5

/** Whether the branch is the value itself, and no word. */
const isValue = (branch: Branch): boolean =>
  'phrase' in branch && branch.phrase.length === 1 && branch.phrase[0]!.terms[0]!.term.startsWith(languageMark)

const raised = (clause: Clause): Clause => ({
  ...clause,
  any: clause.any.map((branch) => (isValue(branch) ? { ...branch, weight: branch.weight * together } : branch)),
})

export function withValuesAhead(meant: Meant[]): Meant[] {
  const names = (facet: string) => (one: Meant) => one.entries.some(({ value }) => value?.facet === facet)
  const [isLanguage, isType] = [names('language'), names('type')]
  const others = meant.filter((one) => !isLanguage(one))
  if (others.length === meant.length || !others.some(isType)) return meant
  return meant.map((one) => (isLanguage(one) || isType(one) ? { ...one, clause: raised(one.clause) } : one))
}
