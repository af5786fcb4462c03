import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { krippendorffAlpha, type Metric } from './krippendorff.ts'

const row = (text: string) => [...text.replaceAll(' ', '')].map((sign) => (sign === '.' ? null : Number(sign)))

/** Krippendorff (2011), section C: four observers, twelve units, seven values missing. */
const published = [
  '1 2 3 3 2 1 4 1 2 . . .',
  '1 2 3 3 2 2 4 1 2 5 . 3',
  '. 3 3 3 2 3 4 2 2 5 1 .',
  '1 2 3 3 2 4 4 1 2 5 1 .',
].map(row)

test('Krippendorff’s own example gives what he published', () => {
  const alpha = (metric: Metric) => krippendorffAlpha(published, metric)!.toFixed(3)
  assert.equal(alpha('nominal'), '0.743')
  assert.equal(alpha('ordinal'), '0.815')
  assert.equal(alpha('interval'), '0.849')
})

test('his example of two observers and binary data gives 0.095', () => {
  const two = [row('0 1 0 0 0 0 0 0 1 0'), row('1 1 1 0 0 1 0 0 0 0')]
  assert.equal(krippendorffAlpha(two, 'nominal')!.toFixed(3), '0.095')
})

test('nothing can be told of one observer, of nobody, or where all said the same of all', () => {
  assert.equal(krippendorffAlpha([], 'ordinal'), null)
  assert.equal(krippendorffAlpha([[1, 2, 3]], 'ordinal'), null)
  assert.equal(
    krippendorffAlpha(
      [
        [2, 2],
        [2, 2],
      ],
      'ordinal',
    ),
    null,
  )
  assert.equal(
    krippendorffAlpha(
      [
        [1, null],
        [null, 2],
      ],
      'interval',
    ),
    null,
  )
})

const metrics = ['nominal', 'ordinal', 'interval'] as const
const score = fc.option(fc.integer({ min: 0, max: 4 }))
const table = fc
  .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 1, max: 8 }))
  .chain(([observers, units]) =>
    fc.array(fc.array(score, { minLength: units, maxLength: units }), { minLength: observers, maxLength: observers }),
  )

test('alpha is never above 1; neither the order of observers nor that of units matters', () => {
  fc.assert(
    fc.property(table, fc.constantFrom(...metrics), (ratings, metric) => {
      const alpha = krippendorffAlpha(ratings, metric)
      if (alpha === null) return
      assert.ok(alpha <= 1)
      const turned = ratings.toReversed().map((line) => line.toReversed())
      assert.ok(Math.abs(krippendorffAlpha(turned, metric)! - alpha) < 1e-9)
    }),
  )
})

test('observers who say the same agree perfectly; an observer who says nothing changes nothing', () => {
  fc.assert(
    fc.property(table, fc.constantFrom(...metrics), (ratings, metric) => {
      const alike = krippendorffAlpha([ratings[0]!, ratings[0]!], metric)
      assert.ok(alike === null || alike === 1)
      const silent = ratings[0]!.map(() => null)
      assert.equal(krippendorffAlpha([...ratings, silent], metric), krippendorffAlpha(ratings, metric))
    }),
  )
})

test('ordinal alpha only knows the order: stretching the scale changes nothing', () => {
  fc.assert(
    fc.property(table, (ratings) => {
      const stretched = ratings.map((line) => line.map((one) => (one === null ? null : one ** 3 + 10)))
      assert.equal(krippendorffAlpha(stretched, 'ordinal'), krippendorffAlpha(ratings, 'ordinal'))
    }),
  )
})
