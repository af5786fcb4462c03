/** Documents that share telling words with one that is given. */
import type { SearchDocument, SearchRequest, SimilarHit } from '../contract.ts'
import type { ValueTable } from './facets.ts'
import { readSlot, scoreOne } from './match.ts'
import { missesOf, narrowingOf } from './narrow.ts'
import { ownWords } from './own-words.ts'
import { isDeleted, livingIn, type Part } from './part.ts'
import { planWord, slotIn, type PlannedSlot } from './plan.ts'
import type { Matches } from './postings.ts'
import { inOrder, offerAll, ranking } from './rank.ts'
import { scoreUnit, wholeWeight } from './score.ts'
import { anyNumbers, anyScores, beginAnew, zeroScores } from './scratch.ts'

const mostWords = 20
const mostCandidates = 200
/** Words stop being telling, and begin to be costly, when all of them together stand in so many documents. */
const mostPostings = 50_000
const fewestShared = 2

type Telling = { word: string; slot: PlannedSlot }

/** The words that tell most: rare in the index, weighty in the document, and known to others. One of each stem. */
function tellingWords(document: SearchDocument, parts: Part[], documents: number, own: boolean): Telling[] {
  const candidates = ownWords(document)
    .sort((a, b) => b.impact - a.impact || (a.word < b.word ? -1 : 1))
    .slice(0, mostCandidates)
  const told = candidates.flatMap(({ word, stem, terms, impact }) => {
    const slot = planWord({ offset: 0, terms }, parts, documents)
    if (slot.most <= +own) return []
    const share = (impact / 256) * slot.rarity
    const weighed = slot.terms.map((term) => ({ ...term, whole: wholeWeight(term.weight * share) }))
    return [{ word, stem, share, slot: { ...slot, terms: weighed } }]
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
  beginAnew()
  const { segment, deleted } = part
  const earned = zeroScores(segment.documents)
  const shared = new Uint8Array(segment.documents)
  for (const { slot } of words) {
    const { docs, scores } = readSlot(segment, slotIn(slot, place))
    for (let i = 0; i < docs.length; i++) {
      earned[docs[i]!]! += scores[i]!
      shared[docs[i]!]!++
    }
  }
  const own = segment.numbers.indexOf(itself)
  if (own >= 0) shared[own] = 0
  const docs = anyNumbers(segment.documents)
  const scores = anyScores(segment.documents)
  let size = 0
  for (let doc = 0; doc < shared.length; doc++) {
    if (shared[doc]! < fewestShared || (deleted && isDeleted(deleted, doc))) continue
    docs[size] = doc
    scores[size++] = earned[doc]!
  }
  return { docs: docs.slice(0, size), scores: scores.slice(0, size) }
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
  const known = parts.some((part) => holds(part, document.number))
  const words = tellingWords(document, parts, documents, known)
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
