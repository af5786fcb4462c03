/** What must hold from entry to entry: one node, lines in order, and time that does not go back. */
import { Problem } from '#kernel/problem.ts'
import { parseEntry, type LogEntry } from './entry.ts'
import type { Findings } from './findings.ts'

export function orderSubscription(findings: Findings) {
  let last: LogEntry | undefined
  let wrong = 0
  const say = (step: string, values: Record<string, string | number>) => {
    if (wrong++ < 20) findings.bad(step, values)
  }
  const read = (bytes: Uint8Array, index: number): LogEntry | undefined => {
    try {
      return parseEntry(bytes, `entry ${index}`)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      say('entryUnreadable', { index })
      return undefined
    }
  }
  return {
    next: (bytes: Uint8Array, index: number): LogEntry | undefined => {
      const entry = read(bytes, index)
      if (entry && last) {
        if (entry.at < last.at) say('time', { index, at: entry.at, before: last.at })
        if (entry.seq <= last.seq || entry.house !== last.house) say('order', { index })
      }
      last = entry ?? last
      return entry
    },
    end: (): void => {
      if (wrong === 0) findings.ok('time', { at: last?.at ?? '—' })
    },
  }
}
