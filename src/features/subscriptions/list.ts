/** All that one watches, with what is new in it since one last looked. */
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { personIn } from '#accounts/sessions.ts'
import { recordId } from '#records/fields.ts'
import { Done, done } from '#records/inputs.ts'
import { records } from '#records/store.ts'
import { newsOf } from './news.ts'
import { nothingNew, whatsNew, type Since } from './news-line.ts'
import { subscriptionStore } from './store.ts'
import type { SubscriptionRow } from './tables.ts'
import { shapeOf, Subscription } from './subscribe.ts'

const Texts = Type.Record(Type.String(), Type.String())
export const NewsLine = Type.Object({
  id: Type.String(),
  title: Type.Union([Texts, Type.Null()], { description: 'Null where it was withdrawn' }),
  originalLanguage: Type.String(),
  kind: Type.String(),
  what: Type.Enum([...whatsNew]),
})
export const Subscribed = Type.Intersect([
  Subscription,
  Type.Object({
    title: Type.Union([Texts, Type.Null()], { description: 'Of the record that is followed' }),
    originalLanguage: Type.String(),
    total: Type.Integer({ description: 'How many are new' }),
    lines: Type.Array(NewsLine, { description: 'The first of them' }),
  }),
])
export type Subscribed = Static<typeof Subscribed>

const shown = 5

/** Titles of the records that are followed; none for withdrawn ones. */
export async function titlesOf(db: Context['db'], of: readonly Pick<SubscriptionRow, 'recordId'>[]) {
  const found = await records(db).findMany([...new Set(of.flatMap(({ recordId: id }) => id ?? []))])
  return (id: string | null) => {
    const record = id === null ? undefined : found.get(id)
    return record?.status === 'published'
      ? { title: record.body.title, originalLanguage: record.body.originalLanguage }
      : { title: null, originalLanguage: 'en' }
  }
}

export const sinceSeen = (row: SubscriptionRow): Since => ({ ...row, seq: row.seenSeq, at: row.seenAt })
export const sinceTold = (row: SubscriptionRow): Since => ({ ...row, seq: row.toldSeq, at: row.toldAt })

export const listSubscriptions = operation({
  name: 'subscriptions.list',
  summary: 'List what one watches, with what is new in it since one last looked',
  http: 'GET /subscriptions',
  input: Type.Object({}, closed),
  output: Type.Object({
    watched: Type.Array(Subscribed),
    upTo: Type.Integer({ description: 'The place in the journal up to which this tells' }),
    hasFeed: Type.Boolean(),
  }),
  allow: ({ kind }) => kind === 'person',
  run: async (context) => {
    const { db, services } = context
    const accountId = personIn(context)
    const rows = await subscriptionStore(db).of(accountId)
    const upTo = services.search.seq
    const [news, titleOf, watcher] = await Promise.all([
      newsOf(context, rows.map(sinceSeen), { upTo, most: shown }),
      titlesOf(db, rows),
      subscriptionStore(db).watcher(accountId),
    ])
    const watched = rows.map((row) => ({
      ...shapeOf(row),
      ...titleOf(row.recordId),
      ...(news.get(row.id) ?? nothingNew),
    }))
    return { watched, upTo, hasFeed: watcher?.feedHash != null }
  },
})

export const sawAll = operation({
  name: 'subscriptions.seen',
  summary: 'Say that one has seen what is new up to a place in the journal',
  http: 'POST /subscriptions/seen',
  input: Type.Object({ upTo: Type.Integer({ minimum: 0, maximum: 2_147_483_647 }) }, closed),
  output: Done,
  allow: ({ kind }) => kind === 'person',
  run: async (context, { upTo }) => {
    const place = Math.min(upTo, context.services.search.seq)
    await subscriptionStore(context.db).sawAll(personIn(context), place, context.now().toISOString())
    return done
  },
})

/** Just ended, so that it can be taken back. */
export const readEnded = operation({
  name: 'subscriptions.ended',
  summary: 'Read something that one ended to watch',
  http: 'GET /subscriptions/ended/:id',
  input: Type.Object({ id: Type.String({ pattern: recordId }) }, closed),
  output: Type.Object({ watch: Type.Union([Subscription, Type.Null()]) }),
  allow: ({ kind }) => kind === 'person',
  run: async (context, { id }) => {
    const row = await subscriptionStore(context.db).find(personIn(context), id)
    return { watch: row && row.endedAt !== null ? shapeOf(row) : null }
  },
})
