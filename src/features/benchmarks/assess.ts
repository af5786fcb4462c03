/** The benchmarks of a country or of an indicator, each with how far the country is. */
import { codesDoubted } from '#records/known-codes.ts'
import { Type, type Static } from 'typebox'
import type { Kysely } from 'kysely'
import { closed, operation } from '#kernel/operation.ts'
import { isIndicator, type Indicator } from '#features/indicators/indicator.ts'
import { Code } from '#features/indicators/observe.ts'
import { observations } from '#features/indicators/store.ts'
import type { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { benchmark, isBenchmark, type Benchmark } from './benchmark.ts'
import { progressClasses, progressOf, ruleVersion } from './progress.ts'

const most = 5_000

const Point = Type.Object({ period: Type.Integer(), value: Type.Number() })
const Assessed = Type.Object({
  id: Type.String(),
  country: Type.String(),
  code: Type.String({ description: 'Of the indicator' }),
  title: Type.Record(Type.String(), Type.String(), { description: 'Of the indicator' }),
  unit: Type.String(),
  dimensions: Type.String(),
  target: Point,
  class: Type.Enum([...progressClasses]),
  first: Type.Union([Point, Type.Null()], { description: 'From which progress is counted' }),
  newest: Type.Union([Point, Type.Null()]),
  isReached: Type.Boolean(),
  pace: Type.Union([Type.Number(), Type.Null()], { description: 'Change a year' }),
  needed: Type.Union([Type.Number(), Type.Null()], { description: 'Change a year that the benchmark needs' }),
})
export type Assessed = Static<typeof Assessed>

export const assessBenchmarks = operation({
  name: 'benchmarks.assess',
  summary: 'List benchmarks of a country or an indicator with progress in the six classes of the SDG 4 Scorecard',
  http: 'GET /benchmarks/assessed',
  input: Type.Object(
    {
      country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2' })),
      code: Type.Optional(Code),
    },
    closed,
  ),
  output: Type.Object({
    rule: Type.String({ description: 'Version of the rule by which progress is told' }),
    benchmarks: Type.Array(Assessed),
  }),
  allow: () => true,
  doubts: codesDoubted({ country: 'countries' }),
  run: async ({ db }, { country, code }) => {
    const all = (await records(db).list(benchmark.name, { after: 0, limit: most })).filter(isBenchmark)
    const asked = all.filter(({ body }) => country === undefined || body.country === country)
    const indicators = await records(db).findMany(asked.map(({ body }) => body.benchmarkOf))
    const found: Assessed[] = []
    for (const record of asked) {
      const aimed = indicators.get(record.body.benchmarkOf)
      if (!aimed || aimed.status !== 'published' || !isIndicator(aimed)) continue
      const indicator = aimed.body as unknown as Indicator
      if (code === undefined || indicator.code === code) found.push(await assessed(db, record, indicator))
    }
    return { rule: ruleVersion, benchmarks: found }
  },
})

async function assessed(
  db: Kysely<unknown>,
  { id, body }: Pick<StoredRecord<Benchmark>, 'id' | 'body'>,
  { code, title, unit, headline = '' }: Indicator,
): Promise<Assessed> {
  const { country, targetValue, targetYear, breakdown: dimensions = headline } = body
  const held = await observations(db).values({ indicator: code, areas: [country], dimensions: [dimensions] })
  const points = held.flatMap(({ period, value }) => (value === null ? [] : { period, value }))
  const target = { period: targetYear, value: targetValue }
  return { id, country, code, title, unit, dimensions, target, ...progressOf(points, target) }
}
