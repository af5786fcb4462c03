/**
 * Cohen's kappa of two observers, and its weighted form for ordered values: J. Cohen, A Coefficient of Agreement for
 * Nominal Scales (1960); Weighted Kappa (1968), with the linear and quadratic weights in use since.
 */

export type Weights = 'none' | 'linear' | 'quadratic'
/** What the two said of each unit; a unit that one of them left out counts for nothing. */
export type Pairs = readonly (readonly [number | null, number | null])[]

/** `categories`: all values there are, in their order; those found where absent. `null` where it cannot be told. */
export function cohenKappa(pairs: Pairs, weights: Weights = 'none', categories?: readonly number[]): number | null {
  const judged = pairs.filter((pair): pair is readonly [number, number] => pair[0] !== null && pair[1] !== null)
  const order = [...new Set(categories ?? judged.flat())].sort((a, b) => a - b)
  const place = new Map(order.map((value, at) => [value, at]))
  const apart = (a: number, b: number) => distance(place.get(a)! - place.get(b)!, weights)
  const known = judged.filter(([a, b]) => place.has(a) && place.has(b))
  let observed = 0
  let expected = 0
  for (const [a, b] of known) observed += apart(a, b)
  for (const [a] of known) for (const [, b] of known) expected += apart(a, b)
  return expected > 0 ? 1 - (observed * known.length) / expected : null
}

function distance(ranks: number, weights: Weights): number {
  if (weights === 'none') return ranks === 0 ? 0 : 1
  return weights === 'linear' ? Math.abs(ranks) : ranks ** 2
}
