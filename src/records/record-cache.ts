/**
 * A cache of records: pages that show the same ones need not read and parse them again. A record is as it was read as long as its version and the time of its
 * change are; these are asked each time, so other processes may write. What is given is shared, and cannot be changed.
 */
import type { Kysely } from 'kysely'
import { compiledByShape, inSizes } from '#kernel/database/compiled.ts'
import type { StoredRecord } from './record.ts'
import { open, type Row } from './row.ts'
import type { RecordTables } from './tables.ts'

type Cached = { record: StoredRecord; digest: string | null }
/** What tells whether a row is still as it was read. */
type State = Pick<StoredRecord, 'number' | 'revision' | 'changedAt'>
type RecordCache = {
  get(state: State): Cached | undefined
  /** `size`: in characters of its row. */
  keep(cached: Cached, size: number): void
}

/** Characters that are kept at most: some seven hundred records, about 20 MB of memory. */
const mostCharacters = 6_000_000

/** The same value; nothing that it holds can be changed. */
function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const part of Object.values(value)) frozen(part)
  return Object.freeze(value)
}

/** In two generations, as a bounded cache is, but by size: one policy with its text is as large as twenty lessons. */
export function recordCache(most = mostCharacters): RecordCache {
  type Kept = { cached: Cached; size: number }
  let young = new Map<number, Kept>()
  let old = young
  let held = 0
  function put(kept: Kept): void {
    if (held >= most / 2) {
      old = young
      young = new Map()
      held = 0
    }
    young.set(kept.cached.record.number, kept)
    held += kept.size
  }
  return {
    get({ number, revision, changedAt }) {
      const kept = young.get(number) ?? old.get(number)
      if (kept?.cached.record.revision !== revision || kept.cached.record.changedAt !== changedAt) return undefined
      if (!young.has(number)) put(kept)
      return kept.cached
    },
    keep(cached, size) {
      frozen(cached.record)
      put({ cached, size })
    },
  }
}

const ofDatabases = new WeakMap<Kysely<unknown>, RecordCache>()

/** Those of a database; none in a transaction: what is read in it may never come to be. */
function cacheOf(db: Kysely<unknown>): RecordCache | undefined {
  if (db.isTransaction) return undefined
  let cache = ofDatabases.get(db)
  if (!cache) ofDatabases.set(db, (cache = recordCache()))
  return cache
}

const recordsByIds = compiledByShape((own: Kysely<RecordTables>, _: null, ...ids: string[]) =>
  own.selectFrom('record').selectAll().where('id', 'in', ids),
)
const recordsByNumbers = compiledByShape((own: Kysely<RecordTables>, _: null, ...numbers: number[]) =>
  own.selectFrom('record').selectAll().where('number', 'in', numbers),
)

const stateColumns = ['number', 'revision', 'changedAt'] as const
const statesByIds = compiledByShape((own: Kysely<RecordTables>, _: null, ...ids: string[]) =>
  own.selectFrom('record').select(stateColumns).where('id', 'in', ids),
)
const statesByNumbers = compiledByShape((own: Kysely<RecordTables>, _: null, ...numbers: number[]) =>
  own.selectFrom('record').select(stateColumns).where('number', 'in', numbers),
)

/** Records by what names them; outside a transaction only those are read that are not in the cache as they are. */
export function recordsThroughCache(db: Kysely<unknown>) {
  const own = db.withTables<RecordTables>()
  const cache = cacheOf(db)
  const cachedFrom = (rows: readonly Row[]): Cached[] =>
    rows.map((row) => {
      const read = { record: open(row), digest: row.digest }
      cache?.keep(read, row.body.length + row.translations.length + (row.origin?.length ?? 0))
      return read
    })
  const read = async (numbers: readonly number[]) =>
    numbers.length > 0 ? cachedFrom(await recordsByNumbers(own, null, ...inSizes(numbers))) : []
  async function since(states: readonly State[]): Promise<Cached[]> {
    const known = states.flatMap((state) => cache?.get(state) ?? [])
    if (known.length === states.length) return known
    const numbers = new Set(known.map(({ record }) => record.number))
    return [...known, ...(await read(states.flatMap(({ number }) => (numbers.has(number) ? [] : number))))]
  }
  return {
    byIds: async (ids: readonly string[]) =>
      cache
        ? since(await statesByIds(own, null, ...inSizes(ids)))
        : cachedFrom(await recordsByIds(own, null, ...inSizes(ids))),
    byNumbers: async (numbers: readonly number[]) =>
      cache ? since(await statesByNumbers(own, null, ...inSizes(numbers))) : read(numbers),
  }
}
