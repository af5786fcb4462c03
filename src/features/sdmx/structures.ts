/** Structures as queries ask for them: which artefacts, with those they refer to, and how much of each. */
import type { Kysely } from 'kysely'
import type { Artefact, Constraint, Item, ItemScheme, Maintainable } from '#codecs/sdmx/model.ts'
import type { Names, StructureQuery } from '#codecs/sdmx/query.ts'
import { syntaxFault } from '#codecs/sdmx/filter.ts'
import { codeList, termOf } from '#records/vocabularies/index.ts'
import { cube } from '#features/indicators/cube.ts'
import { dimensionNames, dimensionsIn } from '#features/indicators/dimensions.ts'
import {
  codeOf,
  components,
  dimensionIds,
  inAllLanguages,
  keyOf,
  knownAreas,
  maintained,
  namesOfCode,
  natures,
  observationStatuses,
  total,
  type Flow,
} from './flows.ts'
import { nameOfArtefact, related, typesNamed } from './relations.ts'

export type Structures = {
  all: readonly Artefact[]
  flows: readonly Flow[]
  /** Ids of the artefacts that each refers to, by `type id`. */
  children: ReadonlyMap<string, readonly string[]>
}
export type Chosen = {
  artefacts: readonly Artefact[]
  isStub: (artefact: Artefact) => boolean
  hasDescriptions: boolean
}

/** What a data provider is called, by the name of its source. */
export type Provider = { id: string; name: string }

type Breakdown = { indicator: string; dimensions: string }

export function structuresOf(
  flows: readonly Flow[],
  breakdowns: readonly Breakdown[],
  providers: readonly Provider[],
  site: string,
): Structures {
  const schemes = [...codelists(breakdowns), concepts(), agencies(site), dataProviders(providers)]
  const structures = flows.map(({ structure }) => structure)
  const dataflows = flows.map(({ flow }) => flow)
  // Which codes there are data for is read when a constraint is really told.
  const constraints = dataflows.map((flow): Constraint => ({
    ...maintained,
    type: 'contentconstraint',
    id: `CR_${flow.id}`,
    names: flow.names,
    dataflow: flow.id,
    region: [],
  }))
  const children = new Map<string, readonly string[]>()
  for (const one of structures)
    children.set(nameOfArtefact(one), [
      `conceptscheme ${one.conceptScheme}`,
      ...new Set(
        [...one.dimensions, ...one.attributes].flatMap(({ codelist }) => (codelist ? `codelist ${codelist}` : [])),
      ),
    ])
  for (const one of dataflows) children.set(nameOfArtefact(one), [`datastructure ${one.structure}`])
  for (const one of constraints) children.set(nameOfArtefact(one), [`dataflow ${one.dataflow}`])
  return { all: [...dataflows, ...structures, ...schemes, ...constraints], flows, children }
}

const itemOf =
  (component: string) =>
  (code: string): Item => ({ id: code, names: namesOfCode(component, code)! })

function codelists(breakdowns: readonly Breakdown[]): ItemScheme[] {
  const list = (component: string, codes: Iterable<string>, names: Maintainable['names']): ItemScheme => ({
    ...maintained,
    type: 'codelist',
    id: `CL_${component}`,
    names,
    items: [...codes].map(itemOf(component)),
  })
  const { frequency, area, attributes, breakdowns: parts } = components()
  const nameOf = (id: string) => attributes.find((one) => one.id === id)!.names
  const areas = list('AREA', [], area.names)
  const used = new Map(dimensionNames.map((name) => [name, new Set([total, ...known(name)])]))
  for (const key of new Set(breakdowns.map(({ dimensions }) => dimensions)))
    for (const [name, value] of Object.entries(dimensionsIn(key) ?? {}))
      used.get(name as (typeof dimensionNames)[number])?.add(codeOf(value))
  return [
    list('FREQ', ['A'], frequency.names),
    { ...areas, items: areaItems() },
    list('UNIT_MEASURE', Object.keys(codeList('indicator-units')!.terms), nameOf('UNIT_MEASURE')),
    list('OBS_STATUS', new Set(Object.values(observationStatuses)), nameOf('OBS_STATUS')),
    list('NATURE', Object.values(natures).filter(Boolean), nameOf('NATURE')),
    ...dimensionNames.map((name) => list(dimensionIds[name], used.get(name)!, parts.get(name)!.names)),
  ]
}

const known = (name: string): string[] =>
  Object.keys(codeList('indicator-breakdowns')!.terms).flatMap((term) =>
    term.startsWith(`${name}-`) ? codeOf(term.slice(name.length + 1)) : [],
  )

/** Countries below the regions that they lie in. */
function areaItems(): Item[] {
  const codes = new Set(knownAreas())
  return [...codes].map((code) => {
    const broader = (termOf('countries', code) ?? termOf('regions', code))?.$broader
    return {
      ...itemOf('REF_AREA')(code),
      ...(typeof broader === 'string' && codes.has(broader) && { parent: broader }),
    }
  })
}

function concepts(): ItemScheme {
  const { conceptScheme, frequency, area, time, measure, attributes, breakdowns } = components()
  const all = [frequency, area, ...breakdowns.values(), time, measure, ...attributes]
  return { ...conceptScheme, type: 'conceptscheme', items: all.map(({ id, names }) => ({ id, names })) }
}

const agencies = (site: string): ItemScheme => ({
  type: 'agencyscheme',
  id: 'AGENCIES',
  agency: 'SDMX',
  version: '1.0',
  names: inAllLanguages('sdmx.agencies'),
  isPartial: true,
  items: [{ id: maintained.agency, names: { en: site } }],
})

const dataProviders = (providers: readonly Provider[]): ItemScheme => ({
  ...maintained,
  type: 'dataproviderscheme',
  id: 'DATA_PROVIDERS',
  version: '1.0',
  names: inAllLanguages('sdmx.providers'),
  items: providers.map(({ id, name }) => ({ id, names: { en: name } })),
})

const has = (names: Names, name: string) => names === undefined || names.has(name)
const inThree = (version: string) => [...version.split('.'), '0', '0'].slice(0, 3).join('.')

/** The artefacts that a query asks for; none where there are none. @throws Problem querySyntax */
export async function chosen(db: Kysely<unknown>, structures: Structures, query: StructureQuery): Promise<Chosen> {
  const types = query.type === '*' ? typesNamed['structure']! : (typesNamed[query.type] ?? [])
  const own = structures.all.filter(
    (one) =>
      types.includes(one.type) &&
      has(query.agencies, one.agency) &&
      has(query.ids, one.id) &&
      has(query.versions, inThree(one.version)),
  )
  const asked = query.items ? own.flatMap((one) => withItems(one, query.items!)) : own
  const names = new Set(asked.map(nameOfArtefact))
  const around = related([...names], query.references, structures)
  const others = structures.all.filter((one) => around.has(nameOfArtefact(one)) && !names.has(nameOfArtefact(one)))
  const isPartial = query.detail === 'referencepartial'
  const isStub = (one: Artefact) =>
    query.detail.startsWith('all') ||
    (query.detail.startsWith('reference') && !isPartial && !names.has(nameOfArtefact(one)))
  const all = [...asked, ...(isPartial ? await inPart(db, asked, others, structures) : others)]
  return {
    artefacts: await Promise.all(all.map((one) => (isStub(one) ? one : filled(db, one, structures)))),
    isStub,
    hasDescriptions: query.detail.includes('complete'),
  }
}

function withItems(one: Artefact, items: ReadonlySet<string>): Artefact[] {
  if (!('items' in one)) throw syntaxFault('itemID', [...items].join('+'), 'codelist/QINGDAO/CL_AREA/1.0.0/KE')
  const found = one.items.filter(({ id }) => items.has(id))
  return found.length > 0 ? [{ ...one, isPartial: true, items: orphaned(found) }] : []
}

/** A parent that is not told is none. */
const orphaned = (items: readonly Item[]): Item[] => {
  const ids = new Set(items.map(({ id }) => id))
  return items.map(({ parent, ...item }) => (parent && ids.has(parent) ? { ...item, parent } : item))
}

/** Of the lists that others refer to, what these have data or components for. */
async function inPart(
  db: Kysely<unknown>,
  asked: readonly Artefact[],
  others: readonly Artefact[],
  structures: Structures,
): Promise<Artefact[]> {
  const told = new Set([...asked, ...others].map(nameOfArtefact))
  const flows = structures.flows.filter(
    ({ flow, structure }) => told.has(nameOfArtefact(flow)) || told.has(nameOfArtefact(structure)),
  )
  const codes = new Map<string, Set<string>>()
  const ids = new Set<string>()
  for (const flow of flows) {
    const { dimensions, time, measure, attributes } = flow.structure
    for (const { id } of [...dimensions, time, measure, ...attributes]) ids.add(id)
    for (const one of await cube(db).areas(flow.code))
      for (const [at, code] of keyOf(flow, one).entries()) {
        const list = dimensions[at]!.codelist!
        codes.set(list, (codes.get(list) ?? new Set()).add(code))
      }
  }
  return others.map((one): Artefact => {
    if (one.type === 'conceptscheme')
      return { ...one, isPartial: true, items: one.items.filter(({ id }) => ids.has(id)) }
    const used = one.type === 'codelist' ? codes.get(one.id) : undefined
    return used && 'items' in one
      ? { ...one, isPartial: true, items: orphaned(one.items.filter(({ id }) => used.has(id))) }
      : one
  })
}

/** A constraint with the codes that there are data for. */
async function filled(db: Kysely<unknown>, one: Artefact, { flows }: Structures): Promise<Artefact> {
  if (one.type !== 'contentconstraint' || one.region.length > 0) return one
  const flow = flows.find((known) => known.flow.id === one.dataflow)!
  const keys = (await cube(db).areas(flow.code)).map((series) => keyOf(flow, series))
  return { ...one, region: regionOf(flow, keys) }
}

/** The codes of each dimension that these keys have. */
export const regionOf = (flow: Flow, keys: readonly (readonly string[])[]): Constraint['region'] =>
  flow.structure.dimensions.map(({ id }, at) => ({ id, values: [...new Set(keys.map((key) => key[at]!))].sort() }))
