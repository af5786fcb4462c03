/** What may tell of the same thing as a record or a draft; pairs that curators call different are not suggested again. */
import { sql, type Kysely } from 'kysely'
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import type { Migration } from '#kernel/database/migrate.ts'
import { closed, operation } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { findDraft } from '#features/editorial/drafts/access.ts'
import type { Kind } from '#records/kind.ts'
import { Id } from '#records/inputs.ts'
import { keysOf } from '#records/names.ts'
import type { Body, StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { searchDocument } from '#search/document.ts'
import { leastLikeness, likenessOf, reasons } from './likeness.ts'

export type DifferentTables = { different: { oneId: string; otherId: string; by: string; at: string } }

export const differentMigration: Migration = {
  name: '0009-house-different',
  up: async (db) => {
    await sql`create table different ("oneId" text not null, "otherId" text not null, by text not null, at text not null, primary key ("oneId", "otherId"))`.execute(
      db,
    )
  },
}

export const Likely = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  title: Type.Record(Type.String(), Type.String()),
  originalLanguage: Type.String(),
  score: Type.Number({ description: '0 to 1: how much they look like one' }),
  why: Type.Array(Type.Enum([...reasons])),
})
export type Likely = Static<typeof Likely>
const LikelyRecords = Type.Object({ records: Type.Array(Likely) })

const mostLike = 30
const mostShown = 5
/** What more records than this share is the address of a publisher or a catalogue, and names none of them. */
export const mostNamesakes = 3

/** Pairs of one kind, the likeliest first. */
async function likelyTo(
  { db, services }: Context,
  kind: Kind,
  self: Pick<StoredRecord, 'id' | 'body' | 'origin'>,
): Promise<Likely[]> {
  const store = records(db)
  const keys = keysOf(kind, self)
  const named = new Map<string, StoredRecord>()
  for (const key of keys) {
    const namesakes = await store.named(key, mostNamesakes + 1)
    if (namesakes.length <= mostNamesakes) for (const one of namesakes) named.set(one.id, one)
  }
  const asKept: StoredRecord = { ...unkept, ...self, kind: kind.name }
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
const unkept: Omit<StoredRecord, 'id' | 'kind' | 'body' | 'origin'> = {
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
export const areOneWork = (one: Body, other: Body) => one.work !== undefined && one.work === other.work

export const told = ({ id, kind, body }: StoredRecord, { score, why }: ReturnType<typeof likenessOf>): Likely => ({
  id,
  kind,
  title: body.title,
  originalLanguage: body.originalLanguage,
  score: Math.round(score * 100) / 100,
  why,
})

async function differentFrom(db: Kysely<unknown>, id: string): Promise<Set<string>> {
  const rows = await db
    .withTables<DifferentTables>()
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
  output: LikelyRecords,
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
  output: LikelyRecords,
  allow: (actor) => actor.kind === 'person',
  run: async (context, { id }) => {
    const { draft, kind } = await findDraft(context, id)
    if (!draft.body.title) return { records: [] }
    const body = { originalLanguage: 'en', ...draft.body } as Body
    return { records: await likelyTo(context, kind, { id: draft.recordId, body, origin: null }) }
  },
})
