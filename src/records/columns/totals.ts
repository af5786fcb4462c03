/** The sums of all that a search finds: what a kind says is summed up, each currency apart. */
import { Type, type Static } from 'typebox'
import { operation } from '#kernel/operation.ts'
import { fieldsOf } from '../field-plan.ts'
import { records } from '../store.ts'
import { find } from '#search/find.ts'
import { SearchInput } from '#search/input.ts'

const Total = Type.Object({
  column: Type.String(),
  currency: Type.String(),
  amount: Type.Number(),
  count: Type.Integer({ description: 'Records that say it' }),
})
export const Totals = Type.Array(Total)
export type Totals = Static<typeof Totals>

const atOnce = 500

type Money = { amount: number; currency: string }

export const totals = operation({
  name: 'search.totals',
  summary: 'Sum up the amounts of all that a search finds, each currency apart',
  http: 'GET /search/totals',
  input: SearchInput,
  output: Totals,
  allow: () => true,
  run: async ({ services, db }, input): Promise<Totals> => {
    const sums = new Map<string, Totals[number]>()
    const ask = { ...input, limit: atOnce, facets: [], facetLimit: 0, assist: false }
    for (let after: string | null = ''; after !== null;) {
      const found = await find(services, after ? { ...ask, after } : ask)
      for (const { kind: name, status, body } of await records(db).byNumbers(found.hits.map(({ number }) => number))) {
        const kind = services.kinds.get(name)
        if (!kind?.totals || status !== 'published') continue
        for (const { name: column, valuesIn } of fieldsOf(kind).filter((one) => kind.totals!.includes(one.name)))
          for (const money of valuesIn(body) as Money[]) add(sums, column, money)
      }
      after = found.next
    }
    return [...sums.values()].sort((a, b) => b.count - a.count)
  },
})

function add(sums: Map<string, Totals[number]>, column: string, { amount, currency }: Money) {
  const key = `${column} ${currency}`
  const before = sums.get(key) ?? { column, currency, amount: 0, count: 0 }
  sums.set(key, { ...before, amount: before.amount + amount, count: before.count + 1 })
}
