import type { Kysely } from 'kysely'
import type { Follower, JournalLine } from '#kernel/journal.ts'
import { isDemonstration } from '#records/demonstration.ts'
import type { Kind } from '#records/kind.ts'
import { fieldsOf } from '#records/field-plan.ts'
import type { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import type { SearchIndex } from './contract.ts'
import type { KnowledgeOfSearch } from './knowledge.ts'
import { namesOf, searchDocument } from './document.ts'
import { newestFurtherWords, notedFurtherWords, type FurtherWords } from './further-words.ts'
import { foundThrough, linkedNames, type Around } from './found-through.ts'

const furtherAtOnce = 250

export type FollowerOfSearch = Follower &
  Required<Pick<Follower, 'takeAhead'>> & {
    /** Takes in words outside the records that changed since; tells whether there were any. */
    takeFurther: (db: Kysely<unknown>) => Promise<boolean>
  }

/** The search index follows the journal: whatever was published is found, whatever was withdrawn is not. */
export function searchFollower(
  index: SearchIndex,
  kinds: ReadonlyMap<string, Kind>,
  knowledge: Pick<KnowledgeOfSearch, 'hear'>,
  { furtherWords, ...pace }: Pick<Follower, 'atOnce'> & { furtherWords: FurtherWords },
): FollowerOfSearch {
  const kindOf = ({ kind }: StoredRecord) => kinds.get(kind)!
  const lending = lendingRelations(kinds)
  const naming = namingRelations(kinds)
  let furtherTaken = 0
  /** What the records of these lines are now, whatever they were then: so the order of changes does not matter. */
  const changeOf = async (lines: readonly JournalLine[], db: Kysely<unknown>) => {
    knowledge.hear(lines)
    const told = [...new Set(lines.map(({ recordNumber }) => recordNumber))]
    return changeOfRecords(told, await records(db).byNumbers(told), db)
  }
  const changeOfRecords = async (
    told: readonly number[],
    changed: readonly StoredRecord[],
    db: Kysely<unknown>,
  ): Promise<Parameters<SearchIndex['apply']>[0]> => {
    const near = [...(await borrowersOf(changed, lending, db)), ...(await namedByThese(changed, kinds, db))]
    // A finding has the names of what its study belongs to: what borrows from those is made anew, too.
    const far = await borrowersOf(await records(db).byNumbers([...new Set(near)]), lending, db)
    const numbers = [...new Set([...told, ...near, ...far])]
    const found = [...changed, ...(await records(db).byNumbers(numbers.slice(told.length)))]
    const published = found.filter(
      (one) =>
        one.status === 'published' && kinds.has(one.kind) && !kinds.get(one.kind)!.isAid && !isDemonstration(one),
    )
    const around = await aroundOf(published, { naming, kinds, db })
    const further = await furtherWords(
      db,
      published.map(({ id }) => id),
    )
    const put = published.map((record) =>
      searchDocument(kindOf(record), record, {
        names: around.names,
        namers: foundThrough(record, around),
        further: further.get(record.id) ?? [],
      }),
    )
    const shown = new Set(put.map(({ number }) => number))
    return { put, remove: numbers.filter((number) => !shown.has(number)) }
  }
  return {
    ...pace,
    name: 'search',
    place: () => index.seq,
    take: async (lines, db) => index.apply(await changeOf(lines, db), lines.at(-1)!.seq),
    takeAhead: async (lines, db) => index.apply(await changeOf(lines, db), index.seq),
    takeFurther: async (db) => {
      // Made from nothing, each record comes with its words.
      if (index.seq === 0) furtherTaken = await newestFurtherWords(db)
      const noted = await notedFurtherWords(db, furtherTaken)
      for (let from = 0; from < noted.length; from += furtherAtOnce) {
        const some = noted.slice(from, from + furtherAtOnce)
        const changed = [...(await records(db).findMany(some.map(({ recordId }) => recordId))).values()]
        const numbers = changed.map(({ number }) => number)
        await index.apply(await changeOfRecords(numbers, changed, db), index.seq)
      }
      furtherTaken = noted.at(-1)?.seq ?? furtherTaken
      return noted.length > 0
    },
  }
}

/** By kind, the relations through which its records lend their values to those that link to them. */
function lendingRelations(kinds: ReadonlyMap<string, Kind>): Map<string, Set<string>> {
  const lending = new Map<string, Set<string>>()
  for (const kind of kinds.values())
    for (const { field } of fieldsOf(kind))
      if (field.lends || (field.type === 'link' && field.weight))
        for (const to of field.to ?? []) lending.set(to, (lending.get(to) ?? new Set()).add(field.rel!))
  return lending
}

const mostBorrowers = 100_000

/** By kind, the relations through which its records are named by those that link to them. */
function namingRelations(kinds: ReadonlyMap<string, Kind>): Map<string, Set<string>> {
  const naming = new Map<string, Set<string>>()
  for (const kind of kinds.values())
    for (const { field } of fieldsOf(kind))
      if (field.names) for (const to of field.to ?? []) naming.set(to, (naming.get(to) ?? new Set()).add(field.rel!))
  return naming
}

type Naming = {
  naming: ReadonlyMap<string, ReadonlySet<string>>
  kinds: ReadonlyMap<string, Kind>
  db: Kysely<unknown>
}

/** The records that these are found by, and those by which they are in turn. */
async function aroundOf(found: readonly StoredRecord[], reading: Naming): Promise<Around<StoredRecord>> {
  const { kinds, db } = reading
  const linkedTo = async (from: Iterable<StoredRecord>) =>
    records(db).findMany([...new Set([...from].flatMap((record) => linkedNames(record, kinds)))])
  const names = await linkedTo(found)
  const namers = await namersOf([...found, ...names.values()], reading)
  const further = await linkedTo([...names.values(), ...[...namers.values()].flat()])
  return { kinds, names: new Map([...further, ...names]), namers }
}

/** The records that name these, by the identifier of what they name. */
async function namersOf(
  found: readonly StoredRecord[],
  { naming, kinds, db }: Naming,
): Promise<Map<string, StoredRecord[]>> {
  const numbers = new Set(await borrowersOf(found, naming, db))
  const namers = new Map<string, StoredRecord[]>()
  for (const record of await records(db).byNumbers([...numbers]))
    for (const id of namesOf(kinds.get(record.kind)!, record.body)) namers.set(id, [...(namers.get(id) ?? []), record])
  return namers
}

/** The numbers of what these name now. */
async function namedByThese(
  changed: readonly StoredRecord[],
  kinds: ReadonlyMap<string, Kind>,
  db: Kysely<unknown>,
): Promise<number[]> {
  const ids = changed.flatMap(({ kind, body }) => (kinds.has(kind) ? namesOf(kinds.get(kind)!, body) : []))
  return [...(await records(db).findMany([...new Set(ids)])).values()].map(({ number }) => number)
}

/** Who is found by what these say: findings by the type of their intervention. */
async function borrowersOf(
  changed: readonly StoredRecord[],
  lending: ReadonlyMap<string, ReadonlySet<string>>,
  db: Kysely<unknown>,
): Promise<number[]> {
  const numbers: number[] = []
  for (const [kind, relations] of lending) {
    const ids = changed.filter((record) => record.kind === kind).map(({ id }) => id)
    if (ids.length === 0) continue
    for (const rel of relations) numbers.push(...(await records(db).linksTo(ids, rel, mostBorrowers)))
  }
  return numbers
}
