import type { Kysely } from 'kysely'
import type { Follower, JournalLine } from '#core/journal.ts'
import type { Kind } from '../kind.ts'
import { records } from '../record/store.ts'
import type { SearchIndex } from './contract.ts'
import { searchDocument } from './document.ts'

/** The search index follows the journal: whatever was published is found, whatever was withdrawn is not. */
export const searchFollower = (
  index: SearchIndex,
  kinds: ReadonlyMap<string, Kind>,
  pace: Pick<Follower, 'atOnce'> = {},
): Follower => ({
  ...pace,
  name: 'search',
  place: () => index.seq,
  take: async (lines: readonly JournalLine[], db: Kysely<unknown>) => {
    const numbers = [...new Set(lines.map(({ recordNumber }) => recordNumber))]
    const found = await records(db).byNumbers(numbers)
    const published = found.filter(({ status, kind }) => status === 'published' && kinds.has(kind))
    const put = published.map((record) => searchDocument(kinds.get(record.kind)!, record))
    const shown = new Set(put.map(({ number }) => number))
    await index.apply({ put, remove: numbers.filter((number) => !shown.has(number)) }, lines.at(-1)!.seq)
  },
})
