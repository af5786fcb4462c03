/** All that somebody watches as one feed. Feed readers do not sign in: its address is a secret, which can be renewed. */
import { Type } from 'typebox'
import type { Kysely } from 'kysely'
import { closed, operation } from '#core/operation.ts'
import { Problem } from '#core/problem.ts'
import { digestOfSecret, isSecret, newSecret } from '../people/secret.ts'
import { personIn } from '../people/sessions.ts'
import { people } from '../people/store.ts'
import { Done, done } from '../record/inputs.ts'
import { Kept } from '../record/record.ts'
import { records } from '../record/store.ts'
import type { RecordTables } from '../record/tables.ts'
import { newestOf } from './news.ts'
import { watches } from './store.ts'

const entries = 50
const ofEach = 20

export const renewFeed = operation({
  name: 'watching.renewFeed',
  summary: 'Make the secret of one’s feed anew; the address before ends',
  http: 'POST /watching/feed',
  isForPages: true,
  input: Type.Object({}, closed),
  output: Type.Object({ secret: Type.String() }),
  allow: ({ kind }) => kind === 'person',
  run: async (context) => {
    const accountId = personIn(context)
    const secret = newSecret(context.random)
    await watches(context.db).addWatcher(accountId, context.now().toISOString())
    await watches(context.db).setFeed(accountId, digestOfSecret(secret))
    return { secret }
  },
})

export const endFeed = operation({
  name: 'watching.endFeed',
  summary: 'End the address of one’s feed',
  http: 'DELETE /watching/feed',
  isForPages: true,
  input: Type.Object({}, closed),
  output: Done,
  allow: ({ kind }) => kind === 'person',
  run: async (context) => {
    await watches(context.db).setFeed(personIn(context), null)
    return done
  },
})

export const readFeed = operation({
  name: 'watching.feed',
  summary: 'Read all that somebody watches, by the secret of their feed',
  http: 'GET /watching/feeds/:secret',
  isForPages: true,
  input: Type.Object({ secret: Type.String({ maxLength: 100 }) }, closed),
  output: Type.Object({ since: Type.String(), records: Type.Array(Kept) }),
  allow: () => true,
  run: async ({ db, services }, { secret }) => {
    const watcher = isSecret(secret) ? await watches(db).watcherByFeed(digestOfSecret(secret)) : undefined
    const account = watcher && (await people(db).byId(watcher.accountId))
    if (account?.state !== 'active') throw new Problem('notFound', { what: 'feed' })
    const rows = await watches(db).of(account.id)
    const found = new Map<number, Kept>()
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
async function around(db: Kysely<unknown>, id: string): Promise<Kept[]> {
  const rows = await db
    .withTables<RecordTables>()
    .selectFrom('link')
    .innerJoin('record', 'record.number', 'link.fromNumber')
    .select(['record.number', 'record.changedAt'])
    .distinct()
    .where('link.toId', '=', id)
    .where('record.status', '=', 'published')
    .orderBy('record.changedAt', 'desc')
    .limit(ofEach)
    .execute()
  const record = await records(db).find(id)
  const leading = await records(db).byNumbers(rows.map(({ number }) => number))
  return record?.status === 'published' ? [record, ...leading] : leading
}
