import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mostCompared, vectorsOf } from './vectors.ts'

/** The same numbers each time, between -1 and 1 (Park and Miller’s generator). */
function numbersFrom(seed: number) {
  let at = seed
  return () => {
    at = (at * 48_271) % 2_147_483_647
    return (at / 2_147_483_647) * 2 - 1
  }
}

const ofLengthOne = (vector: Float32Array): Float32Array => {
  const length = Math.hypot(...vector)
  return vector.map((one) => one / length)
}
const cosine = (a: Float32Array, b: Float32Array): number => a.reduce((sum, one, at) => sum + one * b[at]!, 0)

/** Vectors that have little to do with one another, but for the last ten, which are near to the question. */
function appOf(count: number, dimensions: number) {
  const next = numbersFrom(count + dimensions)
  const any = () => ofLengthOne(Float32Array.from({ length: dimensions }, next))
  const question = any()
  const all = new Map<number, Float32Array>()
  for (let number = 1; number <= count; number++) {
    const vector = any()
    const isNear = number > count - 10
    all.set(number, isNear ? ofLengthOne(vector.map((one, at) => one + question[at]! * (1 + number / count))) : vector)
  }
  const vectors = vectorsOf(dimensions)
  for (const [number, vector] of all) vectors.put(number, vector)
  const inFull = [...all].map(([number, vector]) => ({ number, likeness: cosine(question, vector) }))
  return { question, vectors, all, inFull: inFull.sort((a, b) => b.likeness - a.likeness) }
}

for (const [count, dimensions] of [
  [300, 50],
  [mostCompared * 4, 100],
] as const)
  test(`of ${count} vectors of ${dimensions} numbers the ten nearest are found, as near as they are in full`, async () => {
    const { question, vectors, inFull } = appOf(count, dimensions)
    const { candidates, usual, deviation } = await vectors.compare(question)
    assert.ok(candidates.length <= mostCompared)
    const found = candidates.toSorted((a, b) => b.likeness - a.likeness).slice(0, 10)
    assert.deepEqual(
      new Set(found.map(({ number }) => number)),
      new Set(inFull.slice(0, 10).map(({ number }) => number)),
    )
    for (const { number, likeness } of found) {
      assert.ok(Math.abs(likeness - inFull.find((one) => one.number === number)!.likeness) < 0.01)
      assert.equal(vectors.likeness(question, number), likeness)
    }
    assert.ok(Math.abs(usual) < 0.1 && found.at(-1)!.likeness > usual + 3 * deviation, `${usual} ± ${deviation}`)
  })

test('a vector that is put again takes the place of the one before', async () => {
  const { question, vectors, all } = appOf(300, 64)
  vectors.put(1, question)
  assert.equal(vectors.count, all.size)
  assert.ok(vectors.likeness(question, 1)! > 0.99)
  assert.equal(vectors.likeness(question, 9_999), undefined)
})

test('an empty node has nothing near', async () => {
  assert.deepEqual(await vectorsOf(8).compare(new Float32Array(8)), { usual: 0, deviation: 0, candidates: [] })
})
