import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { mendText } from './mis-decoded.ts'

const misread = (text: string) => Buffer.from(text, 'utf8').toString('latin1')

test('text read as Latin-1 once, twice or three times is put right', () => {
  assert.deepEqual(mendText(misread('Success for All®')), { text: 'Success for All®', times: 1, damaged: false })
  assert.deepEqual(mendText(misread(misread('75–99'))), { text: '75–99', times: 2, damaged: false })
  assert.equal(mendText(misread(misread(misread('Bücher')))).text, 'Bücher')
})

test('sound text stays as it is, and lost bytes are told', () => {
  assert.deepEqual(mendText('São Tomé, café'), { text: 'São Tomé, café', times: 0, damaged: false })
  assert.equal(mendText('All\u00C3\u0082').damaged, true)
})

test('whatever a text is, what is put right is put right for good, and what is not mis-read is left', () => {
  const anything = fc.string({ unit: 'grapheme' })
  fc.assert(
    fc.property(anything, (text) => {
      const mended = mendText(text)
      assert.equal(mended.times > 0, mended.text !== text)
      assert.deepEqual(mendText(mended.text), { ...mended, times: 0 })
    }),
  )
  // Letters beyond Latin-1 are none of its bytes.
  fc.assert(fc.property(anything, (text) => assert.equal(mendText(`${text}教`).text, `${text}教`)))
  fc.assert(
    fc.property(anything, (text) => {
      fc.pre(/\P{ASCII}/u.test(text) && mendText(text).times === 0)
      assert.equal(mendText(misread(text)).text, text)
    }),
  )
})
