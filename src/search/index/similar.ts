/** Documents that share telling words with one that is given. */
import { gramMark, stemMark } from '../query/analysis.ts'
import { buildSegment } from './builder.ts'
import type { QueryTerm, SearchDocument, SearchRequest, SimilarHit } from '../contract.ts'
import { tableOf, type ValueTable } from './facets.ts'
import { readSlot, scoreOne } from './match.ts'
import { missesOf, narrowingOf } from './narrow.ts'
import { isDeleted, livingIn, type Part } from './part.ts'
import { planWord, slotIn, type PlannedSlot } from './plan.ts'
import { openCursor, impactAt, positionList, readPositions, type Matches } from './postings.ts'
import { inOrder, offerAll, ranking } from './rank.ts'
import { rarityOf, scoreUnit, wholeWeight } from './score.ts'
import { termBytesAt, termCount, type Segment } from './segment.ts'

const mostWords = 20
const mostCandidates = 200
/** Words stop being telling, and begin to be costly, when all of them together stand in so many documents. */
const mostPostings = 50_000
const stemWeight = 0.85
const fewestShared = 2

type Word = { word: string; terms: QueryTerm[]; impact: number }

const decoder = new TextDecoder()

/** The words of a document: each with the forms it may have elsewhere, and what it says about this one. */
function wordsOf(segment: Segment): Word[] {
  const surfaces: { word: string; impact: number; at: number[] }[] = []
  const stems = new Map<number, string>()
  for (let term = 0; term < termCount(segment); term++) {
    const text = decoder.decode(termBytesAt(segment, term))
    if (text.startsWith(gramMark)) continue
    const cursor = openCursor(segment, term)
    const list = positionList()
    readPositions(cursor, list, 0)
    const at = [...list.at.subarray(0, list.length)]
    if (text.startsWith(stemMark)) for (const position of at) stems.set(position, text)
    else surfaces.push({ word: text, impact: impactAt(cursor), at })
  }
  return surfaces.map(({ word, impact, at }) => {
    // A word of several languages may have several stems; what stands in most places is none the less one word.
    const stem = at.map((position) => stems.get(position)).find((found) => found !== undefined) ?? stemMark + word
    const forms = new Map([[stem.slice(1), stemWeight] as const, [stem, stemWeight] as const, [word, 1] as const])
    return { word, impact, terms: [...forms].map(([term, weight]) => ({ term, weight })) }
  })
}

type Telling = { word: string; slot: PlannedSlot }

/** The words that tell most: rare in the index, weighty in the document, and known to others. One of each stem. */
function tellingWords(segment: Segment, parts: Part[], documents: number, own: boolean): Telling[] {
  const candidates = wordsOf(segment)
    .sort((a, b) => b.impact - a.impact || (a.word < b.word ? -1 : 1))
    .slice(0, mostCandidates)
  const told = candidates.flatMap(({ word, terms, impact }) => {
    const slot = planWord({ offset: 0, terms }, parts, documents)
    const most = Math.max(...slot.terms.map(({ frequency }) => frequency))
    const share = (impact / 256) * rarityOf(documents, most)
    const weighed = slot.terms.map((term) => ({ ...term, whole: wholeWeight(term.weight * share) }))
    return most > +own ? [{ word, stem: terms[0]!.term, share, slot: { ...slot, terms: weighed } }] : []
  })
  const seen = new Set<string>()
  let room = mostPostings
  return told
    .sort((a, b) => b.share - a.share || (a.word < b.word ? -1 : 1))
    .filter(({ stem }) => !seen.has(stem) && seen.add(stem))
    .slice(0, mostWords)
    .filter(({ slot }, place) => (room -= slot.frequency) >= 0 || place < fewestShared)
}

/** The documents of a part that have at least two of the words. */
function sharing(part: Part, place: number, words: Telling[], itself: number): Matches {
  const { segment, deleted } = part
  const earned = new Int32Array(segment.documents)
  const shared = new Uint8Array(segment.documents)
  for (const { slot } of words) {
    const { docs, scores } = readSlot(segment, slotIn(slot, place))
    for (let i = 0; i < docs.length; i++) {
      earned[docs[i]!]! += scores[i]!
      shared[docs[i]!]!++
    }
  }
  const docs: number[] = []
  for (let doc = 0; doc < shared.length; doc++) {
    const isOther = segment.numbers[doc] !== itself && !(deleted && isDeleted(deleted, doc))
    if (shared[doc]! >= fewestShared && isOther) docs.push(doc)
  }
  return { docs: Uint32Array.from(docs), scores: Int32Array.from(docs, (doc) => earned[doc]!) }
}

/** Among documents that were not deleted, since deleted ones have no terms. */
function holds({ segment, deleted }: Part, number: number): boolean {
  const doc = segment.numbers.indexOf(number)
  return doc >= 0 && !(deleted && isDeleted(deleted, doc))
}

export function similarIn(
  parts: Part[],
  table: ValueTable,
  document: SearchDocument,
  limit: number,
  filters: SearchRequest['filters'] = {},
): SimilarHit[] {
  const documents = parts.reduce((sum, part) => sum + livingIn(part), 0)
  const own = buildSegment([document], tableOf([]))
  const known = parts.some((part) => holds(part, document.number))
  const words = tellingWords(own, parts, documents, known)
  const narrowing = narrowingOf({ filters }, table)
  const ranked = ranking('relevance', Math.max(0, Math.min(Math.floor(limit), 100)), null, null)
  parts.forEach((part, place) => {
    const found = sharing(part, place, words, document.number)
    offerAll(ranked, part.segment, place, passing(part, found, narrowing), true)
  })
  return inOrder(ranked).map(({ number, score, part, doc }) => ({
    number,
    score: score / scoreUnit,
    shared: words
      .map(({ word, slot }) => ({ word, score: scoreOne(parts[part]!.segment, slotIn(slot, part), doc) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
      .map(({ word }) => word),
  }))
}

function passing(part: Part, found: Matches, narrowing: ReturnType<typeof narrowingOf>): Matches {
  if (!narrowing) return found
  const misses = missesOf(part.segment, found.docs, narrowing)
  return { docs: found.docs.filter((_, i) => misses[i] === 0), scores: found.scores.filter((_, i) => misses[i] === 0) }
}
