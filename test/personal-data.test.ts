/** Whoever keeps something about people says so, and lets them take it along and have it erased. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TableMetadata } from 'kysely'
import { features } from '#features'
import type { App } from '#app'
import { testApp } from './app.ts'
import { password, person } from './people.ts'

const declared = features.flatMap(({ name, personalData }) =>
  (personalData?.columns ?? []).map((column) => ({ feature: name, ...column })),
)
const named = ({ table, column }: { table: string; column: string }) => `${table}.${column}`

/** How this project names columns that hold an account, an address for letters or the name of a person. */
const ofPerson = /^(account|owner|author|reviewer|actor|by)(Id)?$|By$|^email|^to$|^reviewers$|^subject$/
/** They are called so, and say something else. */
const ofOtherThings = new Set(['mail.subject', 'watch.subject', 'provider_try.subject'])

const tablesOf = ({ database }: App): Promise<TableMetadata[]> => database.read.introspection.getTables()

test('each column that names a person belongs to one feature, which says whether it is exported and erased, or why not', async () => {
  const { app } = await testApp()
  const tables = await tablesOf(app)
  assert.ok(tables.length > 40, `${tables.length} tables`)
  const columns = tables.flatMap(({ name: table, columns }) => columns.map(({ name: column }) => ({ table, column })))
  const expected = columns.filter((one) => ofPerson.test(one.column) && !ofOtherThings.has(named(one))).map(named)
  assert.ok(expected.length > 30, `${expected.length} columns of people`)
  assert.deepEqual(
    expected.filter((one) => !declared.some((known) => named(known) === one)),
    [],
    'no feature says what becomes of these',
  )
  const existing = new Set(columns.map(named))
  for (const one of declared) assert.ok(existing.has(named(one)), `${one.feature}: ${named(one)} is not there`)
  assert.equal(new Set(declared.map(named)).size, declared.length, 'each belongs to one feature alone')
})

test('what is said to leave with somebody leaves with them, and what is said to be exported has somebody who does it', async () => {
  const all = await testApp()
  const { app } = all
  const amina = await person(all, 'Amina')
  /** Letters know an address alone. */
  const valueIn = (table: string) => (table === 'mail' ? amina.email : amina.id)
  const tables = new Map((await tablesOf(app)).map((table) => [table.name, table]))
  const leaving = declared.filter(({ table, erased }) => erased && table !== 'account')
  assert.ok(leaving.length > 10)
  for (const table of new Set(leaving.map((one) => one.table))) {
    const own = new Set(leaving.filter((one) => one.table === table).map(({ column }) => column))
    const values = Object.fromEntries(
      tables
        .get(table)!
        .columns.filter(({ isAutoIncrementing }) => !isAutoIncrementing)
        .map(({ name, dataType }) => [
          name,
          own.has(name)
            ? valueIn(table)
            : /int/i.test(dataType)
              ? 1
              : `${name === 'sheetId' ? 'sheet' : table} of Amina`,
        ]),
    )
    await app.database.write((tx) => tx.withTables<Record<string, any>>().insertInto(table).values(values).execute())
  }
  const rowsOf = async ({ table, column }: { table: string; column: string }) =>
    (
      await app.database.read
        .withTables<Record<string, any>>()
        .selectFrom(table)
        .selectAll()
        .where(column as never, '=', valueIn(table) as never)
        .execute()
    ).length
  for (const one of leaving) assert.ok((await rowsOf(one)) > 0, `nothing to erase in ${named(one)}`)

  await amina.send('/account/erase', { erasePassword: password, keepName: 'true' })

  for (const one of leaving) assert.equal(await rowsOf(one), 0, `${one.feature} left ${named(one)}`)
  for (const { name, personalData } of features) {
    const exports = personalData?.columns.some(({ exported }) => exported) ?? false
    assert.equal(personalData?.exportOf !== undefined, exports, `${name} exports`)
    const erases = personalData?.columns.some(({ erased }) => erased) ?? false
    if (erases) assert.ok(personalData?.erase, `${name} erases`)
  }
})
