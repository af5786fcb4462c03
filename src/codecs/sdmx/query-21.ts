/** Queries of data and availability of the SDMX REST API 1.5 (SDMX 2.1). */
import { periodOf, syntaxFault, type Filter } from './filter.ts'
import {
  availabilityOf,
  availabilityParameters,
  codes,
  countOf,
  flagOf,
  identifier,
  momentOf,
  namesOf,
  onlyKnown,
  usualSort,
  versionOf,
  type AvailabilityQuery,
  type DataQuery,
  type FlowReference,
  type Key,
  type Parameters,
} from './query.ts'

/** `flow[/key[/provider]]` of version 1.5. @throws Problem querySyntax */
export function dataQuery21(steps: readonly string[], parameters: Parameters): DataQuery {
  onlyKnown(parameters, [
    'startPeriod',
    'endPeriod',
    'updatedAfter',
    'firstNObservations',
    'lastNObservations',
    'dimensionAtObservation',
    'detail',
    'includeHistory',
    ...availabilityParameters,
  ])
  for (const name of parameters.keys()) if (name.startsWith('c[')) throw syntaxFault(name, '', 'startPeriod=2010')
  const [flow = '', key, provider] = steps
  const detail = parameters.get('detail') ?? 'full'
  if (!['full', 'dataonly', 'serieskeysonly', 'nodata'].includes(detail))
    throw syntaxFault('detail', detail, 'full, dataonly, serieskeysonly, nodata')
  const hasObservations = detail === 'full' || detail === 'dataonly'
  return {
    flow: flowReference21(flow),
    keys: keys21(key),
    needsWholeKeys: true,
    provider: providerOf(provider),
    filters: periodFilters(parameters),
    updatedAfter: momentOf(parameters, 'updatedAfter'),
    asOf: undefined,
    includeHistory: flagOf(parameters, 'includeHistory'),
    firstN: countOf(parameters, 'firstNObservations'),
    lastN: countOf(parameters, 'lastNObservations'),
    atObservation: parameters.get('dimensionAtObservation'),
    attributes: detail === 'full' || detail === 'nodata' ? undefined : new Set(),
    hasMeasure: hasObservations,
    hasObservations,
    offset: 0,
    limit: undefined,
    sort: usualSort,
  }
}

/** `AGENCY,ID,VERSION`, `AGENCY,ID` or `ID`. */
function flowReference21(written: string): FlowReference {
  const parts = written.split(',')
  if (written === '' || parts.length > 3) throw syntaxFault('flowRef', written, 'QINGDAO,internet_users,1.0.0')
  const [agency, id = '', version] = parts.length === 1 ? [undefined, ...parts] : parts
  if (!identifier.test(id)) throw syntaxFault('flowRef', written, 'QINGDAO,internet_users,1.0.0')
  return {
    context: 'dataflow',
    agencies: namesOf('flowRef', agency, '+', ['all']),
    ids: new Set([id]),
    versions: versionOf('flowRef', version, '+'),
  }
}

function keys21(written: string | undefined): readonly Key[] | undefined {
  if (written === undefined || written === '' || written === 'all') return undefined
  return [
    written.split('.').map((part) => {
      if (part === '' || part === '*') return undefined
      if (!codes.test(part)) throw syntaxFault('key', written, 'A.KE+UG.')
      return new Set(part.split('+'))
    }),
  ]
}

function providerOf(written: string | undefined): string | undefined {
  if (written === undefined || written === '' || written === 'all') return undefined
  const parts = written.split(',')
  if (parts.length > 2 || parts.some((part) => !identifier.test(part)))
    throw syntaxFault('providerRef', written, 'QINGDAO,uis-education')
  return parts.at(-1)
}

function periodFilters(parameters: Parameters): Filter[] {
  const ends = [
    ['startPeriod', 'ge'],
    ['endPeriod', 'le'],
  ] as const
  return ends.flatMap(([name, operator]) => {
    const value = parameters.get(name)
    if (value === undefined) return []
    if (!periodOf(value)) throw syntaxFault(name, value, '2010')
    return { component: 'TIME_PERIOD', anyOf: [[{ operator, value }]] }
  })
}

/** `flow[/key[/provider[/component]]]` of version 1.5. @throws Problem querySyntax */
export function availabilityQuery21(steps: readonly string[], parameters: Parameters): AvailabilityQuery {
  return {
    ...dataQuery21(steps, parameters),
    components: namesOf('componentId', steps[3], '+', ['all']),
    ...availabilityOf(parameters, '+'),
  }
}
