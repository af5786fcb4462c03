/** Which of several names somebody meant who slipped: for “did you mean …?”. */

/** How many letters are put in, left out, changed or swapped with their neighbour between two words; no more than `most` are counted. */
function slipsBetween(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1
  let [before, row] = [[] as number[], Array.from({ length: other.length + 1 }, (_, at) => at)]
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let j = 1; j <= other.length; j++) {
      const isSame = one[i - 1] === other[j - 1]
      const isSwapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      next[j] = Math.min(
        row[j]! + 1,
        next[j - 1]! + 1,
        row[j - 1]! + (isSame ? 0 : 1),
        isSwapped ? before[j - 2]! + 1 : Number.POSITIVE_INFINITY,
      )
    }
    ;[before, row] = [row, next]
  }
  return row[other.length]!
}

const longest = 40

/**
 * The name that differs least, where it differs by little: by one slip in a short word, by two in one of six letters or
 * more. Capitals and hyphens are no slip; of names that are as near the first is taken.
 */
export function nearestOf(typed: string, names: Iterable<string>): string | undefined {
  if (typed.length > longest) return undefined
  const plain = (name: string) => name.toLowerCase().replaceAll(/[-_]/g, '')
  const word = plain(typed)
  const most = word.length < 3 ? 0 : word.length < 6 ? 1 : 2
  let [nearest, least]: [string | undefined, number] = [undefined, most + 1]
  for (const name of names) {
    const other = plain(name)
    // Who writes `countries` for `country` means it; so short a beginning as `to` says nothing.
    const isPlural =
      other.length > 3 && (word === `${other}s` || word === other.replace(/y$/, 'ies') || other === `${word}s`)
    const slips = isPlural ? 1 : slipsBetween(word, other, most)
    if (slips < least) [nearest, least] = [name, slips]
  }
  return nearest
}

/** What there is to say of a name that is none of these: of a field, or of what an address asks for. */
export function unknownName(name: string, known: readonly string[]): Record<string, unknown> {
  const meant = nearestOf(name, known)
  return { additionalProperty: name, ...(known.length > 0 && { known }), ...(meant !== undefined && { meant }) }
}
