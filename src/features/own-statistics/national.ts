/** What a country told of itself on this site: its newest values, each beside what the publisher of the indicator says. */
import { Type, type Static } from 'typebox'
import type { Kysely } from 'kysely'
import { closed, operation } from '#kernel/operation.ts'
import { Problem, noSuch } from '#kernel/problem.ts'
import { isCountry } from '#features/indicators/areas.ts'
import { dimensionKey, dimensionsIn, withoutDimensions } from '#features/indicators/dimensions.ts'
import { observations } from '#features/indicators/store.ts'
import { indicatorNamed } from '#features/indicators/values.ts'
import { isOwnCode } from './add-indicator.ts'

const Point = Type.Object({ period: Type.Integer(), value: Type.Number() })
const NationalLine = Type.Object({
  code: Type.String(),
  title: Type.Record(Type.String(), Type.String()),
  originalLanguage: Type.String(),
  unit: Type.String(),
  dimensions: Type.String({ description: 'Breakdown, without who says it' }),
  points: Type.Array(Point, { description: 'All years with a value, in order' }),
  source: Type.String({ description: 'Who published the newest value' }),
  publishedOn: Type.String(),
  international: Type.Union([Point, Type.Null()], {
    description: 'What the publisher of the indicator says of the same, where they do',
  }),
})
export type NationalLine = Static<typeof NationalLine>

const mostLines = 60

export const nationalStatistics = operation({
  name: 'statistics.national',
  summary:
    'List what a country published of itself on this site: course, release, and the international value beside it',
  http: 'GET /countries/:country/statistics',
  input: Type.Object({ country: Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2' }) }, closed),
  output: Type.Object({ lines: Type.Array(NationalLine), total: Type.Integer() }),
  allow: () => true,
  run: async ({ db }, { country }) => {
    if (!isCountry(country)) throw noSuch('country', country)
    const all = await observations(db).seriesOfArea(country)
    const national = all.filter(
      ({ indicator, dimensions }) => dimensionsIn(dimensions)?.['source'] !== undefined || isOwnCode(indicator),
    )
    const international = new Map(all.map((one) => [`${one.indicator} ${one.dimensions}`, one]))
    const releases = new Map((await observations(db).releases()).map((one) => [one.number, one]))
    const lines: NationalLine[] = []
    for (const { indicator, dimensions } of national.slice(0, mostLines)) {
      const rest = dimensionKey(withoutDimensions(dimensionsIn(dimensions) ?? {}, ['source']))
      const beside = rest === dimensions ? undefined : international.get(`${indicator} ${rest}`)
      const line = await lineOf(db, { indicator, dimensions, country })
      if (!line) continue
      const { release, ...told } = line
      const { source = '', publishedOn = '' } = releases.get(release) ?? {}
      lines.push({
        ...told,
        dimensions: rest,
        source: source.replace(/^own: /, ''),
        publishedOn,
        international: beside ? { period: beside.period, value: beside.value } : null,
      })
    }
    return { lines, total: national.length }
  },
})

type Asked = { indicator: string; dimensions: string; country: string }

/** Nothing where the indicator was withdrawn. */
async function lineOf(db: Kysely<unknown>, { indicator, dimensions, country }: Asked) {
  const record = await indicatorNamed(db, indicator).catch((error: unknown) => {
    if (error instanceof Problem) return undefined
    throw error
  })
  if (!record) return undefined
  const held = await observations(db).values({ indicator, areas: [country], dimensions: [dimensions] })
  const points = held.flatMap(({ period, value }) => (value === null ? [] : { period, value }))
  const { title, unit, originalLanguage } = record.body as typeof record.body & { originalLanguage: string }
  return { code: indicator, title, originalLanguage, unit, points, release: held.at(-1)?.release ?? 0 }
}
