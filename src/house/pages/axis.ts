/** Axes of charts: where values stand on a line, and which round values are written beside it. */
import { scaleLinear } from 'd3-scale'

export type Axis = {
  /** Where a value stands, in pixels from the start of the line. */
  at: (value: number) => number
  ticks: number[]
}

/**
 * From 0, or from `least` where that lies below it, to a round value not below `most`; the line is `length` pixels long.
 * `wholeOnly`: of records there are no halves.
 */
export function countAxis(most: number, length: number, { least = 0, marks = 5, wholeOnly = true } = {}): Axis {
  const top = Math.max(most, wholeOnly ? 1 : Number.MIN_VALUE)
  const scale = scaleLinear([Math.min(0, least), top], [0, length]).nice(marks)
  const ticks = scale.ticks(marks).filter((tick) => !wholeOnly || Number.isInteger(tick))
  return { at: (value) => scale(value), ticks }
}

/** Years, each as wide as the others, marked where there is room for the number. */
export function yearAxis(first: number, last: number, length: number, marks = 6): Axis {
  const scale = scaleLinear([first, Math.max(last, first + 1)], [0, length])
  return { at: (value) => scale(value), ticks: scale.ticks(marks).filter((year) => Number.isInteger(year)) }
}
