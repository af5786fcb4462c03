/** Keeps a follower at the head of the journal, and lets what people do pass what comes by the thousand. */
import type { Kysely } from 'kysely'
import { catchUp, journalBeside, journalHead } from '#kernel/journal.ts'
import type { FollowerOfSearch } from './follower.ts'

export type Tell = (done: number, of: number) => void
type Options = {
  /** The operations whose lines wait their turn. */
  bulk: readonly string[]
  /** Told after each step, with all that has become visible. */
  told: Tell
  ended: () => void
}

const aheadAtOnce = 250

export function followingOf(db: Kysely<unknown>, follower: FollowerOfSearch, { bulk, told, ended }: Options) {
  let last: Promise<void> = Promise.resolve()
  let isRunning = false
  /** Those whose own lines have yet to be taken in. */
  let waiting: (() => void)[] = []
  let seenAhead = 0

  async function takeFurther(): Promise<void> {
    const place = follower.place()
    if (await follower.takeFurther(db)) told(place, place)
  }

  async function takeAhead(): Promise<void> {
    // Callers that arrive while the lines are read may have written after them, and wait for the next round.
    const served = waiting
    waiting = []
    try {
      await readAhead()
    } catch (error) {
      // Their lines have yet to be taken in: what follows a run that failed lets them go.
      waiting = [...served, ...waiting]
      throw error
    }
    for (const go of served) go()
  }

  async function readAhead(): Promise<void> {
    const upTo = await journalHead(db)
    const after = Math.max(seenAhead, follower.place())
    for (let from = after; from < upTo;) {
      const lines = await journalBeside(db, bulk, { after: from, upTo, limit: aheadAtOnce })
      if (lines.length > 0) await follower.takeAhead(lines, db)
      from = lines.length === aheadAtOnce ? lines.at(-1)!.seq : upTo
    }
    seenAhead = upTo
    await takeFurther()
  }

  async function run(tell: Tell): Promise<void> {
    isRunning = true
    try {
      // Made from nothing, all comes in its turn: to pass it would be to take everything in twice.
      if (follower.place() === 0) seenAhead = await journalHead(db)
      const both: Tell = (done, of) => {
        told(done, of)
        tell(done, of)
      }
      await takeFurther()
      await catchUp(follower, db, both, takeAhead)
      ended()
    } finally {
      isRunning = false
      // What they wrote came after the head that this run went to.
      const left = waiting
      waiting = []
      if (left.length > 0)
        void follow()
          .catch(() => {})
          .then(() => left.forEach((go) => go()))
    }
  }

  function follow(tell: Tell = () => {}): Promise<void> {
    last = last.catch(() => {}).then(() => run(tell))
    return last
  }

  return {
    /** Up to the head as it is now. Calls queue up, so that lines are taken once and in order. */
    follow,
    /** Until what this process has written can be found; it does not wait for an import to be taken in. */
    followOwn: (): Promise<void> => (isRunning ? new Promise((go) => waiting.push(go)) : follow()),
    settled: (): Promise<void> => last.catch(() => {}),
  }
}
