/** The entries that lines of the journal give: the same each time, so that the log can be made anew. */
import type { Kysely } from 'kysely'
import type { JournalLine } from '#kernel/journal.ts'
import { Problem } from '#kernel/problem.ts'
import { records } from '#records/store.ts'
import { entryOf, isPublished, type LogEntry } from './entry.ts'

/** How many are made before other work of this thread gets its turn. */
const atOnce = 128

/** @throws Problem logStandsStill when a version named in the journal is missing. */
export async function entriesOf(
  db: Kysely<unknown>,
  nodeId: string,
  lines: readonly JournalLine[],
  notBefore: string,
): Promise<LogEntry[]> {
  const entries: LogEntry[] = []
  let at = notBefore
  for (let from = 0; from < lines.length; from += atOnce) {
    const some = lines.slice(from, from + atOnce)
    const versions = await records(db).atRevisions(
      some.map(({ recordNumber, revision }) => ({ number: recordNumber, revision })),
    )
    for (const line of some) {
      const version = versions.get(`${line.recordNumber}/${line.revision}`)
      if (!version) throw new Problem('logStandsStill', { seq: line.seq })
      if (!isPublished(line, version)) continue
      const entry = entryOf(nodeId, line, version, at)
      at = entry.at
      entries.push(entry)
    }
    await new Promise((resume) => setImmediate(resume))
  }
  return entries
}
