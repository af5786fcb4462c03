/** The thread that answers questions. A change of the index is taken in between two of them, never during one. */
import { readingOf } from '../index-reader.ts'
import { emptyView, takeChange, type ViewChange } from './shared-view.ts'
import { respondWith } from './thread.ts'

const view = emptyView()

respondWith(readingOf(view), (change: ViewChange) => takeChange(view, change))
