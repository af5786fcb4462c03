/** The pairs that curators look through, and their word that two records are different, which they can take back. */
import { kindDoubted } from '#records/known-codes.ts'
import type { Kysely } from 'kysely'
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { fieldsOf } from '#records/field-plan.ts'
import { Done, done, Id } from '#records/inputs.ts'
import { namesAfter } from '#records/queries.ts'
import type { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { countsByKind, type Counted } from './counting.ts'
import { likenessOf } from './likeness.ts'
import { isMergeable } from './mergeable.ts'
import { areOneWork, Likely, mostNamesakes, told, type DifferentTables } from './suggest.ts'

const Nullable = <Shape extends Parameters<typeof Type.Union>[0][number]>(shape: Shape) =>
  Type.Union([shape, Type.Null()])

const OfPair = Type.Object({
  ...Likely.properties,
  collection: Nullable(Type.String({ description: 'The collection that it was imported with' })),
  year: Nullable(Type.String()),
  identifier: Nullable(Type.String({ description: 'What its source calls it, else the first identifier that it has' })),
  createdAt: Type.String(),
})
export type OfPair = Static<typeof OfPair>
const Pair = Type.Object({ one: OfPair, other: OfPair })
export type Pair = Static<typeof Pair>

/** Nobody looks through more, and a node with more has another task than counting them. */
export const mostCounted = 2_000

export const listDuplicates = operation({
  name: 'duplicates.list',
  summary: 'List pairs of records of one kind that share an identifier or an address, and count them by kind',
  http: 'GET /duplicates',
  input: Type.Object(
    {
      kind: Type.String({ maxLength: 50, default: '', description: 'Only pairs of this kind' }),
      after: Type.String({ maxLength: 100, default: '', description: '`next` of the page before' }),
      limit: Type.Integer({ minimum: 1, maximum: 100, default: 30 }),
    },
    closed,
  ),
  output: Type.Object({
    pairs: Type.Array(Pair),
    next: Type.Union([Type.String(), Type.Null()]),
    counts: Type.Array(Type.Object({ kind: Type.String(), count: Type.Integer() }), {
      description: `Of all kinds; no more than ${mostCounted} pairs are counted, and on further pages they are those of an earlier page`,
    }),
  }),
  allow: permission('record.merge'),
  doubts: kindDoubted,
  run: async (context, { kind, after, limit }) => {
    const different = await calledDifferent(context.db)
    const count = () => countAll(context, mostCounted + different.size)
    const all = await context.services.duplicatePairs.all(context, after !== '', count)
    return {
      ...(await pageOf(context, different, { kind, after, limit })),
      counts: countsByKind(all, different, mostCounted),
    }
  },
})

async function countAll(context: Context, most: number): Promise<Counted[]> {
  const counted: Counted[] = []
  for await (const { pairs } of pairsAfter(context, '', new Set())) {
    counted.push(...pairs.map(({ one, other }) => ({ kind: one.kind, key: pairKey(one.id, other.id) })))
    if (counted.length >= most) break
  }
  return counted
}

async function pageOf(
  context: Context,
  different: ReadonlySet<string>,
  { kind, after, limit }: { kind: string; after: string; limit: number },
) {
  const found: Pair[] = []
  for await (const { key, pairs } of pairsAfter(context, after, different)) {
    if (found.length >= limit) return { pairs: found, next: key }
    found.push(...pairs.filter(({ one }) => kind === '' || one.kind === kind))
  }
  return { pairs: found, next: null }
}

const namesAtOnce = 10_000
const groupsAtOnce = 200

/** The pairs of each group of records that share a name. `key` is that of the group before, from which one can go on. */
async function* pairsAfter(
  context: Context,
  after: string,
  different: ReadonlySet<string>,
): AsyncGenerator<{ key: string; pairs: Pair[] }> {
  let some: { key: string; numbers: number[] }[] = []
  for await (const group of sharedKeys(context.db, after)) {
    some.push(group)
    if (some.length < groupsAtOnce) continue
    yield* pairsAmong(context, some, different)
    some = []
  }
  yield* pairsAmong(context, some, different)
}

/**
 * Keys of names that a few records share, in their order, read in steps: other work is not held up by a large node.
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

async function* pairsAmong(
  { db, services }: Context,
  groups: readonly { key: string; numbers: readonly number[] }[],
  different: ReadonlySet<string>,
): AsyncGenerator<{ key: string; pairs: Pair[] }> {
  const numbers = [...new Set(groups.flatMap((group) => group.numbers))]
  const found = new Map((await records(db).byNumbers(numbers)).map((one) => [one.number, one]))
  const mayBe = (one: StoredRecord, other: StoredRecord) =>
    isMergeable(services.kinds.get(one.kind)!) &&
    other.kind === one.kind &&
    !sharesItsAddress.has(one.kind) &&
    !different.has(pairKey(one.id, other.id)) &&
    !areOneWork(one.body, other.body)
  const describe = (record: StoredRecord, likeness: ReturnType<typeof likenessOf>): OfPair => {
    const first = (is: (at: ReturnType<typeof fieldsOf>[number]) => boolean) =>
      fieldsOf(services.kinds.get(record.kind)!)
        .filter(is)
        .flatMap(({ valuesIn }) => valuesIn(record.body))
        .map(String)[0] ?? null
    return {
      ...told(record, likeness),
      collection: record.origin?.collection ?? null,
      year: first(({ field }) => field.facet === 'year')?.slice(0, 4) ?? null,
      identifier: record.origin?.identifier ?? first(({ field }) => field.type === 'identifier'),
      createdAt: record.createdAt,
    }
  }
  for (const group of groups) {
    const all = group.numbers
      .flatMap((number) => found.get(number) ?? [])
      .filter(({ status }) => status === 'published')
    const pairs = all.flatMap((one, at) =>
      all.slice(at + 1).flatMap((other): Pair[] => {
        if (!mayBe(one, other)) return []
        const likeness = likenessOf(one.body, other.body, true)
        return [{ one: describe(one, likeness), other: describe(other, likeness) }]
      }),
    )
    if (pairs.length > 0) yield { key: group.key, pairs }
  }
}

const pairOf = (one: string, other: string) => {
  const [oneId, otherId] = [one, other].toSorted() as [string, string]
  return { oneId, otherId }
}
const pairKey = (one: string, other: string) => Object.values(pairOf(one, other)).join(' ')

async function calledDifferent(db: Kysely<unknown>): Promise<Set<string>> {
  const rows = await db.withTables<DifferentTables>().selectFrom('different').select(['oneId', 'otherId']).execute()
  return new Set(rows.map(({ oneId, otherId }) => pairKey(oneId, otherId)))
}

export const callDifferent = operation({
  name: 'duplicates.dismiss',
  summary: 'Say that two records tell of different things, so that they are suggested no more',
  http: 'POST /duplicates/dismissals',
  changesPages: true,
  input: Type.Object({ one: Id, other: Id }, closed),
  output: Done,
  allow: permission('record.merge'),
  run: async ({ db, actor, now }, { one, other }) => {
    const by = actor.kind === 'anyone' ? '' : actor.id
    await db
      .withTables<DifferentTables>()
      .insertInto('different')
      .values({ ...pairOf(one, other), by, at: now().toISOString() })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    return done
  },
})

export const callAlike = operation({
  name: 'duplicates.suggestAgain',
  summary: 'Say that two records may be one after all, so that they are suggested again',
  http: 'POST /duplicates/dismissals/withdrawal',
  changesPages: true,
  input: Type.Object({ one: Id, other: Id }, closed),
  output: Done,
  allow: permission('record.merge'),
  run: async ({ db }, { one, other }) => {
    const { oneId, otherId } = pairOf(one, other)
    await db
      .withTables<DifferentTables>()
      .deleteFrom('different')
      .where('oneId', '=', oneId)
      .where('otherId', '=', otherId)
      .execute()
    return done
  },
})
