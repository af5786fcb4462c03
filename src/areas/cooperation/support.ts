/** Offers of support and requests for it: listed by whether they are open, and matched with one another. */
import { codesDoubted } from '#records/known-codes.ts'
import { Type, type Static } from 'typebox'
import type { Kysely } from 'kysely'
import { closed, operation } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { copiedFrom } from '#features/federation/copied-from.ts'
import { openOn, openStates, soonestFirst, type OpenState } from '#records/deadline.ts'
import { Id } from '#records/inputs.ts'
import { isOf, keptOf } from '#records/kind.ts'
import { LinkedName, linkedNames } from '#records/linked-names.ts'
import { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { cooperationOutcome } from './cooperation-outcome.ts'
import { criteria, matchOf, type Support } from './matching.ts'
import { offer } from './offer.ts'
import { request } from './request.ts'

const most = 5_000
const mostMatches = 50
const isOffer = isOf(offer)
const isRequest = isOf(request)
const isOutcome = isOf(cooperationOutcome)

const State = Type.Enum([...openStates], { description: 'On the day on which it is asked, in UTC' })
const Line = Type.Object({
  record: StoredRecord,
  state: State,
  closesOn: Type.String({ description: 'The last day on which one can answer it' }),
  by: Type.Array(LinkedName, { description: 'Who offers or asks' }),
  from: Type.Union(
    [Type.Object({ node: Type.String(), name: Type.Record(Type.String(), Type.String()) }), Type.Null()],
    {
      description: 'The node at which it began; null where that is this one',
    },
  ),
})
export type SupportLine = Static<typeof Line>

const Match = Type.Object({
  line: Line,
  score: Type.Integer({ description: 'Points, to order by' }),
  shared: Type.Array(Type.Object({ on: Type.Enum([...criteria]), values: Type.Array(Type.String()) })),
  differing: Type.Array(Type.Enum([...criteria])),
})
export type SupportMatch = Static<typeof Match>

type Kept = StoredRecord & { body: Support & { opensOn?: string; closesOn?: string; practices?: string[] } }

async function kept(db: Kysely<unknown>, kinds: readonly string[]): Promise<Kept[]> {
  const lists = await Promise.all(kinds.map((name) => records(db).list(name, { after: 0, limit: most })))
  return lists.flat().filter((one): one is Kept => isOffer(one) || isRequest(one))
}

const dated = (record: Kept, today: string) => ({ record, ...openOn(record, today) })
type Dated = { record: Kept; state: OpenState; closesOn: string }

async function linesOf(db: Kysely<unknown>, shown: readonly Dated[]): Promise<SupportLine[]> {
  const bodies = (kind: string) => shown.filter(({ record }) => record.kind === kind).map(({ record }) => record.body)
  const names = [
    ...(await linkedNames(db, offer, bodies(offer.name) as StoredRecord['body'][])),
    ...(await linkedNames(db, request, bodies(request.name) as StoredRecord['body'][])),
  ]
  const copies = await copiedFrom(
    db,
    shown.map(({ record }) => record.id),
  )
  return shown.map(({ record, ...line }) => {
    const body: StoredRecord['body'] = record.body
    const copied = copies.get(record.id)
    const by = [body.offeredBy ?? body.requestedBy ?? []].flat() as string[]
    return {
      record,
      ...line,
      by: names.filter(({ id }, at) => by.includes(id) && names.findIndex((one) => one.id === id) === at),
      from: copied ? { node: copied.node, name: copied.name } : null,
    }
  })
}

const Code = (description: string) => Type.Optional(Type.String({ maxLength: 50, description }))
const named = (asked: string | undefined, values: readonly string[] | undefined) =>
  asked === undefined || !values?.length || values.includes(asked)

export const supportOverview = operation({
  name: 'support.overview',
  summary:
    'List offers of support and requests for it, open or closed by their dates, those that close first before others',
  http: 'GET /support/overview',
  input: Type.Object(
    {
      kind: Type.Optional(Type.Enum([offer.name, request.name], { description: 'Offers or requests alone' })),
      type: Code('The kind of support'),
      country: Code('ISO 3166-1 alpha-2; what names no country is for all'),
      area: Code('An area of the Qingdao Declaration; what names none is for all'),
      state: Type.Optional(State),
      after: Type.Integer({ minimum: 0, maximum: most, default: 0, description: '`next` of the page before' }),
      limit: Type.Integer({ minimum: 1, maximum: 100, default: 50 }),
    },
    closed,
  ),
  output: Type.Object({
    lines: Type.Array(Line),
    total: Type.Integer({ description: 'How many fit' }),
    next: Type.Union([Type.Integer(), Type.Null()]),
    counts: Type.Record(Type.String(), Type.Integer(), { description: 'How many of these are in each state' }),
  }),
  allow: () => true,
  doubts: codesDoubted({ type: 'support-types', country: 'countries', area: 'areas' }),
  run: async ({ db, now }, { kind, type, country, area, state, after, limit }) => {
    const today = now().toISOString().slice(0, 10)
    const all = (await kept(db, kind === undefined ? [offer.name, request.name] : [kind]))
      .filter(
        ({ body }) =>
          named(country, body.countries) &&
          named(area, body.areas) &&
          (type === undefined || body.supportTypes.includes(type)),
      )
      .map((record) => dated(record, today))
    const counts = Object.fromEntries(openStates.map((one) => [one, all.filter((line) => line.state === one).length]))
    const fitting = all.filter((line) => state === undefined || line.state === state).toSorted(soonestFirst)
    return {
      lines: await linesOf(db, fitting.slice(after, after + limit)),
      total: fitting.length,
      next: after + limit < fitting.length ? after + limit : null,
      counts,
    }
  },
})

export const supportMatches = operation({
  name: 'support.matches',
  summary:
    'Find open requests that an offer of support fits, or open offers for a request, each with reasons, and what came of it',
  http: 'GET /support/:id/matches',
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    state: State,
    closesOn: Line.properties.closesOn,
    matches: Type.Array(Match),
    outcomes: Type.Array(keptOf(cooperationOutcome), { description: 'The newest first' }),
  }),
  allow: () => true,
  run: async ({ db, now }, { id }) => {
    const record: StoredRecord | undefined = await records(db).find(id)
    if (record?.status !== 'published' || !(isOffer(record) || isRequest(record)))
      throw new Problem('recordNotFound', { id })
    const today = now().toISOString().slice(0, 10)
    const others = (await kept(db, [record.kind === offer.name ? request.name : offer.name]))
      .map((one) => dated(one, today))
      .filter(({ state }) => state !== 'closed')
      .flatMap((line) => {
        const match = matchOf(record.body as Support, line.record.body)
        return match ? [{ line, ...match }] : []
      })
      .toSorted((a, b) => b.score - a.score || soonestFirst(a.line, b.line))
      .slice(0, mostMatches)
    const lines = await linesOf(
      db,
      others.map(({ line }) => line),
    )
    const outcomes = (await records(db).list(cooperationOutcome.name, { after: 0, limit: most }))
      .filter(isOutcome)
      .filter(({ body }) => body.ofOffer === id || body.ofRequest === id)
      .toSorted((a, b) => (a.body.saidOn < b.body.saidOn ? 1 : -1))
    return {
      ...openOn(record as Kept, today),
      matches: others.map((one, at) => ({ ...one, line: lines[at]! })),
      outcomes,
    }
  },
})
