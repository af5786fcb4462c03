import assert from 'node:assert/strict'
import { test } from 'node:test'
import { heldPreference } from './score.ts'

test('what is preferred counts in full where the words are met, and little beside a stray word', () => {
  assert.equal(heldPreference(400, 900, 1_000), 400)
  assert.equal(heldPreference(400, 250, 1_000), 400)
  assert.equal(heldPreference(400, 25, 1_000), 40)
  assert.equal(heldPreference(400, 0, 1_000), 0)
})
