/** Money by country: what organisations there received and gave, each currency apart. */
import { Type, type Static } from 'typebox'
import type { Kysely } from 'kysely'
import { closed, operation } from '#kernel/operation.ts'
import { isOf, type BodyOf } from '#records/kind.ts'
import type { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { funding } from './funding.ts'

const Grant = Type.Object({
  id: Type.String(),
  title: Type.Record(Type.String(), Type.String()),
  originalLanguage: Type.String(),
  year: Type.Union([Type.String(), Type.Null()]),
  amount: Type.Union([Type.Object({ amount: Type.Number(), currency: Type.String() }), Type.Null()]),
})
const Flow = Type.Object({
  count: Type.Integer(),
  totals: Type.Array(Type.Object({ currency: Type.String(), amount: Type.Number(), count: Type.Integer() }), {
    description: 'Each currency apart; grants without an amount are in none',
  }),
  newest: Type.Array(Grant),
})
export type Flow = Static<typeof Flow>
const OfCountry = Type.Object({ received: Flow, given: Flow })

const newestShown = 3
type Funding = StoredRecord<BodyOf<typeof funding>>

export const fundingByCountry = operation({
  name: 'fundings.byCountry',
  summary: 'Add up what organisations of each country received and gave, each currency apart, with the newest grants',
  http: 'GET /fundings/by-country',
  input: Type.Object({}, closed),
  output: Type.Object({ countries: Type.Record(Type.String(), OfCountry) }),
  allow: () => true,
  run: async ({ db }) => {
    const all = await everyGrant(db)
    const named = all.flatMap(({ body }) => [...(body.funders ?? []), ...(body.recipients ?? [])])
    const places = await countriesOf(db, [...new Set(named)])
    const received = new Map<string, Funding[]>()
    const given = new Map<string, Funding[]>()
    const at = (ids: readonly string[] = []) => ids.flatMap((id) => places.get(id) ?? [])
    for (const grant of all) {
      for (const country of new Set([...(grant.body.countries ?? []), ...at(grant.body.recipients)]))
        received.set(country, [...(received.get(country) ?? []), grant])
      for (const country of new Set(at(grant.body.funders))) given.set(country, [...(given.get(country) ?? []), grant])
    }
    const countries = [...new Set([...received.keys(), ...given.keys()])].sort()
    return {
      countries: Object.fromEntries(
        countries.map((country) => [
          country,
          { received: flowOf(received.get(country) ?? []), given: flowOf(given.get(country) ?? []) },
        ]),
      ),
    }
  },
})

async function everyGrant(db: Kysely<unknown>): Promise<Funding[]> {
  const isFunding = isOf(funding)
  const found: Funding[] = []
  for (let after = 0; ;) {
    const page = await records(db).list(funding.name, { after, limit: 500 })
    found.push(...page.filter(isFunding))
    if (page.length < 500) return found
    after = page.at(-1)!.number
  }
}

async function countriesOf(db: Kysely<unknown>, ids: readonly string[]): Promise<Map<string, string[]>> {
  const found = await records(db).findMany(ids)
  return new Map([...found].map(([id, { body }]) => [id, (body['countries'] ?? []) as string[]]))
}

function flowOf(grants: readonly Funding[]): Flow {
  const totals = new Map<string, { amount: number; count: number }>()
  for (const { body } of grants) {
    if (!body.amount) continue
    const { amount, currency } = body.amount
    const before = totals.get(currency) ?? { amount: 0, count: 0 }
    totals.set(currency, { amount: before.amount + amount, count: before.count + 1 })
  }
  return {
    count: grants.length,
    totals: [...totals].sort(([a], [b]) => (a < b ? -1 : 1)).map(([currency, one]) => ({ currency, ...one })),
    newest: [...grants]
      .sort((a, b) => ((a.body.startsOn ?? '') < (b.body.startsOn ?? '') ? 1 : -1))
      .slice(0, newestShown)
      .map(({ id, body }) => ({
        id,
        title: body.title,
        originalLanguage: body.originalLanguage,
        year: body.startsOn?.slice(0, 4) ?? null,
        amount: body.amount ?? null,
      })),
  }
}
