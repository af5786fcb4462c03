/** Text in pictures is broken into rows as people read it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { inRows, widthOf } from './drawn-text.ts'

test('rows end between words, and between the signs of Chinese', () => {
  assert.deepEqual(inRows('Northern Africa and Western Asia', 20), ['Northern Africa and', 'Western Asia'])
  assert.deepEqual(inRows('撒哈拉以南非洲', 8), ['撒哈拉以', '南非洲'])
  assert.deepEqual(inRows('Bolivia (Plurinational State of) and others', 16), ['Bolivia', '(Plurinational…'])
  assert.deepEqual(inRows('', 20), [])
})

test('no row is wider than it may be, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 4, max: 60 }), (text, longest) => {
      for (const row of inRows(text, longest)) assert.ok(widthOf(row) <= longest, row)
    }),
  )
})

test('no row of a drawing in French begins with the mark that a no-break space holds to its word', () => {
  const text = 'Tablettes\u00a0: «\u00a0lire\u00a0» et écrire\u202f; et encore\u202f? Oui\u202f!'
  for (let longest = 12; longest < 40; longest++)
    for (const row of inRows(text, longest, 9)) assert.doesNotMatch(row, /^[:;?!»\s]|«\s*$/u)
})
