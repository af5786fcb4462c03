import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { permission } from '#kernel/permission.ts'
import type { Kind } from './kind.ts'
import { recordId } from './fields.ts'
import { change, expectRevision } from './write.ts'
import { forgetMerged, mergedInto } from './merged.ts'
import { StoredRecord } from './record.ts'
import { fieldsOf } from './field-plan.ts'
import { readLinking, readMany } from './read-many.ts'
import type { Incoming } from './link-queries.ts'
import { records, type StoredRow } from './store.ts'

const Id = Type.String({ pattern: recordId, description: 'Identifier of the record' })
const Revision = Type.Integer({
  minimum: 1,
  maximum: 2_147_483_647,
  description: 'The version that this change was made from',
})
const Reason = Type.String({ minLength: 3, maxLength: 2_000, pattern: '\\S', description: 'Shown to readers' })

/** @throws Problem recordNotFound; withdrawn or merged, unless those are wanted too. */
export async function findRecord(
  { db, services }: Context,
  id: string,
  { withdrawnToo = false } = {},
): Promise<{ record: StoredRow; kind: Kind }> {
  const record = await records(db).find(id)
  const kind = record && services.kinds.get(record.kind)
  if (!record || !kind) throw new Problem('recordNotFound', { id })
  if (record.status === 'withdrawn' && !withdrawnToo) {
    const into = await mergedInto(db, id)
    if (into) throw new Problem('merged', { id, into })
    throw new Problem('withdrawn', { id, reason: record.note ?? '', at: record.changedAt })
  }
  return { record, kind }
}

const open = ({ digest: _, ...record }: StoredRow) => record

export const read = operation({
  name: 'records.read',
  summary: 'Read a record',
  http: 'GET /records/:id',
  input: Type.Object({ id: Id }, closed),
  output: StoredRecord,
  allow: () => true,
  run: async (context, { id }) => open((await findRecord(context, id)).record),
})

/** A work may be in hundreds of languages, and a reader looks for one. */
const mostEditions = 200

const Linked = Type.Object({
  rel: Type.String({ description: 'The relation, as the linking record says it' }),
  direction: Type.Union([Type.Literal('to'), Type.Literal('from')], {
    description: '`to`: this record links to that; `from`: that one links to this',
  }),
  id: Type.String(),
  kind: Type.String(),
  title: Type.Record(Type.String(), Type.String()),
  originalLanguage: Type.String(),
  languages: Type.Optional(Type.Array(Type.String())),
  year: Type.Optional(Type.String({ description: 'Of another edition of the work: when it was published or began' })),
})
export type Linked = Static<typeof Linked>

const Links = Type.Object({
  links: Type.Array(Linked),
  counts: Type.Array(Type.Object({ rel: Type.String(), kind: Type.String(), count: Type.Integer() }), {
    description: 'How many records link to this one, all counted',
  }),
})
const linksShown = 50

export const links = operation({
  name: 'records.links',
  summary: 'Read the typed links of a record, both those it makes and those made to it',
  http: 'GET /records/:id/links',
  input: Type.Object(
    {
      id: Id,
      limit: Type.Integer({
        minimum: 1,
        maximum: 500,
        default: linksShown,
        description: 'At most this many of each relation',
      }),
    },
    closed,
  ),
  output: Links,
  allow: () => true,
  run: async (context, { id, limit }) => {
    const { record, kind } = await findRecord(context, id)
    return linksOf(context, record, kind, limit)
  },
})

/** What the page of a record begins with, which reads it once for both. */
export const readWithLinks = operation({
  name: 'records.readWithLinks',
  summary: 'Read a record with its typed links',
  http: 'GET /records-with-links/:id',
  isForPages: true,
  input: Type.Object({ id: Id }, closed),
  output: Type.Intersect([Type.Object({ record: Type.Any() }), Links]),
  allow: () => true,
  run: async (context, { id }): Promise<{ record: StoredRecord } & Static<typeof Links>> => {
    const { record, kind } = await findRecord(context, id)
    return { record: open(record), ...(await linksOf(context, record, kind, linksShown)) }
  },
})

async function linksOf(
  { db, services }: Context,
  record: StoredRow,
  kind: Kind,
  limit: number,
): Promise<Static<typeof Links>> {
  const { id } = record
  const store = records(db)
  const made = fieldsOf(kind).flatMap(({ field, valuesIn }) =>
    field.rel ? (valuesIn(record.body) as string[]).map((toId) => ({ rel: field.rel!, toId })) : [],
  )
  const targets = await store.findMany([...new Set(made.map(({ toId }) => toId))].slice(0, 500))
  const counts = await store.countLinksTo(id)
  const work = made.find(({ rel }) => rel === 'work')?.toId
  const incoming = await incomingOf(store, id, counts, limit)
  if (work)
    incoming.push(
      ...(await store.linksTo([work], 'work', Math.max(limit, mostEditions))).map((number) => ({
        rel: 'work',
        number,
      })),
    )
  const sources = new Map(
    (await store.byNumbers([...new Set(incoming.map(({ number }) => number))])).map((one) => [one.number, one]),
  )
  const to = made.flatMap(({ rel, toId }) => {
    const target = targets.get(toId)
    return target?.status === 'published' ? [linked(rel, 'to', target)] : []
  })
  const from = incoming.flatMap(({ rel, number }) => {
    const source = sources.get(number)
    if (!source || source.id === id) return []
    return [{ ...linked(rel, 'from', source), ...(rel === 'work' && yearOf(services.kinds, source)) }]
  })
  return { links: [...to, ...newestEditionsFirst(from)], counts }
}

function yearOf(
  kinds: ReadonlyMap<string, Kind>,
  { kind: name, body }: Pick<StoredRecord, 'kind' | 'body'>,
): { year?: string } {
  const kind = kinds.get(name)
  const years = kind ? fieldsOf(kind).filter(({ field }) => field.facet === 'year') : []
  const [first] = years.flatMap(({ valuesIn }) => valuesIn(body)).map((value) => String(value).slice(0, 4))
  return first === undefined ? {} : { year: first }
}

/** Those of unknown year come last; where nothing tells two apart, they stay in the order in which they came. */
const newestEditionsFirst = (links: readonly Linked[]): Linked[] => {
  const editions = links.filter(({ rel }) => rel === 'work')
  editions.sort((a, b) => (b.year ?? '').localeCompare(a.year ?? ''))
  return [...links.filter(({ rel }) => rel !== 'work'), ...editions]
}

/** At most so many of each relation: where all together are no more, one question brings them. */
async function incomingOf(
  store: ReturnType<typeof records>,
  id: string,
  counts: readonly { rel: string; count: number }[],
  limit: number,
): Promise<Incoming[]> {
  const total = counts.reduce((sum, { count }) => sum + count, 0)
  if (total === 0) return []
  if (total <= limit) return store.incoming(id, limit)
  const found: Incoming[] = []
  for (const rel of new Set(counts.map((one) => one.rel)))
    found.push(...(await store.linksTo([id], rel, limit)).map((number) => ({ rel, number })))
  return found
}

const linked = (
  rel: string,
  direction: 'to' | 'from',
  { id, kind, body }: Pick<StoredRecord, 'id' | 'kind' | 'body'>,
): Linked => {
  const { title, originalLanguage, languages } = body as {
    title: Record<string, string>
    originalLanguage: string
    languages?: string[]
  }
  return { rel, direction, id, kind, title, originalLanguage, ...(languages && { languages }) }
}

const VersionLine = Type.Object({
  revision: Type.Integer(),
  status: Type.String(),
  changedAt: Type.String(),
  changedBy: Type.String(),
  note: Type.Union([Type.String(), Type.Null()]),
})

export const history = operation({
  name: 'records.history',
  summary: 'List the versions of a record, newest first; of withdrawn records too',
  http: 'GET /records/:id/versions',
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({ versions: Type.Array(VersionLine) }),
  allow: () => true,
  run: async (context, { id }) => {
    const { record } = await findRecord(context, id, { withdrawnToo: true })
    const all = [record, ...(await records(context.db).versions(record.number))]
    return {
      versions: all.map(({ revision, status, changedAt, changedBy, note }) => ({
        revision,
        status,
        changedAt,
        changedBy,
        note,
      })),
    }
  },
})

export const version = operation({
  name: 'records.version',
  summary: 'Read a record as it was in one of its versions',
  http: 'GET /records/:id/versions/:revision',
  input: Type.Object({ id: Id, revision: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }) }, closed),
  output: StoredRecord,
  allow: () => true,
  run: async (context, { id, revision }) => {
    const { record } = await findRecord(context, id)
    if (record.revision === revision) return open(record)
    const old = await records(context.db).version(record.number, revision)
    if (!old || old.status === 'withdrawn') throw new Problem('versionNotFound', { id, revision })
    return old
  },
})

export const withdraw = operation({
  name: 'records.withdraw',
  summary: 'Withdraw a record: its address then answers 410 with the reason',
  http: 'POST /records/:id/withdraw',
  input: Type.Object({ id: Id, revision: Revision, reason: Reason }, closed),
  output: StoredRecord,
  allow: permission('record.withdraw'),
  run: async (context, { id, revision, reason }) => {
    const { record, kind } = await findRecord(context, id)
    expectRevision(record, revision)
    return change(context, kind, record, 'withdraw', { status: 'withdrawn', note: reason })
  },
})

export const restore = operation({
  name: 'records.restore',
  summary: 'Publish a withdrawn record again',
  http: 'POST /records/:id/restore',
  input: Type.Object({ id: Id, revision: Revision, reason: Reason }, closed),
  output: StoredRecord,
  allow: permission('record.withdraw'),
  run: async (context, { id, revision, reason }) => {
    const { record, kind } = await findRecord(context, id, { withdrawnToo: true })
    // What was taken back by who alone may say it comes back by them alone.
    if (kind.isMadeBySystem) throw new Problem('forbidden', { operation: 'records.restore' })
    expectRevision(record, revision)
    if (record.status !== 'withdrawn') throw new Problem('wrongState')
    await forgetMerged(context.db, id)
    return change(context, kind, record, 'restore', { status: 'published', note: reason })
  },
})

export const recordOperations = [read, readMany, readLinking, links, readWithLinks, history, version, withdraw, restore]
