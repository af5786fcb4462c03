import { kind, isOf, type BodyOf } from '#records/kind.ts'
import { choice, line, link, many, maybe, number, text, url, year } from '#records/fields.ts'

/** What a country means to reach by a year, as it said itself. How far it is, is computed whenever somebody asks. */
export const benchmark = kind({
  name: 'benchmark',
  plural: 'benchmarks',
  prominence: 0.6,
  area: 'monitoring',
  schemaType: 'CreativeWork',
  citationType: 'document',
  describedAt: 140,
  line: ['country', 'targetYear'],
  columns: ['country', 'targetValue', 'targetYear'],
  snapshot: ['country', 'benchmarkOf', 'targetValue', 'targetYear'],
  body: {
    country: choice('countries', { facet: 'country', property: 'spatialCoverage' }),
    benchmarkOf: link('benchmarkOf', ['indicator']),
    /** As observations have it, `level=1`; the usual one where absent. */
    breakdown: maybe(line({ max: 300 })),
    targetValue: number(),
    targetYear: year(),
    description: maybe(text({ weight: 'heading', property: 'description' })),
    document: maybe(url({ property: 'url' })),
    areas: maybe(many(choice('areas', { facet: 'area' }))),
  },
})
export type Benchmark = BodyOf<typeof benchmark>
export const isBenchmark = isOf(benchmark)
