/** Saving a search and following a record; changing how often one is told, ending it, and taking that back. */
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { languages } from '#kernel/i18n/languages.ts'
import { journalHead } from '#kernel/journal.ts'
import { closed, operation, preparedOperation } from '#kernel/operation.ts'
import { ofOthers, Problem } from '#kernel/problem.ts'
import { personIn } from '#accounts/sessions.ts'
import { newId } from '#records/identifier.ts'
import { Id } from '#records/inputs.ts'
import { records } from '#records/store.ts'
import { find } from '#search/find.ts'
import { canonicalQuery, inputOf, subjectOf } from './subject.ts'
import { subscriptionStore } from './store.ts'
import { rhythms, type SubscriptionRow } from './tables.ts'

const Often = Type.Enum([...rhythms], { description: 'How often a letter may tell of it; `never`: it is only kept' })
export const longestQuery = 2_000
const mostSubscriptions = 200
const isPerson = ({ kind }: Context['actor']) => kind === 'person'

export const Subscription = Type.Object({
  id: Type.String(),
  recordId: Type.Union([Type.String(), Type.Null()], { description: 'The record that is followed; null of a search' }),
  query: Type.String({ description: 'What stands in the address of the search; empty of a record' }),
  name: Type.String(),
  often: Often,
  createdAt: Type.String(),
})
export type Subscription = Static<typeof Subscription>

export const shapeOf = ({ id, recordId: of, query, name, often, createdAt }: SubscriptionRow): Subscription => ({
  id,
  recordId: of,
  query,
  name,
  often,
  createdAt,
})

type Begun = Pick<SubscriptionRow, 'recordId' | 'query' | 'name' | 'language' | 'often'>

/** What is watched already goes on as it is asked now; what was ended begins anew. */
async function begin(context: Context, request: Begun): Promise<Subscription> {
  const { db, now, random } = context
  const accountId = personIn(context)
  const store = subscriptionStore(db)
  const subject = subjectOf(request.recordId === null ? { query: request.query } : { recordId: request.recordId })
  const at = now().toISOString()
  const known = await store.bySubject(accountId, subject)
  if (known && known.endedAt === null) {
    const changes = { often: request.often, oftenAt: at, name: request.name || known.name }
    await store.change(known.id, changes)
    return shapeOf({ ...known, ...changes })
  }
  if ((await store.of(accountId)).length >= mostSubscriptions)
    throw new Problem('tooManyWatched', { most: mostSubscriptions })
  const seq = await journalHead(db)
  const fresh = { oftenAt: at, createdAt: at, toldSeq: seq, toldAt: at, seenSeq: seq, seenAt: at, endedAt: null }
  if (known) await store.remove(known.id)
  const row: SubscriptionRow = { id: newId(random), accountId, subject, ...request, ...fresh }
  await store.add(row)
  await store.addWatcher(accountId, at)
  return shapeOf(row)
}

export const saveSearch = preparedOperation({
  name: 'subscriptions.save',
  summary: 'Save a search, and be told of what is new in it',
  http: 'POST /subscriptions/searches',
  input: Type.Object(
    {
      query: Type.String({
        maxLength: longestQuery,
        description: 'What stands in the address of a search: `q=radio&country=KE`',
      }),
      name: Type.String({ maxLength: 200, default: '' }),
      language: Type.Enum([...languages], { default: 'en', description: 'Its words are understood in this language' }),
      often: Type.Enum([...rhythms], { default: 'weekly' }),
    },
    closed,
  ),
  output: Subscription,
  makes: ({ id }) => `/subscriptions/${id}`,
  allow: isPerson,
  prepare: async ({ services }, { query }) => {
    const request = canonicalQuery(query, services.knowledge.names)
    if (request.length > longestQuery) throw new Problem('addressTooLong', { limit: longestQuery })
    // What search cannot be asked, no e-mail can tell of.
    await find(services, { ...inputOf(request), limit: 0, facets: [], facetLimit: 0 })
    return request
  },
  run: (context, { name, language, often }, query) =>
    begin(context, { recordId: null, query, name: name.replaceAll(/\s+/g, ' ').trim(), language, often }),
})

export const followRecord = operation({
  name: 'subscriptions.follow',
  summary: 'Follow a record: be told of new versions, of what review finds, and of what leads to it',
  http: 'POST /subscriptions/records/:id',
  input: Type.Object({ id: Id, often: Type.Enum([...rhythms], { default: 'weekly' }) }, closed),
  output: Subscription,
  makes: ({ id }) => `/subscriptions/${id}`,
  allow: isPerson,
  run: async (context, { id, often }) => {
    const record = await records(context.db).find(id)
    if (record?.status !== 'published') throw new Problem('recordNotFound', { id })
    return begin(context, { recordId: id, query: '', name: '', language: 'en', often })
  },
})

/** @throws Problem notFound */
async function own(context: Context, id: string): Promise<SubscriptionRow> {
  const row = await subscriptionStore(context.db).find(personIn(context), id)
  if (row) return row
  throw ofOthers('watched', id, await subscriptionStore(context.db).isThere(id))
}

export const changeSubscription = operation({
  name: 'subscriptions.change',
  summary: 'Say how often letters may tell of something that one watches',
  http: 'PUT /subscriptions/:id',
  input: Type.Object({ id: Id, often: Often }, closed),
  output: Subscription,
  allow: isPerson,
  run: async (context, { id, often }) => {
    const row = await own(context, id)
    await subscriptionStore(context.db).change(id, { often, oftenAt: context.now().toISOString() })
    return shapeOf({ ...row, often })
  },
})

export const endSubscription = operation({
  name: 'subscriptions.end',
  summary: 'End watching something; it can be taken back for 30 days',
  http: 'DELETE /subscriptions/:id',
  input: Type.Object({ id: Id }, closed),
  output: Subscription,
  allow: isPerson,
  run: async (context, { id }) => {
    const row = await own(context, id)
    if (row.endedAt === null) await subscriptionStore(context.db).change(id, { endedAt: context.now().toISOString() })
    return shapeOf(row)
  },
})

export const resumeSubscription = operation({
  name: 'subscriptions.resume',
  summary: 'Undo that you stopped following something',
  http: 'POST /subscriptions/:id/resume',
  input: Type.Object({ id: Id }, closed),
  output: Subscription,
  allow: isPerson,
  run: async (context, { id }) => {
    const row = await own(context, id)
    if (row.endedAt !== null && (await subscriptionStore(context.db).of(row.accountId)).length >= mostSubscriptions)
      throw new Problem('tooManyWatched', { most: mostSubscriptions })
    await subscriptionStore(context.db).change(id, { endedAt: null })
    return shapeOf(row)
  },
})

export const subscriptionState = operation({
  name: 'subscriptions.state',
  summary: 'Tell whether one watches a record or a search',
  http: 'GET /subscriptions/state',
  input: Type.Object({ record: Type.Optional(Id), query: Type.Optional(Type.String({ maxLength: 100_000 })) }, closed),
  output: Type.Object({ watch: Type.Union([Subscription, Type.Null()]) }),
  allow: isPerson,
  run: async (context, { record, query = '' }) => {
    const request = record ? { recordId: record } : { query: canonicalQuery(query, context.services.knowledge.names) }
    const row = await subscriptionStore(context.db).bySubject(personIn(context), subjectOf(request))
    return { watch: row && row.endedAt === null ? shapeOf(row) : null }
  },
})
