/** Money over all: by year, and from whom for what to where. Each currency apart; nothing is converted. */
import { codesDoubted } from '#records/known-codes.ts'
import { Type, type Static } from 'typebox'
import type { Kysely } from 'kysely'
import { closed, operation } from '#kernel/operation.ts'
import type { FacetCount } from '#records/facets.ts'
import { isOf } from '#records/kind.ts'
import { LinkedName } from '#records/linked-names.ts'
import type { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { CountriesNamed } from '../countries-named.ts'
import { funding } from '../funding.ts'
import { commitment } from '../commitment.ts'
import { several, unsaid } from './flows.ts'
import { money, type MoneyFilter } from './store.ts'
import { measures } from './tables.ts'

const Amount = Type.Number({ description: 'In units of the currency, with all digits; round it when it is shown' })
const Ids = Type.Array(Type.String())
const Activity = Type.Object({ id: Type.String(), amount: Amount, practices: Ids, commitments: Ids })

const Overview = Type.Object({
  totals: Type.Array(
    Type.Object({ currency: Type.String(), measure: Type.String(), amount: Amount, records: Type.Integer() }),
  ),
  chosen: Type.Union([Type.Null(), Type.Object({ currency: Type.String(), measure: Type.Enum([...measures]) })], {
    description: 'What flows and activities are of; null where there is no money',
  }),
  byYear: Type.Array(
    Type.Object({
      year: Type.Integer({ description: '0 where the record does not say' }),
      currency: Type.String(),
      amount: Amount,
    }),
  ),
  flows: Type.Array(
    Type.Object({
      giver: Type.String({ description: 'An organisation; + several; empty where the record does not say' }),
      what: Type.String({ description: 'sector:<category of the DAC> or area:<area of the Declaration>' }),
      place: Type.String({ description: 'ISO 3166-1 alpha-2, or region:<vocabulary>:<code>' }),
      amount: Amount,
    }),
  ),
  activities: Type.Array(Activity, { description: 'The largest' }),
  names: Type.Record(Type.String(), LinkedName),
  years: Type.Array(Type.Integer()),
  places: CountriesNamed,
  onRecord: Type.Object(
    {
      records: Type.Integer(),
      places: Type.Array(Type.String(), { description: 'Countries that most records are of, the most first' }),
    },
    { description: 'Of all money, however narrowly it is asked for' },
  ),
  organisations: Type.Array(Type.String(), { description: 'Those that take part in most, to choose from' }),
})
export type MoneyOverview = Static<typeof Overview>

const largestShown = 20
const organisationsOffered = 100
const placesNamed = 3
/** Without regions, and without what names no place. */
const countriesAmong = (places: readonly FacetCount[]) => places.filter(({ value }) => /^[A-Z]{2}$/.test(value))
const isFunding = isOf(funding)
const isCommitment = isOf(commitment)

export const moneyOverview = operation({
  name: 'fundings.overview',
  summary: 'Sum up money by year and by giver, purpose and place; each currency apart, none converted into another',
  http: 'GET /fundings/overview',
  input: Type.Object(
    {
      country: Type.Optional(
        Type.String({ maxLength: 2, description: 'ISO 3166-1 alpha-2: the share that went there' }),
      ),
      area: Type.Optional(Type.String({ maxLength: 50, description: 'An area of the Qingdao Declaration' })),
      organisation: Type.Optional(Type.String({ maxLength: 16, description: 'One that takes part in any role' })),
      year: Type.Optional(Type.Integer({ minimum: 0, maximum: 2200 })),
      currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$', description: 'Of the flows; else the most used' })),
      measure: Type.Optional(Type.Enum([...measures], { description: 'Of the flows; else commitments' })),
    },
    closed,
  ),
  output: Overview,
  allow: () => true,
  doubts: codesDoubted({ country: 'countries', area: 'areas' }),
  run: async ({ db }, { currency, measure = 'committed', ...filter }) => {
    const store = money(db)
    const totals = await store.totals(filter)
    const mostUsed = totals.filter((one) => one.measure === measure).toSorted((a, b) => b.records - a.records)[0]
    const chosen = currency ?? mostUsed?.currency
    const shown = chosen === undefined ? null : { currency: chosen, measure }
    const flows = shown ? await store.between(filter, shown) : []
    const activities = shown ? await largest(db, filter, shown) : []
    const givers = flows.map(({ giver }) => giver).filter((id) => id !== several && id !== unsaid)
    const organisations = await store.organisations(organisationsOffered)
    const linked = activities.flatMap(({ id, practices, commitments }) => [id, ...practices, ...commitments])
    return {
      totals,
      chosen: shown,
      byYear: await store.byYear(filter, measure),
      flows,
      activities,
      organisations,
      names: await namesOf(db, [
        ...givers,
        ...linked,
        ...organisations,
        ...(filter.organisation ? [filter.organisation] : []),
      ]),
      years: (await store.years()).filter((year) => year > 0),
      places: countriesAmong(await store.places({ ...filter, country: undefined })),
      onRecord: {
        records: await store.records(),
        places: countriesAmong(await store.places({}))
          .toSorted((a, b) => b.count - a.count)
          .slice(0, placesNamed)
          .map(({ value }) => value),
      },
    }
  },
})

type Shown = { currency: string; measure: (typeof measures)[number] }

async function largest(db: Kysely<unknown>, filter: MoneyFilter, shown: Shown): Promise<Static<typeof Activity>[]> {
  const rows = await money(db).largest(filter, shown, largestShown)
  const found = await records(db).findMany(rows.map(({ recordId }) => recordId))
  return Promise.all(
    rows.flatMap(({ recordId, amount }) => {
      const record: StoredRecord | undefined = found.get(recordId)
      if (!record || !isFunding(record)) return []
      return commitmentsOf(db, recordId, record.body.commitments).then((commitments) => ({
        id: recordId,
        amount,
        practices: record.body.practices ?? [],
        commitments,
      }))
    }),
  )
}

/** Told at either end: by what was paid, or by what was promised. */
export async function commitmentsOf(db: Kysely<unknown>, id: string, told: readonly string[] = []): Promise<string[]> {
  const numbers = await records(db).linksTo([id], 'fundedBy', largestShown)
  const linking = (await records(db).byNumbers(numbers)).filter(isCommitment)
  return [...new Set([...told, ...linking.map((one) => one.id)])]
}

export async function namesOf(db: Kysely<unknown>, ids: readonly string[]): Promise<Record<string, LinkedName>> {
  const found = await records(db).findMany([...new Set(ids)])
  return Object.fromEntries(
    [...found].flatMap(
      ([
        id,
        {
          kind,
          status,
          body: { title, originalLanguage },
        },
      ]) => (status === 'published' ? [[id, { id, kind, title, originalLanguage }]] : []),
    ),
  )
}
