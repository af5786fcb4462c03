/** What was found when the addresses in records were looked at: for readers of a record, and for curators of them all. */
import { Type, type Static } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { recordId } from '#records/fields.ts'
import { records } from '#records/store.ts'
import { links } from './store.ts'
import { linkStates, type LinkRow } from './tables.ts'

const Nullable = (of: ReturnType<typeof Type.String>) => Type.Union([of, Type.Null()])

export const LinkLine = Type.Object({
  address: Type.String(),
  state: Type.Enum([...linkStates]),
  reason: Type.String({
    description:
      'Why it is not checkable or failed: `robots`, `refused`, `tooMany`, `private`, `status`, `noAnswer`, `redirects`',
  }),
  status: Type.Union([Type.Integer(), Type.Null()], { description: 'Of the last answer (RFC 9110 §15)' }),
  movedTo: Nullable(Type.String()),
  checkedAt: Nullable(Type.String()),
  brokenSince: Nullable(Type.String({ description: 'The first of the days in a row on which it failed' })),
})
export type LinkLine = Static<typeof LinkLine>

const lineOf = ({ address, state, reason, status, movedTo, checkedAt, firstFailedOn }: LinkRow): LinkLine => ({
  address,
  state,
  reason,
  status,
  movedTo,
  checkedAt,
  brokenSince: firstFailedOn,
})

const FileLine = Type.Object({
  file: Type.String({ description: 'SHA-256' }),
  state: Type.Enum(['sound', 'damaged', 'missing']),
  checkedAt: Type.String(),
})
export const LinksOfRecord = Type.Object({ links: Type.Array(LinkLine), files: Type.Array(FileLine) })
export type LinksOfRecord = Static<typeof LinksOfRecord>

export const linksOfRecord = operation({
  name: 'links.record',
  summary: 'Tell whether the addresses and files of a record work, and when they were looked at',
  http: 'GET /records/:id/addresses',
  input: Type.Object({ id: Type.String({ pattern: recordId }) }, closed),
  output: LinksOfRecord,
  allow: () => true,
  run: async ({ db }, { id }) => {
    const record = await records(db).stateOf(id)
    if (record?.status !== 'published') return { links: [], files: [] }
    const [found, files] = await Promise.all([links(db).of(record.number), links(db).filesOf(record.number)])
    return { links: found.filter(({ state }) => state !== 'new').map(lineOf), files }
  },
})

const mostAtOnce = 50

/** What pages that list records say beside each: the address by which people reach it. */
export const linksOfRecords = operation({
  name: 'links.records',
  summary: 'Tell of several records whether their addresses work; those that nobody looked at are left out',
  http: 'GET /links/records',
  isForPages: true,
  input: Type.Object({ ids: Type.Array(Type.String({ pattern: recordId }), { maxItems: mostAtOnce }) }, closed),
  output: Type.Object({ records: Type.Record(Type.String(), Type.Array(LinkLine)) }),
  allow: () => true,
  run: async ({ db }, { ids }) => {
    const found = [...(await records(db).findMany(ids)).values()].filter(({ status }) => status === 'published')
    // PostgreSQL knows no empty list.
    const rows = found.length > 0 ? await links(db).ofAll(found.map(({ number }) => number)) : []
    const looked = rows.filter(({ state }) => state !== 'new')
    return {
      records: Object.fromEntries(
        found.map(({ id, number }) => [id, looked.filter((row) => row.number === number).map(lineOf)]),
      ),
    }
  },
})

const Uses = Type.Array(
  Type.Object({ id: Type.String(), title: Type.Record(Type.String(), Type.String()), originalLanguage: Type.String() }),
)
export const LinkList = Type.Object({
  links: Type.Array(Type.Intersect([LinkLine, Type.Object({ records: Uses })])),
  files: Type.Array(Type.Intersect([FileLine, Type.Object({ records: Uses })]), {
    description: 'Files that are not what they were',
  }),
  counts: Type.Array(Type.Object({ state: Type.Enum([...linkStates]), count: Type.Integer() })),
  next: Nullable(Type.String()),
})
export type LinkList = Static<typeof LinkList>

const recordsShown = 5

export const listLinks = operation({
  name: 'links.list',
  summary: 'List the addresses in records by whether they work, with the records that they stand in',
  http: 'GET /links',
  input: Type.Object(
    {
      state: Type.Optional(Type.Enum([...linkStates])),
      host: Type.Optional(Type.String({ maxLength: 300, description: 'Only of this site' })),
      after: Type.String({ maxLength: 2_000, default: '', description: '`next` of the page before' }),
      limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
    },
    closed,
  ),
  output: LinkList,
  allow: permission('record.publish'),
  run: async ({ db }, { state, host, after, limit }) => {
    const store = links(db)
    const rows = await store.list({ state, host, after, limit: limit + 1 })
    const shown = rows.slice(0, limit)
    const spoilt = await store.spoiltFiles(limit)
    const uses = await store.usesOf(shown.map(({ address }) => address))
    const numbers = [...uses, ...spoilt].map(({ number }) => number)
    const found = new Map((await records(db).byNumbers([...new Set(numbers)])).map((one) => [one.number, one]))
    const titled = (of: readonly { number: number }[]) =>
      of.slice(0, recordsShown).flatMap(({ number }) => {
        const record = found.get(number)
        if (record?.status !== 'published') return []
        return [{ id: record.id, title: record.body.title, originalLanguage: record.body.originalLanguage }]
      })
    return {
      links: shown.map((row) => ({
        ...lineOf(row),
        records: titled(uses.filter((one) => one.address === row.address)),
      })),
      files: spoilt.map(({ number, ...rest }) => ({ ...rest, records: titled([{ number }]) })),
      counts: await store.counts(),
      next: rows.length > limit ? shown.at(-1)!.address : null,
    }
  },
})

export const linkOperations = [linksOfRecord, linksOfRecords, listLinks]
