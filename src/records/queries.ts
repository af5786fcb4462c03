/** What other parts may put into their own queries, so that none of them names a table of records. */
import { sql, type Kysely } from 'kysely'
import type { RecordTables } from './tables.ts'

const own = (db: Kysely<unknown>) => db.withTables<RecordTables>()

/** That this column is the number, or the identifier, of a published record. */
export const isOfPublished = (column: string, of: 'number' | 'id') =>
  sql<boolean>`exists (select 1 from record where record.${sql.ref(of)} = ${sql.ref(column)} and record.status = 'published')`

/** Links to these records, with who has them. */
export const linksLeadingTo = (db: Kysely<unknown>, ids: readonly string[]) =>
  own(db).selectFrom('link').select(['toId', 'fromNumber']).where('toId', 'in', ids)

/** Published records that lead to this one, the latest changed first. */
export async function newestLeadingTo(db: Kysely<unknown>, id: string, limit: number): Promise<number[]> {
  const rows = await own(db)
    .selectFrom('link')
    .innerJoin('record', 'record.number', 'link.fromNumber')
    .select(['record.number', 'record.changedAt'])
    .distinct()
    .where('link.toId', '=', id)
    .where('record.status', '=', 'published')
    .orderBy('record.changedAt', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ number }) => number)
}

/** Names after this one, in their order, with whose they are. */
export const namesAfter = (db: Kysely<unknown>, key: string, limit: number) =>
  own(db).selectFrom('name').selectAll().where('key', '>', key).orderBy('key').orderBy('number').limit(limit).execute()
