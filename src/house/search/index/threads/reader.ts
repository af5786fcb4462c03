/** The thread that answers questions. A change of the index is taken in between two of them, never during one. */
import { readingOf } from '../reading.ts'
import { emptyView, takeChange, type ViewChange } from './shared-view.ts'
import { answerWith } from './thread.ts'

const view = emptyView()

answerWith(readingOf(view), (change: ViewChange) => takeChange(view, change))
