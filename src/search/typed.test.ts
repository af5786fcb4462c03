import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readTyped } from './typed.ts'
import { valueNames } from '#records/value-names.ts'

const names = valueNames(
  new Map([
    ['practice', 1],
    ['study', 1],
  ]),
)
const read = (text: string) => readTyped(text, names)

test('a filter among the words is taken for a filter', () => {
  assert.deepEqual(read('country:KE level:primary radio lessons'), {
    text: 'radio lessons',
    filters: { country: ['KE'], level: ['1'] },
    without: {},
  })
})

test('its name and its value may be said in any of the six languages, and by code or label', () => {
  for (const text of ['country:Kenya', 'pays:ke', 'страна:Кения', 'país:Kenya', '国家:肯尼亚', 'country:"Kenya"'])
    assert.deepEqual(read(text).filters, { country: ['KE'] }, text)
  assert.deepEqual(read('language:Swahili').filters, { language: ['sw'] })
  assert.deepEqual(read('langue:français').filters, { language: ['fr'] })
  assert.deepEqual(read('kind:studies').filters, { kind: ['study'] })
  assert.deepEqual(read('country:"South Africa"').filters, { country: ['ZA'] })
})

test('the colon may be as wide as Chinese writes it', () => {
  assert.deepEqual(read('country\uff1aKE 广播'), { text: '广播', filters: { country: ['KE'] }, without: {} })
})

test('a kind is named by its own name alone: to find is no finding', () => {
  const kinds = valueNames(new Map([['evidence', 1]]))
  assert.equal(kinds.called('kind', 'find'), undefined)
  assert.equal(kinds.called('kind', 'findings'), 'evidence')
})

test('a word of a label will do where only one label has it', () => {
  assert.deepEqual(read('niveau:primaire').filters, { level: ['1'] })
})

test('in a phrase nothing is a filter', () => {
  for (const text of ['"note country:KE radio"', '«country:KE»'])
    assert.deepEqual(read(text), { text, filters: {}, without: {} })
})

test('several values widen, a minus leaves out', () => {
  assert.deepEqual(read('country:KE,UG -kind:study tablets'), {
    text: 'tablets',
    filters: { country: ['KE', 'UG'] },
    without: { kind: ['study'] },
  })
})

test('years are one, from, to, or between', () => {
  const yearsOf = (text: string) => {
    const { from, to } = read(text)
    return [from, to]
  }
  assert.deepEqual(yearsOf('year:2015'), [2015, 2015])
  assert.deepEqual(yearsOf('year:2015..2020'), [2015, 2020])
  assert.deepEqual(yearsOf('year:2015-2020'), [2015, 2020])
  assert.deepEqual(yearsOf('year:2015..'), [2015, undefined])
  assert.deepEqual(yearsOf('année:..2020'), [undefined, 2020])
})

test('what names no filter stays among the words', () => {
  for (const text of [
    'http://example.org/a:b',
    'note: bring your own',
    'country:Atlantis',
    'ratio 1:2',
    'year:soon',
    ':',
    'a:',
  ])
    assert.deepEqual(read(text), { text, filters: {}, without: {} })
})

test('no text breaks it, and words are never lost', () => {
  const piece = fc.oneof(
    fc.string({ maxLength: 12, unit: 'grapheme' }),
    fc.constantFrom('country:KE', '-level:1', 'year:..', '"', ':', '-', 'год:2020', 'country:"', 'radio'),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join(' ')
      const typed = read(text)
      for (const word of text.split(/\s+/))
        if (word && !word.includes(':') && !text.includes('"')) assert.ok(typed.text.includes(word))
    }),
  )
})
