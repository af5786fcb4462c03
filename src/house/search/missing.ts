/** Which words of a question a record lacks, where most of them were enough to find it. */
import type { Kind } from '../kind.ts'
import type { Kept } from '../record/record.ts'
import type { Branch, Clause, ParsedQuery, Way } from './contract.ts'
import { searchDocument } from './document.ts'
import { analyse } from './words/analysis.ts'

function termsOf(kind: Kind, record: Kept): Set<string> {
  const terms = new Set<string>()
  for (const { text, language } of searchDocument(kind, record).texts)
    analyse(text, language, 0, (term) => void terms.add(term))
  return terms
}

const holdsClause = (terms: ReadonlySet<string>, { any }: Clause): boolean =>
  any.some((branch) => holdsBranch(terms, branch))

/** Whether its words are there at all; where they stand does not matter to tell which is missing. */
function holdsBranch(terms: ReadonlySet<string>, branch: Branch): boolean {
  if ('phrase' in branch) return branch.phrase.every((slot) => slot.terms.some(({ term }) => terms.has(term)))
  // A clause without a name is no word: it says in which language the record is.
  const clauses = 'all' in branch ? branch.all : branch.most
  return clauses.every((clause) => clause.name === '' || holdsClause(terms, clause))
}

/** `query` is the question with all of its words; `found` the ways by which the record was found beside them. */
export function missingIn(kind: Kind, record: Kept, query: ParsedQuery, found: readonly Way[]): string[] {
  const terms = termsOf(kind, record)
  const isFoundOtherwise = ({ name }: Clause) => found.some(({ typed }) => typed === name)
  return query.required
    .filter((clause) => clause.name !== '' && !isFoundOtherwise(clause) && !holdsClause(terms, clause))
    .map(({ name }) => name)
}
