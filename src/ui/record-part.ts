import { nothing, type Content } from '#kernel/html/html.ts'
import { isOf, type BodyOf, type Kind } from '#records/kind.ts'
import type { View } from './view.ts'
import type { Body, StoredRecord } from '#records/record.ts'

/** What a feature adds to the pages of one of its kinds, whose body it knows. */
export type RecordPart<Of extends object = Body> = {
  /** The relation whose linking records the part shows, at most this many. */
  gathers?: { rel: string; limit: number }
  show: (
    view: View,
    record: StoredRecord<Of>,
    gathered: readonly StoredRecord[],
    /** How many records link to it, by relation. */
    counts: readonly { rel: string; count: number }[],
  ) => Content
}

/** A part for the records of a kind. */
export function partOf<Of extends Kind>(kind: Of, { gathers, show }: RecordPart<BodyOf<Of>>): RecordPart {
  const isOfKind = isOf(kind)
  return {
    ...(gathers && { gathers }),
    show: (view, record, ...more) => (isOfKind(record) ? show(view, record, ...more) : nothing),
  }
}
