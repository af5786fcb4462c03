/** What the columns of a kind hold for some records, those columns included whose values other records have. */
import { Type, type Static } from 'typebox'
import type { Kysely } from 'kysely'
import { closed, operation } from '#kernel/operation.ts'
import type { Kind } from '../kind.ts'
import { recordId } from '../fields.ts'
import { LinkedName } from '../linked-names.ts'
import { fieldsOf } from '../field-plan.ts'
import type { StoredRecord } from '../record.ts'
import { records } from '../store.ts'
import { columnsOf, type KindColumn } from './columns.ts'

const mostAtOnce = 500
/** How many linking records are read for one page: more than a page of studies has findings. */
const mostLinking = 20_000

export const Cells = Type.Object({
  values: Type.Record(Type.String(), Type.Record(Type.String(), Type.Array(Type.Unknown())), {
    description: 'By identifier and column',
  }),
  linked: Type.Array(LinkedName, { description: 'The records that values lead to' }),
})
export type Cells = Static<typeof Cells>

export const cells = operation({
  name: 'records.cells',
  summary: 'Read what the columns of tables hold for some records of one kind',
  http: 'GET /cells',
  isForPages: true,
  input: Type.Object(
    {
      kind: Type.String({ maxLength: 100, description: 'Name of the kind' }),
      id: Type.Array(Type.String({ pattern: recordId }), { maxItems: mostAtOnce }),
    },
    closed,
  ),
  output: Cells,
  allow: () => true,
  run: async ({ db, services }, { kind: name, id: ids }): Promise<Cells> => {
    const kind = services.kinds.get(name)
    if (!kind || ids.length === 0) return { values: {}, linked: [] }
    const all = [...(await records(db).findMany(ids)).values()].filter(isPublished)
    const columns = columnsOf(services.kinds, kind)
    const made = await Promise.all(columns.map((column) => valuesOf({ db, kinds: services.kinds }, kind, all, column)))
    const values = Object.fromEntries(
      all.map(({ id }) => [
        id,
        Object.fromEntries(columns.map(({ name: column }, i) => [column, made[i]!.get(id) ?? []])),
      ]),
    )
    return { values, linked: await namesOf(db, columns, made) }
  },
})

type Values = ReadonlyMap<string, unknown[]>

const isPublished = ({ status }: Pick<StoredRecord, 'status'>) => status === 'published'

type Reading = { db: Kysely<unknown>; kinds: ReadonlyMap<string, Kind> }

function valuesOf(
  runtime: Reading,
  kind: Kind,
  all: readonly StoredRecord[],
  { valuesIn, beyond }: KindColumn,
): Values | Promise<Values> {
  if (!beyond) return new Map(all.map(({ id, body }) => [id, valuesIn(body)]))
  const there = { rels: beyond.rels, valuesIn }
  return beyond.direction === 'to' ? valuesThere(runtime.db, kind, all, there) : valuesFrom(runtime, all, there)
}

type Beyond = { rels: readonly string[]; valuesIn: KindColumn['valuesIn'] }

const targetsIn = (kind: Kind, rels: readonly string[], { body }: StoredRecord): string[] =>
  fieldsOf(kind).flatMap(({ field, valuesIn }) =>
    field.rel !== undefined && rels.includes(field.rel) ? (valuesIn(body) as string[]) : [],
  )

/** Values from the records that these link to. */
async function valuesThere(
  db: Kysely<unknown>,
  kind: Kind,
  all: readonly StoredRecord[],
  { rels, valuesIn }: Beyond,
): Promise<Values> {
  const targets = new Map(all.map((record) => [record.id, targetsIn(kind, rels, record)]))
  const found = await records(db).findMany([...new Set([...targets.values()].flat())])
  const valuesAt = (id: string) => {
    const target = found.get(id)
    return target && isPublished(target) ? valuesIn(target.body) : []
  }
  return new Map([...targets].map(([id, to]) => [id, [...new Set(to.flatMap(valuesAt))]]))
}

/** Values from the records that link to these. */
async function valuesFrom(
  { db, kinds }: Reading,
  all: readonly StoredRecord[],
  { rels, valuesIn }: Beyond,
): Promise<Values> {
  const store = records(db)
  const ids = all.map(({ id }) => id)
  const numbers = (await Promise.all(rels.map((rel) => store.linksTo(ids, rel, mostLinking)))).flat()
  const values = new Map<string, unknown[]>(all.map(({ id }) => [id, []]))
  for (const source of await store.byNumbers([...new Set(numbers)]))
    for (const target of targetsIn(kinds.get(source.kind)!, rels, source))
      values.get(target)?.push(...valuesIn(source.body))
  return values
}

async function namesOf(
  db: Kysely<unknown>,
  columns: readonly KindColumn[],
  made: readonly Values[],
): Promise<LinkedName[]> {
  const ids = columns.flatMap(({ field }, i) =>
    field.type === 'link' ? ([...made[i]!.values()].flat() as string[]) : [],
  )
  const found = await records(db).findMany([...new Set(ids)])
  return [...found.values()]
    .filter(isPublished)
    .map(({ id, kind, body }) => ({ id, kind, title: body.title, originalLanguage: body.originalLanguage }))
}
