/** The newest values of some indicators in some areas. */
import { Type, type Static } from 'typebox'
import type { Kysely } from 'kysely'
import { closed, operation } from '#kernel/operation.ts'
import { Area, Code } from './observe.ts'
import { observations } from './store.ts'
import { statuses, type LatestRow } from './tables.ts'
import { indicatorNamed } from './values.ts'

export type Newest = Omit<LatestRow, 'area'>

/** The newest value that a country or region has of each of these, where it has one. */
export const newestOf = (
  db: Kysely<unknown>,
  area: string,
  wanted: readonly { indicator: string; dimensions: string }[],
): Promise<Newest[]> => observations(db).latest(wanted, [area])

const most = 10

const Value = Type.Object({
  code: Type.String(),
  area: Type.String(),
  dimensions: Type.String({ description: 'The breakdown that the indicator shows first; empty for the total' }),
  period: Type.Integer(),
  value: Type.Number(),
  status: Type.Enum([...statuses]),
})
export type NewestValue = Static<typeof Value>

export const newestValues = operation({
  name: 'indicators.newest',
  summary: 'Read the newest value that each of some areas has of each of some indicators',
  http: 'GET /indicators/newest',
  input: Type.Object(
    {
      code: Type.Array(Code, { minItems: 1, maxItems: most }),
      area: Type.Array(Area, { minItems: 1, maxItems: most }),
    },
    closed,
  ),
  output: Type.Object({ values: Type.Array(Value, { description: 'In the order of the codes, then of the areas' }) }),
  allow: () => true,
  run: async ({ db }, { code, area }) => {
    const bodies = await Promise.all(code.map(async (one) => (await indicatorNamed(db, one)).body))
    const wanted = bodies.map(({ code: indicator, headline = '' }) => ({ indicator, dimensions: headline }))
    const found = await observations(db).latest(wanted, area)
    const values = wanted.flatMap(({ indicator }) =>
      area.flatMap((one) => found.filter((row) => row.indicator === indicator && row.area === one)),
    )
    return { values: values.map(({ indicator, ...row }) => ({ code: indicator, ...row })) }
  },
})
