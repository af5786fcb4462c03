/** What an address of the SDMX REST API asks for: versions 1.5 (SDMX 2.1) and 2.0 (SDMX 3.0) in one form. */
import { filterOf, notImplemented, periodOf, semanticFault, syntaxFault, type Filter } from './filter.ts'

/** By name; nothing where any is meant. */
export type Names = ReadonlySet<string> | undefined

/** What data are of: dataflows, or the structures of data. */
export type FlowReference = {
  context: 'dataflow' | 'datastructure' | 'any'
  agencies: Names
  ids: Names
  versions: Names
}
/** For each dimension the codes that are meant, in order; nothing where any is. */
export type Key = readonly Names[]

export type Sort = { keys: 'ascending' | 'descending'; time: 'ascending' | 'descending' }

export type DataQuery = {
  flow: FlowReference
  /** Any of them fits; all data where absent. */
  keys: readonly Key[] | undefined
  /** A key says all dimensions, as version 1.5 wants it. */
  needsWholeKeys: boolean
  provider: string | undefined
  filters: readonly Filter[]
  updatedAfter: string | undefined
  asOf: string | undefined
  includeHistory: boolean
  firstN: number | undefined
  lastN: number | undefined
  atObservation: string | undefined
  /** Which attributes are told; all where absent. */
  attributes: Names
  hasMeasure: boolean
  hasObservations: boolean
  offset: number
  limit: number | undefined
  sort: Sort
}

export type AvailabilityQuery = DataQuery & {
  /** Nothing where all dimensions are asked for. */
  components: Names
  mode: 'exact' | 'available'
  references: readonly string[]
}

export type StructureDetail =
  'full' | 'allstubs' | 'referencestubs' | 'allcompletestubs' | 'referencecompletestubs' | 'referencepartial' | 'raw'

export type StructureQuery = {
  /** As the address names it; `*` for any. */
  type: string
  agencies: Names
  ids: Names
  versions: Names
  items: Names
  detail: StructureDetail
  references: readonly string[]
}

export type Parameters = ReadonlyMap<string, string>

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    throw syntaxFault('address', text, '%2B')
  }
}

/** What stands after the question mark; a plus is a plus, as these addresses need it. @throws Problem querySyntax */
export function parametersIn(address: string): Parameters {
  const at = address.indexOf('?')
  const found = new Map<string, string>()
  if (at < 0) return found
  for (const part of address.slice(at + 1).split('&')) {
    if (part === '') continue
    const [name = '', ...rest] = part.split('=')
    const key = decoded(name)
    if (found.has(key)) throw syntaxFault(key, part, `${key}=…`)
    found.set(key, decoded(rest.join('=')))
  }
  return found
}

/** The steps of a path below its root; empty ones at the end say nothing. */
export function stepsIn(path: string): string[] {
  const steps = path.split('/').map(decoded)
  while (steps.at(-1) === '') steps.pop()
  return steps
}

const identifier = /^[A-Za-z0-9_@$.-]{1,200}$/

/** `KE+UG` in version 1.5, `KE,UG` in 2.0. */
function namesOf(parameter: string, written: string | undefined, by: '+' | ',', any: readonly string[]): Names {
  if (written === undefined || written === '' || any.includes(written)) return undefined
  const names = written.split(by)
  const wrong = names.find((name) => !identifier.test(name))
  if (wrong !== undefined) throw syntaxFault(parameter, written, `A${by}B`)
  return new Set(names)
}

const versionOf = (parameter: string, written: string | undefined, by: '+' | ','): Names => {
  if (written === undefined || written === '') return undefined
  const names = written.split(by)
  // There is one version of each structure, which is the latest, stable or not.
  if (names.some((one) => ['all', 'latest', '*', '+', '~'].includes(one.toLowerCase()))) return undefined
  const plain = names.map((one) => {
    const [, digits] = /^(\d+(?:\.\d+){0,2})(?:-[0-9A-Za-z.-]+)?$/.exec(one.replaceAll('+', '')) ?? []
    if (digits === undefined) throw syntaxFault(parameter, written, '1.0.0')
    return digits
  })
  return new Set(plain.map((one) => [...one.split('.'), '0', '0'].slice(0, 3).join('.')))
}

const countOf = (parameters: Parameters, name: string, least = 1): number | undefined => {
  const written = parameters.get(name)
  if (written === undefined) return undefined
  if (!/^\d{1,9}$/.test(written) || Number(written) < least) throw syntaxFault(name, written, '2')
  return Number(written)
}

const momentOf = (parameters: Parameters, name: string): string | undefined => {
  const written = parameters.get(name)
  if (written === undefined) return undefined
  const [, day, time = 'T00:00:00', zone = 'Z'] =
    /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?(Z|[+-]\d{2}:\d{2})?$/.exec(written) ?? []
  const moment = day === undefined ? Number.NaN : Date.parse(`${day}${time}${zone}`)
  if (Number.isNaN(moment)) throw syntaxFault(name, written, '2026-01-31T14:15:00Z')
  return new Date(moment).toISOString()
}

const flagOf = (parameters: Parameters, name: string): boolean => {
  const written = parameters.get(name) ?? 'false'
  if (written !== 'true' && written !== 'false') throw syntaxFault(name, written, 'true')
  return written === 'true'
}

/** @throws Problem querySyntax for a parameter that the specification does not know */
function onlyKnown(parameters: Parameters, known: readonly string[]): void {
  for (const name of parameters.keys())
    if (!known.includes(name) && name !== 'format' && name !== 'lang' && !name.startsWith('c['))
      throw syntaxFault(name, parameters.get(name) ?? '', known.join(', '))
}

const usualSort: Sort = { keys: 'ascending', time: 'ascending' }

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
    ...availability21,
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

const codes = /^[A-Za-z0-9_@$-]+(?:\+[A-Za-z0-9_@$-]+)*$/

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

const availability21 = ['mode', 'references']

/** `flow[/key[/provider[/component]]]` of version 1.5. @throws Problem querySyntax */
export function availabilityQuery21(steps: readonly string[], parameters: Parameters): AvailabilityQuery {
  return {
    ...dataQuery21(steps, parameters),
    components: namesOf('componentId', steps[3], '+', ['all']),
    ...availabilityOf(parameters, '+'),
  }
}

function availabilityOf(parameters: Parameters, by: '+' | ','): Pick<AvailabilityQuery, 'mode' | 'references'> {
  const mode = parameters.get('mode') ?? 'exact'
  if (mode !== 'exact' && mode !== 'available') throw syntaxFault('mode', mode, 'exact, available')
  return { mode, references: referencesOf(parameters, by) }
}

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
    ...availability21,
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

const details = ['full', 'allstubs', 'referencestubs', 'allcompletestubs', 'referencecompletestubs', 'referencepartial']
const relations = ['none', 'parents', 'parentsandsiblings', 'ancestors', 'children', 'descendants', 'all']

function referencesOf(parameters: Parameters, by: '+' | ','): readonly string[] {
  const written = parameters.get('references') ?? 'none'
  const names = written.split(by)
  if (names.some((name) => !/^[a-z]{2,40}$/.test(name))) throw syntaxFault('references', written, relations.join(', '))
  return names
}

/** `agency/id/version/item`, each of them perhaps left out. @throws Problem querySyntax */
export function structureQuery(
  type: string,
  steps: readonly string[],
  parameters: Parameters,
  version: '2.1' | '3.0',
): StructureQuery {
  onlyKnown(parameters, ['detail', 'references'])
  const by = version === '2.1' ? '+' : ','
  const any = version === '2.1' ? ['all'] : ['*', 'all']
  const [agency, id, versions, items, ...more] = steps
  if (more.length > 0) throw syntaxFault('address', steps.join('/'), 'codelist/QINGDAO/CL_AREA/1.0.0/KE')
  const detail = parameters.get('detail') ?? 'full'
  if (!details.includes(detail) && !(version === '3.0' && detail === 'raw'))
    throw syntaxFault('detail', detail, details.join(', '))
  return {
    type,
    agencies: namesOf('agencyID', agency, by, any),
    ids: namesOf('resourceID', id, by, any),
    versions: versionOf('version', versions, by),
    items: namesOf('itemID', items, by, any),
    detail: detail as StructureDetail,
    references: referencesOf(parameters, by),
  }
}
