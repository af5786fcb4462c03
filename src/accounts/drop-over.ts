/** What people signed in with and tried, once it is over: it goes whether or not anybody signs in. */
import type { Kysely } from 'kysely'
import { dropOldChanges } from './email-change.ts'
import { identities } from './identity-store.ts'
import { passkeys } from './passkey-store.ts'
import { dropOldTries } from './rate-limit.ts'
import { dropOldSteps } from './second-step.ts'
import { deviceMs, idleMs, longestMs } from './sessions.ts'
import { people } from './store.ts'

/** Drops sessions that have ended, links and codes that have expired, browsers that have forgotten, tries that no longer count. */
export async function dropWhatIsOver(tx: Kysely<unknown>, now: Date): Promise<void> {
  const [at, before] = [now.toISOString(), (ms: number) => new Date(now.getTime() - ms).toISOString()]
  await people(tx).dropOver({ at, idle: before(idleMs), longest: before(longestMs), devices: before(deviceMs) })
  await dropOldTries(tx, now)
  await dropOldSteps(tx, at)
  await dropOldChanges(tx, at)
  await identities(tx).dropOld(at)
  await passkeys(tx).dropOldChallenges(at)
}
