/** Which data there are for a query: the codes of each dimension that it would answer, or that could be added to it. */
import type { Kysely } from 'kysely'
import type { Constraint } from '#codecs/sdmx/model.ts'
import type { AvailabilityQuery } from '#codecs/sdmx/query.ts'
import { semanticFault } from '#codecs/sdmx/filter.ts'
import { spansOf } from './data.ts'
import { select, type DataRequest } from './selection.ts'
import { maintained, timeId, type Flow } from './flows.ts'
import { regionOf } from './structures.ts'

/** @throws Problem querySemantics for a dimension that the structure has not */
export async function availabilityOf(
  db: Kysely<unknown>,
  flows: readonly Flow[],
  query: AvailabilityQuery,
): Promise<Constraint[]> {
  const constraints: Constraint[] = []
  for (const flow of flows) {
    const exact = await keysOf(db, flow, query)
    if (!exact) continue
    const ids = flow.structure.dimensions.map(({ id }) => id)
    const unknown = [...(query.components ?? [])].find((id) => id !== timeId && !ids.includes(id))
    if (unknown !== undefined) throw semanticFault('componentId', unknown, [...ids, timeId].join(', '))
    const isAsked = (id: string) => query.components === undefined || query.components.has(id)
    const region = query.mode === 'exact' ? regionOf(flow, exact.keys) : await addable(db, flow, query, ids)
    constraints.push({
      ...maintained,
      type: 'contentconstraint',
      id: `CR_${flow.flow.id}`,
      names: flow.flow.names,
      dataflow: flow.flow.id,
      region: region.filter(({ id }) => isAsked(id)),
      time: isAsked(timeId) ? exact.time : undefined,
      counts: { series: exact.keys.length, observations: exact.observations },
    })
  }
  return constraints
}

async function keysOf(db: Kysely<unknown>, flow: Flow, query: AvailabilityQuery) {
  const request: DataRequest = {
    flows: [flow],
    query: { ...query, hasObservations: false },
    listsValues: false,
    listsReasons: false,
  }
  const selection = await select(db, request)
  const [one] = selection.selected
  if (!one) return undefined
  const spans = await spansOf(db, selection, one)
  const series = one.series.slice().filter(({ number }) => spans.has(number))
  if (series.length === 0) return undefined
  const all = [...spans.values()]
  return {
    keys: series.map(({ key }) => key),
    time: { from: Math.min(...all.map(({ from }) => from)), to: Math.max(...all.map(({ to }) => to)) },
    observations: all.reduce((sum, { count }) => sum + count, 0),
  }
}

/** For each dimension what it could be, whatever the query says of this one. */
async function addable(
  db: Kysely<unknown>,
  flow: Flow,
  query: AvailabilityQuery,
  ids: readonly string[],
): Promise<Constraint['region']> {
  const region: { id: string; values: readonly string[] }[] = []
  for (const [at, id] of ids.entries()) {
    const without: AvailabilityQuery = {
      ...query,
      keys: query.keys?.map((key) => key.map((codes, place) => (place === at ? undefined : codes))),
      filters: query.filters.filter(({ component }) => component !== id),
    }
    const found = await keysOf(db, flow, without)
    region.push(regionOf(flow, found?.keys ?? [])[at]!)
  }
  return region
}
