/** Editions and languages of one work: which documents are of one, and how many works there are among documents. */
import { editionOf, type Editions } from '../contract.ts'
import type { ValueTable } from './facets.ts'
import { isDeleted, type Part } from './part.ts'
import { valuesOfProfile } from './profiles.ts'
import type { Segment } from './segment.ts'

/** By number of value whether it names a work. */
export type WorkMarks = Uint8Array

const known = new WeakMap<ValueTable, { marks: WorkMarks; any: boolean }>()

/** Null where no document is an edition of a work. The table only grows, and what was looked at stays as it was. */
export function workMarks(table: ValueTable): WorkMarks | null {
  const before = known.get(table)
  const { length } = table.entries
  if (before?.marks.length === length) return before.any ? before.marks : null
  const marks = new Uint8Array(length)
  marks.set(before?.marks ?? [])
  let any = before?.any ?? false
  for (let id = before?.marks.length ?? 0; id < length; id++) {
    const [facet, value] = table.entries[id]!
    if (facet !== 'linked' || !value.startsWith(editionOf)) continue
    marks[id] = 1
    any = true
  }
  known.set(table, { marks, any })
  return any ? marks : null
}

/** The work that a document is an edition of, by its number of value, or -1. */
export function workOf({ rowStarts, rowValues }: Segment, doc: number, marks: WorkMarks): number {
  const stop = rowStarts[doc + 1]!
  for (let at = rowStarts[doc]!; at < stop; at++) if (marks[rowValues[at]!]) return rowValues[at]!
  return -1
}

/** How many of the documents are of works that are in `met` by then, where it puts their works. */
export function countRepeated(segment: Segment, docs: Uint32Array, marks: WorkMarks, met: Uint8Array): number {
  let repeated = 0
  for (let i = 0; i < docs.length; i++) {
    const work = workOf(segment, docs[i]!, marks)
    if (work < 0) continue
    repeated += met[work]!
    met[work] = 1
  }
  return repeated
}

/** The documents of each work in a segment, gathered when first asked for: a segment never changes. */
const gathered = new WeakMap<Segment, Map<number, number[]>>()

function docsByWork(segment: Segment, marks: WorkMarks): Map<number, number[]> {
  const before = gathered.get(segment)
  if (before) return before
  const made = new Map<number, number[]>()
  for (let doc = 0; doc < segment.documents; doc++) {
    const work = workOf(segment, doc, marks)
    if (work < 0) continue
    const docs = made.get(work)
    if (docs) docs.push(doc)
    else made.set(work, [doc])
  }
  gathered.set(segment, made)
  return made
}

/** The documents of a work in a segment, in their order. */
export const docsOfWork = (segment: Segment, marks: WorkMarks, work: number): readonly number[] =>
  docsByWork(segment, marks).get(work) ?? []

type Counted = { count: number; values: string[] }
type Work = { work: number; facet: string }

/** A part never changes either: works of hundreds of editions are looked through once. */
const countedIn = new WeakMap<Part, Map<string, Counted>>()

function editionsIn(part: Part, table: ValueTable, marks: WorkMarks, { work, facet }: Work): Counted {
  let known = countedIn.get(part)
  if (!known) countedIn.set(part, (known = new Map()))
  const key = `${work} ${facet}`
  const before = known.get(key)
  if (before) return before
  const { segment, deleted } = part
  const docs = docsOfWork(segment, marks, work).filter((doc) => !(deleted && isDeleted(deleted, doc)))
  const ids = new Set(docs.flatMap((doc) => [...valuesOfProfile(segment, segment.profiles[doc]!)]))
  const entries = [...ids].map((id) => table.entries[id]!)
  const values = entries.filter(([name]) => name === facet).map(([, value]) => value)
  const counted = { count: docs.length, values }
  known.set(key, counted)
  return counted
}

/** All editions of a work, whether they are found or not, with the values that they have of one facet. */
export function editionsOf(parts: Part[], table: ValueTable, marks: WorkMarks, work: Work): Editions {
  const counted = parts.map((part) => editionsIn(part, table, marks, work))
  return {
    link: table.entries[work.work]![1],
    count: counted.reduce((sum, { count }) => sum + count, 0),
    values: [...new Set(counted.flatMap(({ values }) => values))].sort(),
  }
}
