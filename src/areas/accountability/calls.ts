/** Calls for funding and for partners: which are open is computed from their dates whenever somebody asks. */
import { codesDoubted } from '#records/known-codes.ts'
import { Type, type Static } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { openOn, openStates, soonestFirst } from '#records/deadline.ts'
import { Id } from '#records/inputs.ts'
import { isOf } from '#records/kind.ts'
import { LinkedName, linkedNames } from '#records/linked-names.ts'
import { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { call } from './call.ts'

const most = 5_000
const isCall = isOf(call)

const State = Type.Enum([...openStates], { description: 'On the day on which it is asked, in UTC' })
const Line = Type.Object({
  record: StoredRecord,
  state: State,
  closesOn: Type.String({ description: 'The last day on which one can answer it' }),
  madeBy: Type.Array(LinkedName),
})
export type CallLine = Static<typeof Line>

const Code = (description: string) => Type.Optional(Type.String({ maxLength: 50, description }))

export const callOverview = operation({
  name: 'calls.overview',
  summary:
    'List calls for funding and for partners, open or closed by their dates, those that close first before others',
  http: 'GET /calls/overview',
  input: Type.Object(
    {
      country: Code('ISO 3166-1 alpha-2; calls that name no country are for all'),
      area: Code('An area of the Qingdao Declaration; calls that name none are for all'),
      partner: Code('Kind of partner: a type of organisation; calls that name none are for all'),
      type: Code('What is offered or sought'),
      state: Type.Optional(State),
      after: Type.Integer({ minimum: 0, maximum: most, default: 0, description: '`next` of the page before' }),
      limit: Type.Integer({ minimum: 1, maximum: 100, default: 50 }),
    },
    closed,
  ),
  output: Type.Object({
    calls: Type.Array(Line),
    total: Type.Integer({ description: 'How many fit' }),
    next: Type.Union([Type.Integer(), Type.Null()]),
    counts: Type.Record(Type.String(), Type.Integer(), { description: 'How many of these are in each state' }),
  }),
  allow: () => true,
  doubts: codesDoubted({ country: 'countries', area: 'areas', partner: 'organisation-types', type: 'call-types' }),
  run: async ({ db, now }, { country, area, partner, type, state, after, limit }) => {
    const today = now().toISOString().slice(0, 10)
    const kept = (await records(db).list(call.name, { after: 0, limit: most })).filter(isCall)
    const named = (asked: string | undefined, values: readonly string[] | undefined) =>
      asked === undefined || values === undefined || values.includes(asked)
    const lines = kept
      .filter(
        ({ body }) =>
          named(country, body.countries) &&
          named(area, body.areas) &&
          named(partner, body.partnerTypes) &&
          (type === undefined || body.callType === type),
      )
      .map((record) => ({ record, ...openOn(record, today) }))
    const counts = Object.fromEntries(openStates.map((one) => [one, lines.filter((line) => line.state === one).length]))
    const fitting = lines.filter((line) => state === undefined || line.state === state).toSorted(soonestFirst)
    const shown = fitting.slice(after, after + limit)
    const names = await linkedNames(
      db,
      call,
      shown.map(({ record }) => record.body),
    )
    return {
      calls: shown.map(({ record, ...line }) => ({
        record: record as StoredRecord,
        ...line,
        madeBy: names.filter(({ id }) => record.body.madeBy?.includes(id)),
      })),
      total: fitting.length,
      next: after + limit < fitting.length ? after + limit : null,
      counts,
    }
  },
})

export const callState = operation({
  name: 'calls.state',
  summary: 'Read whether a call is open today, and until when one can answer it',
  http: 'GET /calls/:id/state',
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({ state: State, closesOn: Line.properties.closesOn }),
  allow: () => true,
  run: async ({ db, now }, { id }) => {
    const record: StoredRecord | undefined = await records(db).find(id)
    if (record?.status !== 'published' || !isCall(record)) throw new Problem('recordNotFound', { id })
    return openOn(record, now().toISOString().slice(0, 10))
  },
})
