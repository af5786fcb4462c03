/** Secrets that must be readable again are encrypted with a key beside the database. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { freshFolder } from '../../test/temporary.ts'
import { secretBoxOf } from './secret-box.ts'

test('what was closed opens as what it was, for what it was closed for, in any process of the node', async () => {
  const folder = freshFolder()
  const [one, other] = [secretBoxOf(folder, randomBytes), secretBoxOf(folder, randomBytes)]
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), fc.string(), async (plain, about) => {
      const closed = await one.close(plain, about)
      assert.deepEqual(Uint8Array.from((await other.open(closed, about))!), plain)
      assert.equal(await other.open(closed, `${about}!`), undefined)
    }),
  )
})

test('processes that need a key at the same time make one', async () => {
  const folder = freshFolder()
  const all = Array.from({ length: 8 }, () => secretBoxOf(folder, randomBytes))
  const closed = await Promise.all(all.map((one) => one.close(Buffer.from('secret'), 'amina')))
  for (const text of closed) assert.equal(String(await all[0]!.open(text, 'amina')), 'secret')
})

test('what was changed, cut off or closed with a key that is gone does not open, and breaks nothing', async () => {
  const folder = freshFolder()
  const secretBox = secretBoxOf(folder, randomBytes)
  const closed = await secretBox.close(Buffer.from('secret'), 'amina')
  const bytes = Buffer.from(closed, 'base64')
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes)
    changed[at]! ^= 1
    assert.equal(await secretBox.open(changed.toString('base64'), 'amina'), undefined)
    assert.equal(await secretBox.open(bytes.subarray(0, at).toString('base64'), 'amina'), undefined)
  }
  rmSync(join(folder, 'keys'), { recursive: true })
  assert.equal(await secretBoxOf(folder, randomBytes).open(closed, 'amina'), undefined)
})
