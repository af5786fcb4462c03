import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { test } from 'node:test'
import { Kysely, sql } from 'kysely'
import { freshFolder } from '../../../test/temporary.ts'
import { stateOf } from './compiled.ts'
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

test('the state of a database is another after a write by this connection or another, and the same after reading', async () => {
  const path = join(freshFolder(), 'one.sqlite')
  const open = () => new Kysely<unknown>({ dialect: sqliteDialect(() => new DatabaseSync(path)) })
  const [db, other] = [open(), open()]
  const own = db.withTables<{ one: { id: number } }>()
  await sql`create table one (id integer)`.execute(db)
  const states = [stateOf(db)]
  const then = async (act: Promise<unknown>) => states.push((await act, stateOf(db)))
  await then(own.selectFrom('one').selectAll().execute())
  assert.equal(states[1], states[0])
  await then(own.insertInto('one').values({ id: 1 }).execute())
  await then(own.insertInto('one').values({ id: 2 }).returning('id').execute())
  await then(sql`update one set id = 3`.execute(other))
  await then(own.deleteFrom('one').execute())
  assert.equal(new Set(states).size, 5)
  await db.transaction().execute(async (tx) => assert.equal(stateOf(tx), undefined))
  await Promise.all([db.destroy(), other.destroy()])
})
