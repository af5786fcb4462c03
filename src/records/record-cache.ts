/**
 * A cache of records: pages that show the same ones need not read and parse them again. A record is as it was read as long as nothing at all was written, or
 * as its version and the time of its change are the same, which is asked then; so other processes may write. What is given is shared, and cannot be changed.
 */
import type { Kysely } from 'kysely'
import { compiledByShape, inSizes, stateOf } from '#kernel/database/compiled.ts'
import type { StoredRecord } from './record.ts'
import { open, type Row } from './row.ts'
import type { RecordTables } from './tables.ts'

type Cached = { record: StoredRecord; digest: string | null }
/** What tells whether a row is still as it was read. */
type Version = Pick<StoredRecord, 'number' | 'id' | 'revision' | 'changedAt'>
/** A number or an identifier. */
type Key = number | string
/** `seenAt`: the state of the database in which it was last known to be so. */
type Kept = { cached: Cached; size: number; seenAt: number | undefined }

/** Characters that are kept at most: some seven hundred records, about 20 MB of memory. */
const mostCharacters = 6_000_000

/** The same value; nothing that it holds can be changed. */
function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  for (const part of Object.values(value)) frozen(part)
  return Object.freeze(value)
}

/** In two generations, as a bounded cache is, but by size: one policy with its text is as large as twenty lessons. */
export class RecordCache {
  readonly #most: number
  #young = new Map<Key, Kept>()
  #old = this.#young
  #held = 0

  constructor(most = mostCharacters) {
    this.#most = most
  }

  /** What was read last. */
  get(key: Key): Kept | undefined {
    const young = this.#young.get(key)
    if (young) return young
    const old = this.#old.get(key)
    if (old) this.#put(old)
    return old
  }

  /** What was read of this version of a record. */
  ofVersion({ number, revision, changedAt }: Version, state: number | undefined): Cached | undefined {
    const kept = this.get(number)
    if (kept?.cached.record.revision !== revision || kept.cached.record.changedAt !== changedAt) return undefined
    kept.seenAt = state
    return kept.cached
  }

  /** @param size in characters of its row. */
  keep(cached: Cached, size: number, state: number | undefined): void {
    frozen(cached.record)
    this.#put({ cached, size, seenAt: state })
  }

  #put(kept: Kept): void {
    if (this.#held >= this.#most / 2) {
      this.#old = this.#young
      this.#young = new Map()
      this.#held = 0
    }
    const { number, id } = kept.cached.record
    this.#young.set(number, kept).set(id, kept)
    this.#held += kept.size
  }
}

const ofDatabases = new WeakMap<Kysely<unknown>, RecordCache>()

/** Those of a database; none in a transaction: what is read in it may never come to be. */
function cacheOf(db: Kysely<unknown>): RecordCache | undefined {
  if (db.isTransaction) return undefined
  let cache = ofDatabases.get(db)
  if (!cache) ofDatabases.set(db, (cache = new RecordCache()))
  return cache
}

type Asking<One extends Key, Row> = (db: Kysely<RecordTables>, shape: null, ...keys: One[]) => Promise<Row[]>
/** How records are asked for by one sort of key. */
type Ways<One extends Key> = {
  versions: Asking<One, Version>
  rows: Asking<One, Row>
  keyOf: (version: Version) => One
}

const versionColumns = ['number', 'id', 'revision', 'changedAt'] as const

const waysBy = <Column extends 'id' | 'number'>(column: Column): Ways<Version[Column]> => ({
  versions: compiledByShape((own: Kysely<RecordTables>, _: null, ...keys: Version[Column][]) =>
    own
      .selectFrom('record')
      .select(versionColumns)
      .where(column, 'in', keys as never),
  ),
  rows: compiledByShape((own: Kysely<RecordTables>, _: null, ...keys: Version[Column][]) =>
    own
      .selectFrom('record')
      .selectAll()
      .where(column, 'in', keys as never),
  ),
  keyOf: (version) => version[column],
})
const byIds = waysBy('id')
const byNumbers = waysBy('number')

/** Records by what names them; outside a transaction only those are read that are not in the cache as they are. */
export function recordsThroughCache(db: Kysely<unknown>) {
  const own = db.withTables<RecordTables>()
  const cache = cacheOf(db)
  const opened = (row: Row): Cached => ({ record: open(row), digest: row.digest })
  if (!cache)
    return {
      sure: (_: string): StoredRecord | undefined => undefined,
      byIds: async (ids: readonly string[]) => (await byIds.rows(own, null, ...inSizes(ids))).map(opened),
      byNumbers: async (numbers: readonly number[]) =>
        (await byNumbers.rows(own, null, ...inSizes(numbers))).map(opened),
    }
  const keep = (row: Row, state: number | undefined): Cached => {
    const cached = opened(row)
    cache.keep(cached, row.body.length + row.translations.length + (row.origin?.length ?? 0), state)
    return cached
  }
  /** Where nothing was written since, nothing is asked of what is in the cache; else its version is, and the whole only of what changed. */
  const through = async <One extends Key>(keys: readonly One[], { versions, rows, keyOf }: Ways<One>) => {
    const state = stateOf(db)
    const found: Cached[] = []
    const unsure: One[] = []
    const unread: One[] = []
    for (const key of keys) {
      const kept = cache.get(key)
      if (!kept) unread.push(key)
      else if (state === undefined || kept.seenAt !== state) unsure.push(key)
      else found.push(kept.cached)
    }
    for (const version of unsure.length > 0 ? await versions(own, null, ...inSizes(unsure)) : []) {
      const cached = cache.ofVersion(version, state)
      if (cached) found.push(cached)
      else unread.push(keyOf(version))
    }
    if (unread.length === 0) return found
    return [...found, ...(await rows(own, null, ...inSizes(unread))).map((row) => keep(row, state))]
  }
  return {
    /** A record that is in the cache and of which is known, without a query, that it is still so. */
    sure: (id: string): StoredRecord | undefined => {
      const kept = cache.get(id)
      const state = kept && stateOf(db)
      return state !== undefined && kept?.seenAt === state ? kept.cached.record : undefined
    },
    byIds: (ids: readonly string[]) => through(ids, byIds),
    byNumbers: (numbers: readonly number[]) => through(numbers, byNumbers),
  }
}
