/** In which class of a map a value lies: fifths of all values, or between thresholds. */

/** A class: its colour from 1 to 5, its bounds, and how many values are in it. */
export type ValueClass = { at: number; count: number } & (
  | { by: 'fifth'; least: number; most: number }
  | { by: 'threshold'; least: number | undefined; below: number | undefined }
)
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
