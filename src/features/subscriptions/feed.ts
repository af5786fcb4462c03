/** All that somebody watches as one feed. Feed readers do not sign in: its address is a secret, which can be renewed. */
import { Type } from 'typebox'
import type { Kysely } from 'kysely'
import { closed, operation } from '#kernel/operation.ts'
import { noSuch } from '#kernel/problem.ts'
import { digestOfSecret, isSecret, newSecret } from '#accounts/secret.ts'
import { personIn } from '#accounts/sessions.ts'
import { people } from '#accounts/store.ts'
import { Done, done } from '#records/inputs.ts'
import { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { newestLeadingTo } from '#records/queries.ts'
import { newestOf } from './news.ts'
import { subscriptionStore } from './store.ts'

const entries = 50
const ofEach = 20

export const renewFeed = operation({
  name: 'subscriptions.renewFeed',
  summary: 'Make the secret of one’s feed anew; the address before ends',
  http: 'POST /subscriptions/feed',
  isForPages: true,
  input: Type.Object({}, closed),
  output: Type.Object({ secret: Type.String() }),
  allow: ({ kind }) => kind === 'person',
  run: async (context) => {
    const accountId = personIn(context)
    const secret = newSecret(context.random)
    await subscriptionStore(context.db).addWatcher(accountId, context.now().toISOString())
    await subscriptionStore(context.db).setFeed(accountId, digestOfSecret(secret))
    return { secret }
  },
})

export const endFeed = operation({
  name: 'subscriptions.endFeed',
  summary: 'End the address of one’s feed',
  http: 'DELETE /subscriptions/feed',
  isForPages: true,
  input: Type.Object({}, closed),
  output: Done,
  allow: ({ kind }) => kind === 'person',
  run: async (context) => {
    await subscriptionStore(context.db).setFeed(personIn(context), null)
    return done
  },
})

export const readFeed = operation({
  name: 'subscriptions.feed',
  summary: 'Read all that somebody watches, by the secret of their feed',
  http: 'GET /subscriptions/feeds/:secret',
  isForPages: true,
  input: Type.Object({ secret: Type.String({ maxLength: 100 }) }, closed),
  output: Type.Object({ since: Type.String(), records: Type.Array(StoredRecord) }),
  allow: () => true,
  run: async ({ db, services }, { secret }) => {
    const watcher = isSecret(secret) ? await subscriptionStore(db).watcherByFeed(digestOfSecret(secret)) : undefined
    const account = watcher && (await people(db).byId(watcher.accountId))
    if (account?.state !== 'active') throw noSuch('feed', 'feed')
    const rows = await subscriptionStore(db).of(account.id)
    const found = new Map<number, StoredRecord>()
    for (const row of rows) {
      const newest =
        row.recordId === null ? await newestOf({ db, services }, row, ofEach) : await around(db, row.recordId)
      for (const record of newest) found.set(record.number, record)
    }
    const newest = [...found.values()].sort((a, b) => b.changedAt.localeCompare(a.changedAt) || b.number - a.number)
    return { since: account.createdAt, records: newest.slice(0, entries) }
  },
})

/** A record, and the newest of those that lead to it. */
async function around(db: Kysely<unknown>, id: string): Promise<StoredRecord[]> {
  const record = await records(db).find(id)
  const leading = await records(db).byNumbers(await newestLeadingTo(db, id, ofEach))
  return record?.status === 'published' ? [record, ...leading] : leading
}
