/**
 * The audit trail as lines of JSON, for the log of the system to carry elsewhere: whoever takes this machine over does not
 * rewrite what left it (OWASP ASVS 5.0, 16.4.3). No names and no addresses: identifiers of accounts only.
 */
import { sql } from 'kysely'
import type { Database } from '#kernel/database/database.ts'
import type { Migration } from '#kernel/database/migrate.ts'
import type { PeopleTables } from './tables.ts'

type Tables = Pick<PeopleTables, 'audit'> & { audit_told: { id: number; upTo: number } }

export const auditLinesMigration: Migration = {
  name: '0072-house-audit-lines',
  up: async (db) => {
    await sql`create table audit_told (id integer primary key, "upTo" integer not null)`.execute(db)
    await sql`insert into audit_told (id, "upTo") values (1, 0)`.execute(db)
  },
}

const linesAtOnce = 500

/** Asked every other second, so without taking the turn of those who write. */
async function isMore({ read }: Database): Promise<boolean> {
  const own = read.withTables<Tables>()
  const untold = await own
    .selectFrom('audit')
    .select('audit.number')
    .where('audit.number', '>', own.selectFrom('audit_told').select('upTo').where('id', '=', 1))
    .limit(1)
    .executeTakeFirst()
  return untold !== undefined
}

/**
 * Writes what has not been written yet, oldest first; answers how much. Several processes may do so at once: each line
 * comes once. One that falls between writing and noting it writes those lines again: none is lost.
 */
export async function tellAudit(database: Database, write: (line: string) => void): Promise<number> {
  if (!(await isMore(database))) return 0
  for (let told = 0; ;) {
    const count = await database.write(async (tx) => {
      const own = tx.withTables<Tables>()
      const { upTo } = await own.selectFrom('audit_told').select('upTo').where('id', '=', 1).executeTakeFirstOrThrow()
      const rows = await own
        .selectFrom('audit')
        .selectAll()
        .where('number', '>', Number(upTo))
        .orderBy('number')
        .limit(linesAtOnce)
        .execute()
      for (const { number, ...row } of rows) write(JSON.stringify({ audit: Number(number), ...row }))
      const last = rows.at(-1)
      if (last)
        await own
          .updateTable('audit_told')
          .set({ upTo: Number(last.number) })
          .where('id', '=', 1)
          .execute()
      return rows.length
    })
    told += count
    if (count < linesAtOnce) return told
  }
}
