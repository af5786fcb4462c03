import { Type, type Static } from 'typebox'

/** A sum of one column in one currency. */
const Total = Type.Object({
  column: Type.String(),
  currency: Type.String(),
  amount: Type.Number(),
  count: Type.Integer({ description: 'Records that say it' }),
})
export const Totals = Type.Array(Total)
export type Totals = Static<typeof Totals>
