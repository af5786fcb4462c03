/** Codes of programs for second steps are those of the standards. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { base32, hotp, otpauthAddress, stepAt, stepOf } from './index.ts'

const secret = Buffer.from('12345678901234567890')
const at = (seconds: number) => new Date(seconds * 1_000)

test('counted passwords are those of RFC 4226, appendix D', () => {
  const expected = ['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489']
  assert.deepEqual(
    expected.map((_, counter) => hotp(secret, counter)),
    expected,
  )
})

test('passwords of a time are those of RFC 6238, appendix B', () => {
  const expected: [number, string][] = [
    [59, '94287082'],
    [1111111109, '07081804'],
    [1111111111, '14050471'],
    [1234567890, '89005924'],
    [2000000000, '69279037'],
    [20000000000, '65353130'],
  ]
  for (const [seconds, code] of expected) assert.equal(hotp(secret, stepAt(at(seconds)), 8), code)
})

test('a code is known in its half minute and the next, not before, not later, and not once its step was used', () => {
  const code = hotp(secret, stepAt(at(90)))
  const found = (seconds: number, lastStep = 0) => stepOf(code, secret, { at: at(seconds), lastStep })
  for (const seconds of [90, 119, 120, 149]) assert.equal(found(seconds), 3)
  for (const seconds of [60, 89, 150]) assert.equal(found(seconds), undefined)
  assert.equal(found(90, 3), undefined)
})

test('base 32 is that of RFC 4648, section 10, and can be read back', () => {
  const vectors = { f: 'MY', fo: 'MZXQ', foo: 'MZXW6', foob: 'MZXW6YQ', fooba: 'MZXW6YTB', foobar: 'MZXW6YTBOI' }
  for (const [text, expected] of Object.entries(vectors)) assert.equal(base32(Buffer.from(text)), expected)
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const bits = [...base32(bytes)]
        .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
        .join('')
      assert.deepEqual(
        bytes,
        Uint8Array.from(bytes, (_, i) => Number.parseInt(bits.slice(i * 8, i * 8 + 8), 2)),
      )
    }),
  )
})

test('what a program reads says whose code it is, and where', () => {
  assert.equal(
    otpauthAddress({ issuer: 'Clearing house: Kenya', account: 'amina@example.org', secret: 'MZXW6' }),
    'otpauth://totp/Clearing%20house%20%20Kenya:amina%40example.org?secret=MZXW6&issuer=Clearing%20house%20%20Kenya',
  )
})
