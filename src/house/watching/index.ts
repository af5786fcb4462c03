/** Watching: searches that people save, records that they follow, and how they are told. */
import type { AnyOperation } from '#core/operation.ts'
import { quietByLetter, readLetter } from './by-letter.ts'
import { endFeed, readFeed, renewFeed } from './feed.ts'
import { listWatched, readEnded, sawAll } from './list.ts'
import { changeWatch, endWatch, followRecord, resumeWatch, saveSearch, watchState } from './watch.ts'

export const watchingOperations: AnyOperation[] = [
  saveSearch,
  followRecord,
  listWatched,
  watchState,
  sawAll,
  changeWatch,
  endWatch,
  readEnded,
  resumeWatch,
  renewFeed,
  endFeed,
  readFeed,
  readLetter,
  quietByLetter,
]
