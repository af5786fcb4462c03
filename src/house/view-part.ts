import { nothing, type Content } from '#core/html/html.ts'
import { isOf, type BodyOf, type Kind } from './kind.ts'
import type { View } from './pages/view.ts'
import type { Body, Kept } from './record/record.ts'

/** What a room adds to the pages of one of its kinds, whose body it knows. */
export type RecordPart<Of extends object = Body> = {
  /** The relation whose linking records the part shows, at most this many. */
  gathers?: { rel: string; limit: number }
  show: (
    view: View,
    record: Kept<Of>,
    gathered: readonly Kept[],
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
