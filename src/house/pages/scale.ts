/** Scales of charts: round numbers that people count by. */

/** 1, 2 or 5 times a power of ten, so that `span` has about as many steps as asked for. */
function roundStep(span: number, steps: number): number {
  const rough = span / steps
  const power = 10 ** Math.floor(Math.log10(rough))
  return power * ([1, 2, 5, 10].find((one) => one * power >= rough * 0.999) ?? 10)
}

/** From a round number at or below the least to one at or above the most. */
export function ticksFrom(least: number, most: number, about = 4): number[] {
  const step = roundStep(Math.max(most - least, Number.EPSILON), about)
  const first = Math.floor(least / step + 1e-9)
  const last = Math.max(first + 1, Math.ceil(most / step - 1e-9))
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)))
}

/** For numbers of things, of which there is no half. */
export const countTicks = (most: number, about = 4): number[] =>
  most < about ? Array.from({ length: Math.max(1, Math.ceil(most)) + 1 }, (_, i) => i) : ticksFrom(0, most, about)

/** Where a value stands on the way from the first tick to the last, in percent. */
export const placeOn = (ticks: readonly number[]) => {
  const [first, last] = [ticks[0]!, ticks.at(-1)!]
  return (value: number): number => Number((((value - first) / (last - first)) * 100).toFixed(2))
}
