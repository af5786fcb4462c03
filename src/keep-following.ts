/** Looks again and again for what other processes have written. */
import { toldOnce } from '#kernel/told-once.ts'

type Options = { search: () => Promise<void>; log: () => Promise<unknown> }

const pollMs = 250
/** Each time is a signature and some files brought to the disk, so what was published meanwhile goes together. */
const logPollMs = 1_000

/** Goes on until what it answers is called. */
export function keepFollowing(follow: Options, failed: (error: unknown, where: string) => void): () => void {
  const [failedSearch, failedLog] = ['search', 'log'].map((where) => toldOnce((error) => failed(error, where)))
  const timers = [
    setInterval(() => void follow.search().catch(failedSearch), pollMs),
    setInterval(() => void follow.log().catch(failedLog), logPollMs),
  ]
  for (const timer of timers) timer.unref()
  return () => timers.forEach((timer) => clearInterval(timer))
}
