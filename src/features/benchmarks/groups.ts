/** Regions and income groups beside one another: the median of their countries, with how many of them it stands for. */
import { Type, type Static } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { countriesIn, isCountry, sdgRegionCodes } from '#features/indicators/areas.ts'
import { DimensionKey, dimensionKey, dimensionsIn } from '#features/indicators/dimensions.ts'
import { Code } from '#features/indicators/observe.ts'
import { observations } from '#features/indicators/store.ts'
import { indicatorNamed } from '#features/indicators/values.ts'
import { incomeGroupOf } from '#features/matching/countries.ts'
import { codeList } from '#records/vocabularies/index.ts'

/** A median of fewer says little of the group, and of very few little of anything. */
export const fewestCountries = 5
const leastCoverage = 0.5
/** Older values tell of another time. */
const mostYears = 10

const Group = Type.Object({
  group: Type.String({ description: 'M49 number of a region, or code of an income group' }),
  by: Type.Enum(['region', 'income']),
  median: Type.Union([Type.Number(), Type.Null()], {
    description: 'Each country counts once; null where fewer than five, or than half of the group, have a value',
  }),
  countries: Type.Integer({ description: 'Countries and areas with a value' }),
  of: Type.Integer({ description: 'Countries and areas of the group' }),
  from: Type.Union([Type.Integer(), Type.Null()], { description: 'The oldest year among them' }),
  to: Type.Union([Type.Integer(), Type.Null()], { description: 'The newest year among them' }),
})
export type Group = Static<typeof Group>

/** Of an even number the mean of the two in the middle. Nothing is rounded before it is shown. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

const countries = Object.keys(codeList('countries')!.terms)
const incomeGroups = Object.keys(codeList('income-groups')!.terms)
const groups: readonly { group: string; by: 'region' | 'income'; members: ReadonlySet<string> }[] = [
  ...sdgRegionCodes.map((group) => ({ group, by: 'region' as const, members: new Set(countriesIn(group)) })),
  ...incomeGroups.map((group) => ({
    group,
    by: 'income' as const,
    members: new Set(countries.filter((country) => incomeGroupOf(country) === group)),
  })),
]

export type Newest = { area: string; period: number; value: number }

/** What the newest values of countries say of each group. */
export function groupsOf(newest: readonly Newest[]): Group[] {
  const latest = Math.max(...newest.map(({ period }) => period))
  const recent = newest.filter(({ area, period }) => isCountry(area) && period > latest - mostYears)
  return groups.map(({ group, by, members }) => {
    const found = recent.filter(({ area }) => members.has(area))
    const isEnough = found.length >= fewestCountries && found.length >= members.size * leastCoverage
    const years = found.map(({ period }) => period)
    return {
      group,
      by,
      median: isEnough ? medianOf(found.map(({ value }) => value)) : null,
      countries: found.length,
      of: members.size,
      from: years.length > 0 ? Math.min(...years) : null,
      to: years.length > 0 ? Math.max(...years) : null,
    }
  })
}

export const indicatorGroups = operation({
  name: 'indicators.groups',
  summary: 'Compare regions and income groups by the median of the newest values of their countries, with coverage',
  http: 'GET /indicators/:code/groups',
  input: Type.Object({ code: Code, dimensions: Type.Optional(DimensionKey) }, closed),
  output: Type.Object({ code: Type.String(), dimensions: Type.String(), groups: Type.Array(Group) }),
  allow: () => true,
  run: async ({ db }, { code, dimensions: asked }) => {
    const { body } = await indicatorNamed(db, code)
    const dimensions = dimensionKey(dimensionsIn(asked ?? body.headline ?? '') ?? {})
    const newest = await observations(db).latest([{ indicator: body.code, dimensions }])
    return { code: body.code, dimensions, groups: groupsOf(newest) }
  },
})
