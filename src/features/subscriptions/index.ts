/** Watching: searches that people save, records that they follow, and how they are told. */
import type { AnyOperation } from '#kernel/operation.ts'
import { quietByLetter, readLetter } from './by-letter.ts'
import { endFeed, readFeed, renewFeed } from './feed.ts'
import { listSubscriptions, readEnded, sawAll } from './list.ts'
import {
  changeSubscription,
  endSubscription,
  followRecord,
  resumeSubscription,
  saveSearch,
  subscriptionState,
} from './subscribe.ts'

export const subscriptionOperations: AnyOperation[] = [
  saveSearch,
  followRecord,
  listSubscriptions,
  subscriptionState,
  sawAll,
  changeSubscription,
  endSubscription,
  readEnded,
  resumeSubscription,
  renewFeed,
  endFeed,
  readFeed,
  readLetter,
  quietByLetter,
]
