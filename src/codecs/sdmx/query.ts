/** What an address of the SDMX REST API asks for: versions 1.5 (SDMX 2.1) and 2.0 (SDMX 3.0) in one form. */
import { isDay } from '#kernel/days.ts'
import { syntaxFault, type Filter } from './filter.ts'

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

export const identifier = /^[A-Za-z0-9_@$.-]{1,200}$/

/** `KE+UG` in version 1.5, `KE,UG` in 2.0. */
export function namesOf(parameter: string, written: string | undefined, by: '+' | ',', any: readonly string[]): Names {
  if (written === undefined || written === '' || any.includes(written)) return undefined
  const names = written.split(by)
  const wrong = names.find((name) => !identifier.test(name))
  if (wrong !== undefined) throw syntaxFault(parameter, written, `A${by}B`)
  return new Set(names)
}

export const versionOf = (parameter: string, written: string | undefined, by: '+' | ','): Names => {
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

export const countOf = (parameters: Parameters, name: string, least = 1): number | undefined => {
  const written = parameters.get(name)
  if (written === undefined) return undefined
  if (!/^\d{1,9}$/.test(written) || Number(written) < least) throw syntaxFault(name, written, '2')
  return Number(written)
}

export const momentOf = (parameters: Parameters, name: string): string | undefined => {
  const written = parameters.get(name)
  if (written === undefined) return undefined
  const [, day, time = 'T00:00:00', zone = 'Z'] =
    /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?(Z|[+-]\d{2}:\d{2})?$/.exec(written) ?? []
  const moment = day === undefined || !isDay(day) ? Number.NaN : Date.parse(`${day}${time}${zone}`)
  if (Number.isNaN(moment)) throw syntaxFault(name, written, '2026-01-31T14:15:00Z')
  return new Date(moment).toISOString()
}

export const flagOf = (parameters: Parameters, name: string): boolean => {
  const written = parameters.get(name) ?? 'false'
  if (written !== 'true' && written !== 'false') throw syntaxFault(name, written, 'true')
  return written === 'true'
}

/** @throws Problem querySyntax for a parameter that the specification does not know */
export function onlyKnown(parameters: Parameters, known: readonly string[]): void {
  for (const name of parameters.keys())
    if (!known.includes(name) && name !== 'format' && name !== 'lang' && !name.startsWith('c['))
      throw syntaxFault(name, parameters.get(name) ?? '', known.join(', '))
}

export const usualSort: Sort = { keys: 'ascending', time: 'ascending' }

/** One code of a key or several. */
export const codes = /^[A-Za-z0-9_@$-]+(?:\+[A-Za-z0-9_@$-]+)*$/

const relations = ['none', 'parents', 'parentsandsiblings', 'ancestors', 'children', 'descendants', 'all']

export function referencesOf(parameters: Parameters, by: '+' | ','): readonly string[] {
  const written = parameters.get('references') ?? 'none'
  const names = written.split(by)
  if (names.some((name) => !/^[a-z]{2,40}$/.test(name))) throw syntaxFault('references', written, relations.join(', '))
  return names
}

export function availabilityOf(parameters: Parameters, by: '+' | ','): Pick<AvailabilityQuery, 'mode' | 'references'> {
  const mode = parameters.get('mode') ?? 'exact'
  if (mode !== 'exact' && mode !== 'available') throw syntaxFault('mode', mode, 'exact, available')
  return { mode, references: referencesOf(parameters, by) }
}

export const availabilityParameters = ['mode', 'references']

const details = ['full', 'allstubs', 'referencestubs', 'allcompletestubs', 'referencecompletestubs', 'referencepartial']

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
