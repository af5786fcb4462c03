import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { Kysely, sql } from 'kysely'
import { compiledOnce } from './compiled.ts'
import { sqliteDialect } from './sqlite.ts'

type Tables = { one: { id: number; name: string } }

test('a query that is compiled once is answered by what is asked, in transactions too, and not by what was asked before', async () => {
  const db = new Kysely<Tables>({ dialect: sqliteDialect(() => new DatabaseSync(':memory:')) })
  await sql`create table one (id integer, name text)`.execute(db)
  await db
    .insertInto('one')
    .values([
      { id: 1, name: 'a' },
      { id: 2, name: 'b' },
      { id: 3, name: 'b' },
    ])
    .execute()
  let built = 0
  const after = compiledOnce((own: Kysely<Tables>, name: string, id: number) => {
    built++
    return own.selectFrom('one').select('id').where('name', '=', name).where('id', '>', id).where('id', '<', 9)
  })
  assert.deepEqual(await after(db, 'b', 0), [{ id: 2 }, { id: 3 }])
  assert.deepEqual(await after(db, 'b', 2), [{ id: 3 }])
  assert.deepEqual(await after(db, 'a', 0), [{ id: 1 }])
  const inside = await db.transaction().execute(async (tx) => {
    await tx.insertInto('one').values({ id: 4, name: 'a' }).execute()
    return after(tx, 'a', 1)
  })
  assert.deepEqual(inside, [{ id: 4 }])
  assert.equal(built, 1)
  await db.destroy()
})
