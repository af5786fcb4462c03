/** How a country stands: its key indicators with their course, its place in its region and the region's published total. */
import { Type, type Static } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { noSuch } from '#kernel/problem.ts'
import { countriesIn, isCountry, sdgRegionOf } from './areas.ts'
import { keyIndicators, type Described } from './sources/catalogue.ts'
import { observations, type Held } from './store.ts'
import { statuses, type LatestRow } from './tables.ts'

const Point = Type.Object({ period: Type.Integer(), value: Type.Number() })
const Profile = Type.Object({
  country: Type.String(),
  region: Type.Union([Type.String(), Type.Null()], { description: 'Its region in reports on the SDGs (M49)' }),
  indicators: Type.Array(
    Type.Object({
      code: Type.String(),
      dimensions: Type.String(),
      theme: Type.String(),
      unit: Type.String(),
      title: Type.Record(Type.String(), Type.String()),
      points: Type.Array(Point, { description: 'All years with a value, in order' }),
      status: Type.Enum([...statuses]),
      isOld: Type.Boolean({
        description: 'The newest value is more than ten years older than the newest of any country',
      }),
      rank: Type.Union(
        [
          Type.Object({
            place: Type.Integer({
              description:
                'By the newest value of each country of the region: from the highest, or from the lowest where less is better',
            }),
            of: Type.Integer(),
          }),
          Type.Null(),
        ],
        { description: 'Null where the value is old; old values of others are not counted' },
      ),
      regional: Type.Union([Type.Intersect([Point, Type.Object({ code: Type.String() })]), Type.Null()], {
        description: 'The total that the United Nations publish for the region, where they do',
      }),
    }),
  ),
})
export type CountryProfile = Static<typeof Profile>

const wanted = keyIndicators.map(({ code, headline = '' }) => ({ indicator: code, dimensions: headline }))
const totals = keyIndicators.flatMap(({ totalsFrom, headline = '' }) =>
  totalsFrom ? { indicator: totalsFrom, dimensions: headline } : [],
)

/** Years after which a value tells too little of today to be put beside others. */
const oldAfter = 10

export const countryProfile = operation({
  name: 'countries.indicators',
  summary: 'Read the key indicators of a country: their course, its place in its region, and the total of the region',
  http: 'GET /countries/:country/indicators',
  input: Type.Object({ country: Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2' }) }, closed),
  output: Profile,
  allow: () => true,
  run: async ({ db }, { country }): Promise<CountryProfile> => {
    if (!isCountry(country)) throw noSuch('country', country)
    const region = sdgRegionOf(country)
    const store = observations(db)
    const own = Map.groupBy(await store.ofArea(country, wanted), (one) => one.indicator)
    const around = region ? await store.latest(wanted, countriesIn(region)) : []
    const newest = new Map(
      (await store.counts(wanted.map((one) => one.indicator))).map((one) => [one.indicator, one.newest]),
    )
    const published = region ? await store.latest(totals, [region]) : []
    return {
      country,
      region: region ?? null,
      indicators: keyIndicators.flatMap((described) => {
        const held = (own.get(described.code) ?? []).filter(({ value }) => value !== null)
        const recent = (newest.get(described.code) ?? 0) - oldAfter
        return held.length > 0 ? [lineOf(described, held, { around, published, recent })] : []
      }),
    }
  },
})

function lineOf(
  { code, headline = '', theme, unit, title, totalsFrom, lessIsBetter = false }: Described,
  held: readonly Held[],
  { around, published, recent }: { around: readonly LatestRow[]; published: readonly LatestRow[]; recent: number },
): CountryProfile['indicators'][number] {
  const newest = held.at(-1)!
  const isOld = newest.period < recent
  const others = around.filter(({ indicator, period }) => indicator === code && period >= recent)
  const isAhead = ({ value }: LatestRow) => (lessIsBetter ? value < newest.value! : value > newest.value!)
  const total = published.find((one) => one.indicator === totalsFrom && one.dimensions === headline)
  return {
    code,
    dimensions: headline,
    theme,
    unit,
    title,
    points: held.map(({ period, value }) => ({ period, value: value! })),
    status: newest.status,
    isOld,
    rank: isOld ? null : { place: 1 + others.filter(isAhead).length, of: others.length },
    regional: total ? { code: total.indicator, period: total.period, value: total.value } : null,
  }
}
