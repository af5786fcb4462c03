import type { Content } from '#core/html/html.ts'
import type { View } from './pages/view.ts'
import type { Kept } from './record/record.ts'

/** What a room adds to the pages of one of its kinds. */
export type RecordPart = {
  /** The relation whose linking records the part shows, at most this many. */
  gathers?: { rel: string; limit: number }
  show: (
    view: View,
    record: Kept,
    gathered: readonly Kept[],
    /** How many records link to it, by relation. */
    counts: readonly { rel: string; count: number }[],
  ) => Content
}
