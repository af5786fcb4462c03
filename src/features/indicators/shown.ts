/** What a page of an indicator shows, asked together. */
import type { PageContext } from '#ui/page-context.ts'
import { isCountry, sdgRegionOf, world } from './areas.ts'
import { choicesIn, isOfAll, usualAreas, variedBy, type Choices } from './choices.ts'
import { dimensionKey } from './dimensions.ts'
import {
  describeIndicator,
  indicatorValues,
  latestValues,
  mostValues,
  type Description,
  type Latest,
  type Value,
} from './values.ts'

export type Series = { indicator: string; area: string; dimensions: string; isTotal: boolean; values: readonly Value[] }

export type Shown = {
  told: Description
  choices: Choices
  query: URLSearchParams
  dimensions: string
  /** Those that one picked, or what is shown instead. */
  areas: readonly string[]
  series: readonly Series[]
  /** The indicator that totals of regions are from, where it is another. */
  totals: Description['record'] | undefined
  latest: readonly Latest[]
  years: readonly number[]
}

export async function shownOf(ask: PageContext['ask'], code: string, query: URLSearchParams): Promise<Shown> {
  const told = await ask(describeIndicator, { code })
  const choices = choicesIn(query, told)
  const dimensions = dimensionKey(choices.dimensions)
  const { body } = told.record
  const { values: latest, years } = await ask(latestValues, {
    code: body.code,
    dimensions,
    ...(choices.year && { year: choices.year }),
    ...(choices.asOf && { asOf: choices.asOf }),
    ...(choices.since && isOfAll(choices) && { since: choices.since }),
  })
  const areas = choices.areas.length > 0 ? choices.areas : usualAreas(told, latest)
  const { series, totals } = isOfAll(choices)
    ? { series: [], totals: undefined }
    : await seriesOf(ask, { told, choices, dimensions, areas })
  return { told, choices, query, dimensions, areas, series, totals, latest, years }
}

type Asked = Pick<Shown, 'told' | 'choices' | 'dimensions' | 'areas'>

async function seriesOf(
  ask: PageContext['ask'],
  { told, choices, dimensions, areas }: Asked,
): Promise<Pick<Shown, 'series' | 'totals'>> {
  const { body } = told.record
  const { by, view, from, to, asOf } = choices
  const keys = view === 'breakdown' && by ? variedBy(told.breakdowns, choices.dimensions, by) : [dimensions]
  const around = view === 'breakdown' ? [] : totalsAround(areas)
  const asked = { ...(from && { from }), ...(to && { to }), ...(asOf && { asOf }), limit: mostValues }
  const read = async (code: string, of: readonly string[], breakdowns: readonly string[]) =>
    of.length === 0 || breakdowns.length === 0
      ? []
      : (await ask(indicatorValues, { code, area: of, dimensions: breakdowns, ...asked })).values
  const own = await read(body.code, [...new Set([...areas, ...around])], keys)
  const isAbsent = around.filter((area) => !own.some((one) => one.area === area))
  const elsewhere = body.totalsFrom ? await read(body.totalsFrom, isAbsent, keys).catch(() => []) : []
  const grouped = (indicator: string, values: readonly Value[], of: readonly string[], isTotal: boolean): Series[] =>
    of.flatMap((area) =>
      keys.flatMap((key) => {
        const found = values.filter((one) => one.area === area && one.dimensions === key && one.value !== null)
        return found.length > 0 ? [{ indicator, area, dimensions: key, isTotal, values: found }] : []
      }),
    )
  const series = [
    ...grouped(body.code, own, areas, false),
    ...grouped(body.code, own, around, true),
    ...grouped(body.totalsFrom ?? '', elsewhere, isAbsent, true),
  ]
  const totals = elsewhere.length > 0 ? (await ask(describeIndicator, { code: body.totalsFrom! })).record : undefined
  return { series, totals }
}

/** The regions of the countries and the world, where they are not picked themselves. */
function totalsAround(areas: readonly string[]): string[] {
  const regions = areas.filter(isCountry).map(sdgRegionOf)
  const wanted = regions.length > 0 ? [...new Set(regions), world] : []
  return wanted.filter((area) => area !== undefined && !areas.includes(area)) as string[]
}
