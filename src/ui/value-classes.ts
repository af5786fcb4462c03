/** In which class of a map a value lies: fifths of all values, between thresholds, or how far it fell or rose. */

/** A class: its colour from 1 to 5 (of changes from 1 to 9), its bounds, and how many values are in it. */
export type ValueClass = { at: number; count: number } & (
  | { by: 'fifth'; least: number; most: number }
  | { by: 'threshold'; least: number | undefined; below: number | undefined }
  | { by: 'change'; side: Side; least: number | undefined; below: number | undefined }
)
/** `none`: so little of a fall or rise that it lies on both sides of nothing. */
type Side = 'fall' | 'none' | 'rise'
export type Classes = { classOf: (value: number) => number; classes: readonly ValueClass[] }

const colours = 5

export const classesOf = (values: readonly number[], thresholds: readonly number[]): Classes =>
  thresholds.length > 0 ? byThresholds(values, thresholds) : fifths(values)

/** Five classes with as many values each, as far as equal values may stay together. */
function fifths(values: readonly number[]): Classes {
  const sorted = [...values].sort((a, b) => a - b)
  // The first value of each fifth; equal values stay together, in the lowest fifth that they reach.
  const bounds = Array.from({ length: colours }, (_, at) => sorted[Math.floor((at * sorted.length) / colours)]!)
  const classOf = (value: number) => bounds.indexOf(bounds.findLast((bound) => value >= bound) ?? value) + 1
  const classes = Array.from({ length: colours }, (_, at): ValueClass => {
    const own = sorted.filter((value) => classOf(value) === at + 1)
    return { by: 'fifth', at: at + 1, least: own[0] ?? 0, most: own.at(-1) ?? 0, count: own.length }
  })
  return { classOf, classes: classes.filter(({ count }) => count > 0) }
}

/** A value on a threshold is in the class above it. Empty classes are told too: somebody asked for them. */
function byThresholds(values: readonly number[], thresholds: readonly number[]): Classes {
  const colourOf = (place: number) => 1 + Math.round((place * (colours - 1)) / thresholds.length)
  const placeOf = (value: number) => thresholds.filter((threshold) => value >= threshold).length
  const classes = Array.from({ length: thresholds.length + 1 }, (_, place): ValueClass => ({
    by: 'threshold',
    at: colourOf(place),
    least: thresholds[place - 1],
    below: thresholds[place],
    count: values.filter((value) => placeOf(value) === place).length,
  }))
  return { classOf: (value) => colourOf(placeOf(value)), classes }
}

/** Of changes: colours of falls from the greatest to the least, one of hardly any change, colours of rises. */
const levels = 4
const noChange = levels + 1

/** Falls and rises apart, by thresholds on both sides of nothing; without any, by round steps as large as most changes. */
export function changeClassesOf(values: readonly number[], thresholds: readonly number[]): Classes {
  const bounds = thresholds.length > 0 ? thresholds : stepsFor(values)
  const placeOf = (value: number) => bounds.filter((bound) => value >= bound).length
  const sides = Array.from({ length: bounds.length + 1 }, (_, place) => sideOf(bounds[place - 1], bounds[place]))
  const [falls, rises] = [
    sides.filter((side) => side === 'fall').length,
    sides.filter((side) => side === 'rise').length,
  ]
  const colourAt = (place: number) => {
    if (sides[place] === 'fall') return noChange - levelOf(falls - 1 - place, falls)
    if (sides[place] === 'rise') return noChange + levelOf(place - (sides.length - rises), rises)
    return noChange
  }
  const classes = sides.map((side, place): ValueClass => ({
    by: 'change',
    side,
    at: colourAt(place),
    least: bounds[place - 1],
    below: bounds[place],
    count: values.filter((value) => placeOf(value) === place).length,
  }))
  return { classOf: (value) => colourAt(placeOf(value)), classes }
}

function sideOf(least: number | undefined, below: number | undefined): Side {
  if (below !== undefined && below <= 0) return 'fall'
  return least !== undefined && least >= 0 ? 'rise' : 'none'
}

/** How strong the colour of a class is, by its place from nothing among all of its side. */
const levelOf = (place: number, count: number): number =>
  count === 1 ? levels - 1 : 1 + Math.round((place * (levels - 1)) / (count - 1))

/** Round numbers, the same down and up: the largest is passed by one change in ten or more. */
function stepsFor(values: readonly number[]): number[] {
  const sizes = values.map(Math.abs).sort((a, b) => a - b)
  const most = sizes[Math.floor(sizes.length * 0.9)] || sizes.at(-1) || 1
  const power = Math.floor(Math.log10(most))
  const first = [5, 2, 1].find((digit) => Number(`${digit}e${power}`) <= most) ?? 1
  const up = [Number(`${first}e${power - 1}`), Number(`${first * 5}e${power - 1}`), Number(`${first}e${power}`)]
  return [...up.map((step) => -step).toReversed(), ...up]
}
