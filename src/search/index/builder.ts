/** Documents to one segment. */
import { analyse, languageMark, nameMark, namedFacets, surfaceOf, valueTerm, type Emit } from '../query/analysis.ts'
import { byteSink, bytesOf, varintLength, writeByte, writeText, writeVarint } from './bytes.ts'
import { lowered } from '#kernel/i18n/fold.ts'
import type { SearchDocument, TextWeight } from '../contract.ts'
import { valueId, type ValueTable } from './facets.ts'
import { profileCollector } from './profiles.ts'
import { blockSize, noYear, ownFacets, titleWidth, type Segment } from './segment.ts'
import { analyseRepeated } from '../query/repeated.ts'
import { baseLanguage } from '../query/stem.ts'
import { titleKey } from '../query/title-key.ts'

/** Where a word stands: it counts for more in a title than in a heading, and there than in a text. */
const places: Record<TextWeight, number> = { title: 0, heading: 1, text: 2 }
const mostPositions = 1_000_000

/** Every word met, in order: the term, the document, and the position with its place in the lowest two bits. */
type Tokens = { terms: Uint32Array; docs: Uint32Array; positions: Uint32Array; length: number }

function addToken(tokens: Tokens, term: number, doc: number, position: number): void {
  if (tokens.length === tokens.terms.length) {
    for (const name of ['terms', 'docs', 'positions'] as const) {
      const grown = new Uint32Array(tokens.length * 2)
      grown.set(tokens[name])
      tokens[name] = grown
    }
  }
  tokens.terms[tokens.length] = term
  tokens.docs[tokens.length] = doc
  tokens.positions[tokens.length++] = position
}

type Collected = { tokens: Tokens; terms: Map<string, number>; lengths: Uint32Array; prominences: Float32Array }

/** A title counts as one even where the texts do not repeat it. */
function textsOf(document: SearchDocument): SearchDocument['texts'] {
  if (document.texts.some(({ weight }) => weight === 'title')) return document.texts
  return [{ text: document.title, language: 'und', weight: 'title' }, ...document.texts]
}

/**
 * Every term of the texts of a document, with its position and with where it stands; answers the position after the last. The words of
 * each place are counted into `lengths`.
 */
export function emitTexts(
  document: SearchDocument,
  lengths: Uint32Array,
  emit: (term: string, position: number, place: number) => void,
): number {
  let next = 0
  for (const { text, language, weight } of textsOf(document)) {
    if (next > mostPositions) break
    const place = places[weight]
    const start = next
    const inPlace: Emit = (term, position) => emit(term, position, place)
    // One position stays free between texts, so that no phrase reaches over.
    next = (weight === 'text' ? analyseRepeated : analyse)(text, language, start, inPlace) + 1
    lengths[place]! += next - start - 1
  }
  return next
}

function collect(documents: SearchDocument[]): Collected {
  const room = 64 * Math.max(documents.length, 4)
  const tokens: Tokens = {
    terms: new Uint32Array(room),
    docs: new Uint32Array(room),
    positions: new Uint32Array(room),
    length: 0,
  }
  const terms = new Map<string, number>()
  const lengths = new Uint32Array(documents.length * 3)
  const add = (term: string, doc: number, position: number) => {
    let id = terms.get(term)
    if (id === undefined) terms.set(term, (id = terms.size))
    addToken(tokens, id, doc, position)
  }
  documents.forEach((document, doc) => {
    const next = emitTexts(document, lengths.subarray(doc * 3, doc * 3 + 3), (term, position, place) =>
      add(term, doc, position * 4 + place),
    )
    const marks = ['', ...languagesOf(document)].map((language) => languageMark + language)
    const names = (document.properNames ?? []).map((name) => nameMark + surfaceOf(lowered(name)))
    for (const mark of [...marks, ...names, ...namedValuesOf(document)]) add(mark, doc, next * 4 + places.title)
  })
  return { tokens, terms, lengths, prominences: Float32Array.from(documents, ({ prominence }) => prominence ?? 1) }
}

/** The values that words may name. */
const namedValuesOf = ({ values }: SearchDocument): string[] =>
  [...namedFacets].flatMap((facet) =>
    Object.hasOwn(values, facet) ? values[facet]!.map((value) => valueTerm(facet, value)) : [],
  )

/** The languages that a record is in; where it does not say, the one of its title, if there is but one. */
function languagesOf({ values, texts }: SearchDocument): string[] {
  const own = Object.hasOwn(values, 'language') ? values.language! : []
  if (own.length > 0) return [...new Set(own.map(baseLanguage))]
  const written = new Set(
    texts.filter(({ weight }) => weight === 'title').map(({ language }) => baseLanguage(language)),
  )
  return written.size === 1 ? [...written] : []
}

const encoder = new TextEncoder()
const surrogate = /[\uD800-\uDFFF]/

/** Terms in the order of their UTF-8 bytes. That is the order of their code units unless surrogates are among them. */
function sortTerms(terms: Map<string, number>): string[] {
  const sorted = [...terms.keys()]
  if (!sorted.some((term) => surrogate.test(term))) return sorted.sort()
  return sorted.sort((a, b) => Buffer.compare(encoder.encode(a), encoder.encode(b)))
}

/**
 * How much a term says about a document, 1 to 255: half and more for standing in a title, the rest as in BM25.
 * Lengths are judged against fixed ones, so that an impact holds in whatever segment it comes to lie.
 */
export function impactOf(
  title: number,
  heading: number,
  text: number,
  lengths: Uint32Array,
  doc: number,
  prominence: number,
): number {
  const inTitle = title > 0 ? 0.5 + 0.05 / (1 + lengths[doc * 3]! / 8) : 0
  const weighed = heading * 2.5 + text
  const length = lengths[doc * 3 + 1]! + lengths[doc * 3 + 2]!
  const inBody = weighed > 0 ? (0.4 * weighed) / (weighed + 1.2 * (0.3 + (0.7 * length) / 200)) : 0
  return Math.max(1, Math.min(255, Math.round(255 * prominence * (inTitle + inBody))))
}

type SortedTokens = { docs: Uint32Array; positions: Uint32Array; starts: Uint32Array }

/** The tokens in order of term, and where each term begins; within a term documents and positions stay in order. */
function orderByTerm(tokens: Tokens, ranks: Uint32Array): SortedTokens {
  const { terms, docs, positions, length } = tokens
  const starts = new Uint32Array(ranks.length + 1)
  for (let i = 0; i < length; i++) starts[ranks[terms[i]!]! + 1]!++
  for (let rank = 0; rank < ranks.length; rank++) starts[rank + 1]! += starts[rank]!
  const free = starts.slice()
  const sorted = { docs: new Uint32Array(length), positions: new Uint32Array(length), starts }
  for (let i = 0; i < length; i++) {
    const at = free[ranks[terms[i]!]!]!++
    sorted.docs[at] = docs[i]!
    sorted.positions[at] = positions[i]!
  }
  return sorted
}

type Postings = Omit<Segment, 'documents' | 'numbers' | 'years' | 'changedAt' | 'standings' | 'titles' | keyof Values>

function postingsOf({ tokens, terms, lengths, prominences }: Collected): Postings {
  const sorted = sortTerms(terms)
  const ranks = new Uint32Array(sorted.length)
  sorted.forEach((term, rank) => (ranks[terms.get(term)!] = rank))
  const { docs: tokenDocs, positions: tokenPositions, starts } = orderByTerm(tokens, ranks)

  const count = sorted.length
  const termStarts = new Uint32Array(count + 1)
  const postingStarts = new Uint32Array(count + 1)
  const docStarts = new Uint32Array(count)
  const positionStarts = new Uint32Array(count)
  const blockStarts = new Uint32Array(count + 1)
  const blocks = { last: [] as number[], docs: [] as number[], positions: [] as number[] }
  const termSink = byteSink()
  const docs = byteSink()
  const impacts = byteSink()
  const positions = byteSink()
  const inPlace = new Uint32Array(4)
  sorted.forEach((term, rank) => {
    writeText(termSink, term)
    termStarts[rank + 1] = termSink.length
    docStarts[rank] = docs.length
    positionStarts[rank] = positions.length
    const firstBlock = blocks.last.length
    const stop = starts[rank + 1]!
    let before = 0
    let frequency = 0
    for (let at = starts[rank]!; at < stop; frequency++) {
      const doc = tokenDocs[at]!
      if (frequency % blockSize === 0) {
        blocks.docs.push(docs.length)
        blocks.positions.push(positions.length)
        blocks.last.push(doc)
      } else blocks.last[blocks.last.length - 1] = doc
      writeVarint(docs, doc - before)
      before = doc
      const first = at
      let size = 0
      let previous = 0
      inPlace.fill(0)
      for (; at < stop && tokenDocs[at] === doc; at++) {
        const packed = tokenPositions[at]!
        inPlace[packed & 3]!++
        size += varintLength((packed >>> 2) - previous)
        previous = packed >>> 2
      }
      writeVarint(positions, size)
      previous = 0
      for (let i = first; i < at; i++) {
        const position = tokenPositions[i]! >>> 2
        writeVarint(positions, position - previous)
        previous = position
      }
      writeByte(impacts, impactOf(inPlace[0]!, inPlace[1]!, inPlace[2]!, lengths, doc, prominences[doc]!))
    }
    postingStarts[rank + 1] = postingStarts[rank]! + frequency
    if (frequency <= blockSize) for (const places of Object.values(blocks)) places.length = firstBlock
    blockStarts[rank + 1] = blocks.last.length
  })

  return {
    termBytes: bytesOf(termSink),
    termStarts,
    postingStarts,
    docStarts,
    positionStarts,
    blockStarts,
    blockLast: Uint32Array.from(blocks.last),
    blockDocs: Uint32Array.from(blocks.docs),
    blockPositions: Uint32Array.from(blocks.positions),
    docBytes: bytesOf(docs),
    impacts: bytesOf(impacts),
    positionBytes: bytesOf(positions),
  }
}

type Values = Pick<Segment, 'profiles' | 'profileStarts' | 'profileValues' | 'rowStarts' | 'rowValues'>

function valuesOf(documents: SearchDocument[], table: ValueTable): Values {
  const collector = profileCollector()
  const rowStarts = new Uint32Array(documents.length + 1)
  const own: number[] = []
  const profiles = Uint32Array.from(documents, ({ values }, doc) => {
    const shared: number[] = []
    for (const facet of Object.keys(values).sort()) {
      const ids = ownFacets.has(facet) ? own : shared
      for (const value of new Set(values[facet])) ids.push(valueId(table, facet, value))
    }
    rowStarts[doc + 1] = own.length
    return collector.profileOf(shared)
  })
  return { profiles, ...collector.columns(), rowStarts, rowValues: Uint32Array.from(own) }
}

export function buildSegment(documents: SearchDocument[], table: ValueTable): Segment {
  const titles = new Float64Array(documents.length * titleWidth)
  documents.forEach(({ title }, doc) => titles.set(titleKey(title), doc * titleWidth))
  return {
    documents: documents.length,
    numbers: Uint32Array.from(documents, ({ number }) => number),
    years: Int32Array.from(documents, ({ year }) => year ?? noYear),
    changedAt: Float64Array.from(documents, ({ changedAt }) => changedAt),
    standings: Float64Array.from(documents, ({ standing }) => standing ?? 0),
    titles,
    ...postingsOf(collect(documents)),
    ...valuesOf(documents, table),
  }
}
