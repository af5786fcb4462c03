/** Search follows the journal, and what features know follows with it. */
import type { Kysely } from 'kysely'
import type { Services } from '#kernel/context.ts'
import type { JournalLine } from '#kernel/journal.ts'
import { keepPage } from '#features/harvest/keep.ts'
import { ingest } from '#records/sources/ingest.ts'
import { searchFollower } from '#search/follower.ts'
import { followingOf, type Tell } from '#search/following.ts'
import { joinFurtherWords } from '#search/further-words.ts'
import type { KeptIndex } from '#search/kept-index.ts'

type Options = {
  kept: KeptIndex
  services: Services
  /** How many threads answer searches. */
  threads: number
  /** Told of the place up to which all has become visible. */
  heard: (seq: number) => void
}

const linesBetweenPages = 100

/** `followOwn`, `follow` and `settled` as in `search/following.ts`. */
export function followSearch(db: Kysely<unknown>, { kept, services, threads, heard }: Options) {
  const { features, kinds } = services
  const followers = features.flatMap((feature) => feature.followers ?? [])
  const hear = (lines: readonly JournalLine[]) => followers.forEach((one) => one.hear(services, lines))
  const furtherWords = joinFurtherWords(features.flatMap((feature) => feature.furtherWords ?? []))
  // A thread that also makes pages takes in little at a time.
  const pace = threads ? { atOnce: linesBetweenPages } : {}
  const follower = searchFollower(kept.index, kinds, { hear }, { ...pace, furtherWords })
  const following = followingOf(db, follower, {
    // Lines that were written by version 0.1 call it by its former name, and stay.
    bulk: [ingest.name, keepPage.name, 'collections.take'],
    told: (done, of) => {
      kept.progressed({ done, of })
      heard(done)
    },
    ended: kept.complete,
  })
  return {
    ...following,
    /** Makes the index anew from the whole journal. */
    rebuild: async (tell?: Tell): Promise<void> => {
      await following.settled()
      await kept.beginAnew()
      await following.follow(tell)
    },
  }
}
