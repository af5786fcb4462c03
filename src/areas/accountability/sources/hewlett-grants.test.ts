import assert from 'node:assert/strict'
import { test } from 'node:test'
import { organisation } from '#features/clearing-house/organisation.ts'
import { readSource, realData } from '../../../../test/collection.ts'
import { funding } from '../funding.ts'
import { hewlettGrants } from './hewlett-grants.ts'

const folder = await realData(hewlettGrants.folder)

test('grants add up to what was given', { skip: typeof folder === 'string' && folder }, async () => {
  assert.ok(typeof folder !== 'string')
  const { records, refused, notes, count } = await readSource(hewlettGrants, [funding, organisation], folder)

  assert.deepEqual([count('funding'), count('organisation'), refused.length], [257, 73, 0])
  const amounts = records
    .filter(({ kind }) => kind === 'funding')
    .map(({ body }) => (body as { amount: { amount: number } }).amount.amount)
  assert.equal(
    amounts.reduce((sum, amount) => sum + amount, 0),
    91_985_339,
  )
  assert.equal(notes['agentMissing'], 135)
})
