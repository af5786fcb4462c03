/** Several segments to one, without their deleted documents and without reading a text again. */
import { bytesOf, byteSink, compareBytes, varintLength, writeBytes, writeVarint, type ByteSink } from './bytes.ts'
import { isDeleted } from './part.ts'
import { profileCollector, valuesOfProfile } from './profiles.ts'
import { blockSize, termCount, titleWidth, type Segment } from './segment.ts'

export type MergeSource = { segment: Segment; deleted: Uint8Array | null }

/** The new place of a document that is dropped. */
const dropped = 0xffff_ffff

/** A source on its way through the merge: where its documents go, and the term it stands at. */
type Input = {
  segment: Segment
  base: number
  places: Uint32Array | null
  kept: Uint32Array | null
  term: number
  terms: number
}

function inputsOf(sources: MergeSource[]): { inputs: Input[]; documents: number } {
  let documents = 0
  const inputs = sources.map(({ segment, deleted }) => {
    const input: Input = { segment, base: documents, places: null, kept: null, term: 0, terms: termCount(segment) }
    if (!deleted) {
      documents += segment.documents
      return input
    }
    const places = new Uint32Array(segment.documents)
    const kept: number[] = []
    for (let doc = 0; doc < segment.documents; doc++) {
      const gone = isDeleted(deleted, doc)
      places[doc] = gone ? dropped : documents++
      if (!gone) kept.push(doc)
    }
    return { ...input, places, kept: Uint32Array.from(kept) }
  })
  return { inputs, documents }
}

type Output = {
  terms: ByteSink
  docs: ByteSink
  impacts: ByteSink
  positions: ByteSink
  last: number[]
  blockDocs: number[]
  blockPositions: number[]
  previous: number
  frequency: number
}

/** Adds the postings of the term `input` stands at. */
function copyPostings(input: Input, output: Output): void {
  const { segment, base, places } = input
  const { docBytes, impacts, positionBytes } = segment
  const first = segment.postingStarts[input.term]!
  const stop = segment.postingStarts[input.term + 1]!
  let docAt = segment.docStarts[input.term]!
  let positionAt = segment.positionStarts[input.term]!
  let doc = 0
  for (let posting = first; posting < stop; posting++) {
    let byte = docBytes[docAt++]!
    let step = byte & 127
    for (let shift = 7; byte > 127; shift += 7) {
      byte = docBytes[docAt++]!
      step |= (byte & 127) << shift
    }
    doc += step
    byte = positionBytes[positionAt]!
    let length = byte & 127
    for (let shift = 7, at = positionAt + 1; byte > 127; shift += 7) {
      byte = positionBytes[at++]!
      length |= (byte & 127) << shift
    }
    const positionEnd = positionAt + varintLength(length) + length
    const place = places ? places[doc]! : base + doc
    if (place !== dropped) {
      if (output.frequency % blockSize === 0) {
        output.last.push(0)
        output.blockDocs.push(output.docs.length)
        output.blockPositions.push(output.positions.length)
      }
      output.last[output.last.length - 1] = place
      writeVarint(output.docs, place - output.previous)
      output.previous = place
      output.impacts.bytes[output.impacts.length++] = impacts[posting]!
      writeBytes(output.positions, positionBytes, positionAt, positionEnd)
      output.frequency++
    }
    positionAt = positionEnd
  }
}

/** The inputs that stand at the least term, in order; at the end none. */
function atLeastTerm(inputs: Input[], found: Input[]): void {
  found.length = 0
  for (const input of inputs) {
    if (input.term === input.terms) continue
    const least = found[0]
    if (least) {
      const order = compareBytes(
        input.segment.termBytes,
        input.segment.termStarts[input.term]!,
        input.segment.termStarts[input.term + 1]!,
        least.segment.termBytes,
        least.segment.termStarts[least.term]!,
        least.segment.termStarts[least.term + 1]!,
      )
      if (order > 0) continue
      if (order < 0) found.length = 0
    }
    found.push(input)
  }
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)

const postingsAtOnce = 200_000

function* mergePostings(inputs: Input[]) {
  const most = sum(inputs.map(({ terms }) => terms))
  const room = (name: 'termBytes' | 'docBytes' | 'impacts' | 'positionBytes') =>
    sum(inputs.map(({ segment }) => segment[name].length)) + 16
  const output: Output = {
    terms: byteSink(room('termBytes')),
    // The first document of a term grows to at most five bytes when it moves behind another segment.
    docs: byteSink(room('docBytes') + 4 * most),
    impacts: byteSink(room('impacts')),
    positions: byteSink(room('positionBytes')),
    last: [],
    blockDocs: [],
    blockPositions: [],
    previous: 0,
    frequency: 0,
  }
  const termStarts = new Uint32Array(most + 1)
  const postingStarts = new Uint32Array(most + 1)
  const docStarts = new Uint32Array(most)
  const positionStarts = new Uint32Array(most)
  const blockStarts = new Uint32Array(most + 1)
  const found: Input[] = []
  let count = 0
  let paused = 0
  for (atLeastTerm(inputs, found); found.length > 0; atLeastTerm(inputs, found)) {
    const { segment, term } = found[0]!
    const blocks = output.last.length
    docStarts[count] = output.docs.length
    positionStarts[count] = output.positions.length
    output.previous = 0
    output.frequency = 0
    for (const input of found) {
      copyPostings(input, output)
      input.term++
    }
    if (output.frequency <= blockSize) {
      output.last.length = blocks
      output.blockDocs.length = blocks
      output.blockPositions.length = blocks
    }
    // A term all of whose documents are gone goes with them.
    if (output.frequency === 0) continue
    writeBytes(output.terms, segment.termBytes, segment.termStarts[term]!, segment.termStarts[term + 1]!)
    count++
    termStarts[count] = output.terms.length
    postingStarts[count] = output.impacts.length
    blockStarts[count] = output.last.length
    if (output.impacts.length - paused > postingsAtOnce) {
      paused = output.impacts.length
      yield
    }
  }
  return {
    termBytes: bytesOf(output.terms),
    termStarts: termStarts.slice(0, count + 1),
    postingStarts: postingStarts.slice(0, count + 1),
    docStarts: docStarts.slice(0, count),
    positionStarts: positionStarts.slice(0, count),
    blockStarts: blockStarts.slice(0, count + 1),
    blockLast: Uint32Array.from(output.last),
    blockDocs: Uint32Array.from(output.blockDocs),
    blockPositions: Uint32Array.from(output.blockPositions),
    docBytes: bytesOf(output.docs),
    impacts: bytesOf(output.impacts),
    positionBytes: bytesOf(output.positions),
  }
}

type Column = Uint32Array | Int32Array | Float64Array

/** A column of numbers, `width` for each document. */
function mergeColumn<Of extends Column>(
  merged: Of,
  inputs: Input[],
  columnOf: (segment: Segment) => Of,
  width = 1,
): Of {
  let at = 0
  for (const { segment, kept } of inputs) {
    const column = columnOf(segment)
    if (!kept) {
      merged.set(column, at)
      at += column.length
      continue
    }
    for (const doc of kept) for (let i = 0; i < width; i++) merged[at++] = column[doc * width + i]!
  }
  return merged
}

type Values = Pick<Segment, 'profiles' | 'profileStarts' | 'profileValues' | 'rowStarts' | 'rowValues'>

function mergeValues(inputs: Input[], documents: number): Values {
  const collector = profileCollector()
  const profiles = new Uint32Array(documents)
  const rowStarts = new Uint32Array(documents + 1)
  const rowValues = new Uint32Array(sum(inputs.map(({ segment }) => segment.rowValues.length)))
  let doc = 0
  let at = 0
  for (const { segment, kept } of inputs) {
    // Where each profile has gone, from 1; one whose documents are all dead goes nowhere.
    const moved = new Uint32Array(segment.profileStarts.length)
    const size = kept ? kept.length : segment.documents
    for (let i = 0; i < size; i++) {
      const from = kept ? kept[i]! : i
      const profile = segment.profiles[from]!
      moved[profile] ||= 1 + collector.profileOf([...valuesOfProfile(segment, profile)])
      profiles[doc] = moved[profile]! - 1
      const stop = segment.rowStarts[from + 1]!
      for (let j = segment.rowStarts[from]!; j < stop; j++) rowValues[at++] = segment.rowValues[j]!
      rowStarts[++doc] = at
    }
  }
  return { profiles, ...collector.columns(), rowStarts, rowValues: rowValues.slice(0, at) }
}

/** Gives way now and then, for a large merge takes long. */
export function* mergeSegments(sources: MergeSource[]): Generator<void, Segment> {
  const { inputs, documents } = inputsOf(sources)
  return {
    documents,
    numbers: mergeColumn(new Uint32Array(documents), inputs, ({ numbers }) => numbers),
    years: mergeColumn(new Int32Array(documents), inputs, ({ years }) => years),
    changedAt: mergeColumn(new Float64Array(documents), inputs, ({ changedAt }) => changedAt),
    standings: mergeColumn(new Float64Array(documents), inputs, ({ standings }) => standings),
    titles: mergeColumn(new Float64Array(documents * titleWidth), inputs, ({ titles }) => titles, titleWidth),
    ...(yield* mergePostings(inputs)),
    ...mergeValues(inputs, documents),
  }
}
