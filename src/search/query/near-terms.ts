/**
 * The terms of a segment that differ from a word by few letters. The dictionary is sorted, so it is walked as a tree:
 * what terms begin with alike is compared once, and a beginning that differs too much is left with all that follow it.
 */
import { boundedCache, type BoundedCache } from '#kernel/bounded-cache.ts'
import { findTerm, firstTermFrom, termBegins, termBytesAt, termCount, type Segment } from '../index/segment.ts'

/** Calls with each term near the word, its distance, and whether the first letters are the same. */
export type VisitNear = (term: number, distance: number, sameStart: boolean) => void

/** Stems and characters carry marks, and sort before the words. */
const firstWord = new Uint8Array([0x03])
/** Han, kana and Hangul are found by characters, not by letters gone astray: from, to, and the first byte behind. */
const charactersOnly = [
  { from: 0x3000, to: 0x9fff, past: 0xea },
  { from: 0xac00, to: 0xd7ff, past: 0xee },
]
const encoder = new TextEncoder()

/** The first term from `from` on that does not begin with these bytes. Most beginnings are few: so it takes growing steps. */
function pastBeginning(segment: Segment, from: number, beginning: Uint8Array): number {
  const count = termCount(segment)
  let step = 1
  let low = from
  while (low + step < count && termBegins(segment, low + step, beginning)) {
    low += step
    step *= 2
  }
  let high = Math.min(low + step, count)
  while (low + 1 < high) {
    const middle = (low + high) >>> 1
    if (termBegins(segment, middle, beginning)) low = middle
    else high = middle
  }
  return high
}

function bytesInCommon(segment: Segment, left: number, right: number): number {
  const { termBytes, termStarts } = segment
  const a = termStarts[left]!
  const b = termStarts[right]!
  const most = Math.min(termStarts[left + 1]! - a, termStarts[right + 1]! - b)
  let at = 0
  while (at < most && termBytes[a + at] === termBytes[b + at]) at++
  return at
}

const lengthOfCharacter = (first: number) => (first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4)

function characterAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!
  if (first < 0x80) return first
  if (first < 0xe0) return ((first & 0x1f) << 6) | (bytes[at + 1]! & 0x3f)
  const high = ((bytes[at + 1]! & 0x3f) << 6) | (bytes[at + 2]! & 0x3f)
  return first < 0xf0 ? ((first & 0x0f) << 12) | high : ((first & 7) << 18) | (high << 6) | (bytes[at + 3]! & 0x3f)
}

/** The table of distances between the word and the beginning of a term, a row for each letter of the term. */
type Table = {
  letters: Uint32Array
  most: number
  width: number
  rows: Uint8Array
  term: Uint32Array
  ends: Uint32Array
}

function tableFor(letters: Uint32Array, most: number): Table {
  const width = letters.length + 1
  const deepest = letters.length + most + 2
  const table = {
    letters,
    most,
    width,
    rows: new Uint8Array(width * (deepest + 1)),
    term: new Uint32Array(deepest + 1),
    ends: new Uint32Array(deepest + 1),
  }
  for (let j = 0; j < width; j++) table.rows[j] = j
  return table
}

/** Fills what may still be near in the row of the term's letter number `depth`, and answers the least distance. */
function fillRow({ letters, most, width, rows, term }: Table, depth: number): number {
  const far = most + 1
  const row = depth * width
  const above = row - width
  const letter = term[depth]!
  const first = Math.max(1, depth - most)
  const last = Math.min(width - 1, depth + most)
  let least = (rows[row + first - 1] = first === 1 ? Math.min(depth, far) : far)
  for (let j = first; j <= last; j++) {
    let distance = rows[above + j - 1]! + (letters[j - 1] === letter ? 0 : 1)
    if (rows[above + j]! + 1 < distance) distance = rows[above + j]! + 1
    if (rows[row + j - 1]! + 1 < distance) distance = rows[row + j - 1]! + 1
    if (depth > 1 && j > 1 && letters[j - 2] === letter && letters[j - 1] === term[depth - 1])
      distance = Math.min(distance, rows[above - width + j - 2]! + 1)
    rows[row + j] = distance
    if (distance < least) least = distance
  }
  if (last < width - 1) rows[row + last + 1] = far
  return least
}

/** Reads the term's letters after those it shares with the one before, as long as they may be near the word. */
function readOn(table: Table, bytes: Uint8Array, depth: number): { depth: number; near: boolean } {
  const { ends, term, most } = table
  while (ends[depth]! < bytes.length) {
    const at = ends[depth]!
    depth++
    term[depth] = characterAt(bytes, at)
    ends[depth] = at + lengthOfCharacter(bytes[at]!)
    if (fillRow(table, depth) > most) return { depth, near: false }
  }
  return { depth, near: true }
}

/** Terms that begin with the word's first letter; looks at no more than `patience` of them. */
function sameStart(segment: Segment, letters: Uint32Array, most: number, patience: number, visit: VisitNear): void {
  const table = tableFor(letters, most)
  const start = encoder.encode(String.fromCodePoint(letters[0]!))
  const count = termCount(segment)
  let depth = 0
  let before = -1
  for (let term = firstTermFrom(segment, start); term < count && patience > 0; patience--) {
    if (!termBegins(segment, term, start)) return
    const common = before < 0 ? 0 : bytesInCommon(segment, before, term)
    while (table.ends[depth]! > common) depth--
    before = term
    const bytes = termBytesAt(segment, term)
    const read = readOn(table, bytes, depth)
    depth = read.depth
    if (!read.near) {
      term = pastBeginning(segment, term, bytes.subarray(0, table.ends[depth]!))
      continue
    }
    const isLong = depth + most >= letters.length
    const distance = table.rows[depth * table.width + letters.length]!
    if (isLong && distance <= most) visit(term, distance, true)
    term++
  }
}

/** A first letter that terms have, with its bytes. */
type Start = { letter: string; bytes: Uint8Array }

const startsKnown = new WeakMap<Segment, Start[]>()

/** The first letters that terms have. A segment never changes, so they are looked up once. */
function startsOf(segment: Segment): Start[] {
  const known = startsKnown.get(segment)
  if (known) return known
  const starts: Start[] = []
  const count = termCount(segment)
  for (let term = firstTermFrom(segment, firstWord); term < count;) {
    const at = segment.termStarts[term]!
    const letter = characterAt(segment.termBytes, at)
    const skipped = charactersOnly.find(({ from, to }) => letter >= from && letter <= to)
    if (skipped) {
      term = firstTermFrom(segment, Uint8Array.of(skipped.past))
      continue
    }
    const bytes = segment.termBytes.slice(at, at + lengthOfCharacter(segment.termBytes[at]!))
    starts.push({ letter: String.fromCodePoint(letter), bytes })
    term = pastBeginning(segment, term, bytes)
  }
  startsKnown.set(segment, starts)
  return starts
}

const scripts = ['Latin', 'Cyrillic', 'Arabic', 'Greek', 'Hebrew', 'Devanagari', 'Bengali', 'Ethiopic', 'Armenian'].map(
  (script) => new RegExp(`\\p{sc=${script}}`, 'u'),
)
const anyScript = /\p{L}/u

/** What the first letter of this one's script looks like. */
export const scriptOf = (letter: string): RegExp => scripts.find((script) => script.test(letter)) ?? anyScript

const startsByScript = new WeakMap<Segment, Map<RegExp, Start[]>>()

/** The first letters in one script. */
function startsIn(segment: Segment, script: RegExp): Start[] {
  let byScript = startsByScript.get(segment)
  if (!byScript) startsByScript.set(segment, (byScript = new Map()))
  let starts = byScript.get(script)
  if (!starts) byScript.set(script, (starts = startsOf(segment).filter(({ letter }) => script.test(letter))))
  return starts
}

const longestTerm = 512
/** Where candidates are put together, one after another. */
const room = new Uint8Array(longestTerm)

/** Terms with another first letter, or one more or less before the rest, or the first two in each other’s place. */
function otherStart(segment: Segment, letters: Uint32Array, visit: VisitNear): void {
  const text = String.fromCodePoint(...letters)
  const word = encoder.encode(text)
  const [first, second] = letters
  const script = scriptOf(text)
  const rest = word.subarray(lengthOfCharacter(word[0]!))
  if (word.length + 4 > longestTerm) return
  const look = (start: Uint8Array, end: Uint8Array) => {
    room.set(start)
    room.set(end, start.length)
    const term = findTerm(segment, room.subarray(0, start.length + end.length))
    if (term >= 0) visit(term, 1, false)
  }
  const isOther = (letter: number | undefined): letter is number =>
    letter !== undefined && letter !== first && script.test(String.fromCodePoint(letter))
  if (isOther(second)) {
    look(rest, new Uint8Array(0))
    look(encoder.encode(String.fromCodePoint(second, first!)), rest.subarray(lengthOfCharacter(rest[0]!)))
  }
  for (const { letter, bytes } of startsIn(segment, script)) {
    if (letter.codePointAt(0) === first) continue
    look(bytes, rest)
    look(bytes, word)
  }
}

type NearTerm = { term: number; distance: number; sameStart: boolean }

const mostKept = 2_000
const known = new WeakMap<Segment, BoundedCache<NearTerm[]>>()

function lookedUp(segment: Segment, word: string, most: number, patience: number): NearTerm[] {
  const found: NearTerm[] = []
  const letters = Uint32Array.from(word, (letter) => letter.codePointAt(0)!)
  if (letters.length === 0 || most === 0) return found
  const visit: VisitNear = (term, distance, sameFirst) => found.push({ term, distance, sameStart: sameFirst })
  sameStart(segment, letters, most, patience, visit)
  otherStart(segment, letters, visit)
  return found
}

/**
 * Every term at most `most` letters away from the word: a letter more, less, other, or two that changed places.
 * Where the first letter differs, nothing else may. Kept: a page asks the same several times.
 */
export function nearTerms(segment: Segment, word: string, most: number, patience: number, visit: VisitNear): void {
  let kept = known.get(segment)
  if (!kept) known.set(segment, (kept = boundedCache(mostKept)))
  const key = `${most} ${patience} ${word}`
  let found = kept.get(key)
  if (!found) kept.set(key, (found = lookedUp(segment, word, most, patience)))
  for (const near of found) visit(near.term, near.distance, near.sameStart)
}
