/** The queries of attached files. No rules in here. */
import type { Kysely } from 'kysely'
import { chunks } from '#records/store.ts'
import { isOfPublished } from '#records/queries.ts'
import type { FileRow, FileTables } from './tables.ts'

/** Which records name which files, as others may put it into their own queries. */
export const filesOfRecords = (db: Kysely<unknown>) =>
  db.withTables<FileTables>().selectFrom('file_record').select(['file', 'number'])

export const attachedFiles = (db: Kysely<unknown>) => {
  const own = db.withTables<FileTables>()
  return {
    add: async (row: FileRow): Promise<void> => {
      await own
        .insertInto('file')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },
    addOwner: async (row: FileTables['file_owner']): Promise<void> => {
      await own
        .insertInto('file_owner')
        .values(row)
        .onConflict((conflict) => conflict.columns(['file', 'ownerId']).doUpdateSet({ name: row.name, at: row.at }))
        .execute()
    },
    known: async (files: readonly string[]): Promise<Map<string, FileRow>> => {
      if (files.length === 0) return new Map()
      const rows = await own.selectFrom('file').selectAll().where('file', 'in', files).execute()
      return new Map(rows.map((row) => [row.file, row]))
    },
    owners: async (file: string): Promise<string[]> =>
      (await own.selectFrom('file_owner').select('ownerId').where('file', '=', file).execute()).map(
        ({ ownerId }) => ownerId,
      ),
    broughtBy: async (ownerId: string): Promise<string[]> =>
      (await own.selectFrom('file_owner').select('file').where('ownerId', '=', ownerId).execute()).map(
        ({ file }) => file,
      ),
    removeOwner: async (file: string, ownerId: string): Promise<void> => {
      await own.deleteFrom('file_owner').where('file', '=', file).where('ownerId', '=', ownerId).execute()
    },
    ofPerson: (ownerId: string) =>
      own
        .selectFrom('file_owner')
        .innerJoin('file', 'file.file', 'file_owner.file')
        .select(['file.file', 'file_owner.name', 'file_owner.at', 'file.mediaType', 'file.bytes'])
        .where('file_owner.ownerId', '=', ownerId)
        .orderBy('file_owner.at')
        .execute(),
    isPublished: async (file: string): Promise<boolean> =>
      (await own
        .selectFrom('file_record')
        .select('file_record.file')
        .where('file_record.file', '=', file)
        .where(isOfPublished('file_record.number', 'number'))
        .executeTakeFirst()) !== undefined,
    page: (after: string, limit: number) =>
      own.selectFrom('file').select(['file', 'bytes']).where('file', '>', after).orderBy('file').limit(limit).execute(),
    putRecords: async (rows: readonly FileTables['file_record'][]): Promise<void> => {
      for (const some of chunks(rows))
        await own
          .insertInto('file_record')
          .values(some)
          .onConflict((conflict) => conflict.doNothing())
          .execute()
    },
    isOfRecord: async (file: string): Promise<boolean> =>
      (await own.selectFrom('file_record').select('file').where('file', '=', file).executeTakeFirst()) !== undefined,
    forget: async (file: string): Promise<void> => {
      await own.deleteFrom('file_owner').where('file', '=', file).execute()
      await own.deleteFrom('file').where('file', '=', file).execute()
    },
  }
}
