/** Holds an offer of support against a request for it, and says why they fit and where they do not. */

/** What both sides say; a list that is absent means any. */
export type Support = {
  supportTypes: readonly string[]
  countries?: readonly string[] | undefined
  workingLanguages?: readonly string[] | undefined
  areas?: readonly string[] | undefined
  levels?: readonly string[] | undefined
}

/** In the order of their weight. */
export const criteria = ['supportTypes', 'countries', 'areas', 'workingLanguages', 'levels'] as const
export type Criterion = (typeof criteria)[number]

/** Points for what both name; the kind of support and the country decide, the rest orders. */
const weights: Record<Criterion, number> = { supportTypes: 4, countries: 3, areas: 2, workingLanguages: 1, levels: 1 }

export type Match = {
  /** Points, to order by; says nothing by itself. */
  score: number
  /** What both name. */
  shared: { on: Criterion; values: string[] }[]
  /** On what both say something, and nothing of it is the same. */
  differing: Criterion[]
}

/**
 * A match, or undefined where the kind of support or the country rules it out. Languages are compared by their first part,
 * so `fr-CA` meets `fr`; levels and areas that differ do not rule out, they are told.
 */
export function matchOf(one: Support, other: Support): Match | undefined {
  const found: Match = { score: 0, shared: [], differing: [] }
  for (const on of criteria) {
    const [mine, theirs] = [one[on], other[on]]
    if (!mine?.length || !theirs?.length) continue
    const values =
      on === 'workingLanguages' ? sameLanguages(mine, theirs) : mine.filter((value) => theirs.includes(value))
    if (values.length > 0) {
      found.shared.push({ on, values })
      found.score += weights[on]
    } else if (on === 'supportTypes' || on === 'countries') return undefined
    else {
      found.differing.push(on)
      found.score -= weights[on]
    }
  }
  return found.shared.some(({ on }) => on === 'supportTypes') ? found : undefined
}

const primary = (language: string) => language.split('-')[0]!.toLowerCase()

const sameLanguages = (mine: readonly string[], theirs: readonly string[]): string[] => {
  const known = new Set(theirs.map(primary))
  return [...new Set(mine.map(primary))].filter((language) => known.has(language))
}
