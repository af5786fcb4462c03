/** The words of one document, each with its forms elsewhere and what it says about the document. */
import { gramMark, stemMark } from '../query/analysis.ts'
import type { QueryTerm, SearchDocument } from '../contract.ts'
import { emitTexts, impactOf } from './builder.ts'

const stemWeight = 0.85

/** `stem` is what words of one stem have in common; `impact` is what the word says about the document, 1 to 255. */
export type OwnWord = { word: string; stem: string; terms: QueryTerm[]; impact: number }

/** `counts`: how often it stands in titles, headings and texts. */
type Met = { counts: [number, number, number]; stem: string }

/**
 * As they would stand in a segment, which need not be built for it: no characters of scripts without spaces, no languages
 * and no values.
 */
export function ownWords(document: SearchDocument): OwnWord[] {
  const met = new Map<string, Met>()
  const lengths = new Uint32Array(3)
  let last: Met | undefined
  let lastAt = -1
  emitTexts(document, lengths, (term, position, place) => {
    if (term.startsWith(gramMark)) return
    // A stem comes behind its word. A word of several languages may have several: one is enough to know it by.
    if (term.startsWith(stemMark)) {
      if (last && lastAt === position) last.stem ||= term
      return
    }
    last = met.get(term)
    if (!last) met.set(term, (last = { counts: [0, 0, 0], stem: '' }))
    last.counts[place]!++
    lastAt = position
  })
  const prominence = document.prominence ?? 1
  return [...met].map(([word, { counts, stem: found }]) => {
    // What stands in most places without a stem is none the less one word.
    const stem = found || stemMark + word
    const forms = new Map([[stem.slice(1), stemWeight] as const, [stem, stemWeight] as const, [word, 1] as const])
    return {
      word,
      stem: stem.slice(1),
      impact: impactOf(...counts, lengths, 0, prominence),
      terms: [...forms].map(([term, weight]) => ({ term, weight })),
    }
  })
}
