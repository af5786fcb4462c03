import type { Kysely } from 'kysely'
import type { RecordTables } from './tables.ts'

/** Those of a kind that are published and come from nowhere else, in the order they came, without opening them. */
export const originals = (db: Kysely<unknown>, kind: string, { after, limit }: { after: number; limit: number }) =>
  db
    .withTables<RecordTables>()
    .selectFrom('record')
    .select(['number', 'id', 'revision'])
    .where('kind', '=', kind)
    .where('status', '=', 'published')
    .where('origin', 'is', null)
    .where('number', '>', after)
    .orderBy('number')
    .limit(limit)
    .execute()
