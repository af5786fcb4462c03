/** What was typed, understood: words that must all be found, "phrases", and -exclusions. */
import type { Branch, Clause, ParsedQuery, Phrase, Slot } from './contract.ts'
import { bare, gramMark, stemMark, surfaceOf } from './analysis.ts'
import { folded, lowered } from './fold.ts'
import { scan, segments } from './scan.ts'
import { baseLanguage, hasStemmer, stemOf } from './stem.ts'

export const longestQuery = 2_000
export const mostTerms = 64
const mostLanguages = 12
const stemWeight = 0.85
const asTyped = (phrase: Phrase): Branch => ({ weight: 1, phrase })
const uiLanguages = ['en', 'fr', 'es', 'ru', 'zh', 'ar']

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

/** The asker's languages first, then those every house speaks; only those with rules for word forms. */
function stemmedLanguages(languages: string[]): string[] {
  const bases = [...languages.slice(0, mostLanguages).map(baseLanguage), ...uiLanguages]
  return [...new Set(bases)].filter(hasStemmer)
}

/** Characters in pairs, so that a word is found however the text around it is divided. */
function gramSlots(run: string, offset: number): Slot[] {
  const characters = [...run]
  if (characters.length === 1) return [{ offset, terms: [{ term: gramMark + run, weight: 1 }] }]
  return characters
    .slice(1)
    .map((character, i) => ({ offset: offset + i, terms: [{ term: gramMark + characters[i] + character, weight: 1 }] }))
}

function wordSlot(word: string, bases: string[], offset: number): Slot | null {
  const kept = bare(word)
  const surface = surfaceOf(kept)
  if (surface === '') return null
  const weights = new Map([[surface, 1]])
  for (const base of bases) {
    const stem = stemOf(kept, base)
    if (stem === '') continue
    weights.set(stemMark + stem, stemWeight)
    // A word that is its own stem stands in the index as a surface only.
    if (!weights.has(stem)) weights.set(stem, stemWeight)
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

/** The clauses of what was typed without quotes: one a word; e-learning is also elearning and "e learning". */
function plainClauses(text: string, bases: string[]): { clause: Clause; word: string }[] {
  const clauses: { clause: Clause; word: string }[] = []
  let chain: Slot[] = []
  let parts: string[] = []
  const flush = () => {
    if (chain.length === 0) return
    const joined: Slot = { offset: 0, terms: [{ term: parts.join(''), weight: 1 }] }
    const any = (chain.length > 1 ? [[joined], chain] : [chain]).map(asTyped)
    const word = parts.join('-')
    clauses.push({ clause: { any, name: word }, word })
    chain = []
    parts = []
  }
  scan(text, (kind, token, hyphened) => {
    if (!hyphened) flush()
    if (kind === 'han') {
      for (const { word } of segments(kind, folded(token)))
        clauses.push({ clause: { any: [asTyped(gramSlots(word, 0))], name: word }, word })
    } else if (kind === 'run') {
      for (const { word } of segments(kind, token)) {
        const slot = wordSlot(word, [], 0)
        const name = surfaceOf(word)
        if (slot) clauses.push({ clause: { any: [asTyped([slot])], name }, word: name })
      }
    } else {
      const slot = wordSlot(token, bases, chain.length)
      if (!slot) return
      chain.push(slot)
      parts.push(surfaceOf(bare(token)))
    }
  })
  flush()
  return clauses
}

const slotsOf = ({ any }: Clause): number =>
  any.reduce((sum, branch) => sum + ('phrase' in branch ? branch.phrase.length : 0), 0)

export function parseQuery(text: string, languages: string[]): ParsedQuery {
  const bases = stemmedLanguages(languages)
  const query: ParsedQuery = { required: [], excluded: [], words: [], ways: [] }
  const seen = new Set<string>()
  let room = mostTerms
  for (const piece of piecesOf(lowered(text.slice(0, longestQuery)).slice(0, longestQuery))) {
    const understood = piece.quoted ? quotedClause(piece.text) : plainClauses(piece.text, bases)
    for (const { clause, word } of understood) {
      const name = `${piece.excluded ? '-' : ''}${piece.quoted ? '"' : ''}${word}`
      if (seen.has(name)) continue
      seen.add(name)
      room -= slotsOf(clause)
      if (room < 0) return query
      ;(piece.excluded ? query.excluded : query.required).push(clause)
      query.words.push(piece.excluded ? `-${word}` : word)
    }
  }
  return query
}

function quotedClause(text: string): { clause: Clause; word: string }[] {
  const { phrase, word } = quotedPhrase(text)
  // A long quotation is looked for by its beginning.
  const any = [asTyped(phrase.slice(0, mostTerms / 2))]
  return phrase.length > 0 ? [{ clause: { any, name: word }, word }] : []
}
