import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import {
  decodeStatusList,
  encodeStatusList,
  isSet,
  newStatusList,
  readStatusEntry,
  setBit,
  smallestList,
  statusAt,
} from './status-list.ts'

/** From the 1EdTech validator (Apache-2.0), `bit-string-list/testlist`: entry 23 is revoked, and no other. */
const published = 'uH4sIAAAAAAAA_-3BMQEAAAzDoMy_6cnoA9QFAAAAAAAAAAAAAAAAAAAAbD3uPa2cAEAAAA'

test('the published list says that entry 23 is revoked, and no other', () => {
  const list = decodeStatusList(published)!
  assert.equal(list.bits.length * 8, smallestList)
  const set = Array.from({ length: smallestList }, (_, index) => index).filter((index) => isSet(list, index))
  assert.deepEqual(set, [23])
})

test('what was set is set when the list is read again, and nothing else', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(smallestList - 1), { maxLength: 50 }), (indexes) => {
      const list = newStatusList()
      for (const index of indexes) setBit(list, index, true)
      const again = decodeStatusList(encodeStatusList(list))!
      assert.deepEqual(again.bits, Buffer.from(list.bits))
      for (const index of indexes) {
        assert.equal(statusAt(again, index), 1)
        setBit(list, index, false)
      }
      assert.ok(list.bits.every((byte) => byte === 0))
    }),
    { numRuns: 20 },
  )
  const list = newStatusList()
  setBit(list, 9, true)
  assert.equal(statusAt(list, 4, 2), 1)
  assert.equal(statusAt(list, smallestList), undefined)
  assert.equal(statusAt(list, -1), undefined)
})

test('a bomb, a list that is too short and what is no list are refused', () => {
  const bomb = `u${gzipSync(Buffer.alloc(64 * 1024 * 1024)).toString('base64url')}`
  const short = `u${gzipSync(Buffer.alloc(16)).toString('base64url')}`
  const cut = published.slice(0, -20)
  for (const wrong of [bomb, short, cut, 'u', '', 'uAAAA', published.slice(1), 5, undefined])
    assert.equal(decodeStatusList(wrong), undefined, String(wrong).slice(0, 40))
  assert.ok(decodeStatusList(published.slice(1), true), 'the draft of 2021 had no letter in front')
})

test('an entry is read whole or not at all', () => {
  const entry = {
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: '5',
    statusListCredential: 'https://a.example/1',
  }
  assert.deepEqual(readStatusEntry(entry), { ...entry, statusListIndex: 5, statusSize: 1, messages: new Map() })
  assert.equal(readStatusEntry({ ...entry, type: '1EdTechRevocationList' }), undefined)
  for (const wrong of [
    null,
    [],
    {},
    { ...entry, statusListIndex: '-1' },
    { ...entry, statusListIndex: '0x5' },
    { ...entry, statusPurpose: 5 },
    { ...entry, statusSize: 99 },
  ])
    assert.equal(readStatusEntry(wrong), 'malformed')
})
