import { Problem, type ProblemCode } from '#kernel/problem.ts'
import type { Errors } from './forms.ts'
import { problemWords } from './problem-words.ts'
import type { View } from './view.ts'

const ofTables: readonly ProblemCode[] = [
  'quoteNotClosed',
  'badSpreadsheet',
  'sheetTooLarge',
  'malformedZip',
  'malformedXml',
  'doctypeRefused',
  'tooDeep',
]

/**
 * What is wrong with a table or another file that was sent, to be told beside the field `file`; `also` names what else is the
 * fault of the file.
 * @throws the error itself where it is none of these
 */
export function fileErrors(view: View, error: unknown, also: readonly ProblemCode[] = []): Errors {
  if (!(error instanceof Problem) || ![...ofTables, ...also].includes(error.code)) throw error
  const { detail, next } = problemWords(view, error)
  return new Map([['file', [detail, next].filter(Boolean).join(' ')]])
}
