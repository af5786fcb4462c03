/** Plain words that name the value of a filter: “videos in Arabic” are of type video and in the language ar. */
import { boundedCache, type BoundedCache } from '#kernel/bounded-cache.ts'
import { namedTogether } from '#records/facets.ts'
import { beginsForWhom, filterLexicon, isAfterWhom, isBeforeWhom } from './filter-names.ts'
import type { Entry, Lexicon } from './lexicon.ts'
import { unitsOf, type Unit } from './query.ts'
import { isPlain, matchesIn, type Match } from './matches.ts'
import { languagesFor, littleUnits } from './understand.ts'

export type NamedValue = {
  facet: string
  value: string
  /** The words that name it. */
  typed: string
  /** The text without them, and without the little words that joined them to the rest. */
  rest: string
}

/** Words that name a filter, with all that they may mean: values of one filter, or of one or another. */
export type Named = { typed: string; meanings: { facet: string; values: string[] }[] }

/** The names of filters in a text, as they stand in it, and the text without some of them. */
export type NamesInText = { names: Named[]; without: (taken: readonly Named[]) => string }

const han = /^\p{sc=Han}+$/u
const mostValues = 12
const mostMeanings = 3
/** Of several filters these are meant first: a policy is a kind before it is a type, and who lacks a connection asks what works without. */
const meantFirst = ['kind', 'connectivity']
const placeOf = (facet: string): number => (meantFirst.includes(facet) ? meantFirst.indexOf(facet) : meantFirst.length)
/** A name of four figures is a year. */
const yearly = /^(?:19[5-9]|20[0-4])\p{N}$/u

const textOf = (units: readonly Unit[]): string =>
  units.reduce((text, unit, at) => {
    const isJoined = at === 0 || (han.test(unit.word) && han.test(units[at - 1]!.word))
    return `${text}${isJoined ? '' : ' '}${unit.excluded ? '-' : ''}${unit.typed}`
  }, '')

type Place = { from: number; to: number }

/** Little words that would join nothing any more: at either end, and beside others of their like. */
function withoutJoints(units: readonly Unit[], removed: readonly Place[], little: Set<Unit>): Unit[] {
  const gone = new Set<Unit>()
  for (const { from, to } of removed) {
    for (let at = from; at < to; at++) gone.add(units[at]!)
    for (let at = from - 1; at >= 0 && little.has(units[at]!); at--) gone.add(units[at]!)
  }
  const left = units.filter((unit) => !gone.has(unit))
  const first = left.findIndex((unit) => !little.has(unit))
  // What a text began with stays, unless what it led to is gone.
  return removed.some(({ from }) => units.slice(0, from).every((unit) => gone.has(unit)))
    ? left.slice(Math.max(first, 0))
    : left
}

/** What is called so, by filter; the code lists have the same country twice, as text and as code. */
function meaningsOf(match: Match, lexicon: Lexicon, mayBeAudience: boolean): Named['meanings'] {
  const found = new Map<string, Set<string>>()
  for (const id of match.ids) {
    const value: Entry['value'] = lexicon.entries.get(id)?.value
    if (!value || (value.facet === 'audience' && !mayBeAudience)) continue
    const values = found.get(value.facet)
    if (!values) found.set(value.facet, new Set([value.value]))
    else if (namedTogether.has(value.facet)) values.add(value.value)
  }
  const meanings = [...found].map(([facet, values]) => ({ facet, values: [...values] }))
  return meanings.toSorted((a, b) => placeOf(a.facet) - placeOf(b.facet)).slice(0, mostMeanings)
}

const mostRemembered = 100
const remembered = new WeakMap<Lexicon, BoundedCache<NamesInText>>()

/** The names of filters in plain words, in whatever language; quoted words name nothing. One page asks this of the same words more than once. */
export function namesInText(lexicon: Lexicon, text: string, languages: string[]): NamesInText {
  let known = remembered.get(lexicon)
  if (!known) remembered.set(lexicon, (known = boundedCache(mostRemembered)))
  const key = `${languages.join(' ')}\n${text}`
  let names = known.get(key)
  if (!names) known.set(key, (names = readNames(lexicon, text, languages)))
  return names
}

function readNames(lexicon: Lexicon, text: string, languages: string[]): NamesInText {
  const units = unitsOf(text, languages)
  const little = littleUnits(units, languages)
  const all = filterLexicon(lexicon)
  const matches = matchesIn(units, little, languagesFor(languages), all)
  const places = new Map<Named, Place>()
  for (const match of matches) {
    const whom = forWhom(units, match, little)
    const meanings = meaningsOf(match, all, whom !== undefined)
    const isWhom = meanings.some(({ facet }) => facet === 'audience')
    const typed = textOf(units.slice(match.from, match.to))
    if (meanings.length > 0) places.set({ typed, meanings }, whom && isWhom ? whom : match)
  }
  for (const [at, unit] of units.entries())
    if (isPlain(unit) && yearly.test(unit.word) && !matches.some(({ from, to }) => at >= from && at < to))
      places.set({ typed: unit.typed, meanings: [{ facet: 'year', values: [unit.word] }] }, { from: at, to: at + 1 })
  return {
    names: [...places].toSorted(([, a], [, b]) => a.from - b.from).map(([name]) => name),
    without: (taken) =>
      textOf(
        withoutJoints(
          units,
          taken.map((name) => places.get(name)!),
          little,
        ),
      ),
  }
}

/** Where a name stands with the word that says that something is for it; undefined where none does. */
function forWhom(units: readonly Unit[], { from, to }: Place, little: Set<Unit>): Place | undefined {
  const wordAt = (at: number) => units[at]?.word ?? ''
  let first = from - 1
  while (first >= 0 && little.has(units[first]!) && !isBeforeWhom(wordAt(first))) first--
  if (isBeforeWhom(wordAt(first))) return { from: first, to }
  if (isAfterWhom(wordAt(to))) return { from, to: to + 1 }
  return beginsForWhom(wordAt(from)) ? { from, to } : undefined
}

/** The values of filters that plain words name, each with the text without its own name. */
export function namedValues(lexicon: Lexicon, text: string, languages: string[]): readonly NamedValue[] {
  const { names, without } = namesInText(lexicon, text, languages)
  return names
    .flatMap((name) => {
      const rest = without([name])
      return name.meanings.flatMap(({ facet, values }) =>
        values.map((value) => ({ facet, value, typed: name.typed, rest })),
      )
    })
    .slice(0, mostValues)
}
