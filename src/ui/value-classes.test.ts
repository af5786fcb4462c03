/** Classes of changes, and whether every reader can tell their colours apart. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { changeClassesOf } from './value-classes.ts'
import { mapColours } from './value-map.ts'

const bounds = (values: readonly number[]) =>
  changeClassesOf(values, []).classes.flatMap(({ least }: any) => least ?? [])

test('changes part at round steps, the same down and up', () => {
  assert.deepEqual(bounds([-12, 3, 8, 30]), [-20, -10, -2, 2, 10, 20])
  assert.deepEqual(bounds([0.07, -0.2]), [-0.2, -0.1, -0.02, 0.02, 0.1, 0.2])
  assert.deepEqual(bounds([0, 0]), [-1, -0.5, -0.1, 0.1, 0.5, 1])
})

test('every change is counted in the class whose bounds hold it, in a colour of its side, the stronger the greater', () => {
  const change = fc.double({ min: -1e6, max: 1e6, noNaN: true })
  fc.assert(
    fc.property(
      fc.array(change, { minLength: 1, maxLength: 40 }),
      fc.uniqueArray(fc.integer({ min: -50, max: 50 }), { maxLength: 4 }),
      (values, thresholds) => {
        const { classOf, classes } = changeClassesOf(
          values,
          thresholds.sort((a, b) => a - b),
        )
        assert.equal(
          classes.reduce((sum, { count }) => sum + count, 0),
          values.length,
        )
        const colours = classes.map(({ at }) => at)
        assert.deepEqual(
          colours,
          [...new Set(colours)].sort((a, b) => a - b),
        )
        for (const value of values) {
          const own = classes.find(({ at }) => at === classOf(value)) as any
          assert.ok((own.least ?? -Infinity) <= value && value < (own.below ?? Infinity))
          assert.ok(own.side === 'none' || (own.side === 'rise' ? value >= 0 && own.at > 5 : value < 0 && own.at < 5))
        }
      },
    ),
    { numRuns: 200 },
  )
})

type Three = readonly [number, number, number]
const times = (matrix: readonly number[], [r, g, b]: Three) =>
  [0, 3, 6].map((at) => matrix[at]! * r + matrix[at + 1]! * g + matrix[at + 2]! * b) as unknown as Three
/** Linear light of a colour. */
const lightOf = (colour: string) =>
  [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as unknown as Three
const toXyz = [0.4124, 0.3576, 0.1805, 0.2126, 0.7152, 0.0722, 0.0193, 0.1192, 0.9505]
function labOf(light: Three): Three {
  const [x, y, z] = times(toXyz, light.map((part) => Math.max(0, part)) as unknown as Three)
  const [a, b, c] = [x / 0.95047, y, z / 1.08883].map((part) =>
    part > 0.008856 ? Math.cbrt(part) : 7.787 * part + 16 / 116,
  ) as [number, number, number]
  return [116 * b - 16, 500 * (a - b), 200 * (b - c)]
}
/** As those see who lack one kind of cones (Machado, Oliveira and Fernandes 2009, severity 1). */
const visions: Readonly<Record<string, readonly number[]>> = {
  usual: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
}
/** ΔE*ab; 2 is just seen side by side. */
const leastDifference = 12

test('colours of changes differ for every kind of colour vision, in light and dark, and from no data', () => {
  const style = readFileSync(new URL('../../assets/figures.css', import.meta.url), 'utf8')
  const pairs = [...style.matchAll(/\.changes \.q\d \{\s*fill: light-dark\((#\w{6}), (#\w{6})\)/g)]
  const [light, dark] = [1, 2].map((at) => pairs.map((pair) => pair[at]!)) as [string[], string[]]
  assert.deepEqual(light, mapColours.changes, 'pictures have the colours of the page')
  for (const [vision, matrix] of Object.entries(visions))
    for (const colours of [light, dark]) {
      const seen = colours.map((colour) => labOf(times(matrix, lightOf(colour))))
      for (const [at, one] of seen.entries())
        for (const [other, two] of seen.slice(0, at).entries()) {
          const difference = Math.hypot(...one.map((part, place) => part - two[place]!))
          assert.ok(difference > leastDifference, `${vision}: ${colours[at]} and ${colours[other]}`)
        }
    }
})
