/** What a look at the node found: a line for the operator, and what to do about it. */
import type { Translate } from '#kernel/i18n/messages.ts'
import { Problem } from '#kernel/problem.ts'
import { problemWords } from '#ui/problem-words.ts'

export type State = 'ok' | 'warning' | 'fault' | 'fact'
export type HealthCheck = { about: string; state: State; text: string; next?: string | undefined }

const marks: Record<State, string> = { ok: '✓', warning: '!', fault: '✗', fact: ' ' }

export const linesOf = (checks: readonly HealthCheck[]): string[] => {
  const width = Math.max(...checks.map(({ about }) => about.length))
  return checks.flatMap(({ about, state, text, next }) => [
    `${marks[state]} ${about.padEnd(width)}  ${text}`,
    ...(next ? [`  ${' '.repeat(width)}  → ${next}`] : []),
  ])
}

/** A look that fails is a fault itself, and keeps no other from being taken. */
export async function looked(t: Translate, about: string, look: () => Promise<HealthCheck[]>): Promise<HealthCheck[]> {
  try {
    return await look()
  } catch (error) {
    // Where there is no node, there is nothing to look at.
    if (error instanceof Problem && error.code === 'nothingThere') throw error
    return [{ about, state: 'fault', ...told(t, error) }]
  }
}

/** A problem as a line of the look says it. */
export function toldProblem(t: Translate, problem: Problem): Pick<HealthCheck, 'text' | 'next'> {
  const { title, detail, next } = problemWords({ t }, problem)
  return { text: `${title}. ${detail}`, next }
}

function told(t: Translate, error: unknown): Pick<HealthCheck, 'text' | 'next'> {
  if (error instanceof Problem) return toldProblem(t, error)
  return { text: error instanceof Error ? error.message : String(error) }
}
