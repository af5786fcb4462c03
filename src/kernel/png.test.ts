/** Pictures as PNG, as people take them into a paper. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canDraw, pngOf, type Letters } from './png.ts'

const sans = 'sans-serif'
const latin: Letters = ['i', 'W']
const hasFonts = await canDraw(latin, sans)

/** Width and height in the header of a PNG (PNG specification, 11.2.2). */
const sizeOf = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)]

test('a picture is drawn twice as large as it says, so that it is sharp in print', async () => {
  const png = await pngOf(
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30" fill="#14606f"/></svg>',
  )
  assert.equal(png.subarray(0, 4).toString('latin1'), '\x89PNG')
  assert.deepEqual(sizeOf(png), [80, 60])
})

test(
  'letters that no font has are known before a picture is drawn with gaps',
  { skip: !hasFonts && 'no fonts here' },
  async () => {
    assert.equal(await canDraw(['\u{10ffd1}', '\u{10ffd8}'], sans), false, 'private use')
    assert.equal(await canDraw([' ', ' '], sans), false, 'nothing at all')
  },
)

test('many at once are made one after the other, and more than that are told to come again', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>'
  const results = await Promise.allSettled(Array.from({ length: 20 }, () => pngOf(svg)))
  const refused = results.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : []))
  assert.deepEqual(new Set(refused), new Set(['unavailable']))
  assert.ok(refused.length < 20)
  assert.ok(await pngOf(svg))
})
