/** The journal and the records as they are now, beside what the log says of them. */
import type { Kysely } from 'kysely'
import { journalAfter } from '#kernel/journal.ts'
import { Problem } from '#kernel/problem.ts'
import { tileWidth } from '#codecs/tlog/tiles.ts'
import { entriesOf } from './derive.ts'
import { entryBytes } from './entry.ts'
import { readCheckpoint, widestBundle, type LogSource } from './source.ts'

export type Compared = {
  /** Entries that stand in the log. */
  size: number
  /** Versions that are not what was entered: identifier and revision. */
  changed: string[]
  /** Entries that are missing in the log, and when the first of them happened. */
  behind: number
  behindSince: string | null
}

const linesAtOnce = 1_024

/** Looks through the whole journal: some seconds for a hundred thousand lines. */
export async function compareWithLog(db: Kysely<unknown>, nodeId: string, source: LogSource): Promise<Compared> {
  const size = (await readCheckpoint(source))?.size ?? 0
  const compared: Compared = { size, changed: [], behind: 0, behindSince: null }
  const entered = entriesIn(source, size)
  let place = 0
  let lastAt = ''
  for (let after = 0; ;) {
    const lines = await journalAfter(db, after, linesAtOnce)
    if (lines.length === 0) return compared
    after = lines.at(-1)!.seq
    let entries
    try {
      entries = await entriesOf(db, nodeId, lines, lastAt)
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'logStandsStill') throw error
      const line = lines.find(({ seq }) => seq === error.values.seq)
      compared.changed.push(line ? `${line.recordId}/${line.revision}` : String(error.values.seq))
      return compared
    }
    for (const entry of entries) {
      lastAt = entry.at
      if (place++ >= size) {
        compared.behind++
        compared.behindSince ??= entry.at
        continue
      }
      const { value: known } = await entered.next()
      if (known && !Buffer.from(entryBytes(entry)).equals(known))
        compared.changed.push(`${entry.record}/${entry.revision}`)
    }
  }
}

/** Undefined where a bundle cannot be read: that is for others to say. */
async function* entriesIn(source: LogSource, size: number): AsyncGenerator<Uint8Array | undefined, undefined> {
  for (let n = 0; n * tileWidth < size; n++) {
    const width = Math.min(tileWidth, size - n * tileWidth)
    const bundle = await widestBundle(source, n, width)
    for (let at = 0; at < width; at++) yield bundle[at]
  }
  return undefined
}
