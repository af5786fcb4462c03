/** Answers to requests (COAR Notify 1.0.1, Accept and TentativeReject): written down with the decision, sent afterwards by a job. */
import type { Kysely } from 'kysely'
import type { Context } from '#kernel/context.ts'
import type { Database } from '#kernel/database/database.ts'
import type { Running } from '#kernel/feature.ts'
import { Problem } from '#kernel/problem.ts'
import { isWebAddress } from '#kernel/schema.ts'
import { envelopeOf } from './envelope.ts'
import { isRequest } from './payload.ts'
import type { AnswerRow, InboxTables, NotificationRow } from './tables.ts'

const own = (db: Kysely<unknown>) => db.withTables<InboxTables>()
const types = { accepted: 'Accept', dismissed: 'TentativeReject' } as const
const limits = { bytes: 64 * 1024, timeMs: 15_000, redirects: 0 }
const atOnce = 10
const firstRetryMs = 5 * 60_000
/** With doubled waits, this is about ten hours. */
const mostTries = 8
export const leaseMs = 10 * 60_000
const longestErrorKept = 100

/** Where the sender takes answers; undefined for what asks for none. */
export function answersGoTo({ pattern, payload }: Pick<NotificationRow, 'pattern' | 'payload'>): string | undefined {
  if (!isRequest(pattern)) return undefined
  const inbox = (JSON.parse(payload) as { origin?: { inbox?: unknown } }).origin?.inbox
  return typeof inbox === 'string' && inbox.length <= 2_000 && isWebAddress(inbox) ? inbox : undefined
}

/** Writes down what the sender of a request is told of the decision; it goes out with the transaction, or not at all. */
export async function answer(
  context: Pick<Context, 'db' | 'now' | 'random' | 'services'>,
  notification: NotificationRow,
  state: keyof typeof types,
): Promise<void> {
  const inbox = answersGoTo(notification)
  if (!inbox) return
  const { '@context': _, ...offer } = JSON.parse(notification.payload) as {
    '@context': unknown
    id: string
    origin: object
  }
  const payload = JSON.stringify({
    ...envelopeOf(context, types[state]),
    target: offer.origin,
    inReplyTo: offer.id,
    object: offer,
  })
  await own(context.db)
    .insertInto('inbox_answer')
    .values({
      id: notification.id,
      inbox,
      payload,
      tries: 0,
      dueAt: context.now().toISOString(),
      sentAt: null,
      lastError: null,
    })
    .execute()
}

/** Sends what is due. An answer is leased first; answers how many went. */
export async function sendAnswers({
  database,
  environment,
}: Pick<Running, 'database' | 'environment'>): Promise<number> {
  const { now, fetch: goOut } = environment
  let sent = 0
  for (const due of await lease(database, now())) {
    const headers = { 'content-type': 'application/ld+json' }
    const failure = await goOut(due.inbox, limits, {
      method: 'POST',
      headers,
      body: due.payload,
      withoutBody: true,
    }).then(
      ({ status }) => (status >= 200 && status < 300 ? undefined : String(status)),
      (error: unknown) => (error instanceof Problem ? error.code : String(error)),
    )
    await database.write((tx) => settle(tx, due, now(), failure))
    if (failure === undefined) sent++
  }
  return sent
}

async function lease(database: Database, now: Date): Promise<AnswerRow[]> {
  const dueNow = (db: Kysely<unknown>) =>
    own(db)
      .selectFrom('inbox_answer')
      .selectAll()
      .where('dueAt', '<=', now.toISOString())
      .orderBy('dueAt')
      .orderBy('id')
      .limit(atOnce)
      .execute()
  if ((await dueNow(database.read)).length === 0) return []
  return database.write(async (tx) => {
    const due = await dueNow(tx)
    const ids = due.map(({ id }) => id)
    if (ids.length > 0)
      await own(tx)
        .updateTable('inbox_answer')
        .set({ dueAt: later(now, leaseMs) })
        .where('id', 'in', ids)
        .execute()
    return due
  })
}

async function settle(tx: Kysely<unknown>, { id, tries }: AnswerRow, now: Date, failure: string | undefined) {
  // An address that is refused is refused tomorrow as well.
  const isOver = failure === undefined || failure === 'addressRefused' || tries + 1 >= mostTries
  await own(tx)
    .updateTable('inbox_answer')
    .set({
      tries: tries + 1,
      sentAt: failure === undefined ? now.toISOString() : null,
      // Where it was taken back meanwhile, it is not due again.
      dueAt: isOver
        ? null
        : (eb) =>
            eb
              .case()
              .when('dueAt', 'is', null)
              .then(null)
              .else(later(now, firstRetryMs * 2 ** tries))
              .end(),
      lastError: failure?.slice(0, longestErrorKept) ?? null,
    })
    .where('id', '=', id)
    .execute()
}

export const later = (now: Date, ms: number) => new Date(now.getTime() + ms).toISOString()
