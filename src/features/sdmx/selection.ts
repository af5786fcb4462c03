/** Which series a query asks for, and how their dataflows are told. */
import type { Kysely } from 'kysely'
import type { DataHead } from '#codecs/sdmx/model.ts'
import type { DataQuery } from '#codecs/sdmx/query.ts'
import { fits, semanticFault, textHolds, yearHolds, type Filter } from '#codecs/sdmx/filter.ts'
import { Problem } from '#kernel/problem.ts'
import { cube, type Release } from '#features/indicators/cube.ts'
import { years } from '#features/indicators/sources/ddf.ts'
import { namesOfCode, natures, observationStatuses, timeId, type Flow } from './flows.ts'
import { areaPlace, inBatches, keysOfBreakdowns, seriesList, type SeriesList } from './series.ts'

/** More in one answer than anybody reads; whoever wants them all asks for one dataflow after the other. */
export const mostObservations = 5_000_000
export const seriesAtOnce = 400

export type Selected = { flow: Flow; series: SeriesList; head: DataHead }

/** What of a dataflow a query asks for. */
export type Selection = {
  selected: readonly Selected[]
  query: DataQuery
  years: { from: number; to: number; has: (year: number) => boolean }
  upTo: number
  releases: readonly Release[]
}

export type DataRequest = { flows: readonly Flow[]; query: DataQuery; listsValues: boolean; listsReasons: boolean }

/** Series that a query asks for, with the structure that each dataflow is told in. @throws Problem tooLarge, querySemantics, querySyntax */
export async function select(db: Kysely<unknown>, request: DataRequest): Promise<Selection> {
  const { flows, query } = request
  const releases = await cube(db).releases()
  const period = yearsOf(query.filters)
  const isOne = flows.length === 1
  const selected: Selected[] = []
  for (const flow of flows) {
    if (query.provider !== undefined && flow.provider !== query.provider) continue
    if (!hasComponents(flow, query, isOne)) continue
    const series = await seriesOf(db, flow, query)
    if (series && series.length > 0) selected.push({ flow, series, head: headOf(flow, query) })
  }
  const selection = { selected, query, years: period, upTo: upToOf(releases, query.asOf), releases }
  await refuseTooMany(db, selection)
  if (request.listsValues) for (const one of selected) await listValues(db, one, selection, request.listsReasons)
  return selection
}

/** Whether the structure has what the query names; of the one dataflow that it names, it must. */
function hasComponents(
  { structure }: Flow,
  { filters, keys, atObservation, needsWholeKeys }: DataQuery,
  must: boolean,
) {
  const ids = new Set(
    [...structure.dimensions, structure.time, structure.measure, ...structure.attributes].map(({ id }) => id),
  )
  const dimensions = structure.dimensions.map(({ id }) => id)
  const unknown = filters.find(({ component }) => !ids.has(component))
  if (unknown) return refuseOr(must, `c[${unknown.component}]`, unknown.component, [...ids].join(', '))
  const isDimension =
    atObservation === undefined ||
    atObservation === 'AllDimensions' ||
    [...dimensions, structure.time.id].includes(atObservation)
  if (!isDimension)
    return refuseOr(
      must,
      'dimensionAtObservation',
      atObservation,
      `AllDimensions, ${[...dimensions, timeId].join(', ')}`,
    )
  const odd = keys?.find((key) => (needsWholeKeys ? key.length !== dimensions.length : key.length > dimensions.length))
  const example = dimensions.map(() => (needsWholeKeys ? '' : '*')).join('.')
  if (odd && needsWholeKeys && must)
    throw new Problem('querySyntax', {
      parameter: 'key',
      value: `${odd.length}`,
      example: `${example} (${dimensions.join('.')})`,
    })
  if (odd) return refuseOr(must, 'key', String(odd.length), `${example} (${dimensions.join('.')})`)
  return true
}

function refuseOr(must: boolean, parameter: string, value: string, example: string): false {
  if (must) throw semanticFault(parameter, value, example)
  return false
}

function yearsOf(filters: readonly Filter[]): Selection['years'] {
  const own = filters.filter(({ component }) => component === timeId)
  const all: number[] = []
  for (let year = years.first; year <= years.last; year++)
    if (own.every((filter) => fits(filter, (condition) => yearHolds(year, condition)))) all.push(year)
  const known = new Set(all)
  return { from: all[0] ?? years.last + 1, to: all.at(-1) ?? years.first - 1, has: (year) => known.has(year) }
}

/** The newest release that was in the node by then. */
const upToOf = (releases: readonly Release[], asOf: string | undefined): number =>
  (asOf === undefined ? releases : releases.filter(({ takenAt }) => takenAt <= asOf)).at(-1)?.number ?? 0

async function seriesOf(
  db: Kysely<unknown>,
  flow: Flow,
  { keys, filters, sort }: DataQuery,
): Promise<SeriesList | undefined> {
  const ids = flow.structure.dimensions.map(({ id }) => id)
  const own = filters.flatMap((filter) => {
    const at = ids.indexOf(filter.component)
    return at < 0 ? [] : { filter, at }
  })
  const breakdowns = await breakdownsFor(db, flow, keys, own)
  if (breakdowns.size === 0) return undefined
  const isMeant = (key: readonly string[]) =>
    (keys === undefined ||
      keys.some((asked) => asked.every((codes, at) => codes === undefined || codes.has(key[at]!)))) &&
    own.every(({ filter, at }) => fits(filter, (condition) => textHolds(key[at]!, condition)))
  const series = await cube(db).series(flow.code, [...breakdowns.keys()], areasFor(keys, own))
  return seriesList(breakdowns, series, isMeant, sort.keys)
}

type OwnFilter = { filter: Filter; at: number }

/** The breakdowns that can fit, whatever the area, with their keys: there are far fewer than series. */
async function breakdownsFor(
  db: Kysely<unknown>,
  flow: Flow,
  keys: DataQuery['keys'],
  own: readonly OwnFilter[],
): Promise<Map<string, readonly string[]>> {
  const found = keysOfBreakdowns(flow, await cube(db).breakdownsOf(flow.code))
  for (const [dimensions, key] of found) {
    const has = (codes: ReadonlySet<string> | undefined, at: number) =>
      codes === undefined || at === areaPlace || codes.has(key[at]!)
    const canFit =
      (keys === undefined || keys.some((asked) => asked.every(has))) &&
      own.every(({ filter, at }) => at === areaPlace || fits(filter, (condition) => textHolds(key[at]!, condition)))
    if (!canFit) found.delete(dimensions)
  }
  return found
}

/** The areas that alone can fit, where the query names them; nothing where it does not. */
function areasFor(keys: DataQuery['keys'], own: readonly OwnFilter[]): string[] | undefined {
  const named = own.find(
    ({ filter, at }) => at === areaPlace && filter.anyOf.every((all) => all.length === 1 && all[0]!.operator === 'eq'),
  )
  if (named) return named.filter.anyOf.map(([one]) => one!.value)
  if (keys === undefined || keys.some((key) => key[areaPlace] === undefined)) return undefined
  return [...new Set(keys.flatMap((key) => [...key[areaPlace]!]))]
}

/** The words that stand for several attributes, or their names. */
function attributesFor({ structure }: Flow, asked: DataQuery['attributes']) {
  if (asked === undefined) return structure.attributes
  const groups = ['dataset', 'series', 'obs', 'msd']
  const known = structure.attributes.map(({ id }) => id)
  const unknown = [...asked].find((name) => !groups.includes(name) && !known.includes(name))
  if (unknown !== undefined) throw semanticFault('attributes', unknown, known.join(', '))
  return structure.attributes.filter(
    ({ id, level }) =>
      asked.has(id) || (level === 'dataflow' && asked.has('dataset')) || (level === 'observation' && asked.has('obs')),
  )
}

function headOf(flow: Flow, query: DataQuery): DataHead {
  const attributes = attributesFor(flow, query.attributes)
  return {
    flow: flow.flow,
    structure: flow.structure,
    atObservation: query.atObservation ?? timeId,
    values: new Map(),
    nameOf: namesOfCode,
    attributes,
    flowAttributes: new Map(attributes.some(({ id }) => id === 'UNIT_MEASURE') ? [['UNIT_MEASURE', flow.unit]] : []),
    hasMeasure: query.hasMeasure,
    hasObservations: query.hasObservations,
  }
}

export const windowOf = ({ years: { from, to }, upTo }: Selection) => ({ from, to, upTo })

/** @throws Problem tooLarge */
async function refuseTooMany(db: Kysely<unknown>, selection: Selection): Promise<void> {
  if (!selection.query.hasObservations) return
  const { selected, years: period } = selection
  const mostYears = period.to - period.from + 1
  if (sum(selected.map(({ series }) => series.length)) * mostYears <= mostObservations) return
  // Counted roughly first, from an index alone.
  let most = 0
  for (const { flow, series } of selected)
    most += await cube(db).countOf(flow.code, series.breakdowns, windowOf(selection))
  if (most <= mostObservations) return
  let count = 0
  for (const { series } of selected)
    for (const some of inBatches(series, seriesAtOnce * 10)) {
      for (const span of await cube(db).spans(numbersOf(some), windowOf(selection))) count += span.count
      if (count > mostObservations) throw new Problem('tooLarge', { limit: mostObservations, size: count })
    }
}

const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0)
export const numbersOf = (series: readonly { number: number }[]): number[] => series.map(({ number }) => number)

/** What JSON counts the values of dimensions and attributes from. */
async function listValues(
  db: Kysely<unknown>,
  { flow, series, head }: Selected,
  selection: Selection,
  listsReasons: boolean,
): Promise<void> {
  const values = head.values as Map<string, readonly string[]>
  const occurring = flow.structure.dimensions.map(() => new Set<string>())
  for (const some of inBatches(series, seriesAtOnce * 10))
    for (const { key } of some) key.forEach((code, at) => occurring[at]!.add(code))
  flow.structure.dimensions.forEach(({ id }, at) => values.set(id, [...occurring[at]!].sort()))
  let [from, to] = [Infinity, -Infinity]
  const reasons = new Set<string>()
  for (const some of inBatches(series, seriesAtOnce * 10)) {
    const numbers = numbersOf(some)
    // Of history too, which may have years that are no more.
    const window = { ...windowOf(selection), upTo: selection.upTo }
    const spans =
      selection.query.includeHistory || selection.query.updatedAfter
        ? (await cube(db).history(numbers, window)).map(({ period }) => ({ from: period, to: period }))
        : await cube(db).spans(numbers, window)
    for (const span of spans) [from, to] = [Math.min(from, span.from), Math.max(to, span.to)]
    if (listsReasons) for (const reason of await cube(db).reasons(numbers)) if (reason) reasons.add(reason)
  }
  if (from <= to)
    values.set(
      timeId,
      Array.from({ length: to - from + 1 }, (_, at) => String(from + at)),
    )
  values.set('OBS_STATUS', [...new Set(Object.values(observationStatuses))])
  values.set('NATURE', [...new Set(Object.values(natures))].filter(Boolean))
  if (head.flowAttributes.size > 0) values.set('UNIT_MEASURE', [flow.unit])
  const dates = [...new Set(selection.releases.map(({ publishedOn }) => publishedOn))].filter(Boolean)
  if (dates.length > 0) values.set('RELEASE_DATE', dates)
  if (reasons.size > 0) values.set('COMMENT_OBS', [...reasons].sort())
}
