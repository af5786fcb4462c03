/** Possible duplicates: suggested to authors and curators; pairs that curators call different are not suggested again. */
import { sql, type Kysely } from 'kysely'
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import type { Migration } from '#kernel/database/migrate.ts'
import { closed, operation } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { permission } from '#kernel/permission.ts'
import { findDraft } from '#features/editorial/drafts/access.ts'
import type { Kind } from '#records/kind.ts'
import { Done, done, Id } from '#records/inputs.ts'
import { keysOf } from '#records/names.ts'
import type { Body, StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { namesAfter } from '#records/queries.ts'
import { searchDocument } from '#search/document.ts'
import { isMergeable } from './mergeable.ts'
import { leastLikeness, likenessOf, reasons } from './likeness.ts'

type Tables = { different: { oneId: string; otherId: string; by: string; at: string } }

export const differentMigration: Migration = {
  name: '0009-house-different',
  up: async (db) => {
    await sql`create table different ("oneId" text not null, "otherId" text not null, by text not null, at text not null, primary key ("oneId", "otherId"))`.execute(
      db,
    )
  },
}

const Likely = Type.Object({
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
const mostNamesakes = 3

const pairOf = (one: string, other: string) => {
  const [oneId, otherId] = [one, other].toSorted() as [string, string]
  return { oneId, otherId }
}

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
const areOneWork = (one: Body, other: Body) => one.work !== undefined && one.work === other.work

const told = ({ id, kind, body }: StoredRecord, { score, why }: ReturnType<typeof likenessOf>): Likely => ({
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

export const listDuplicates = operation({
  name: 'duplicates.list',
  summary: 'List pairs of records of one kind that share an identifier or an address',
  http: 'GET /duplicates',
  input: Type.Object(
    {
      after: Type.String({ maxLength: 100, default: '', description: '`next` of the page before' }),
      limit: Type.Integer({ minimum: 1, maximum: 100, default: 30 }),
    },
    closed,
  ),
  output: Type.Object({
    pairs: Type.Array(Type.Object({ one: Likely, other: Likely })),
    next: Type.Union([Type.String(), Type.Null()]),
  }),
  allow: permission('record.merge'),
  run: async ({ db, services }, { after, limit }) => {
    const pairs: { one: Likely; other: Likely }[] = []
    for await (const { key, numbers } of sharedKeys(db, after)) {
      if (pairs.length >= limit) return { pairs, next: key }
      pairs.push(...(await pairsAmong({ db, services }, numbers)))
    }
    return { pairs, next: null }
  },
})

const namesAtOnce = 10_000

/**
 * Keys of names that a few records share, in their order, read in steps: other work is not held up by a large node.
 * `key` is that of the group before, from which one can go on.
 */
async function* sharedKeys(db: Kysely<unknown>, after: string): AsyncGenerator<{ key: string; numbers: number[] }> {
  for (let last = after; ;) {
    const rows = await namesAfter(db, last, namesAtOnce)
    const groups = Map.groupBy(rows, ({ key }) => key)
    // The last group may go on beyond what was read.
    const isEnd = rows.length < namesAtOnce
    const whole = isEnd ? [...groups] : [...groups].slice(0, -1)
    for (const [key, group] of whole) {
      if (group.length > 1 && group.length <= mostNamesakes)
        yield { key: last, numbers: group.map(({ number }) => number) }
      last = key
    }
    if (isEnd || whole.length === 0) return
    await new Promise((resume) => setImmediate(resume))
  }
}

/** Findings have the address of the study that they are from. */
const sharesItsAddress: ReadonlySet<string> = new Set(['evidence'])

/** Each pair that may be one, among a few records that share a name. */
async function pairsAmong({ db, services }: Pick<Context, 'db' | 'services'>, numbers: readonly number[]) {
  const found = (await records(db).byNumbers(numbers)).filter(({ status }) => status === 'published')
  const pairs: { one: Likely; other: Likely }[] = []
  for (const [at, one] of found.entries()) {
    const dismissed = await differentFrom(db, one.id)
    for (const other of found.slice(at + 1)) {
      if (
        !isMergeable(services.kinds.get(one.kind)!) ||
        other.kind !== one.kind ||
        sharesItsAddress.has(one.kind) ||
        dismissed.has(other.id) ||
        areOneWork(one.body, other.body)
      )
        continue
      const likeness = likenessOf(one.body, other.body, true)
      pairs.push({ one: told(one, likeness), other: told(other, likeness) })
    }
  }
  return pairs
}

export const callDifferent = operation({
  name: 'duplicates.dismiss',
  summary: 'Say that two records tell of different things, so that they are suggested no more',
  http: 'POST /duplicates/dismissals',
  input: Type.Object({ one: Id, other: Id }, closed),
  output: Done,
  allow: permission('record.merge'),
  run: async ({ db, actor, now }, { one, other }) => {
    const by = actor.kind === 'anyone' ? '' : actor.id
    await db
      .withTables<Tables>()
      .insertInto('different')
      .values({ ...pairOf(one, other), by, at: now().toISOString() })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    return done
  },
})
