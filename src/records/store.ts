/** The queries of the one record table. No rules in here. */
import { sql, type Kysely } from 'kysely'
import { compiledOnce } from '#kernel/database/compiled.ts'
import { mayHold } from '#kernel/database/like.ts'
import { isNoDemonstration } from './demonstration.ts'
import { linkQueries } from './link-queries.ts'
import type { StoredRecord } from './record.ts'
import { recordsThroughCache } from './record-cache.ts'
import { close, open, type Row, type StoredRow, type VersionRow } from './row.ts'
import type { RecordTables } from './tables.ts'

export type { StoredRow } from './row.ts'
export type RecordState = Pick<StoredRecord, 'number' | 'kind' | 'status' | 'revision'>
export type Link = { rel: string; toId: string }

const atOnce = 500

export const chunks = <Item>(items: readonly Item[], size = atOnce): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size))

const stateById = compiledOnce((own: Kysely<RecordTables>, id: string) =>
  own.selectFrom('record').select(['number', 'kind', 'status', 'revision']).where('id', '=', id),
)

export const records = (db: Kysely<unknown>) => {
  const own = db.withTables<RecordTables>()
  const cached = recordsThroughCache(db)
  return {
    ...linkQueries(own),

    find: async (id: string): Promise<StoredRow | undefined> => {
      const [found] = await cached.byIds([id])
      return found && { ...found.record, digest: found.digest }
    },

    /** What is to be known of a record before it is worth opening. */
    stateOf: async (id: string): Promise<RecordState | undefined> => cached.sure(id) ?? (await stateById(own, id))[0],

    /** Those that exist, by identifier. */
    findMany: async (ids: readonly string[]): Promise<Map<string, StoredRow>> => {
      const found = new Map<string, StoredRow>()
      for (const some of chunks(ids))
        for (const { record, digest } of await cached.byIds(some)) found.set(record.id, { ...record, digest })
      return found
    },

    /** What an import needs to know a row again, and in which state records are, without opening bodies. */
    digests: async (ids: readonly string[]) => {
      const found = new Map<string, Pick<Row, 'digest' | 'status' | 'number' | 'revision'>>()
      const asked = own.selectFrom('record').select(['id', 'digest', 'status', 'number', 'revision'])
      for (const some of chunks(ids))
        for (const { id, ...row } of await asked.where('id', 'in', some).execute()) found.set(id, row)
      return found
    },

    /** In the order asked for; numbers that are unknown are left out. */
    byNumbers: async (numbers: readonly number[]): Promise<StoredRecord[]> => {
      const found = new Map<number, StoredRecord>()
      for (const some of chunks(numbers))
        for (const { record } of await cached.byNumbers(some)) found.set(record.number, record)
      return numbers.flatMap((number) => found.get(number) ?? [])
    },

    list: async (kind: string, { after, limit }: { after: number; limit: number }): Promise<StoredRecord[]> => {
      const rows = await own
        .selectFrom('record')
        .selectAll()
        .where('kind', '=', kind)
        .where('status', '=', 'published')
        .where('number', '>', after)
        .orderBy('number')
        .limit(limit)
        .execute()
      return rows.map(open)
    },

    /** Whether any record of these kinds is published. */
    hasAny: async (kinds: readonly string[]): Promise<boolean> =>
      (await own
        .selectFrom('record')
        .select('number')
        .where('kind', 'in', kinds)
        .where('status', '=', 'published')
        .limit(1)
        .executeTakeFirst()) !== undefined,

    /** Everything in the order it came, withdrawn records too. */
    all: async (after: number, limit: number): Promise<StoredRecord[]> =>
      (
        await own.selectFrom('record').selectAll().where('number', '>', after).orderBy('number').limit(limit).execute()
      ).map(open),

    insert: async (added: readonly StoredRow[]): Promise<Map<string, number>> => {
      const numbers = new Map<string, number>()
      for (const some of chunks(added))
        for (const row of await own.insertInto('record').values(some.map(close)).returning(['id', 'number']).execute())
          numbers.set(row.id, row.number)
      return numbers
    },

    /** Earlier versions of records, as they were elsewhere. */
    insertVersions: async (versions: readonly StoredRecord[]): Promise<void> => {
      for (const some of chunks(versions))
        await own
          .insertInto('version')
          .values(
            some.map((version) => {
              const { digest: _, ...row } = close({ ...version, digest: null })
              return { ...row, note: row.note ?? null, origin: row.origin ?? null, number: version.number }
            }),
          )
          .execute()
    },

    /** Puts a new version in place of the old, which is kept. */
    replace: async (before: StoredRecord, after: StoredRow): Promise<void> => {
      const { digest: _, ...old } = close({ ...before, digest: null })
      await own
        .insertInto('version')
        .values({ ...old, note: old.note ?? null, origin: old.origin ?? null, number: before.number })
        .execute()
      await own.updateTable('record').set(close(after)).where('number', '=', before.number).execute()
    },

    versions: async (number: number): Promise<StoredRecord[]> =>
      (
        await own
          .selectFrom('version')
          .selectAll()
          .where('number', '=', number)
          .orderBy('revision', 'desc')
          .limit(1_000)
          .execute()
      ).map(open),

    version: async (number: number, revision: number): Promise<StoredRecord | undefined> => {
      const row = await own
        .selectFrom('version')
        .selectAll()
        .where('number', '=', number)
        .where('revision', '=', revision)
        .executeTakeFirst()
      return row && open(row)
    },

    /** Versions as they were, by `number/revision`; the newest too. Those that are not kept are left out. */
    atRevisions: async (
      wanted: readonly { number: number; revision: number }[],
    ): Promise<Map<string, StoredRecord>> => {
      const found = new Map<string, StoredRecord>()
      const put = (row: Row | VersionRow) => found.set(`${row.number}/${row.revision}`, open(row))
      for (const some of chunks(wanted)) {
        const numbers = [...new Set(some.map(({ number }) => number))]
        const revisions = [...new Set(some.map(({ revision }) => revision))]
        // The newest first: what is replaced between the two questions is then found by the second.
        for (const row of await own.selectFrom('record').selectAll().where('number', 'in', numbers).execute()) put(row)
        if (some.every(({ number, revision }) => found.has(`${number}/${revision}`))) continue
        const rows = own.selectFrom('version').selectAll().where('number', 'in', numbers)
        for (const row of await rows.where('revision', 'in', revisions).execute()) put(row)
      }
      return found
    },

    putLinks: async (
      of: readonly { number: number; links: readonly Link[] }[],
      { replacing }: { replacing: boolean },
    ): Promise<void> => {
      if (replacing)
        for (const some of chunks(of))
          await own
            .deleteFrom('link')
            .where(
              'fromNumber',
              'in',
              some.map(({ number }) => number),
            )
            .execute()
      const rows = of.flatMap(({ number, links }) =>
        links.map((link, position) => ({ fromNumber: number, position, ...link })),
      )
      for (const some of chunks(rows, 2_000)) await own.insertInto('link').values(some).execute()
    },

    /** Gives records the keys of their names; with `replacing`, instead of those they had. */
    putNames: async (
      of: readonly { number: number; keys: readonly string[] }[],
      { replacing }: { replacing: boolean },
    ): Promise<void> => {
      if (replacing)
        for (const some of chunks(of.map(({ number }) => number)))
          await own.deleteFrom('name').where('number', 'in', some).execute()
      const rows = of.flatMap(({ number, keys }) => keys.map((key) => ({ key, number })))
      for (const some of chunks(rows, 4_000)) await own.insertInto('name').values(some).execute()
    },

    /** Published records with this name, the first that came first. */
    named: async (key: string, limit: number): Promise<StoredRecord[]> => {
      const rows = await own
        .selectFrom('name')
        .innerJoin('record', 'record.number', 'name.number')
        .selectAll('record')
        .where('name.key', '=', key)
        .where('record.status', '=', 'published')
        .orderBy('record.number')
        .limit(limit)
        .execute()
      return rows.map(open)
    },

    counts: async (): Promise<{ kind: string; count: number }[]> => {
      const rows = await own
        .selectFrom('record')
        .select(({ fn }) => ['kind', fn.countAll<number | string>().as('count')])
        .where('status', '=', 'published')
        .groupBy('kind')
        .orderBy('kind')
        .execute()
      return rows.map(({ kind, count }) => ({ kind, count: Number(count) }))
    },

    /** Those that were not imported and may hold an address; more than do, since the engines know few spellings of letters. */
    writtenHereWith: async (email: string): Promise<StoredRow[]> => {
      const holding = own.selectFrom('record').selectAll().where('origin', 'is', null).where(mayHold('body', email))
      return (await holding.execute()).map((row) => ({ ...open(row), digest: row.digest }))
    },

    lastNumber: async (): Promise<number> =>
      (await own.selectFrom('record').select('number').orderBy('number', 'desc').limit(1).executeTakeFirst())?.number ??
      0,

    /** Of what is listed for other programs. `changedHere`: when people or a later import last changed it; undefined where it is as it was first imported. */
    addresses: async (
      after: number,
      upTo: number,
    ): Promise<{ id: string; changedAt: string; changedHere: string | undefined }[]> => {
      const found = await own
        .selectFrom('record')
        .select(['id', 'changedAt', 'revision', 'origin'])
        .where('number', '>', after)
        .where('number', '<=', upTo)
        .where('status', '=', 'published')
        .where(isNoDemonstration())
        .orderBy('number')
        .execute()
      return found.map(({ id, changedAt, revision, origin }) => ({
        id,
        changedAt,
        changedHere: origin && revision === 1 ? undefined : changedAt,
      }))
    },

    /** When something in each stretch of so many numbers last changed, by the place of the stretch, from 0 on. */
    changesByStretch: async (size: number): Promise<Map<number, string>> => {
      const found = await own
        .selectFrom('record')
        .select(({ fn }) => [
          sql<number>`(number - 1) / ${sql.lit(size)}`.as('stretch'),
          fn.max('changedAt').as('changedAt'),
        ])
        .where('status', '=', 'published')
        .groupBy('stretch')
        .execute()
      return new Map(found.map(({ stretch, changedAt }) => [Number(stretch), changedAt]))
    },

    nodeId: async (): Promise<string | undefined> =>
      (await own.selectFrom('house').select('id').executeTakeFirst())?.id,
    setNodeId: async (id: string): Promise<void> => {
      await own
        .insertInto('house')
        .values({ one: 1, id })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },
  }
}
