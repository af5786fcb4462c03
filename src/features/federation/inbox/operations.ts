/** The inbox (Linked Data Notifications): what services elsewhere tell of records here waits for a curator. */
import { Type, type Static } from 'typebox'
import { sql, type Kysely } from 'kysely'
import { compiledOnce } from '#kernel/database/compiled.ts'
import type { Services } from '#kernel/context.ts'
import { noteEvent } from '#accounts/audit.ts'
import { closed, operation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { Problem, violation, noSuch } from '#kernel/problem.ts'
import { recordId } from '#records/fields.ts'
import { newId } from '#records/identifier.ts'
import { records } from '#records/store.ts'
import { answer, answersGoTo } from './answers.ts'
import { isRequest, readPayload, readUndo } from './payload.ts'
import { notificationStates, type InboxTables, type NotificationRow } from './tables.ts'

const own = (db: Kysely<unknown>) => db.withTables<InboxTables>()
const longestPayload = 64 * 1024
/** Where nobody looks, no more is kept. */
const mostWaiting = 1_000

const Notification = Type.Object({
  id: Type.String(),
  pattern: Type.String(),
  recordId: Type.String(),
  title: Type.String(),
  objectUri: Type.String(),
  senderUri: Type.String(),
  senderName: Type.String(),
  state: Type.Enum([...notificationStates]),
  receivedAt: Type.String(),
  answerTo: Type.String({ description: 'The inbox that is told of the decision; empty where none is' }),
  answer: Type.Enum(['none', 'waiting', 'sent', 'failed']),
  answerError: Type.String({
    description: 'Why it could not be sent the last time: a code, or the status that came back',
  }),
})
export type Notification = Static<typeof Notification>
const NotificationList = Type.Object({
  notifications: Type.Array(Notification),
  counts: Type.Array(Type.Object({ state: Type.Enum([...notificationStates]), count: Type.Integer() })),
  next: Type.Union([Type.String(), Type.Null()]),
})
export type NotificationList = Static<typeof NotificationList>

/** The identifier in an address of a record of this node; of other addresses none. */
const idIn = ({ site }: Pick<Services, 'site'>, bases: readonly string[], address: string): string | undefined => {
  const [, id] =
    [site.address, ...bases]
      .map((base) =>
        address.startsWith(`${base}/`)
          ? /^(?:\/[a-z]{2})?\/records\/([0-9a-hjkmnp-tv-z]{16})$/.exec(address.slice(base.length))
          : null,
      )
      .find((found) => found !== null) ?? []
  return id
}

export const receive = operation({
  name: 'inbox.receive',
  summary: 'Receive a notification about a record (Linked Data Notifications, COAR Notify)',
  http: 'POST /inbox/notifications',
  isOpen: true,
  isForPages: true,
  input: Type.Object(
    {
      payload: Type.Record(Type.String(), Type.Unknown()),
      base: Type.String({ maxLength: 2_000 }),
    },
    closed,
  ),
  output: Type.Object({ id: Type.String() }),
  allow: () => true,
  run: async (context, { payload, base }) => {
    const { db, now, services, random } = context
    const text = JSON.stringify(payload)
    if (text.length > longestPayload) throw new Problem('tooLarge', { limit: longestPayload })
    const read = readPayload(payload, (address) => idIn(services, [base], address) !== undefined)
    if ('wrong' in read) throw violation(read.wrong, 'notification')
    const record = await records(db).find(idIn(services, [base], read.about)!)
    if (record?.status !== 'published') throw violation('context', 'notification')
    const known = await own(db)
      .selectFrom('inbox_notification')
      .select('id')
      .where('uri', '=', read.uri)
      .executeTakeFirst()
    if (known) return known
    const { waiting } = await own(db)
      .selectFrom('inbox_notification')
      .select(({ fn }) => fn.countAll().as('waiting'))
      .where('state', '=', 'waiting')
      .executeTakeFirstOrThrow()
    if (Number(waiting) >= mostWaiting) throw new Problem('unavailable', { what: 'inbox' })
    const { about: _, ...kept } = read
    const id = newId(random)
    await own(db)
      .insertInto('inbox_notification')
      .values({ id, ...kept, recordId: record.id, payload: text, state: 'waiting', receivedAt: now().toISOString() })
      .execute()
    return { id }
  },
})

/**
 * Its sender takes a notification back: who names its identifier and sends from the same place. What waits no longer waits,
 * and what was accepted is no longer shown; what was dismissed stays so.
 */
export const receiveUndo = operation({
  name: 'inbox.undo',
  summary: 'Receive that a notification is taken back by its sender (COAR Notify, Undo)',
  http: 'POST /inbox/notifications/undo',
  isOpen: true,
  isForPages: true,
  changesPages: true,
  input: Type.Object({ payload: Type.Record(Type.String(), Type.Unknown()) }, closed),
  output: Type.Object({ id: Type.String() }),
  allow: () => true,
  run: async ({ db }, { payload }) => {
    if (JSON.stringify(payload).length > longestPayload) throw new Problem('tooLarge', { limit: longestPayload })
    const read = readUndo(payload)
    if ('wrong' in read) throw violation(read.wrong, 'notification')
    const found = await own(db)
      .selectFrom('inbox_notification')
      .select('id')
      .where('uri', '=', read.of)
      .where('senderUri', '=', read.senderUri)
      .executeTakeFirst()
    if (!found) throw violation('inReplyTo', 'notificationUnknown')
    const { id } = found
    await own(db)
      .updateTable('inbox_notification')
      .set({ state: 'undone' })
      .where('id', '=', id)
      .where('state', 'in', ['waiting', 'accepted'])
      .execute()
    // Nobody waits for the answer any more.
    await own(db).deleteFrom('inbox_answer').where('id', '=', id).where('sentAt', 'is', null).execute()
    return { id }
  },
})

/** Those that wait come first. */
const rankOf = (state: NotificationRow['state']) => Number(state !== 'waiting')

/** Before which a page of the list begins: none where it is not known. */
async function placeAfter(db: Kysely<unknown>, id: string) {
  if (id === '') return undefined
  return own(db).selectFrom('inbox_notification').selectAll().where('id', '=', id).executeTakeFirst()
}

export const listNotifications = operation({
  name: 'inbox.list',
  summary: 'List notifications about records, those that wait first',
  http: 'GET /inbox/notifications',
  input: Type.Object(
    {
      state: Type.Optional(Type.Enum([...notificationStates])),
      after: Type.String({ maxLength: 100, default: '', description: 'Those after this notification' }),
      limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
    },
    closed,
  ),
  output: NotificationList,
  allow: permission('record.publish'),
  run: async ({ db }, { state, after, limit }) => {
    const last = await placeAfter(db, after)
    const rank = sql<number>`case when state = 'waiting' then 0 else 1 end`
    const found = await own(db)
      .selectFrom('inbox_notification')
      .selectAll()
      .$if(state !== undefined, (query) => query.where('state', '=', state!))
      .$if(last !== undefined, (query) =>
        query.where(({ or, and, eb }) =>
          or([
            eb(rank, '>', rankOf(last!.state)),
            and([eb(rank, '=', rankOf(last!.state)), eb('receivedAt', '<', last!.receivedAt)]),
            and([eb(rank, '=', rankOf(last!.state)), eb('receivedAt', '=', last!.receivedAt), eb('id', '>', last!.id)]),
          ]),
        ),
      )
      .orderBy(rank)
      .orderBy('receivedAt', 'desc')
      .orderBy('id')
      .limit(limit + 1)
      .execute()
    const rows = found.slice(0, limit)
    const counted = await own(db)
      .selectFrom('inbox_notification')
      .select(({ fn }) => ['state', fn.countAll<number | string>().as('count')])
      .groupBy('state')
      .execute()
    const titles = await records(db).findMany(rows.map((row) => row.recordId))
    const ids = rows.map(({ id }) => id)
    const told =
      ids.length === 0 ? [] : await own(db).selectFrom('inbox_answer').selectAll().where('id', 'in', ids).execute()
    const answers = new Map(told.map((one) => [one.id, one]))
    return {
      notifications: rows.map(({ payload, uri: _, ...row }) => {
        const sent = answers.get(row.id)
        const body = titles.get(row.recordId)?.body
        return {
          ...row,
          title: body?.title[body.originalLanguage] ?? row.recordId,
          answerTo: answersGoTo({ pattern: row.pattern, payload }) ?? '',
          answer: !sent ? 'none' : sent.sentAt ? 'sent' : sent.dueAt ? 'waiting' : 'failed',
          answerError: sent?.lastError ?? '',
        } as const
      }),
      counts: notificationStates.map((one) => ({
        state: one,
        count: Number(counted.find((row) => row.state === one)?.count ?? 0),
      })),
      next: found.length > rows.length ? rows.at(-1)!.id : null,
    }
  },
})

const mostTold = 20
const Told = Type.Pick(Notification, ['pattern', 'objectUri', 'senderUri', 'senderName', 'receivedAt'])
export type ToldElsewhere = Static<typeof Told>

const toldOf = compiledOnce((db: Kysely<InboxTables>, id: string) =>
  db
    .selectFrom('inbox_notification')
    .select(['pattern', 'objectUri', 'senderUri', 'senderName', 'receivedAt'])
    .where('recordId', '=', id)
    .where('state', '=', 'accepted')
    // In the text: SQLite plans anew for a pattern that is a parameter, and each page of a record asks this.
    .where('pattern', 'like', sql.lit('%Announced'))
    .orderBy('receivedAt', 'desc')
    .orderBy('id')
    .limit(mostTold),
)

export const toldElsewhere = operation({
  name: 'inbox.about',
  summary: 'List what others announced about a record and a curator accepted, the newest first',
  http: 'GET /inbox/about/:id',
  input: Type.Object({ id: Type.String({ pattern: recordId }) }, closed),
  output: Type.Object({ told: Type.Array(Told) }),
  allow: () => true,
  run: async ({ db }, { id }) => ({
    told: await toldOf(own(db), id),
  }),
})

export const settleNotification = operation({
  name: 'inbox.settle',
  summary: 'Accept or dismiss a notification; who sent a request is told, and an announcement is shown with its record',
  http: 'POST /inbox/notifications/:id',
  changesPages: true,
  input: Type.Object({ id: Type.String({ pattern: recordId }), state: Type.Enum(['accepted', 'dismissed']) }, closed),
  output: Type.Object({ state: Type.Enum([...notificationStates]) }),
  allow: permission('record.publish'),
  run: async (context, { id, state }) => {
    const { db } = context
    const before = await own(db).selectFrom('inbox_notification').selectAll().where('id', '=', id).executeTakeFirst()
    if (!before) throw noSuch('notification', id)
    // The sender of a request was told of the first decision, so it stands; of announcements nobody is told.
    // What its sender took back is not accepted afterwards.
    const isOver = before.state === 'undone' || (before.state !== 'waiting' && isRequest(before.pattern))
    if (before.state === state || isOver) return { state: before.state }
    const { numUpdatedRows } = await own(db)
      .updateTable('inbox_notification')
      .set({ state })
      .where('id', '=', id)
      .where('state', '=', before.state)
      .executeTakeFirst()
    if (Number(numUpdatedRows) === 0) throw new Problem('wrongState')
    await answer(context, { ...before, state }, state)
    await noteEvent(context, 'notification.settled', '', `${id} ${state}`)
    return { state }
  },
})
