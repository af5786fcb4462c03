/** Saving a search and following a record; changing how often one is told, ending it, and taking that back. */
import { Type, type Static } from 'typebox'
import type { Context } from '#core/context.ts'
import { languages } from '#core/languages/languages.ts'
import { journalHead } from '#core/journal.ts'
import { closed, operation, preparedOperation } from '#core/operation.ts'
import { ofOthers, Problem } from '#core/problem.ts'
import { personIn } from '../people/sessions.ts'
import { newId } from '../record/identifier.ts'
import { Id } from '../record/inputs.ts'
import { records } from '../record/store.ts'
import { find } from '../search/find.ts'
import { canonicalQuery, inputOf, subjectOf } from './subject.ts'
import { watches } from './store.ts'
import { rhythms, type WatchRow } from './tables.ts'

const Often = Type.Enum([...rhythms], { description: 'How often a letter may tell of it; `never`: it is only kept' })
export const longestQuery = 2_000
const mostWatched = 200
const isPerson = ({ kind }: Context['actor']) => kind === 'person'

export const Watch = Type.Object({
  id: Type.String(),
  recordId: Type.Union([Type.String(), Type.Null()], { description: 'The record that is followed; null of a search' }),
  query: Type.String({ description: 'What stands in the address of the search; empty of a record' }),
  name: Type.String(),
  often: Often,
  createdAt: Type.String(),
})
export type Watch = Static<typeof Watch>

export const shapeOf = ({ id, recordId: of, query, name, often, createdAt }: WatchRow): Watch => ({
  id,
  recordId: of,
  query,
  name,
  often,
  createdAt,
})

type Begun = Pick<WatchRow, 'recordId' | 'query' | 'name' | 'language' | 'often'>

/** What is watched already goes on as it is asked now; what was ended begins anew. */
async function begin(context: Context, asked: Begun): Promise<Watch> {
  const { db, now, random } = context
  const accountId = personIn(context)
  const store = watches(db)
  const subject = subjectOf(asked.recordId === null ? { query: asked.query } : { recordId: asked.recordId })
  const at = now().toISOString()
  const known = await store.bySubject(accountId, subject)
  if (known && known.endedAt === null) {
    const changes = { often: asked.often, oftenAt: at, name: asked.name || known.name }
    await store.change(known.id, changes)
    return shapeOf({ ...known, ...changes })
  }
  if ((await store.of(accountId)).length >= mostWatched) throw new Problem('tooManyWatched', { most: mostWatched })
  const seq = await journalHead(db)
  const fresh = { oftenAt: at, createdAt: at, toldSeq: seq, toldAt: at, seenSeq: seq, seenAt: at, endedAt: null }
  if (known) await store.remove(known.id)
  const row: WatchRow = { id: newId(random), accountId, subject, ...asked, ...fresh }
  await store.add(row)
  await store.addWatcher(accountId, at)
  return shapeOf(row)
}

export const saveSearch = preparedOperation({
  name: 'watching.save',
  summary: 'Save a search, and be told of what is new in it',
  http: 'POST /watching/searches',
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
  output: Watch,
  allow: isPerson,
  prepare: async ({ services }, { query }) => {
    const asked = canonicalQuery(query, services.knowledge.names)
    if (asked.length > longestQuery) throw new Problem('addressTooLong', { limit: longestQuery })
    // What search cannot be asked, no letter can tell of.
    await find(services, { ...inputOf(asked), limit: 0, facets: [], facetLimit: 0 })
    return asked
  },
  run: (context, { name, language, often }, query) =>
    begin(context, { recordId: null, query, name: name.replaceAll(/\s+/g, ' ').trim(), language, often }),
})

export const followRecord = operation({
  name: 'watching.follow',
  summary: 'Follow a record: be told of new versions, of what review finds, and of what leads to it',
  http: 'POST /watching/records/:id',
  input: Type.Object({ id: Id, often: Type.Enum([...rhythms], { default: 'weekly' }) }, closed),
  output: Watch,
  allow: isPerson,
  run: async (context, { id, often }) => {
    const record = await records(context.db).find(id)
    if (record?.status !== 'published') throw new Problem('recordNotFound', { id })
    return begin(context, { recordId: id, query: '', name: '', language: 'en', often })
  },
})

/** @throws Problem notFound */
async function own(context: Context, id: string): Promise<WatchRow> {
  const row = await watches(context.db).find(personIn(context), id)
  if (row) return row
  throw ofOthers(id, await watches(context.db).isThere(id))
}

export const changeWatch = operation({
  name: 'watching.change',
  summary: 'Say how often letters may tell of something that one watches',
  http: 'PUT /watching/:id',
  input: Type.Object({ id: Id, often: Often }, closed),
  output: Watch,
  allow: isPerson,
  run: async (context, { id, often }) => {
    const row = await own(context, id)
    await watches(context.db).change(id, { often, oftenAt: context.now().toISOString() })
    return shapeOf({ ...row, often })
  },
})

export const endWatch = operation({
  name: 'watching.end',
  summary: 'End watching something; it can be taken back for 30 days',
  http: 'DELETE /watching/:id',
  input: Type.Object({ id: Id }, closed),
  output: Watch,
  allow: isPerson,
  run: async (context, { id }) => {
    const row = await own(context, id)
    if (row.endedAt === null) await watches(context.db).change(id, { endedAt: context.now().toISOString() })
    return shapeOf(row)
  },
})

export const resumeWatch = operation({
  name: 'watching.resume',
  summary: 'Take back that watching something was ended',
  http: 'POST /watching/:id/resume',
  input: Type.Object({ id: Id }, closed),
  output: Watch,
  allow: isPerson,
  run: async (context, { id }) => {
    const row = await own(context, id)
    if (row.endedAt !== null && (await watches(context.db).of(row.accountId)).length >= mostWatched)
      throw new Problem('tooManyWatched', { most: mostWatched })
    await watches(context.db).change(id, { endedAt: null })
    return shapeOf(row)
  },
})

export const watchState = operation({
  name: 'watching.state',
  summary: 'Tell whether one watches a record or a search',
  http: 'GET /watching/state',
  input: Type.Object({ record: Type.Optional(Id), query: Type.Optional(Type.String({ maxLength: 100_000 })) }, closed),
  output: Type.Object({ watch: Type.Union([Watch, Type.Null()]) }),
  allow: isPerson,
  run: async (context, { record, query = '' }) => {
    const asked = record ? { recordId: record } : { query: canonicalQuery(query, context.services.knowledge.names) }
    const row = await watches(context.db).bySubject(personIn(context), subjectOf(asked))
    return { watch: row && row.endedAt === null ? shapeOf(row) : null }
  },
})
