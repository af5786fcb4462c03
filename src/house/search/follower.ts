import type { Kysely } from 'kysely'
import type { Follower, JournalLine } from '#core/journal.ts'
import type { Kind } from '../kind.ts'
import type { Kept } from '../record/record.ts'
import { records } from '../record/store.ts'
import type { SearchIndex } from './contract.ts'
import type { KnowledgeOfSearch } from './knowledge.ts'
import { namedBy, searchDocument } from './document.ts'

/** The search index follows the journal: whatever was published is found, whatever was withdrawn is not. */
export function searchFollower(
  index: SearchIndex,
  kinds: ReadonlyMap<string, Kind>,
  knowledge: Pick<KnowledgeOfSearch, 'hear'>,
  pace: Pick<Follower, 'atOnce'> = {},
): Required<Pick<Follower, 'takeAhead'>> & Follower {
  const kindOf = ({ kind }: Kept) => kinds.get(kind)!
  /** What the records of these lines are now, whatever they were then: so the order of changes does not matter. */
  const changeOf = async (lines: readonly JournalLine[], db: Kysely<unknown>) => {
    knowledge.hear(lines)
    const numbers = [...new Set(lines.map(({ recordNumber }) => recordNumber))]
    const found = await records(db).byNumbers(numbers)
    const published = found.filter(
      ({ status, kind }) => status === 'published' && kinds.has(kind) && !kinds.get(kind)!.isAid,
    )
    const others = new Set(published.flatMap((record) => namedBy(kindOf(record), record.body)))
    const names = await records(db).findMany([...others])
    const put = published.map((record) => searchDocument(kindOf(record), record, { names }))
    const shown = new Set(put.map(({ number }) => number))
    return { put, remove: numbers.filter((number) => !shown.has(number)) }
  }
  return {
    ...pace,
    name: 'search',
    place: () => index.seq,
    take: async (lines, db) => index.apply(await changeOf(lines, db), lines.at(-1)!.seq),
    takeAhead: async (lines, db) => index.apply(await changeOf(lines, db), index.seq),
  }
}
