/** Plain words that name the value of a filter: “videos in Arabic” are of type video and in the language ar. */
import { boundedCache, type BoundedCache } from '#kernel/bounded-cache.ts'
import { lexiconOnly, type Entry, type Lexicon } from './lexicon.ts'
import { unitsOf, type Unit } from './query.ts'
import { matchesIn, type Match } from './matches.ts'
import { languagesFor, littleUnits } from './understand.ts'

export type NamedValue = {
  facet: string
  value: string
  /** The words that name it. */
  typed: string
  /** The text without them, and without the little words that joined them to the rest. */
  rest: string
}

const han = /^\p{sc=Han}+$/u
const mostValues = 12

const textOf = (units: readonly Unit[]): string =>
  units.reduce((text, unit, at) => {
    const isJoined = at === 0 || (han.test(unit.word) && han.test(units[at - 1]!.word))
    return `${text}${isJoined ? '' : ' '}${unit.excluded ? '-' : ''}${unit.typed}`
  }, '')

/** Little words that would join nothing any more: at either end, and beside others of their like. */
function withoutJoints(units: readonly Unit[], removed: Match, little: Set<Unit>): Unit[] {
  let { from, to } = removed
  while (from > 0 && little.has(units[from - 1]!)) from--
  if (from === 0) while (to < units.length && little.has(units[to]!)) to++
  return [...units.slice(0, from), ...units.slice(to)]
}

/** The values among the meanings, one of each facet: the code lists have the same country twice, as text and as code. */
function valuesOf(match: Match, lexicon: Lexicon): NonNullable<Entry['value']>[] {
  const found = new Map<string, NonNullable<Entry['value']>>()
  for (const id of match.ids) {
    const value = lexicon.entries.get(id)?.value
    if (value && !found.has(value.facet)) found.set(value.facet, value)
  }
  return [...found.values()]
}

const valuesIn = lexiconOnly(({ value }) => value !== undefined)

const mostRemembered = 100
const remembered = new WeakMap<Lexicon, BoundedCache<NamedValue[]>>()

/** The values of filters that plain words of a question name, in whatever language; quoted words name nothing. One page asks this of the same words more than once. */
export function namedValues(lexicon: Lexicon, text: string, languages: string[]): readonly NamedValue[] {
  let known = remembered.get(lexicon)
  if (!known) remembered.set(lexicon, (known = boundedCache(mostRemembered)))
  const key = `${languages.join(' ')}\n${text}`
  let named = known.get(key)
  if (!named) known.set(key, (named = namedIn(lexicon, text, languages)))
  return named
}

function namedIn(lexicon: Lexicon, text: string, languages: string[]): NamedValue[] {
  const units = unitsOf(text, languages)
  const little = littleUnits(units, languages)
  const values = valuesIn(lexicon)
  return matchesIn(units, little, languagesFor(languages), values)
    .flatMap((match) => {
      const typed = textOf(units.slice(match.from, match.to))
      const rest = textOf(withoutJoints(units, match, little))
      return valuesOf(match, values).map((value) => ({ ...value, typed, rest }))
    })
    .slice(0, mostValues)
}
