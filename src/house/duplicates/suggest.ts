/** What may be told twice: suggested to who describes it, and to curators; what they call different is suggested no more. */
import { sql, type Kysely } from 'kysely'
import { Type, type Static } from 'typebox'
import type { Context } from '#core/context.ts'
import type { Migration } from '#core/database/migrate.ts'
import { operation } from '#core/operation.ts'
import { Problem } from '#core/problem.ts'
import { findDraft } from '../drafts/access.ts'
import type { Kind } from '../kind.ts'
import { may } from '../people/roles.ts'
import { recordId } from '../record/fields.ts'
import { keysOf } from '../record/names.ts'
import type { Body, Kept } from '../record/record.ts'
import { records } from '../record/store.ts'
import type { RecordTables } from '../record/tables.ts'
import { searchDocument } from '../search/document.ts'
import { leastLikeness, likenessOf, reasons } from './likeness.ts'

type Tables = { different: { oneId: string; otherId: string; by: string; at: string } }
type Both = Tables & Pick<RecordTables, 'name' | 'record'>

export const differentMigration: Migration = {
  name: '0009-house-different',
  up: async (db) => {
    await sql`create table different ("oneId" text not null, "otherId" text not null, by text not null, at text not null, primary key ("oneId", "otherId"))`.execute(
      db,
    )
  },
}

const Id = Type.String({ pattern: recordId })
const closed = { additionalProperties: false }

const Likely = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  title: Type.Record(Type.String(), Type.String()),
  originalLanguage: Type.String(),
  score: Type.Number({ description: '0 to 1: how much they look like one' }),
  why: Type.Array(Type.Enum([...reasons])),
})
export type Likely = Static<typeof Likely>
const Answer = Type.Object({ records: Type.Array(Likely) })

const mostLike = 30
const mostShown = 5

const pairOf = (one: string, other: string) => {
  const [oneId, otherId] = [one, other].toSorted() as [string, string]
  return { oneId, otherId }
}

/** Of one kind, the likeliest first. */
async function likelyTo(
  { db, services }: Context,
  kind: Kind,
  self: Pick<Kept, 'id' | 'body' | 'origin'>,
): Promise<Likely[]> {
  const store = records(db)
  const keys = keysOf(kind, self)
  const named = new Map<string, Kept>()
  for (const key of keys) for (const one of await store.named(key, mostShown)) named.set(one.id, one)
  const asKept: Kept = { ...unkept, ...self, kind: kind.name }
  const hits = await services.search.similar(searchDocument(kind, asKept, { labels: false }), mostLike)
  const alike = await store.byNumbers(hits.map(({ number }) => number))
  const all = new Map([...alike.map((one) => [one.id, one] as const), ...named])
  const dismissed = await differentFrom(db, self.id)
  return [...all.values()]
    .filter((one) => one.id !== self.id && one.kind === kind.name && one.status === 'published')
    .filter((one) => !dismissed.has(one.id) && !areOneWork(self.body, one.body))
    .map((one) => told(one, likenessOf(self.body, one.body, named.has(one.id))))
    .filter(({ score }) => score >= leastLikeness)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, mostShown)
}

/** What a record has around its body, of one that is not kept yet. */
const unkept: Omit<Kept, 'id' | 'kind' | 'body' | 'origin'> = {
  number: 0,
  status: 'published',
  revision: 1,
  sourceRevision: 1,
  createdAt: '',
  changedAt: '',
  changedBy: '',
  note: null,
  translations: {},
}

/** Translations of one book are records of their own, told to be one work, and none of them is one too many. */
const areOneWork = (one: Body, other: Body) => one.work !== undefined && one.work === other.work

const told = ({ id, kind, body }: Kept, { score, why }: ReturnType<typeof likenessOf>): Likely => ({
  id,
  kind,
  title: body.title,
  originalLanguage: body.originalLanguage,
  score: Math.round(score * 100) / 100,
  why,
})

async function differentFrom(db: Kysely<unknown>, id: string): Promise<Set<string>> {
  const rows = await db
    .withTables<Tables>()
    .selectFrom('different')
    .selectAll()
    .where(({ eb, or }) => or([eb('oneId', '=', id), eb('otherId', '=', id)]))
    .execute()
  return new Set(rows.map(({ oneId, otherId }) => (oneId === id ? otherId : oneId)))
}

export const likelyDuplicates = operation({
  name: 'records.duplicates',
  summary: 'Find records that may tell of the same thing as one',
  http: 'GET /records/:id/duplicates',
  input: Type.Object({ id: Id }, closed),
  output: Answer,
  allow: () => true,
  run: async (context, { id }) => {
    const record = await records(context.db).find(id)
    const kind = record && context.services.kinds.get(record.kind)
    if (!record || !kind || record.status !== 'published') throw new Problem('recordNotFound', { id })
    return { records: await likelyTo(context, kind, record) }
  },
})

export const draftDuplicates = operation({
  name: 'drafts.duplicates',
  summary: 'Find records that may already tell what a draft tells',
  http: 'GET /drafts/:id/duplicates',
  input: Type.Object({ id: Id }, closed),
  output: Answer,
  allow: (actor) => actor.kind === 'person',
  run: async (context, { id }) => {
    const { draft, kind } = await findDraft(context, id)
    if (!draft.body.title) return { records: [] }
    const body = { originalLanguage: 'en', ...draft.body } as Body
    return { records: await likelyTo(context, kind, { id: draft.recordId, body, origin: null }) }
  },
})

export const listDuplicates = operation({
  name: 'duplicates.list',
  summary: 'List pairs of records of one kind that share an identifier or an address',
  http: 'GET /duplicates',
  input: Type.Object(
    { after: Type.Integer({ minimum: 0, default: 0 }), limit: Type.Integer({ minimum: 1, maximum: 100, default: 30 }) },
    closed,
  ),
  output: Type.Object({
    pairs: Type.Array(Type.Object({ one: Likely, other: Likely })),
    next: Type.Union([Type.Integer(), Type.Null()]),
  }),
  allow: (actor) => may(actor, 'record.merge'),
  run: async ({ db }, { after, limit }) => {
    const rows = await db
      .withTables<Both>()
      .selectFrom('name as a')
      .innerJoin('name as b', (join) => join.onRef('a.key', '=', 'b.key').onRef('a.number', '<', 'b.number'))
      .innerJoin('record as ra', 'ra.number', 'a.number')
      .innerJoin('record as rb', (join) => join.onRef('rb.number', '=', 'b.number').onRef('rb.kind', '=', 'ra.kind'))
      .leftJoin('different as d', (join) =>
        join.on(({ eb, or, and, ref }) =>
          or([
            and([eb('d.oneId', '=', ref('ra.id')), eb('d.otherId', '=', ref('rb.id'))]),
            and([eb('d.oneId', '=', ref('rb.id')), eb('d.otherId', '=', ref('ra.id'))]),
          ]),
        ),
      )
      .select(['a.number as one', 'b.number as other'])
      .where('ra.status', '=', 'published')
      .where('rb.status', '=', 'published')
      .where('d.oneId', 'is', null)
      .groupBy(['a.number', 'b.number'])
      .orderBy('a.number')
      .orderBy('b.number')
      .offset(after)
      .limit(limit + 1)
      .execute()
    const shown = rows.slice(0, limit)
    const store = records(db)
    const numbers = [...new Set(shown.flatMap(({ one, other }) => [one, other]))]
    const found = new Map((await store.byNumbers(numbers)).map((record) => [record.number, record]))
    const pairs = shown.flatMap(({ one, other }) => {
      const [a, b] = [found.get(one)!, found.get(other)!]
      const likeness = likenessOf(a.body, b.body, true)
      return areOneWork(a.body, b.body) ? [] : [{ one: told(a, likeness), other: told(b, likeness) }]
    })
    return { pairs, next: rows.length > limit ? after + limit : null }
  },
})

export const callDifferent = operation({
  name: 'duplicates.dismiss',
  summary: 'Say that two records tell of different things, so that they are suggested no more',
  http: 'POST /duplicates/dismissals',
  input: Type.Object({ one: Id, other: Id }, closed),
  output: Type.Object({ isDone: Type.Literal(true) }),
  allow: (actor) => may(actor, 'record.merge'),
  run: async ({ db, actor, now }, { one, other }) => {
    const by = actor.kind === 'anyone' ? '' : actor.id
    await db
      .withTables<Tables>()
      .insertInto('different')
      .values({ ...pairOf(one, other), by, at: now().toISOString() })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    return { isDone: true as const }
  },
})
