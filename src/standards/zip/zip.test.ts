import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { Problem } from '#core/problem.ts'
import { readZip } from './read-zip.ts'
import { writeZip } from './write-zip.ts'

const isRefused = (work: () => unknown) =>
  assert.throws(work, (error) => error instanceof Problem && error.code === 'malformedZip')

test('what is written is read again, names in any script', () => {
  const name = fc.string({ unit: 'grapheme', maxLength: 20 })
  const file = fc.record({ name, content: fc.uint8Array({ maxLength: 500 }) }, { noNullPrototype: true })
  fc.assert(
    fc.property(fc.array(file, { maxLength: 8 }), fc.boolean(), (files, packs) => {
      const read = readZip(writeZip(files, { packs })).map(({ name, bytes }) => ({
        name,
        content: new Uint8Array(bytes()),
      }))
      assert.deepEqual(read, files)
    }),
  )
})

test('a bomb is refused: by what it says of itself, and by what it is where it lies', () => {
  const bomb = writeZip([{ name: 'a', content: Buffer.alloc(20 * 1024 * 1024) }])
  isRefused(() => readZip(bomb))
  isRefused(() =>
    readZip(writeZip([{ name: 'a', content: 'x'.repeat(2_000) }]), { entries: 9, ratio: 9, unpackedBytes: 1_999 }),
  )
  isRefused(() =>
    readZip(writeZip(Array.from({ length: 10 }, (_, at) => ({ name: `${at}`, content: '' }))), {
      entries: 9,
      ratio: 9,
      unpackedBytes: 9,
    }),
  )
  const lying = Buffer.from(bomb)
  const listed = lying.indexOf('PK\x01\x02')
  lying.writeUInt32LE(500_000, listed + 24)
  isRefused(() => readZip(lying)[0]!.bytes())
})

test('files that lie over one another, or are encrypted, are refused', () => {
  const two = writeZip([
    { name: 'a', content: 'one' },
    { name: 'b', content: 'two' },
  ])
  const second = two.indexOf('PK\x01\x02', two.indexOf('PK\x01\x02') + 4)
  const over = Buffer.from(two)
  over.writeUInt32LE(0, second + 42)
  isRefused(() => readZip(over))
  const secret = Buffer.from(two)
  secret.writeUInt16LE(1, second + 8)
  isRefused(() => readZip(secret))
})

test('what another reader would follow to a second list is refused', () => {
  const zip = writeZip([{ name: 'a', content: 'one' }])
  const end = zip.length - 22
  const locator = Buffer.alloc(20)
  locator.write('PK\x06\x07', 'latin1')
  isRefused(() => readZip(Buffer.concat([zip.subarray(0, end), locator, zip.subarray(end)])))
  const twoCounts = Buffer.from(zip)
  twoCounts.writeUInt16LE(2, end + 8)
  isRefused(() => readZip(twoCounts))
  const twoEnds = Buffer.from(zip.subarray(end))
  twoEnds.writeUInt16LE(0xffff, 10)
  isRefused(() => readZip(Buffer.concat([zip, twoEnds])))
  isRefused(() => readZip(zip.subarray(end, end + 12)))
})

test('bytes changed or cut anywhere end in what was asked for, or in a problem', () => {
  const whole = writeZip([
    { name: 'a.txt', content: 'some words, some words' },
    { name: 'b.txt', content: 'more' },
  ])
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.boolean(), (at, byte, isCut) => {
      const bytes = Buffer.from(whole)
      bytes[at] = byte
      try {
        for (const entry of readZip(isCut ? bytes.subarray(0, at) : bytes)) entry.bytes()
      } catch (error) {
        if (!(error instanceof Problem)) throw error
      }
    }),
    { numRuns: 3_000 },
  )
})
