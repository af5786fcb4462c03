import assert from 'node:assert/strict'
import { test } from 'node:test'
import { operationNamed } from './commands/operate.ts'
import { testApp } from '../test/app.ts'
import { operations } from '#app'

const renamed = operations.filter(({ formerly }) => formerly)

test('an operation that was renamed answers at its former address, and says that this address will go', async () => {
  const { get } = await testApp()
  assert.ok(renamed.length >= 15, `${renamed.length} operations were renamed`)
  const former = await get('/api/practices/fit?connectivity=none')
  const now = await get('/api/practices/match?connectivity=none')
  assert.equal(former.statusCode, 200)
  assert.equal(former.body, now.body)
  assert.match(String(former.headers.deprecation), /^@\d+$/)
  assert.equal(now.headers.deprecation, undefined)
})

test('an operation that was renamed is found as a command by its former name', () => {
  for (const { name, formerly } of renamed) assert.equal(operationNamed(formerly!.name.split('.'))?.op.name, name)
})

test('no former name or address is one that another operation has now', () => {
  const names = new Set(operations.map(({ name }) => name))
  const addresses = new Set(operations.map(({ http }) => http))
  for (const { http, formerly } of renamed) {
    assert.ok(!names.has(formerly!.name), formerly!.name)
    assert.ok(formerly!.http === http || !addresses.has(formerly!.http), formerly!.http)
  }
})
