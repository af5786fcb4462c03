import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { countAxis, yearAxis } from './axis.ts'

test('an axis of counts begins at nothing and ends at a round number that holds the largest', () => {
  const { at, ticks } = countAxis(87, 100)
  assert.deepEqual(ticks, [0, 20, 40, 60, 80, 100])
  assert.equal(at(0), 0)
  assert.equal(at(100), 100)
  assert.deepEqual(countAxis(1, 100).ticks, [0, 1], 'no halves of a record')
  assert.deepEqual(countAxis(0, 100).ticks, [0, 1])
})

test('an axis of differences has room on both sides of nothing', () => {
  const { at, ticks } = countAxis(0.8, 200, { least: -0.35, marks: 6, wholeOnly: false })
  assert.ok(ticks.includes(0))
  assert.ok(at(-0.35) >= 0 && at(0.8) <= 200 && at(-0.35) < at(0))
})

test('years are whole, and one year alone stands on the line too', () => {
  assert.deepEqual(yearAxis(1998, 2026, 300).ticks, [2000, 2005, 2010, 2015, 2020, 2025])
  assert.equal(yearAxis(2026, 2026, 300).at(2026), 0)
})

test('whatever is counted stands on the line, and so do its marks', () => {
  fc.assert(
    fc.property(fc.nat(10_000_000), fc.integer({ min: 1, max: 2_000 }), (most, length) => {
      const { at, ticks } = countAxis(most, length)
      for (const value of [0, most, ...ticks]) assert.ok(at(value) >= 0 && at(value) <= length + 1e-6, `${value}`)
    }),
  )
})
