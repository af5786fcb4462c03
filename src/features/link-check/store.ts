/** The queries of links and of what was found when they were looked at. No rules in here. */
import type { Kysely } from 'kysely'
import { compiledOnce } from '#kernel/database/compiled.ts'
import { chunks } from '#records/store.ts'
import type { Judged } from './rules.ts'
import type { FileCheckRow, LinkRow, LinkState, LinkTables } from './tables.ts'
import { filesOfRecords } from '#features/attachments/store.ts'

const linksOfRecord = compiledOnce((own: Kysely<LinkTables>, number: number) =>
  own
    .selectFrom('link_use')
    .innerJoin('link_address', 'link_address.address', 'link_use.address')
    .selectAll('link_address')
    .where('link_use.number', '=', number)
    .orderBy('link_address.address'),
)

const filesOfRecord = compiledOnce((db: Kysely<unknown>, number: number) =>
  db
    .withTables<LinkTables>()
    .selectFrom(filesOfRecords(db).as('file_record'))
    .innerJoin('file_check', 'file_check.file', 'file_record.file')
    .selectAll('file_check')
    .where('file_record.number', '=', number)
    .orderBy('file_check.file'),
)

export const links = (db: Kysely<unknown>) => {
  const named = filesOfRecords(db).as('file_record')
  const own = db.withTables<LinkTables>()
  return {
    place: async (): Promise<number> =>
      Number((await own.selectFrom('link_place').select('seq').executeTakeFirst())?.seq ?? 0),
    setPlace: async (seq: number): Promise<void> => {
      await own.updateTable('link_place').set({ seq }).where('one', '=', 1).execute()
    },
    /** Puts the addresses that these records have now in place of those they had. */
    putUses: async (
      of: readonly { number: number; addresses: readonly string[] }[],
      fresh: (address: string) => LinkRow,
    ): Promise<void> => {
      for (const some of chunks(of.map(({ number }) => number)))
        await own.deleteFrom('link_use').where('number', 'in', some).execute()
      const uses = of.flatMap(({ number, addresses }) => addresses.map((address) => ({ number, address })))
      for (const some of chunks([...new Set(uses.map(({ address }) => address))], 200))
        await own
          .insertInto('link_address')
          .values(some.map(fresh))
          .onConflict((conflict) => conflict.doNothing())
          .execute()
      for (const some of chunks(uses, 1_000)) await own.insertInto('link_use').values(some).execute()
    },
    dropUnused: async (): Promise<void> => {
      await own
        .deleteFrom('link_address')
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(selectFrom('link_use').select('number').whereRef('link_use.address', '=', 'link_address.address')),
          ),
        )
        .execute()
    },
    /** The sites with anything due, those that waited longest first. */
    dueHosts: async (at: string, limit: number): Promise<string[]> =>
      (
        await own
          .selectFrom('link_address')
          .select(({ fn }) => ['host', fn.min('dueAt').as('first')])
          .where('dueAt', '<=', at)
          .groupBy('host')
          .orderBy('first')
          .limit(limit)
          .execute()
      ).map(({ host }) => host),
    dueOf: (host: string, at: string, limit: number): Promise<LinkRow[]> =>
      own
        .selectFrom('link_address')
        .selectAll()
        .where('host', '=', host)
        .where('dueAt', '<=', at)
        .orderBy('dueAt')
        .limit(limit)
        .execute(),
    judge: async (address: string, values: Judged): Promise<void> => {
      await own.updateTable('link_address').set(values).where('address', '=', address).execute()
    },
    of: (number: number): Promise<LinkRow[]> => linksOfRecord(own, number),

    /** Of several records at once, each with the number of its record. */
    ofAll: (numbers: readonly number[]) =>
      own
        .selectFrom('link_use')
        .innerJoin('link_address', 'link_address.address', 'link_use.address')
        .selectAll('link_address')
        .select('link_use.number')
        .where('link_use.number', 'in', numbers)
        .orderBy('link_address.address')
        .execute(),

    /** Broken ones of which no owner was notified, with the records that hold them. */
    untold: (limit: number) =>
      own
        .selectFrom('link_address')
        .innerJoin('link_use', 'link_use.address', 'link_address.address')
        .select(['link_address.address', 'link_use.number'])
        .where('link_address.state', '=', 'broken')
        .where('link_address.toldAt', 'is', null)
        .orderBy('link_address.address')
        .limit(limit)
        .execute(),
    told: async (addresses: readonly string[], at: string): Promise<void> => {
      for (const some of chunks(addresses))
        await own.updateTable('link_address').set({ toldAt: at }).where('address', 'in', some).execute()
    },
    list: (asked: { state?: LinkState | undefined; host?: string | undefined; after: string; limit: number }) => {
      let query = own.selectFrom('link_address').selectAll().where('address', '>', asked.after)
      if (asked.state !== undefined) query = query.where('state', '=', asked.state)
      if (asked.host !== undefined) query = query.where('host', '=', asked.host)
      return query.orderBy('address').limit(asked.limit).execute()
    },
    counts: async (): Promise<{ state: LinkState; count: number }[]> => {
      const rows = await own
        .selectFrom('link_address')
        .select(({ fn }) => ['state', fn.countAll<number | string>().as('count')])
        .groupBy('state')
        .orderBy('state')
        .execute()
      return rows.map(({ state, count }) => ({ state, count: Number(count) }))
    },
    usesOf: async (addresses: readonly string[]): Promise<{ address: string; number: number }[]> =>
      addresses.length === 0
        ? []
        : own.selectFrom('link_use').selectAll().where('address', 'in', addresses).orderBy('number').execute(),

    /** Files that records name and that were not looked at since. */
    filesDue: async (before: string, limit: number): Promise<string[]> =>
      (
        await own
          .selectFrom(named)
          .leftJoin('file_check', 'file_check.file', 'file_record.file')
          .select('file_record.file')
          .distinct()
          .where(({ eb, or }) => or([eb('checkedAt', 'is', null), eb('checkedAt', '<=', before)]))
          .limit(limit)
          .execute()
      ).map(({ file }) => file),
    judgeFile: async (row: FileCheckRow): Promise<void> => {
      const { file: _, ...rest } = row
      await own
        .insertInto('file_check')
        .values(row)
        .onConflict((conflict) => conflict.column('file').doUpdateSet(rest))
        .execute()
    },
    filesOf: (number: number): Promise<FileCheckRow[]> => filesOfRecord(db, number),
    spoiltFiles: (limit: number) =>
      own
        .selectFrom('file_check')
        .innerJoin(named, 'file_record.file', 'file_check.file')
        .select(['file_check.file', 'file_check.state', 'file_check.checkedAt', 'file_record.number'])
        .where('file_check.state', '<>', 'sound')
        .orderBy('file_check.file')
        .limit(limit)
        .execute(),
  }
}
