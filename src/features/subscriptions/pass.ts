/** Followers of a merged record follow the one that stays; those who followed both follow it once. */
import type { Kysely } from 'kysely'
import { subscriptionStore } from './store.ts'
import { subjectOf } from './subject.ts'

export async function passSubscriptions(tx: Kysely<unknown>, from: string, into: string): Promise<void> {
  const store = subscriptionStore(tx)
  const subject = subjectOf({ recordId: into })
  for (const row of await store.ofRecord(from)) {
    const there = await store.bySubject(row.accountId, subject)
    if (!there) await store.change(row.id, { recordId: into, subject })
    else if (there.endedAt === null || row.endedAt !== null) await store.remove(row.id)
    else {
      await store.remove(there.id)
      await store.change(row.id, { recordId: into, subject })
    }
  }
}
