/**
 * Where results have an order that can be seen, such as that of titles, a work stands where the edition that is shown belongs: of those that
 * are found, the ones that the reader can read less well than another are passed over.
 */
import { languageTags } from '../contract.ts'
import { baseLanguage } from '../query/stem.ts'
import type { ValueTable } from './facets.ts'
import type { Segment } from './segment.ts'
import { workOf, type WorkMarks } from './works.ts'

/** Whether an edition of this work gives way to another. */
export type PassedOver = (segment: Segment, doc: number, work: number) => boolean

/** The rank of an edition in no language of the reader. */
const unread = 255

/** By number of value: the place of a language tag among the languages of the reader. */
function ranksOf({ facets, entries }: ValueTable, readIn: readonly string[]): Uint8Array {
  const ranks = new Uint8Array(entries.length).fill(unread)
  const { values = [], ids = [] } = facets.get(languageTags) ?? {}
  values.forEach((tag, at) => {
    const place = readIn.indexOf(baseLanguage(tag))
    if (place >= 0) ranks[ids[at]!] = place
  })
  return ranks
}

/** Gathers the found editions, and then tells. */
export function readFirst(
  table: ValueTable,
  marks: WorkMarks,
  readIn: readonly string[],
): { meet: (segment: Segment, docs: Uint32Array) => void; passedOver: PassedOver } {
  const ranks = ranksOf(table, readIn)
  const best = new Uint8Array(marks.length).fill(unread)
  const rankIn = ({ rowStarts, rowValues }: Segment, doc: number) => {
    let least = unread
    for (let at = rowStarts[doc]!; at < rowStarts[doc + 1]!; at++) least = Math.min(least, ranks[rowValues[at]!]!)
    return least
  }
  return {
    meet: (segment, docs) => {
      for (let i = 0; i < docs.length; i++) {
        const work = workOf(segment, docs[i]!, marks)
        if (work >= 0) best[work] = Math.min(best[work]!, rankIn(segment, docs[i]!))
      }
    },
    passedOver: (segment, doc, work) => rankIn(segment, doc) > best[work]!,
  }
}
