import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { Kysely, sql } from 'kysely'
import { compiledByShape, compiledOnce, inSizes } from './compiled.ts'
import { openDatabase } from './database.ts'
import { sqliteDialect } from './sqlite.ts'

type Tables = { one: { id: number; name: string } }

async function threeRows() {
  const db = new Kysely<Tables>({ dialect: sqliteDialect(() => new DatabaseSync(':memory:')) })
  await sql`create table one (id integer, name text)`.execute(db)
  const values = ['a', 'b', 'b'].map((name, at) => ({ id: at + 1, name }))
  await db.insertInto('one').values(values).execute()
  return db
}

test('a query of many shapes is compiled once for each: how many at most, and how many values in a list', async () => {
  const db = await threeRows()
  let built = 0
  const among = compiledByShape((own: Kysely<Tables>, limit: number, ...ids: number[]) => {
    built++
    return own.selectFrom('one').select('id').where('id', 'in', ids).orderBy('id').limit(limit)
  })
  assert.deepEqual(await among(db, 5, ...inSizes([3, 1, 2])), [{ id: 1 }, { id: 2 }, { id: 3 }])
  assert.deepEqual(await among(db, 5, ...inSizes([9, 3, 9, 2])), [{ id: 2 }, { id: 3 }])
  assert.equal(built, 1, 'three and four values are of one size')
  assert.deepEqual(await among(db, 1, ...inSizes([3, 1, 2])), [{ id: 1 }])
  assert.equal(built, 2)
  assert.deepEqual(inSizes([]), [])
  assert.deepEqual(inSizes([7]), [7])
  assert.deepEqual(inSizes([1, 2, 3, 4, 5]), [1, 2, 3, 4, 5, 5, 5, 5])
  await db.destroy()
})

test('a query that is compiled once is answered by what is asked, in transactions too, and not by what was asked before', async () => {
  const db = await threeRows()
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

test('a query that fails says so as a problem, whether the connection was open before or not', async () => {
  const db = await threeRows()
  const lost = compiledOnce((own: Kysely<Tables>, id: number) =>
    own.selectFrom('one').select('id').where('id', '=', id),
  )
  await sql`drop table one`.execute(db)
  await assert.rejects(lost(db, 1), /no such table: one/)
  await db.destroy()
  const fresh = new Kysely<Tables>({ dialect: sqliteDialect(() => new DatabaseSync(':memory:')) })
  await assert.rejects(lost(fresh, 1), /no such table: one/)
  await fresh.destroy()
})

test('who reads while somebody else is in the middle of a change sees what was before it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'qingdao-compiled-'))
  const database = await openDatabase(join(folder, 'one.sqlite'))
  await database.write((tx) => sql`create table one (id integer, name text)`.execute(tx))
  const all = compiledOnce((own: Kysely<Tables>, least: number) =>
    own.selectFrom('one').select('id').where('id', '>', least),
  )
  await database.write(async (tx) => {
    await sql`insert into one values (1, 'a')`.execute(tx)
    assert.deepEqual(await all(tx.withTables<Tables>(), 0), [{ id: 1 }])
    assert.deepEqual(await all(database.read.withTables<Tables>(), 0), [])
  })
  assert.deepEqual(await all(database.read.withTables<Tables>(), 0), [{ id: 1 }])
  await database.close()
  rmSync(folder, { recursive: true })
})
