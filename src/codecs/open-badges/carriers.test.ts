import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { Problem } from '#kernel/problem.ts'
import { bakePng, pngOfSquares, readPng } from './png.ts'
import { readCarrier } from './read-carrier.ts'
import { bakeSvg, readSvg } from './svg.ts'

const picture = pngOfSquares(
  [
    [true, false],
    [false, true],
  ],
  8,
)
const drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1"/></svg>'
const credential = JSON.stringify({ '@context': ['https://www.w3.org/ns/credentials/v2'], name: 'é < & " 学' })
const token = 'eyJhIjoxfQ.eyJiIjoyfQ.c2ln'

test('a credential comes back from a picture as it was baked, and a picture holds one', () => {
  for (const text of [credential, token]) {
    const baked = bakePng(picture, text)!
    assert.equal(readPng(baked), text)
    assert.equal(readPng(bakePng(baked, text === token ? credential : token)!), text === token ? credential : token)
    assert.deepEqual(readCarrier(baked), { carrier: 'png', text })
    const drawn = bakeSvg(drawing, text)
    assert.equal(readSvg(drawn), text)
    assert.deepEqual(readCarrier(Buffer.from(drawn)), { carrier: 'svg', text })
  }
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }).filter((text) => text.trim() !== '' && text.isWellFormed()),
      (text) => {
        assert.equal(readPng(bakePng(picture, text)!), text)
      },
    ),
  )
})

test('JSON and tokens are read as they are, and a file of a PDF', () => {
  assert.deepEqual(readCarrier(Buffer.from(`\uFEFF ${credential}\n`)), { carrier: 'json', text: credential })
  assert.deepEqual(readCarrier(Buffer.from(token)), { carrier: 'jwt', text: token })
  const packed = deflateSync(credential)
  const pdf = Buffer.concat([
    Buffer.from('%PDF-1.7\n1 0 obj\n<</Type/EmbeddedFile/Filter/FlateDecode>>\nstream\r\n'),
    packed,
    Buffer.from('\nendstream\nendobj\n%%EOF'),
  ])
  assert.deepEqual(readCarrier(pdf), { carrier: 'pdf', text: credential })
})

test('a carrier with two credentials is refused, so that none hides behind another', () => {
  const baked = bakePng(picture, credential)!
  const second = bakePng(picture, token)!
  const chunkOf = second.subarray(33, second.indexOf('IDAT') - 4)
  assert.equal(readPng(Buffer.concat([baked.subarray(0, 33), chunkOf, baked.subarray(33)])), 'several')
  assert.equal(readSvg(bakeSvg(bakeSvg(drawing, credential), token)), 'several')
  const stream = (text: string) => `stream\n${text}\nendstream\n`
  assert.deepEqual(readCarrier(Buffer.from(`%PDF-1.7\n${stream(credential)}${stream(token)}`)), {
    carrier: 'pdf',
    fault: 'several',
  })
})

test('bombs, broken files and active content bring nothing but what is baked into them', () => {
  const bomb = Buffer.concat([
    Buffer.from('openbadgecredential\0\x01\0\0\0', 'latin1'),
    deflateSync(Buffer.alloc(32 * 1024 * 1024, 0x41)),
  ])
  const size = Buffer.alloc(4)
  size.writeUInt32BE(bomb.length)
  const withBomb = Buffer.concat([
    picture.subarray(0, 33),
    size,
    Buffer.from('iTXt'),
    bomb,
    Buffer.alloc(4),
    picture.subarray(33),
  ])
  assert.deepEqual(readCarrier(withBomb), { carrier: 'png', fault: 'nothingInside' })
  assert.deepEqual(readCarrier(picture.subarray(0, 40)), { carrier: 'png', fault: 'nothingInside' })
  const entities = '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>'
  assert.throws(() => readSvg(entities), Problem)
  assert.deepEqual(readCarrier(Buffer.from(entities)), { carrier: 'svg', fault: 'unreadable' })
  const active = drawing.replace('<path', '<script>alert(1)</script><image href="http://10.0.0.1/x"/><path')
  assert.deepEqual(readCarrier(Buffer.from(bakeSvg(active, credential))), { carrier: 'svg', text: credential })
  const flood = Buffer.from(`%PDF-1.7\n${'stream\n{\nendstream\n'.repeat(20_000)}`)
  assert.deepEqual(readCarrier(flood), { carrier: 'pdf', fault: 'nothingInside' })
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void readCarrier(bytes)))
  for (const head of ['%PDF-', '<svg ', '{', '\x89PNG\r\n\x1a\n'])
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 400 }),
        (bytes) => void readCarrier(Buffer.concat([Buffer.from(head, 'latin1'), bytes])),
      ),
    )
})

const samples = join(import.meta.dirname, '../../../../shared/conformance/open-badges/samples/ob30')
test('published baked pictures are read', { skip: existsSync(samples) ? false : 'no data' }, () => {
  for (const [file, start] of [
    ['simple-json.png', '{'],
    ['simple-jwt.png', 'eyJ'],
    ['simple-json.svg', '{'],
    ['simple-jwt.svg', 'eyJ'],
  ] as const) {
    const read = readCarrier(readFileSync(join(samples, file)))
    assert.ok('text' in read && read.text.startsWith(start), file)
  }
})
