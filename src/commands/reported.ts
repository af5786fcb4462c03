/** What a node that serves says on its output of what went wrong. */
import type { Translate } from '#kernel/i18n/messages.ts'
import { Problem } from '#kernel/problem.ts'
import { problemWords } from '#ui/problem-words.ts'

/** A problem in its words, with what caused it; where it stands in our code is told only of what nobody expected. */
export function reported(t: Translate, error: unknown): string {
  if (!(error instanceof Problem) || error.code === 'internal')
    return error instanceof Error ? (error.stack ?? error.message) : String(error)
  const { title, detail, next } = problemWords({ t }, error)
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : ''
  return `${title}. ${detail}${cause} ${next}`
}
