/** Money by country: what organisations there received and gave, each currency apart. */
import { Type, type Static } from 'typebox'
import type { Kysely } from 'kysely'
import { closed, operation } from '#kernel/operation.ts'
import { isOf } from '#records/kind.ts'
import { records } from '#records/store.ts'
import { funding } from './funding.ts'
import { flowsOf } from './money/flows.ts'
import type { FlowRow } from './money/tables.ts'

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
    description:
      'Each currency apart: the part of this country; where it is not known, and where no amount is, in none',
  }),
  newest: Type.Array(Grant),
})
export type Flow = Static<typeof Flow>
const OfCountry = Type.Object({ received: Flow, given: Flow })

const newestShown = 3
type Promised = Pick<FlowRow, 'currency' | 'value' | 'giver' | 'receiver' | 'place' | 'placeOfReceiver'>
/** What sums need of a record; the rest of it is let go, for there may be many. */
type Given = Static<typeof Grant> & {
  countries: readonly string[]
  givers: readonly string[]
  takers: readonly string[]
  promised: readonly Promised[]
}
/** A grant as one country sees it: with its part of the money, where it is known. */
type Seen = { grant: Given; part: readonly Promised[] }

export const fundingByCountry = operation({
  name: 'fundings.byCountry',
  summary: 'Add up what organisations of each country received and gave, each currency apart, with the newest grants',
  http: 'GET /fundings/by-country',
  input: Type.Object({}, closed),
  output: Type.Object({ countries: Type.Record(Type.String(), OfCountry) }),
  allow: () => true,
  run: async ({ db }) => {
    const all = await everyGrant(db)
    const homes = await countriesOf(db, [...new Set(all.flatMap(({ givers, takers }) => [...givers, ...takers]))])
    const received = new Map<string, Seen[]>()
    const given = new Map<string, Seen[]>()
    const at = (ids: readonly string[]) => ids.flatMap((id) => homes.get(id) ?? [])
    const isHome = (id: string, country: string) => homes.get(id)?.length === 1 && homes.get(id)![0] === country
    const see = (into: Map<string, Seen[]>, country: string, seen: Seen) => {
      if (!into.has(country)) into.set(country, [])
      into.get(country)!.push(seen)
    }
    for (const grant of all) {
      for (const country of new Set([...grant.countries, ...(grant.countries.length > 0 ? [] : at(grant.takers))])) {
        const part = grant.promised.filter(({ place, placeOfReceiver, receiver }) =>
          placeOfReceiver ? isHome(receiver, country) : place === country,
        )
        see(received, country, { grant, part })
      }
      for (const country of new Set(at(grant.givers)))
        see(given, country, { grant, part: grant.promised.filter(({ giver }) => isHome(giver, country)) })
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

async function everyGrant(db: Kysely<unknown>): Promise<Given[]> {
  const isFunding = isOf(funding)
  const found: Given[] = []
  for (let after = 0; ;) {
    const page = await records(db).list(funding.name, { after, limit: 500 })
    for (const { id, body } of page.filter(isFunding))
      found.push({
        id,
        title: body.title,
        originalLanguage: body.originalLanguage,
        year: (body.startsOn ?? body.plannedStart)?.slice(0, 4) ?? null,
        amount: body.amount ?? null,
        countries: body.countries ?? [],
        givers: body.funders ?? [],
        takers: body.recipients ?? [],
        promised: flowsOf(body).filter(({ measure }) => measure === 'committed'),
      })
    if (page.length < 500) return found
    after = page.at(-1)!.number
  }
}

async function countriesOf(db: Kysely<unknown>, ids: readonly string[]): Promise<Map<string, string[]>> {
  const found = await records(db).findMany(ids)
  return new Map([...found].map(([id, { body }]) => [id, (body['countries'] ?? []) as string[]]))
}

function flowOf(seen: readonly Seen[]): Flow {
  const totals = new Map<string, { amount: number; count: number }>()
  for (const { part } of seen)
    for (const [currency, promised] of Map.groupBy(part, (one) => one.currency)) {
      const before = totals.get(currency) ?? { amount: 0, count: 0 }
      const amount = promised.reduce((sum, { value }) => sum + value, before.amount)
      totals.set(currency, { amount, count: before.count + 1 })
    }
  return {
    count: seen.length,
    totals: [...totals].sort(([a], [b]) => (a < b ? -1 : 1)).map(([currency, one]) => ({ currency, ...one })),
    newest: seen
      .map(({ grant: { id, title, originalLanguage, year, amount } }) => ({
        id,
        title,
        originalLanguage,
        year,
        amount,
      }))
      .sort((a, b) => ((a.year ?? '') < (b.year ?? '') ? 1 : -1))
      .slice(0, newestShown),
  }
}
