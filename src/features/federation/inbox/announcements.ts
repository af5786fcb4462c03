/**
 * What is published here is announced where it belongs (COAR Notify 1.0.1, Announce Review and Announce Endorsement): to the
 * inbox that the page of what was reviewed names, and to those who asked for it. A curator has it sent; nothing goes by itself.
 */
import { Type, type Static } from 'typebox'
import type { Kysely } from 'kysely'
import type { Context } from '#kernel/context.ts'
import { closed, operation, preparedOperation, type Preparing } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { Problem, noSuch } from '#kernel/problem.ts'
import { isWebAddress } from '#kernel/schema.ts'
import { noteEvent } from '#accounts/audit.ts'
import { recordId } from '#records/fields.ts'
import { newId } from '#records/identifier.ts'
import { Done, done } from '#records/inputs.ts'
import type { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { answersGoTo } from './answers.ts'
import { findInbox } from './discovery.ts'
import { announcementStates, forgetMade, madeIn, stateOf } from './made.ts'
import { envelopeOf } from './envelope.ts'
import type { AnnouncementRow, InboxTables, NotificationRow } from './tables.ts'

const own = (db: Kysely<unknown>) => db.withTables<InboxTables>()
const longestAddress = 2_000
const mostRequests = 20

/** By kind: what it announces, what its page is, what asks for it, and which field names what it is about. */
const announced = {
  review: { action: 'coar-notify:ReviewAction', page: 'sorg:Review', asked: 'reviewRequest', about: 'reviews' },
  endorsement: {
    action: 'coar-notify:EndorsementAction',
    page: 'sorg:WebPage',
    asked: 'endorsementRequest',
    about: 'endorses',
  },
} as const
type Announced = keyof typeof announced
export const canBeAnnounced = ({ kind, status, origin }: Pick<StoredRecord, 'kind' | 'status' | 'origin'>): boolean =>
  // What began elsewhere is announced there.
  kind in announced && status === 'published' && origin === null

const Target = Type.Object({
  request: Type.String({ description: 'The notification that asked for it; empty for the page of what it is about' }),
  to: Type.String({ description: 'The page whose inbox is meant, or the service that asked' }),
  state: Type.Enum(['open', ...announcementStates]),
  error: Type.String({
    description: 'Why it could not be sent: `noInbox`, another code, or the status that came back',
  }),
  at: Type.String({ description: 'When it was last asked for; empty where it was not' }),
  made: Type.String({ description: 'The announcement; empty where there is none' }),
})
export type AnnouncementTarget = Static<typeof Target>

type Subject = { address: string | undefined; requests: NotificationRow[] }

/** What it is about: its page elsewhere, and the accepted requests for it. */
async function subjectOf(db: Kysely<unknown>, { kind, body }: StoredRecord): Promise<Subject> {
  const { asked, about } = announced[kind as Announced]
  const id = [body[about]].flat()[0] as string | undefined
  const record = id === undefined ? undefined : await records(db).find(id)
  const elsewhere = (body.elsewhere as { url?: string } | undefined)?.url
  const address = elsewhere ?? (record?.status === 'published' ? record.origin?.url : undefined)
  const requests = !record
    ? []
    : await own(db)
        .selectFrom('inbox_notification')
        .selectAll()
        .where('recordId', '=', record.id)
        .where('pattern', '=', asked)
        .where('state', '=', 'accepted')
        .orderBy('receivedAt', 'desc')
        .limit(mostRequests)
        .execute()
  return {
    address: address !== undefined && isWebAddress(address) && address.length <= longestAddress ? address : undefined,
    requests: requests.filter((one) => answersGoTo(one) !== undefined),
  }
}

async function announceable(db: Kysely<unknown>, id: string): Promise<StoredRecord> {
  const record = await records(db).find(id)
  if (!record || !canBeAnnounced(record)) throw new Problem('recordNotFound', { id })
  return record
}

export const listAnnouncements = operation({
  name: 'announcements.list',
  summary: 'List where a review or an endorsement can be announced, and where it was',
  http: 'GET /inbox/announcements/:id',
  input: Type.Object({ id: Type.String({ pattern: recordId }) }, closed),
  output: Type.Object({ targets: Type.Array(Target) }),
  allow: permission('record.publish'),
  run: async ({ db }, { id }) => {
    const { address, requests } = await subjectOf(db, await announceable(db, id))
    const made = await madeIn(db).where('made.recordId', '=', id).execute()
    const targetOf = (request: string, to: string): AnnouncementTarget => {
      const one = made.find((row) => row.request === request && row.target === to)
      if (!one) return { request, to, state: 'open', error: '', at: '', made: '' }
      return { request, to, ...stateOf(one), at: one.announcedAt, made: one.id }
    }
    return {
      targets: [
        ...(address === undefined ? [] : [targetOf('', address)]),
        ...requests.map((one) => targetOf(one.id, one.senderUri)),
      ],
    }
  },
})

type Found = {
  to: string
  about: string
  inbox: string | undefined
  problem: string
  inReplyTo?: string
  target: string
}

/** Why there is no inbox is told with the announcement, not as a failure of the request. */
async function inboxOf({ fetch: goOut }: Pick<Preparing, 'fetch'>, page: string): Promise<Found> {
  const found = { to: page, about: page, target: new URL(page).origin }
  try {
    const inbox = await findInbox(goOut, page)
    return { ...found, inbox, problem: inbox === undefined ? 'noInbox' : '' }
  } catch (error) {
    if (error instanceof Problem) return { ...found, inbox: undefined, problem: error.code }
    throw error
  }
}

export const announce = preparedOperation({
  name: 'announcements.make',
  summary:
    'Announce a review or an endorsement to the service that holds what it is about, or to one that asked for it (COAR Notify)',
  http: 'POST /inbox/announcements/:id',
  input: Type.Object(
    { id: Type.String({ pattern: recordId }), request: Type.Optional(Type.String({ pattern: recordId })) },
    closed,
  ),
  output: Done,
  allow: permission('record.publish'),
  prepare: async (context, { id, request }): Promise<Found> => {
    const { address, requests } = await subjectOf(context.db, await announceable(context.db, id))
    if (request === undefined) {
      if (address === undefined) throw noSuch('announcementTarget', id)
      return inboxOf(context, address)
    }
    const asked = requests.find((one) => one.id === request)
    if (!asked) throw noSuch('notification', request)
    const { senderUri, objectUri, uri } = asked
    return {
      to: senderUri,
      target: senderUri,
      about: objectUri,
      inbox: answersGoTo(asked),
      problem: '',
      inReplyTo: uri,
    }
  },
  run: async (context, { id, request = '' }, found) => {
    const { db, now, random } = context
    const record = await announceable(db, id)
    const before = await madeIn(db)
      .where('made.recordId', '=', id)
      .where('made.request', '=', request)
      .where('made.target', '=', found.to)
      .executeTakeFirst()
    // It is told once, however often the button is pressed; what failed or was taken back can be told anew.
    if (before && ['waiting', 'sent', 'takingBack'].includes(stateOf(before).state)) return done
    if (before) await forgetMade(db, before)
    const at = now().toISOString()
    const row: AnnouncementRow = {
      id: newId(random),
      recordId: id,
      request,
      target: found.to,
      announcedAt: at,
      problem: found.problem,
      undo: '',
    }
    await own(db).insertInto('inbox_announcement').values(row).execute()
    if (found.inbox !== undefined) {
      const payload = JSON.stringify(payloadOf(context, record, { ...found, inbox: found.inbox }))
      const { inbox } = found
      const sending = { id: row.id, inbox, payload, tries: 0, dueAt: at, sentAt: null, lastError: null }
      await own(db).insertInto('inbox_answer').values(sending).execute()
    }
    await noteEvent(context, 'announcement.made', '', `${id} ${found.inbox ?? found.problem}`)
    return done
  },
})

function payloadOf(
  context: Pick<Context, 'services' | 'random'>,
  { id, kind }: StoredRecord,
  { about, inbox, inReplyTo, target }: Found & { inbox: string },
) {
  const { action, page } = announced[kind as Announced]
  const url = `${context.services.site.address}/records/${id}`
  return {
    ...envelopeOf(context, ['Announce', action]),
    target: { id: target, inbox, type: 'Service' },
    ...(inReplyTo !== undefined && { inReplyTo }),
    object: { id: url, 'ietf:cite-as': url, type: ['Page', page] },
    context: { id: about, type: ['Page', 'sorg:AboutPage'] },
  }
}
