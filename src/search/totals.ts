/** The sums of all that a search finds: what a kind says is summed up, each currency apart. */
import { unknownValues } from './known-values.ts'
import { operation } from '#kernel/operation.ts'
import { Totals } from '#records/columns/total.ts'
import { fieldsOf } from '#records/field-plan.ts'
import { records } from '#records/store.ts'
import { find } from './find.ts'
import { SearchInput } from './input.ts'

const atOnce = 500

type Money = { amount: number; currency: string }

export const totals = operation({
  name: 'search.totals',
  summary: 'Sum up the amounts of all that a search finds, each currency apart',
  http: 'GET /search/totals',
  input: SearchInput,
  output: Totals,
  allow: () => true,
  doubts: ({ services }, input) => unknownValues(services, input),
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
