import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { Kysely, sql } from 'kysely'
import { sqliteDialect } from './sqlite.ts'

test('a limit stands in the text of a query, so that SQLite need not plan it anew each time; what else it is stays a parameter', async () => {
  const db = new Kysely<{ one: { id: number } }>({ dialect: sqliteDialect(() => new DatabaseSync(':memory:')) })
  await sql`create table one (id integer)`.execute(db)
  await db
    .insertInto('one')
    .values([{ id: 1 }, { id: 2 }, { id: 3 }])
    .execute()
  const query = db.selectFrom('one').select('id').where('id', '>', 1)
  assert.deepEqual(
    [query.limit(1).compile(), query.limit(BigInt(1)).compile()].map(({ sql: text, parameters }) => [text, parameters]),
    [
      ['select "id" from "one" where "id" > ? limit 1', [1]],
      ['select "id" from "one" where "id" > ? limit ?', [1, 1n]],
    ],
  )
  assert.deepEqual(await query.limit(1).execute(), [{ id: 2 }])
  await db.destroy()
})
