/** The data that a query asks for, read some series at a time. */
import type { Kysely } from 'kysely'
import type { DataSet, Observation, Section } from '#codecs/sdmx/model.ts'
import type { DataQuery } from '#codecs/sdmx/query.ts'
import { fits, numberHolds, semanticFault, textHolds, type Filter } from '#codecs/sdmx/filter.ts'
import { cube, type Held, type Observed, type Window } from '#features/indicators/cube.ts'
import { chunks } from '#records/store.ts'
import { natures, observationStatuses, timeId } from './flows.ts'
import { numbersOf, seriesAtOnce, windowOf, type Selected, type Selection } from './selection.ts'
import { inBatches, type Keyed } from './series.ts'

/** Data sets of a message, one after the other, each read as it is written. */
export async function* dataSetsOf(db: Kysely<unknown>, selection: Selection): AsyncGenerator<DataSet> {
  const left = { skip: selection.query.offset, take: selection.query.limit ?? Infinity }
  for (const [at, one] of selection.selected.entries()) {
    for (const part of partsOf(one, selection))
      yield { ...part.set, head: at, sections: sectionsOf(db, { one, selection, pick: part.pick }, left) }
    if (left.take <= 0) return
  }
}

/** Which observations of a series a data set is of. */
type Pick = (rows: readonly Observed[]) => readonly Observed[]
type Part = { set: Omit<DataSet, 'head' | 'sections'>; pick: Pick | undefined }

function partsOf({ flow }: Selected, { query, releases, upTo }: Selection): Part[] {
  const own = releases.filter(({ source, number }) => source === flow.provider && number <= upTo)
  if (query.updatedAfter !== undefined) {
    const after = new Set(own.filter(({ takenAt }) => takenAt > query.updatedAfter!).map(({ number }) => number))
    return [
      { set: { action: 'Replace' }, pick: (rows) => rows.filter((row) => after.has(row.release) && isHeld(row, upTo)) },
      { set: { action: 'Delete' }, pick: (rows) => rows.filter((row) => isGone(row, rows, after, upTo)) },
    ]
  }
  if (!query.includeHistory) return [{ set: { action: 'Information' }, pick: undefined }]
  return own.flatMap(({ number, takenAt }): Part[] => [
    {
      set: { action: 'Replace', validFrom: takenAt },
      pick: (rows) => rows.filter(({ release }) => release === number),
    },
    {
      set: { action: 'Delete', validTo: takenAt },
      pick: (rows) =>
        rows.filter(
          (row) => row.ended === number && !rows.some((next) => isSame(next, row) && next.release === number),
        ),
    },
  ])
}

const isSame = (a: Observed, b: Observed) => a.series === b.series && a.period === b.period
const isHeld = ({ ended }: Observed, upTo: number) => ended === null || ended > upTo
/** It ended with one of these releases, and nothing stands in its place. */
const isGone = (row: Observed, rows: readonly Observed[], after: ReadonlySet<number>, upTo: number) =>
  row.ended !== null &&
  after.has(row.ended) &&
  !rows.some((other) => isSame(other, row) && (isHeld(other, upTo) || (other !== row && other.ended! > row.ended!)))

type Reading = { one: Selected; selection: Selection; pick: Pick | undefined }
type Left = { skip: number; take: number }

async function* sectionsOf(db: Kysely<unknown>, reading: Reading, left: Left): AsyncGenerator<Section[]> {
  const { one, selection } = reading
  if (!selection.query.hasObservations) {
    yield* keysOf(db, reading, left)
    return
  }
  const places = [...one.flow.structure.dimensions, one.flow.structure.time].map(({ id }) => id)
  const at = one.head.atObservation === 'AllDimensions' ? places.length - 1 : places.indexOf(one.head.atObservation)
  const tell = teller(one, selection)
  const read = await reader(db, reading)
  if (at === places.length - 1)
    for (const some of inBatches(one.series, seriesAtOnce)) {
      yield within(timeSeries(some, await read(some), selection, tell), left)
      if (left.take <= 0) return
    }
  else
    for (const groups of batchesOf(acrossOf(one.series.slice(), at))) {
      const rows = await read(groups.flat())
      for (const group of groups) {
        yield within(crossSections(group, rows, selection, at, tell), left)
        if (left.take <= 0) return
      }
    }
}

/** Without what is skipped, and no more than is wanted. */
function within(sections: Section[], left: Left): Section[] {
  if (left.skip === 0 && left.take === Infinity) return sections
  return sections
    .map(({ key, observations }) => ({ key, observations: cut(observations, left) }))
    .filter(({ observations }) => observations.length > 0)
}

/** Series that differ in one dimension alone, together. */
function acrossOf(series: readonly Keyed[], at: number): (readonly Keyed[])[] {
  return [...Map.groupBy(series, ({ key }) => key.filter((_, place) => place !== at).join('.')).values()]
}

/** As many groups as fit one question. */
function* batchesOf(groups: readonly (readonly Keyed[])[]): Generator<(readonly Keyed[])[]> {
  let waiting: (readonly Keyed[])[] = []
  let count = 0
  for (const group of groups) {
    if (count > 0 && count + group.length > seriesAtOnce) {
      yield waiting
      waiting = []
      count = 0
    }
    waiting.push(group)
    count += group.length
  }
  if (count > 0) yield waiting
}

type RowsBySeries = ReadonlyMap<number, readonly Held[]>

type Read = (series: readonly Keyed[]) => Promise<RowsBySeries> | RowsBySeries

/** How the observations of some series are read. */
async function reader(db: Kysely<unknown>, { one, selection, pick }: Reading): Promise<Read> {
  const { query } = selection
  const window = windowOf(selection)
  const conditions = query.filters.filter(({ component }) => !isOfKey(component))
  const isPlain = !pick && conditions.length === 0 && isWhole(selection)
  const hasEnds = query.firstN !== undefined || query.lastN !== undefined
  if (isPlain && query.firstN === undefined && query.lastN === 1) {
    const newest = await newestOf(db, one, window)
    return () => newest
  }
  return async (series) => {
    const numbers = numbersOf(series)
    const all = pick ? await cube(db).history(numbers, window) : await cube(db).observations(numbers, window)
    const grouped = bySeries(all)
    if (isPlain && !hasEnds) return grouped
    for (const [number, rows] of grouped) {
      const picked = (pick ? pick(rows as Observed[]) : rows).filter(
        (row) => selection.years.has(row.period) && conditions.every((filter) => holds(filter, row, one, selection)),
      )
      grouped.set(number, firstAndLast(picked, query))
    }
    return grouped
  }
}

const breakdownsAtOnce = 200

/** The newest of each series is found without reading the others, in the order in which they are kept. */
async function newestOf(db: Kysely<unknown>, { flow, series }: Selected, window: Window): Promise<RowsBySeries> {
  const { breakdowns, areas } = series
  const found = new Map<number, readonly Held[]>()
  for (const dimensions of chunks(breakdowns, breakdownsAtOnce))
    for (const row of await cube(db).newest({ indicator: flow.code, dimensions, areas }, window))
      found.set(row.series, [row])
  return found
}

/** They come in the order of series. */
function bySeries(rows: readonly Held[]): Map<number, readonly Held[]> {
  const found = new Map<number, readonly Held[]>()
  for (let from = 0, to = 0; from < rows.length; from = to) {
    const { series } = rows[from]!
    while (to < rows.length && rows[to]!.series === series) to++
    found.set(series, rows.slice(from, to))
  }
  return found
}

/** No year in the middle is left out. */
const isWhole = ({ query }: Selection) =>
  query.filters.every(({ component }) => component !== timeId) ||
  query.filters
    .filter(({ component }) => component === timeId)
    .every(
      ({ anyOf }) =>
        anyOf.length === 1 && anyOf[0]!.every(({ operator }) => ['ge', 'le', 'gt', 'lt'].includes(operator)),
    )

const keyIds = new Set(['OBS_VALUE', 'OBS_STATUS', 'NATURE', 'RELEASE_DATE', 'COMMENT_OBS', 'UNIT_MEASURE'])
const isOfKey = (component: string) => !keyIds.has(component)

function holds(filter: Filter, row: Held, { flow }: Selected, { releases }: Selection): boolean {
  if (filter.component === 'OBS_VALUE') return fits(filter, (condition) => numberHolds(row.value, condition))
  const text = {
    OBS_STATUS: observationStatuses[row.status],
    NATURE: natures[row.status],
    RELEASE_DATE: releases.find(({ number }) => number === row.release)?.publishedOn ?? '',
    COMMENT_OBS: row.reason,
    UNIT_MEASURE: flow.unit,
  }[filter.component]!
  return fits(filter, (condition) => textHolds(text, condition))
}

function firstAndLast(rows: readonly Held[], { firstN, lastN }: DataQuery): readonly Held[] {
  if (firstN === undefined && lastN === undefined) return rows
  if (firstN === undefined) return rows.slice(-lastN!)
  if (lastN === undefined) return rows.slice(0, firstN)
  return rows.length <= firstN + lastN ? rows : [...rows.slice(0, firstN), ...rows.slice(-lastN)]
}

type Tell = (row: Held, at: string) => Observation

/** How an observation is told, with the attributes that are asked for. */
function teller({ head }: Selected, { releases }: Selection): Tell {
  const published = new Map(releases.map(({ number, publishedOn }) => [number, publishedOn]))
  const told: Readonly<Record<string, (row: Held) => string>> = {
    UNIT_MEASURE: () => '',
    OBS_STATUS: ({ status }) => observationStatuses[status],
    NATURE: ({ status }) => natures[status],
    RELEASE_DATE: ({ release }) => published.get(release) ?? '',
    COMMENT_OBS: ({ reason }) => reason,
  }
  const attributes = head.attributes.map(({ id }) => told[id]!)
  // Most observations of a release say the same of themselves: they share one list, by which a writer knows it again.
  const shared = new Map<number, Map<string, readonly string[]>>()
  const attributesOf = (row: Held): readonly string[] => {
    if (row.reason !== '') return attributes.map((of) => of(row))
    let ofRelease = shared.get(row.release)
    if (!ofRelease) shared.set(row.release, (ofRelease = new Map()))
    let found = ofRelease.get(row.status)
    if (!found) ofRelease.set(row.status, (found = attributes.map((of) => of(row))))
    return found
  }
  return (row, at) => ({ at, value: row.value, attributes: attributesOf(row) })
}

function timeSeries(series: readonly Keyed[], rows: RowsBySeries, selection: Selection, tell: Tell): Section[] {
  const sections: Section[] = []
  for (const { number, key } of series) {
    const own = rows.get(number) ?? []
    const ordered = selection.query.sort.time === 'ascending' ? own : own.toReversed()
    if (own.length > 0) sections.push({ key, observations: ordered.map((row) => tell(row, String(row.period))) })
  }
  return sections
}

/** The same observations, by the years of all series that differ in one dimension alone. */
function crossSections(
  group: readonly Keyed[],
  rows: RowsBySeries,
  selection: Selection,
  at: number,
  tell: Tell,
): Section[] {
  const byYear = new Map<number, Observation[]>()
  for (const { number, key } of group)
    for (const row of rows.get(number) ?? []) {
      const observations = byYear.get(row.period) ?? []
      if (observations.length === 0) byYear.set(row.period, observations)
      observations.push(tell(row, key[at]!))
    }
  const key = group[0]!.key.filter((_, place) => place !== at)
  const sign = selection.query.sort.time === 'ascending' ? 1 : -1
  return [...byYear]
    .toSorted(([a], [b]) => sign * (a - b))
    .map(([year, observations]) => ({ key: [...key, String(year)], observations }))
}

/** Keys of series that have observations in the period, without these. */
async function* keysOf(db: Kysely<unknown>, { one, selection }: Reading, left: Left): AsyncGenerator<Section[]> {
  const isAcross = one.head.atObservation !== 'AllDimensions' && one.head.atObservation !== timeId
  if (isAcross) throw semanticFault('dimensionAtObservation', one.head.atObservation, timeId)
  for (const some of inBatches(one.series, seriesAtOnce * 10)) {
    const spans = await cube(db).spans(numbersOf(some), windowOf(selection))
    const present = new Set(spans.map(({ series }) => series))
    const own = some.filter(({ number }) => present.has(number)).map(({ key }): Section => ({ key, observations: [] }))
    const from = Math.min(left.skip, own.length)
    left.skip -= from
    const told = own.slice(from, from + left.take)
    left.take -= told.length
    yield told
    if (left.take <= 0) return
  }
}

function cut(observations: readonly Observation[], left: Left): readonly Observation[] {
  if (left.skip === 0 && left.take === Infinity) return observations
  const from = Math.min(left.skip, observations.length)
  left.skip -= from
  const some = observations.slice(from, from + left.take)
  left.take -= some.length
  return some
}

/** For availability: the years of each series, and how many observations. */
export async function spansOf(db: Kysely<unknown>, selection: Selection, one: Selected) {
  const spans = new Map<number, { from: number; to: number; count: number }>()
  for (const some of inBatches(one.series, seriesAtOnce * 10))
    for (const span of await cube(db).spans(numbersOf(some), windowOf(selection))) spans.set(span.series, span)
  return spans
}
