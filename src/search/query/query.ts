/** What was typed, taken apart: words that must all be found, "phrases", and -exclusions. */
import { boundedCache } from '#kernel/bounded-cache.ts'
import { languages } from '#kernel/i18n/languages.ts'
import type { Branch, Clause, ParsedQuery, Phrase, Slot } from '../contract.ts'
import { bare, gramMark, stemMark, surfaceOf, unelided } from './analysis.ts'
import { clausesOf } from './branch.ts'
import { folded, lowered } from '#kernel/i18n/fold.ts'
import { textStems } from './noun-stems.ts'
import { isNameAlone, wordsAsNames } from './written-as-names.ts'
import { scan, segments } from './scan.ts'
import { baseLanguage, hasStemmer, stemOf } from './stem.ts'

export const longestQuery = 2_000
export const mostTerms = 64
const mostLanguages = 12
const stemWeight = 0.85
export const asTyped = (phrase: Phrase): Branch => ({ weight: 1, phrase })
const uiLanguages: readonly string[] = languages

const quotes = /["“”„‟«»「」『』〝〞〟‹›]/
const dashes = '-−–'
const spaces = /\s/

/** A piece as typed: between spaces, or between quotes. */
type Piece = { text: string; quoted: boolean; excluded: boolean }

function endOf(text: string, from: number, stops: (character: string) => boolean): number {
  let at = from
  while (at < text.length && !stops(text[at]!)) at++
  return at
}

function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  while (at < text.length) {
    if (spaces.test(text[at]!)) {
      at++
      continue
    }
    const excluded = dashes.includes(text[at]!) && at + 1 < text.length && (at === 0 || spaces.test(text[at - 1]!))
    const start = excluded ? at + 1 : at
    if (quotes.test(text[start]!)) {
      const close = endOf(text, start + 1, (character) => quotes.test(character))
      // A quote that nothing closes is a slip of the finger; what follows it are plain words.
      if (close < text.length) pieces.push({ text: text.slice(start + 1, close), quoted: true, excluded })
      at = close < text.length ? close + 1 : start + 1
      continue
    }
    const end = endOf(text, start, (character) => spaces.test(character) || quotes.test(character))
    pieces.push({ text: text.slice(start, end), quoted: false, excluded })
    at = Math.max(end, at + 1)
  }
  return pieces
}

/**
 * The languages by whose rules the words of a question are reduced. Who asks in Spanish asks in Spanish, or English: by French rules “niñas” would be “niños”.
 * In English people ask what they like.
 */
export function stemmedLanguages(languages: string[]): string[] {
  const asked = languages.slice(0, mostLanguages).map(baseLanguage)
  const others = asked.some((one) => one !== 'en') ? ['en'] : uiLanguages
  return [...new Set([...asked, ...others])].filter(hasStemmer)
}

/** Characters in pairs, so that a word is found however the text around it is divided. */
export function gramSlots(run: string, offset: number): Slot[] {
  const characters = [...run]
  if (characters.length === 1) return [{ offset, terms: [{ term: gramMark + run, weight: 1 }] }]
  return characters
    .slice(1)
    .map((character, i) => ({ offset: offset + i, terms: [{ term: gramMark + characters[i] + character, weight: 1 }] }))
}

/** A word in its forms: as it stands, and by the stem that each language gives it. */
export function wordSlot(word: string, bases: string[], offset: number): Slot | null {
  const kept = bare(word)
  const surface = surfaceOf(kept)
  if (surface === '') return null
  const weights = new Map([[surface, 1]])
  for (const base of bases) {
    const stem = stemOf(kept, base)
    if (stem === '') continue
    for (const one of base === 'ru' ? textStems(kept) : [stem]) {
      weights.set(stemMark + one, stemWeight)
      // A word that is its own stem stands in the index as a surface only.
      if (!weights.has(one)) weights.set(one, stemWeight)
    }
  }
  return { offset, terms: [...weights].map(([term, weight]) => ({ term, weight })) }
}

type Understood = { phrase: Phrase; word: string }

/** Words in quotes stand as they are, next to one another. */
function quotedPhrase(text: string): Understood {
  const phrase: Phrase = []
  const words: string[] = []
  let offset = 0
  scan(text, (kind, token) => {
    const before = offset
    if (kind === 'han') {
      const run = folded(token)
      phrase.push(...gramSlots(run, offset))
      offset += [...run].length
      words.push(run)
      return
    }
    for (const word of kind === 'run' ? segments(kind, token).map((segment) => segment.word) : [token]) {
      const slot = wordSlot(word, [], offset)
      if (slot) phrase.push({ ...slot, offset: offset++ })
    }
    if (offset > before) words.push(surfaceOf(bare(token)))
  })
  return { phrase, word: words.join(' ') }
}

/** One thing asked for: a word, a chain of words with hyphens, or a quotation. */
export type Unit = {
  clause: Clause
  /** Folded, as it is known by. */
  word: string
  /** As typed, in lower case. */
  typed: string
  /** The plain words, in their places; none where it was quoted. */
  words: string[]
  quoted: boolean
  excluded: boolean
  /** Typed in capitals in a text that is not: AI, IT, ICT. */
  isAbbreviated?: boolean
  /** Written as a name is. */
  isName?: 'surely' | 'perhaps'
}

/** Letters enough to be a slip, and nothing but letters: numbers and signs are meant as they are. */
const mayBeSlip = /^[\p{L}\p{M}']{3,}$/u

/** The units of what was typed without quotes: one a word; e-learning is also elearning and "e learning". */
function plainUnits(text: string, bases: string[], languages: string[]): Omit<Unit, 'quoted' | 'excluded'>[] {
  const units: Omit<Unit, 'quoted' | 'excluded'>[] = []
  let chain: Slot[] = []
  let parts: string[] = []
  let words: string[] = []
  let typed: string[] = []
  const flush = () => {
    if (chain.length === 0) return
    const joined: Slot = { offset: 0, terms: [{ term: parts.join(''), weight: 1 }] }
    const any = (chain.length > 1 ? [[joined], chain] : [chain]).map(asTyped)
    const name = parts.join('-')
    const mend = words.length === 1 && mayBeSlip.test(words[0]!) && { word: words[0]!, languages }
    units.push({ clause: { any, name, ...(mend && { mend }) }, word: name, typed: typed.join('-'), words })
    typed = []
    chain = []
    parts = []
    words = []
  }
  scan(text, (kind, token, hyphened) => {
    if (!hyphened) flush()
    if (kind === 'han') {
      for (const { word } of segments(kind, folded(token)))
        units.push({ clause: { any: [asTyped(gramSlots(word, 0))], name: word }, word, typed: word, words: [word] })
    } else if (kind === 'run') {
      for (const { word } of segments(kind, token)) {
        const slot = wordSlot(word, [], 0)
        const name = surfaceOf(word)
        if (slot) units.push({ clause: { any: [asTyped([slot])], name }, word: name, typed: word, words: [word] })
      }
    } else {
      const slot = wordSlot(token, bases, chain.length)
      if (!slot) return
      chain.push(slot)
      typed.push(token)
      words.push(bare(token))
      parts.push(surfaceOf(bare(token)))
    }
  })
  flush()
  return units
}

export const slotsIn = (branches: Branch[]): number =>
  branches.reduce(
    (sum, branch) =>
      sum +
      ('phrase' in branch ? branch.phrase.length : clausesOf(branch).reduce((all, { any }) => all + slotsIn(any), 0)),
    0,
  )

const abbreviation = /(?<![\p{L}\p{N}])\p{Lu}{2,6}(?![\p{L}\p{N}])/gu
const onlyAbbreviation = /^[^\p{L}\p{N}]*\p{Lu}{2,6}[^\p{L}\p{N}]*$/u
const smallLetter = /\p{Ll}/u

/** The words in capitals, lowered, where not all is, or it is the only word. */
const abbreviatedIn = (text: string): Set<string> =>
  new Set(
    smallLetter.test(text) || onlyAbbreviation.test(text)
      ? [...text.matchAll(abbreviation)].map(([word]) => lowered(word))
      : [],
  )

/** An abbreviation has no forms, and is no slip for a word: VAE is not “va”, nor FOAD “food”. */
const asAbbreviation = ({ any, name }: Clause): Clause => ({
  name,
  any: any.map((branch) =>
    'phrase' in branch
      ? { ...branch, phrase: branch.phrase.map(({ offset, terms }) => ({ offset, terms: terms.slice(0, 1) })) }
      : branch,
  ),
})

const writtenWord = /[\p{L}\p{M}\p{N}'’-]+/gu

/** The words as they were written, by how they stand lowered; of several the first. */
const wordsAsWritten = (text: string): ReadonlyMap<string, string> =>
  new Map([...text.matchAll(writtenWord)].map(([word]): [string, string] => [lowered(word), word]).toReversed())

/** One page asks for the units of a question several times: to find, to offer filters, and to count what these would leave. */
const mostKept = 40
const lately = boundedCache<readonly Unit[]>(mostKept)

/** What was typed, unit by unit, each but once, and no more than can be looked for at a reasonable cost. They are shared: whoever gets them must not change them. */
export function unitsOf(text: string, languages: string[]): readonly Unit[] {
  const key = `${languages.join(' ')}\n${text}`
  let units = lately.get(key)
  if (!units) lately.set(key, (units = readUnits(text, languages)))
  return units
}

function readUnits(text: string, languages: string[]): Unit[] {
  const asked = languages.slice(0, mostLanguages)
  const bases = stemmedLanguages(asked)
  const units: Unit[] = []
  const typed = text.slice(0, longestQuery)
  const abbreviated = abbreviatedIn(typed)
  const names = wordsAsNames(typed)
  const isAlone = isNameAlone(typed)
  const written = wordsAsWritten(typed)
  const seen = new Set<string>()
  let room = mostTerms
  for (const { text: piece, quoted, excluded } of piecesOf(lowered(typed).slice(0, longestQuery)))
    for (const unit of quoted ? quotedUnit(piece) : plainUnits(piece, bases, asked)) {
      const name = `${excluded ? '-' : ''}${quoted ? '"' : ''}${unit.word}`
      if (seen.has(name)) continue
      seen.add(name)
      room -= slotsIn(unit.clause.any)
      if (room < 0) return units
      const isName = names.sure.has(unit.typed) ? 'surely' : names.likely.has(unit.typed) ? 'perhaps' : undefined
      const isAbbreviated = abbreviated.has(unit.typed)
      // As it is shown: with its accents and capitals.
      const shown = written.get(unit.typed) ?? unit.typed
      const clause = quoted ? unit.clause : { ...unit.clause, name: unelided(shown) }
      const one = { ...unit, typed: shown, clause: isAbbreviated ? asAbbreviation(clause) : clause }
      if (isAlone && one.clause.mend) one.clause.mend.isName = true
      units.push({ ...one, quoted, excluded, ...(isAbbreviated && { isAbbreviated }), ...(isName && { isName }) })
    }
  return units
}

/** A query of these units and nothing else: all of them must be found. */
export const queryOf = (units: readonly Unit[]): ParsedQuery => ({
  required: units.filter(({ excluded }) => !excluded).map(({ clause }) => clause),
  excluded: units.filter(({ excluded }) => excluded).map(({ clause: { any, name } }) => ({ any, name })),
  words: units.map(({ excluded, word }) => (excluded ? `-${word}` : word)),
  ways: [],
})

/** What was typed, and nothing beside it. */
export function parseQuery(text: string, languages: string[]): ParsedQuery {
  return queryOf(unitsOf(text, languages).map((unit) => ({ ...unit, clause: plain(unit.clause) })))
}

const plain = ({ any, name }: Clause): Clause => ({ any, name })

function quotedUnit(text: string): Omit<Unit, 'quoted' | 'excluded'>[] {
  const { phrase, word } = quotedPhrase(text)
  // A long quotation is looked for by its beginning.
  const any = [asTyped(phrase.slice(0, mostTerms / 2))]
  return phrase.length > 0 ? [{ clause: { any, name: text.trim() }, word, typed: `"${text.trim()}"`, words: [] }] : []
}
