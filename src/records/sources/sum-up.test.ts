/** What two files say of one record is put together in any order, and a file brought in twice adds nothing. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Body } from '../record.ts'
import { losesMost, summedUp, type Sums } from './sum-up.ts'

const sums: Sums = {
  title: 'fullest',
  levels: 'all',
  usesComputer: 'either',
  sampleSize: 'largest',
  evidenceLevel: 'least',
  protocol: 'semicolons',
  keywords: 'all',
}
const word = fc.constantFrom('reading', 'science', 'maths', 'art')
const said = fc
  .record(
    {
      title: fc.record({ en: fc.constantFrom('A', 'B', 'A longer one') }),
      levels: fc.uniqueArray(fc.constantFrom('0', '1', '2')),
      usesComputer: fc.boolean(),
      sampleSize: fc.nat(),
      evidenceLevel: fc.constantFrom('level-1', 'level-2'),
      protocol: fc.uniqueArray(word, { minLength: 1 }).map((words) => words.join('; ')),
      keywords: fc.record({ en: fc.uniqueArray(word), fr: fc.uniqueArray(word) }, { requiredKeys: [] }),
    },
    { requiredKeys: ['title'] },
  )
  .map((fields) => ({ ...fields, originalLanguage: 'en' }) as Body)
const own = (body: Body) => summedUp(sums, body, body)

test('the order in which files come makes no difference, nor how often', () => {
  fc.assert(
    fc.property(said, said, said, (a, b, c) => {
      const sum = (...bodies: Body[]) => bodies.reduce((before, one) => summedUp(sums, before, one), own(bodies[0]!))
      assert.deepEqual(sum(a, b), sum(b, a))
      assert.deepEqual(sum(a, b, c), sum(c, b, a))
      assert.deepEqual(sum(a, b, a, b), sum(a, b))
    }),
  )
})

test('what a later file does not mention stays, and what it says of an indicator replaces what was said of that one', () => {
  const before = {
    title: { en: 'A' },
    originalLanguage: 'en',
    year: 2020,
    city: 'Accra',
    indicators: [
      { indicator: '1', answer: 'yes' },
      { indicator: '2', answer: 'no' },
    ],
  }
  const later = {
    title: { en: 'A' },
    originalLanguage: 'en',
    year: 2021,
    indicators: [{ indicator: '2', answer: 'yes' }],
  }
  assert.deepEqual(summedUp({ indicators: { by: 'indicator' } }, before, later), {
    ...before,
    year: 2021,
    indicators: [
      { indicator: '1', answer: 'yes' },
      { indicator: '2', answer: 'yes' },
    ],
  })
})

test('a reading that has lost most of a record is told from one that is shorter', () => {
  const full = {
    title: { en: 'Pathway' },
    originalLanguage: 'en',
    steps: Array.from({ length: 40 }, () => ({ title: 'A course' })),
  }
  assert.equal(losesMost(full, { ...full, steps: [] }), true)
  assert.equal(losesMost(full, { ...full, steps: full.steps.slice(0, 20) }), false)
})
