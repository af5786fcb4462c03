/** Queries of data and availability of the SDMX REST API 2.0 (SDMX 3.0). */
import { filterOf, notImplemented, periodOf, semanticFault, syntaxFault, type Filter } from './filter.ts'
import {
  availabilityOf,
  availabilityParameters,
  codes,
  countOf,
  flagOf,
  momentOf,
  namesOf,
  onlyKnown,
  usualSort,
  versionOf,
  type AvailabilityQuery,
  type DataQuery,
  type FlowReference,
  type Key,
  type Names,
  type Parameters,
  type Sort,
} from './query.ts'

const contexts = ['datastructure', 'dataflow', 'provisionagreement', '*']

/** `context/agency/id/version[/key]` of version 2.0. @throws Problem querySyntax, querySemantics, notImplemented */
export function dataQuery30(steps: readonly string[], parameters: Parameters): DataQuery {
  onlyKnown(parameters, [
    'updatedAfter',
    'firstNObservations',
    'lastNObservations',
    'dimensionAtObservation',
    'attributes',
    'measures',
    'includeHistory',
    'offset',
    'limit',
    'sort',
    'asOf',
    'reportingYearStartDay',
    ...availabilityParameters,
  ])
  const [context = '*', agency, id, version, key] = steps
  if (context.split(',').some((one) => !contexts.includes(one)))
    throw syntaxFault('context', context, contexts.join(', '))
  if (parameters.has('reportingYearStartDay')) throw notImplemented('reportingYearStartDay')
  const [updatedAfter, asOf] = [momentOf(parameters, 'updatedAfter'), momentOf(parameters, 'asOf')]
  if (updatedAfter && asOf && updatedAfter > asOf) throw semanticFault('updatedAfter', updatedAfter, asOf)
  const attributes = parameters.get('attributes')
  const measures = parameters.get('measures') ?? 'all'
  const hasMeasure = measures.split(',').some((one) => one === 'all' || one === 'OBS_VALUE')
  const known = attributeNames(attributes)
  return {
    flow: {
      context: contextOf(context),
      agencies: namesOf('agencyID', agency, ',', ['*']),
      ids: namesOf('resourceID', id, ',', ['*']),
      versions: versionOf('version', version, ','),
    },
    keys: keys30(key),
    needsWholeKeys: false,
    provider: undefined,
    filters: filters30(parameters),
    updatedAfter,
    asOf,
    includeHistory: flagOf(parameters, 'includeHistory'),
    firstN: countOf(parameters, 'firstNObservations'),
    lastN: countOf(parameters, 'lastNObservations'),
    atObservation: parameters.get('dimensionAtObservation'),
    attributes: known,
    hasMeasure,
    hasObservations: hasMeasure || known === undefined || known.size > 0,
    offset: countOf(parameters, 'offset', 0) ?? 0,
    limit: countOf(parameters, 'limit'),
    sort: sortOf(parameters.get('sort')),
  }
}

/** There are no provision agreements, so that nothing is found among them. */
function contextOf(written: string): FlowReference['context'] {
  const all = written.split(',')
  if (all.includes('*') || (all.includes('dataflow') && all.includes('datastructure'))) return 'any'
  if (all.includes('datastructure')) return 'datastructure'
  if (all.includes('dataflow')) return 'dataflow'
  throw semanticFault('context', written, 'dataflow')
}

/** Names of attributes, and the words that stand for several, for the one who knows the structure. */
function attributeNames(written: string | undefined): Names {
  if (written === undefined || written === '') return undefined
  const names = namesOf('attributes', written, ',', []) ?? new Set<string>()
  if (names.has('dsd') || names.has('all')) return undefined
  return names.has('none') ? new Set() : names
}

function keys30(written: string | undefined): readonly Key[] | undefined {
  if (written === undefined || written === '' || written === '*') return undefined
  return written.split(',').map((key) =>
    key.split('.').map((part) => {
      if (part === '*') return undefined
      if (!codes.test(part)) throw syntaxFault('key', written, 'A.*.F')
      return new Set(part.split('+'))
    }),
  )
}

function filters30(parameters: Parameters): Filter[] {
  return [...parameters].flatMap(([name, written]) => {
    if (!name.startsWith('c[')) return []
    const [, component] = /^c\[([A-Za-z][A-Za-z0-9_-]{0,99})\]$/.exec(name) ?? []
    if (component === undefined || written === '') throw syntaxFault(name, written, 'c[REF_AREA]=KE,UG')
    const filter = filterOf(component, written)
    if (component === 'TIME_PERIOD')
      for (const { operator, value } of filter.anyOf.flat())
        if (!['co', 'nc', 'sw', 'ew'].includes(operator) && !periodOf(value))
          throw syntaxFault(name, written, 'ge:2010')
    return filter
  })
}

/** Series in the order of their keys, and time within each: the orders in which data can be told as they are read. */
function sortOf(written: string | undefined): Sort {
  if (written === undefined || written === '') return usualSort
  const [first, second, ...more] = written.split('+').map((part) => {
    const [, name = '', direction = 'asc'] = /^([A-Za-z0-9_*-]+)(?::(asc|desc))?$/.exec(part) ?? []
    if (name === '') throw syntaxFault('sort', written, 'series_key+TIME_PERIOD:desc')
    return { name, direction: direction === 'asc' ? ('ascending' as const) : ('descending' as const) }
  })
  if (more.length > 0 || !first) throw notImplemented(`sort=${written}`)
  if (first.name === '*' && !second) return { keys: first.direction, time: first.direction }
  if (first.name !== 'series_key') throw notImplemented(`sort=${written}`)
  if (!second) return { keys: first.direction, time: 'ascending' }
  if (second.name !== 'TIME_PERIOD') throw notImplemented(`sort=${written}`)
  return { keys: first.direction, time: second.direction }
}

/** `context/agency/id/version/key/component` of version 2.0. */
export function availabilityQuery30(steps: readonly string[], parameters: Parameters): AvailabilityQuery {
  return {
    ...dataQuery30(steps, parameters),
    components: namesOf('componentId', steps[5], ',', ['*']),
    ...availabilityOf(parameters, ','),
  }
}
