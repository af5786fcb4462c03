/** The inbox (Linked Data Notifications): what services elsewhere tell of records here waits for a curator. */
import { Type, type Static } from 'typebox'
import type { Kysely } from 'kysely'
import type { Services } from '#kernel/context.ts'
import { noteEvent } from '#accounts/audit.ts'
import { closed, operation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { Problem, violation } from '#kernel/problem.ts'
import { recordId } from '#records/fields.ts'
import { newId } from '#records/identifier.ts'
import { records } from '#records/store.ts'
import { readPayload } from './payload.ts'
import { notificationStates, type InboxTables } from './tables.ts'

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
})
export type Notification = Static<typeof Notification>

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

export const listNotifications = operation({
  name: 'inbox.list',
  summary: 'List notifications about records, those that wait first',
  http: 'GET /inbox/notifications',
  input: Type.Object({ limit: Type.Integer({ minimum: 1, maximum: 200, default: 100 }) }, closed),
  output: Type.Object({ notifications: Type.Array(Notification) }),
  allow: permission('record.publish'),
  run: async ({ db }, { limit }) => {
    const rows = await own(db)
      .selectFrom('inbox_notification')
      .selectAll()
      .orderBy((eb) => eb.case().when('state', '=', 'waiting').then(0).else(1).end())
      .orderBy('receivedAt', 'desc')
      .orderBy('id')
      .limit(limit)
      .execute()
    const titles = await records(db).findMany(rows.map((row) => row.recordId))
    return {
      notifications: rows.map(({ payload: _, uri: __, ...row }) => {
        const body = titles.get(row.recordId)?.body
        return { ...row, title: body?.title[body.originalLanguage] ?? row.recordId }
      }),
    }
  },
})

export const settleNotification = operation({
  name: 'inbox.settle',
  summary: 'Accept or dismiss a notification',
  http: 'POST /inbox/notifications/:id',
  input: Type.Object({ id: Type.String({ pattern: recordId }), state: Type.Enum(['accepted', 'dismissed']) }, closed),
  output: Type.Object({ state: Type.Enum([...notificationStates]) }),
  allow: permission('record.publish'),
  run: async (context, { id, state }) => {
    const { db } = context
    const { numUpdatedRows } = await own(db)
      .updateTable('inbox_notification')
      .set({ state })
      .where('id', '=', id)
      .executeTakeFirst()
    if (Number(numUpdatedRows) === 0) throw new Problem('notFound', { what: id })
    await noteEvent(context, 'notification.settled', '', `${id} ${state}`)
    return { state }
  },
})
