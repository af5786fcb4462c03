/** Taking in observations: a value that changed ends the one before and stands beside it; none is overwritten. */
import { partDate } from '#records/fields.ts'
import { Type, type Static } from 'typebox'
import type { Kysely } from 'kysely'
import { hasRole, type Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { Problem, noSuch } from '#kernel/problem.ts'
import { idOf } from '#records/identifier.ts'
import { records } from '#records/store.ts'
import { isArea } from './areas.ts'
import { DimensionKey, dimensionKey, dimensionsIn, withoutDimensions } from './dimensions.ts'
import { identifierOf, isIndicator } from './indicator.ts'
import type { Scope } from './observations.ts'
import { observations, type Held } from './store.ts'
import { statuses, type ObservationRow } from './tables.ts'

/** So many make up one transaction; a larger file comes in several, and what it no longer has is then not ended. */
export const observationsAtOnce = 50_000

export const Code = Type.String({
  pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$',
  description: 'Code of the indicator, as its publisher writes it',
})
export const Area = Type.String({
  pattern: '^(?:[A-Z]{2}|[0-9]{3})$',
  description: 'ISO 3166-1 alpha-2 of a country, or M49 number of a region or group',
})
export const Year = Type.Integer({ minimum: 1900, maximum: 2100 })
export const PublishedOn = Type.String({ ...partDate, 'x-rule': 'date' })

const Row = Type.Object(
  {
    place: Type.String({ maxLength: 500, description: 'Where the row stands: file:line' }),
    area: Area,
    period: Year,
    dimensions: DimensionKey,
    value: Type.Union([Type.Number({ minimum: -1e15, maximum: 1e15 }), Type.Null()]),
    status: Type.Enum([...statuses]),
    reason: Type.Optional(Type.String({ maxLength: 200, description: 'Why there is no value' })),
  },
  closed,
)
type Row = Static<typeof Row>

const Refusal = Type.Object({
  place: Type.String(),
  code: Type.String(),
  values: Type.Record(Type.String(), Type.Unknown()),
})
export type ObservationRefusal = Static<typeof Refusal>

export const ObserveInput = Type.Object(
  {
    code: Code,
    source: Type.String({ minLength: 1, maxLength: 100 }),
    release: Type.Object({ publishedOn: PublishedOn, revision: Type.String({ minLength: 1, maxLength: 200 }) }, closed),
    rows: Type.Array(Row, { maxItems: observationsAtOnce }),
    scope: Type.Optional(
      Type.Object(
        {
          fixed: Type.Record(Type.String({ maxLength: 20 }), Type.String({ maxLength: 30 })),
          free: Type.Array(Type.String({ maxLength: 20 }), { maxItems: 20 }),
        },
        {
          ...closed,
          description: 'The rows are all that the release has of these series: what it no longer has, ends with it',
        },
      ),
    ),
    dryRun: Type.Optional(Type.Boolean({ description: 'Say what would be done, and change nothing' })),
  },
  closed,
)
export type ObserveInput = Static<typeof ObserveInput>

export const observe = operation({
  name: 'indicators.observe',
  summary: 'Take in observations of an indicator, all in one transaction; earlier values stay, with their release',
  http: 'POST /indicators/:code/observations',
  input: ObserveInput,
  output: Type.Object({
    added: Type.Integer(),
    changed: Type.Integer(),
    ended: Type.Integer({ description: 'Values that the release no longer has' }),
    unchanged: Type.Integer(),
    refused: Type.Array(Refusal),
  }),
  changesPages: true,
  allow: (actor) => hasRole(actor, 'operator'),
  run: async (context, input) => {
    const newest = await observations(context.db).newestRelease(input.source)
    if (newest && input.release.publishedOn < newest.publishedOn)
      throw new Problem('releaseOlder', { given: input.release.publishedOn, held: newest.publishedOn })
    return takeIn(context, input)
  },
})

export type Taken = { added: number; changed: number; ended: number; unchanged: number; refused: ObservationRefusal[] }

/**
 * The work of `observe`, for those who take in several indicators in one transaction.
 * `keepsOthers`: values that another source holds are refused rather than followed by ours.
 */
export async function takeIn(
  context: Pick<Context, 'db' | 'now'>,
  input: ObserveInput & { keepsOthers?: boolean },
): Promise<Taken> {
  const unit = await unitOf(context.db, input)
  const store = observations(context.db)
  const refused: ObservationRefusal[] = []
  const rows = distinct(
    input.rows.map((row) => withoutFew(unit, row)),
    refused,
  )
  const held = await store.values({ indicator: input.code, dimensions: breakdownsOf(input, rows) })
  const change = differences(rows, held, input.scope)
  if (input.keepsOthers) await leaveToOthers(context.db, input.source, change, refused)
  if (!input.dryRun) await keep(context, input, change)
  const [added, changed, ended] = [change.added.length, change.changed.length, change.ended.length]
  return { added, changed, ended, unchanged: rows.size - added - changed, refused }
}

/** @throws Problem notFound where no record tells what the code means. */
async function unitOf(db: Kysely<unknown>, { code, dryRun }: ObserveInput): Promise<string> {
  const record = await records(db).find(idOf(identifierOf(code)))
  if (record && record.status === 'published' && isIndicator(record)) return String(record.body['unit'])
  if (!dryRun) throw noSuch('indicator', code)
  return ''
}

/** A figure of fewer people could name them. */
export const fewestPeople = 5
export const tooFew = 'fewerThanFive'
export const isTooFew = (unit: string, value: number | null): boolean =>
  unit === 'people' && value !== null && value > 0 && value < fewestPeople

const withoutFew = (unit: string, row: Row): Row =>
  isTooFew(unit, row.value) ? { ...row, value: null, status: 'missing', reason: tooFew } : row

/** What others published is theirs to correct. */
async function leaveToOthers(
  db: Kysely<unknown>,
  source: string,
  change: Change,
  refused: ObservationRefusal[],
): Promise<void> {
  const sources = new Map((await observations(db).releases()).map((one) => [one.number, one.source]))
  const isOurs = ({ before }: Change['changed'][number]) => sources.get(before.release) === source
  for (const { row, before } of change.changed.filter((one) => !isOurs(one)))
    refused.push({
      place: row.place,
      code: 'heldByOther',
      values: { source: sources.get(before.release) ?? '', held: before.value ?? '' },
    })
  change.changed = change.changed.filter(isOurs)
}

const keyOf = ({ area, dimensions, period }: Pick<Row, 'area' | 'dimensions' | 'period'>) =>
  `${area} ${dimensions} ${period}`

/** Each once; of two rows that say different things of the same, neither is better, so that the later one is refused. */
function distinct(rows: readonly Row[], refused: ObservationRefusal[]): ReadonlyMap<string, Row> {
  const found = new Map<string, Row>()
  for (const row of rows) {
    const dimensions = dimensionsIn(row.dimensions)
    if (!isArea(row.area)) refused.push({ place: row.place, code: 'areaUnknown', values: { value: row.area } })
    else if (!dimensions)
      refused.push({ place: row.place, code: 'breakdownUnknown', values: { column: '', value: row.dimensions } })
    else {
      const known = { ...row, dimensions: dimensionKey(dimensions) }
      const before = found.get(keyOf(known))
      if (!before) found.set(keyOf(known), known)
      else if (!isSame(before, known))
        refused.push({ place: row.place, code: 'observationRepeated', values: { first: before.place } })
    }
  }
  return found
}

/** Those that may change; all of the indicator where the release may no longer have some. */
function breakdownsOf({ scope }: ObserveInput, rows: ReadonlyMap<string, Row>): string[] | undefined {
  if (scope && scope.free.length > 0) return undefined
  const all = new Set([...rows.values()].map(({ dimensions }) => dimensions))
  if (scope) all.add(dimensionKey(scope.fixed))
  return [...all]
}

type Said = Pick<Row, 'value' | 'status' | 'reason'>
const isSame = (a: Said, b: Said) =>
  a.value === b.value && a.status === b.status && (a.reason ?? '') === (b.reason ?? '')

type Change = { added: Row[]; changed: { row: Row; before: Held }[]; ended: Held[] }

function differences(rows: ReadonlyMap<string, Row>, held: readonly Held[], scope: Scope | undefined): Change {
  const change: Change = { added: [], changed: [], ended: [] }
  const known = new Map(held.map((one) => [keyOf(one), one]))
  for (const [key, row] of rows) {
    const before = known.get(key)
    if (!before) change.added.push(row)
    else if (!isSame(before, row)) change.changed.push({ row, before })
  }
  if (scope) change.ended = held.filter((one) => isWithin(scope, one.dimensions) && !rows.has(keyOf(one)))
  return change
}

const isWithin = ({ fixed, free }: Scope, dimensions: string): boolean =>
  dimensionKey(withoutDimensions(dimensionsIn(dimensions) ?? {}, free)) === dimensionKey(fixed)

async function keep(
  context: Pick<Context, 'db' | 'now'>,
  { code, source, release }: ObserveInput,
  change: Change,
): Promise<void> {
  const { added, changed, ended } = change
  if (added.length + changed.length + ended.length === 0) return
  const store = observations(context.db)
  const replaced = [...changed.map(({ before }) => before), ...ended]
  const number = await releaseFor(context, { source, ...release }, replaced)
  const rows = [...added, ...changed.map(({ row }) => row)]
  const series = await seriesOf(context.db, code, rows)
  await store.end(replaced, number)
  await store.add(
    rows.map((row): ObservationRow => ({
      series: series.get(`${row.area} ${row.dimensions}`)!,
      period: row.period,
      release: number,
      ended: null,
      value: row.value,
      status: row.status,
      reason: row.reason ?? '',
    })),
  )
  await store.renewLatest(code, [...new Set([...rows, ...ended].map(({ dimensions }) => dimensions))])
}

/** The same release goes on in the same; where it corrects itself, what it said first stays as a release of its own. */
async function releaseFor(
  { db, now }: Pick<Context, 'db' | 'now'>,
  given: { source: string; publishedOn: string; revision: string },
  replaced: readonly Held[],
): Promise<number> {
  const store = observations(db)
  const takenAt = now().toISOString()
  const newest = await store.newestRelease(given.source)
  const isSameRelease = newest?.publishedOn === given.publishedOn && newest.revision === given.revision
  if (!newest || !isSameRelease || replaced.some((held) => held.release === newest.number))
    return store.addRelease({ ...given, takenAt })
  await store.touchRelease(newest.number, takenAt)
  return newest.number
}

async function seriesOf(db: Kysely<unknown>, code: string, rows: readonly Row[]): Promise<Map<string, number>> {
  const store = observations(db)
  const found = new Map((await store.series(code)).map((one) => [`${one.area} ${one.dimensions}`, one.number]))
  const absent = new Map<string, { indicator: string; area: string; dimensions: string }>()
  for (const { area, dimensions } of rows) {
    const key = `${area} ${dimensions}`
    if (!found.has(key)) absent.set(key, { indicator: code, area, dimensions })
  }
  for (const one of await store.addSeries([...absent.values()])) found.set(`${one.area} ${one.dimensions}`, one.number)
  return found
}
