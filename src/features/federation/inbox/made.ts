/**
 * Announcements that were made: what came of each, and taking one back. COAR Notify 1.0.1 has Undo for offers alone; here an
 * announcement is taken back in the same form, as ActivityStreams 2.0 means `Undo` for any activity.
 */
import { Type, type Static } from 'typebox'
import type { Kysely } from 'kysely'
import type { Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { noSuch } from '#kernel/problem.ts'
import { noteEvent } from '#accounts/audit.ts'
import { recordId } from '#records/fields.ts'
import { newId } from '#records/identifier.ts'
import { Done, done } from '#records/inputs.ts'
import { records } from '#records/store.ts'
import { later, leaseMs } from './answers.ts'
import { envelopeOf } from './envelope.ts'
import type { InboxTables } from './tables.ts'

const own = (db: Kysely<unknown>) => db.withTables<InboxTables>()
const allow = permission('record.publish')
/** `takingBack`: it is told that it is taken back; `notTakenBack`: that could not be told. */
export const announcementStates = ['waiting', 'sent', 'failed', 'takingBack', 'takenBack', 'notTakenBack'] as const
export type AnnouncementState = (typeof announcementStates)[number]

/** Announcements with what came of them and of taking them back. */
export const madeIn = (db: Kysely<unknown>) =>
  own(db)
    .selectFrom('inbox_announcement as made')
    .leftJoin('inbox_answer as told', 'told.id', 'made.id')
    .leftJoin('inbox_answer as undone', 'undone.id', 'made.undo')
    .select([
      'made.id',
      'made.recordId',
      'made.request',
      'made.target',
      'made.announcedAt',
      'made.problem',
      'made.undo',
    ])
    .select(['told.sentAt', 'told.dueAt', 'told.lastError', 'told.tries', 'told.inbox', 'told.payload'])
    .select(['undone.sentAt as undoSentAt', 'undone.dueAt as undoDueAt', 'undone.lastError as undoError'])
export type Made = Awaited<ReturnType<ReturnType<typeof madeIn>['execute']>>[number]

export function stateOf(made: Made): { state: AnnouncementState; error: string } {
  const { problem, sentAt, dueAt, lastError, undo, undoSentAt, undoDueAt, undoError } = made
  if (undo) {
    // Of what may never have come there, the other service may say that it does not know it.
    const isUnknownThere = !sentAt && /^4\d\d$/.test(undoError ?? '')
    const state = undoSentAt || isUnknownThere ? 'takenBack' : undoDueAt ? 'takingBack' : 'notTakenBack'
    return { state, error: state === 'takenBack' ? '' : (undoError ?? '') }
  }
  const state = problem ? 'failed' : sentAt ? 'sent' : dueAt ? 'waiting' : 'failed'
  return { state, error: problem || (lastError ?? '') }
}

const Announcement = Type.Object({
  id: Type.String(),
  recordId: Type.String(),
  title: Type.String({ description: 'Empty where the record was withdrawn' }),
  to: Type.String({ description: 'The page whose inbox is meant, or the service that asked' }),
  state: Type.Enum([...announcementStates]),
  error: Type.String({
    description: 'Why it could not be sent: `noInbox`, another code, or the status that came back',
  }),
  at: Type.String(),
})
export type Announcement = Static<typeof Announcement>

export const listMade = operation({
  name: 'announcements.made',
  summary: 'List what this site announced to services elsewhere and what came of it, the newest first',
  http: 'GET /inbox/announcements',
  input: Type.Object(
    {
      after: Type.String({ maxLength: 100, default: '', description: 'Those after this announcement' }),
      limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
    },
    closed,
  ),
  output: Type.Object({
    announcements: Type.Array(Announcement),
    next: Type.Union([Type.String(), Type.Null()]),
  }),
  allow,
  run: async ({ db }, { after, limit }) => {
    const last = after === '' ? undefined : await madeIn(db).where('made.id', '=', after).executeTakeFirst()
    const found = await madeIn(db)
      .$if(last !== undefined, (query) =>
        query.where(({ or, and, eb }) =>
          or([
            eb('made.announcedAt', '<', last!.announcedAt),
            and([eb('made.announcedAt', '=', last!.announcedAt), eb('made.id', '<', last!.id)]),
          ]),
        ),
      )
      .orderBy('made.announcedAt', 'desc')
      .orderBy('made.id', 'desc')
      .limit(limit + 1)
      .execute()
    const shown = found.slice(0, limit)
    const named = await records(db).findMany(shown.map((one) => one.recordId))
    return {
      announcements: shown.map((one) => {
        const record = named.get(one.recordId)
        const { title, originalLanguage } = record?.body ?? {}
        const isShown = record?.status === 'published' && title !== undefined && originalLanguage !== undefined
        return {
          id: one.id,
          recordId: one.recordId,
          title: isShown ? (title[originalLanguage] ?? one.recordId) : '',
          to: one.target,
          ...stateOf(one),
          at: one.announcedAt,
        }
      }),
      next: found.length > shown.length ? shown.at(-1)!.id : null,
    }
  },
})

export const takeBack = operation({
  name: 'announcements.takeBack',
  summary: 'Take an announcement back: the service that was told of it is told so (COAR Notify, Undo)',
  http: 'POST /inbox/announcements/:id/undo',
  input: Type.Object({ id: Type.String({ pattern: recordId, description: 'Of the announcement' }) }, closed),
  output: Done,
  allow,
  run: async (context, { id }) => {
    const made = await madeIn(context.db).where('made.id', '=', id).executeTakeFirst()
    if (!made) throw noSuch('announcement', id)
    await undo(context, made)
    return done
  },
})

/** What was announced of a record that is withdrawn is taken back with it, in the same transaction. */
export async function takeBackAll(context: Context, id: string): Promise<void> {
  for (const made of await madeIn(context.db).where('made.recordId', '=', id).execute()) await undo(context, made)
}

type Undoing = Pick<Context, 'db' | 'now' | 'random' | 'services' | 'actor'>

async function undo(context: Undoing, made: Made): Promise<void> {
  const { db, now, random } = context
  const { state } = stateOf(made)
  if (state !== 'sent' && state !== 'waiting') return
  const at = now()
  await noteEvent(context, 'announcement.takenBack', '', `${made.recordId} ${made.inbox}`)
  // It has not gone out: who was not told needs not hear of it.
  if (!made.sentAt && made.tries === 0 && made.dueAt! <= at.toISOString()) return forgetMade(db, made)
  const id = newId(random)
  await own(db).updateTable('inbox_announcement').set({ undo: id }).where('id', '=', made.id).execute()
  await own(db).updateTable('inbox_answer').set({ dueAt: null }).where('id', '=', made.id).execute()
  const sending = { id, inbox: made.inbox!, payload: JSON.stringify(undoOf(context, made.payload!)) }
  await own(db)
    .insertInto('inbox_answer')
    // What may be on its way just now must come there first.
    .values({
      ...sending,
      tries: 0,
      dueAt: made.sentAt ? at.toISOString() : later(at, leaseMs),
      sentAt: null,
      lastError: null,
    })
    .execute()
}

export async function forgetMade(db: Kysely<unknown>, { id, undo: undoId }: Pick<Made, 'id' | 'undo'>): Promise<void> {
  await own(db).deleteFrom('inbox_announcement').where('id', '=', id).execute()
  await own(db).deleteFrom('inbox_answer').where('id', 'in', [id, undoId]).execute()
}

/** COAR Notify 1.0.1, Undo Offer: the object is the whole payload but for its `@context`, and is what is answered. */
function undoOf(context: Undoing, payload: string) {
  const { '@context': _, ...said } = JSON.parse(payload) as { '@context': unknown; id: string; target: object }
  return { ...envelopeOf(context, 'Undo'), target: said.target, inReplyTo: said.id, object: said }
}
