/** The addresses of SDMX: `/sdmx/2.1/…` (REST 1.5) and `/sdmx/3.0/…` (REST 2.0). */
import type { Kysely } from 'kysely'
import type { HttpResponse } from '#kernel/http/response.ts'
import type { HttpRequest } from '#kernel/http/server.ts'
import { Problem } from '#kernel/problem.ts'
import { contentTypeOf } from '#codecs/sdmx/media-types.ts'
import { notImplemented } from '#codecs/sdmx/filter.ts'
import { writeData, type Artefact, type Header } from '#codecs/sdmx/model.ts'
import { availabilityQuery21, dataQuery21 } from '#codecs/sdmx/query-21.ts'
import { availabilityQuery30, dataQuery30 } from '#codecs/sdmx/query-30.ts'
import {
  parametersIn,
  stepsIn,
  structureQuery,
  type AvailabilityQuery,
  type DataQuery,
  type FlowReference,
  type Parameters,
} from '#codecs/sdmx/query.ts'
import { csvWriter, type CsvOptions } from '#codecs/sdmx/write-csv.ts'
import { jsonWriter } from '#codecs/sdmx/write-data-json.ts'
import { xmlDataWriter } from '#codecs/sdmx/write-data-xml.ts'
import { structureJson, type StructureOptions } from '#codecs/sdmx/write-structure-json.ts'
import { structureXml } from '#codecs/sdmx/write-structure-xml.ts'
import { cube } from '#features/indicators/cube.ts'
import { listIndicators } from '#features/indicators/values.ts'
import type { Mount } from '#ui/mounting.ts'
import type { PageContext } from '#ui/page-context.ts'
import { errorAnswer, messageAnswer, wantedFormat } from './answers.ts'
import { availabilityOf } from './availability.ts'
import { dataSetsOf } from './data.ts'
import { select } from './selection.ts'
import { flowsOf, maintained, type Flow } from './flows.ts'
import { dataOffers, structureOffers, type ApiVersion } from './formats.ts'
import { nameOfArtefact, related, structureTypes } from './relations.ts'
import { chosen, structuresOf, type Chosen, type Structures } from './structures.ts'

/** What one request is about. */
type Asked = { request: HttpRequest; version: ApiVersion; steps: readonly string[]; parameters: Parameters }

export const mountSdmx: Mount = (web, pageContext, { database }) => {
  const { view } = pageContext
  const db = database.read
  const known = async () => {
    const { indicators } = await pageContext.askOnce(listIndicators, {})
    return flowsOf(indicators, await cube(db).breakdowns())
  }
  const node: Node = { db, pageContext, known }
  for (const version of ['2.1', '3.0'] as const)
    web.route(
      'GET',
      `/sdmx/${version}/*`,
      async (request) => {
        try {
          const steps = stepsIn(request.path.slice(`/sdmx/${version}/`.length))
          return await answer(node, { request, version, steps, parameters: parametersIn(request.address) })
        } catch (error) {
          if (!(error instanceof Problem) || (error.status >= 500 && error.code !== 'notImplemented')) throw error
          return errorAnswer(view(request), error, request, version)
        }
      },
      { takes: 'anything' },
    )
}

type Node = {
  db: Kysely<unknown>
  pageContext: PageContext
  known: () => Promise<Flow[]>
}

function answer(node: Node, asked: Asked): Promise<HttpResponse> {
  const [resource = '', ...rest] = asked.steps
  const { version } = asked
  if (resource === 'data')
    return dataAnswer(
      node,
      asked,
      version === '2.1' ? dataQuery21(rest, asked.parameters) : dataQuery30(rest, asked.parameters),
    )
  if (version === '2.1' && resource === 'availableconstraint')
    return availabilityAnswer(node, asked, availabilityQuery21(rest, asked.parameters))
  if (version === '3.0' && resource === 'availability')
    return availabilityAnswer(node, asked, availabilityQuery30(rest, asked.parameters))
  if (['metadata', 'schema', 'registration'].includes(resource)) throw notImplemented(resource)
  if (version === '3.0' && resource === 'structure') {
    const [type = '*', ...more] = rest
    if (type !== '*' && !structureTypes.includes(type)) throw new Problem('noResults', { what: `structure/${type}` })
    return structureAnswer(node, { ...asked, steps: more }, type)
  }
  if (version === '2.1' && structureTypes.includes(resource))
    return structureAnswer(node, { ...asked, steps: rest }, resource)
  throw new Problem('noResults', { what: asked.request.path.slice(0, 200) })
}

const isMeant = (names: ReadonlySet<string> | undefined, name: string) => names === undefined || names.has(name)

/** @throws Problem noResults where the node has none of them */
function flowsFor(flows: readonly Flow[], { context, agencies, ids, versions }: FlowReference): Flow[] {
  const found = flows.filter(
    ({ flow, structure }) =>
      isMeant(agencies, maintained.agency) &&
      isMeant(versions, maintained.version) &&
      ((context !== 'datastructure' && isMeant(ids, flow.id)) ||
        (context !== 'dataflow' && isMeant(ids, structure.id))),
  )
  if (found.length === 0) throw new Problem('noResults', { what: [...(ids ?? ['*'])].join(', ') })
  return found
}

async function headerOf({ db, pageContext }: Node, request: HttpRequest): Promise<Header & { changedAt: string }> {
  const { site, language } = pageContext.view(request)
  const taken = (await cube(db).releases()).map(({ takenAt }) => takenAt)
  const changedAt = [await pageContext.lastChange(), ...taken].reduce((a, b) => (a > b ? a : b))
  const prepared = `${new Date(changedAt).toISOString().slice(0, 19)}Z`
  return {
    id: `M${prepared.replaceAll(/\D/g, '')}`,
    prepared,
    sender: maintained.agency,
    senderNames: { en: site.name },
    language,
    changedAt,
  }
}

async function dataAnswer(node: Node, asked: Asked, query: DataQuery): Promise<HttpResponse> {
  const { request, version, parameters } = asked
  const { offer, parameters: wishes } = wantedFormat(request, parameters.get('format'), dataOffers[version])
  const { format } = offer
  const flows = flowsFor(await node.known(), query.flow)
  const isJson = format.as === 'json'
  const selection = await select(node.db, {
    flows,
    query,
    listsValues: isJson,
    listsReasons: isJson && format.version !== '2.0.0',
  })
  const header = await headerOf(node, request)
  const heads = selection.selected.map(({ head }) => head)
  const writer =
    format.as === 'csv'
      ? csvWriter(header, heads, csvOptions(format.version, wishes))
      : format.as === 'json'
        ? jsonWriter(header, heads, format.version)
        : xmlDataWriter(header, heads, format)
  let any = false
  const sets = async function* () {
    for await (const { sections, ...set } of dataSetsOf(node.db, selection))
      yield {
        ...set,
        sections: (async function* () {
          for await (const some of sections) {
            any ||= some.length > 0
            yield some
          }
        })(),
      }
  }
  const found = await messageAnswer(request, {
    type: contentTypeOf(offer),
    pieces: writeData(writer, sets()),
    changedAt: header.changedAt,
    language: header.language,
    fileName: parameters.has('format') ? fileName(flows, format.as) : undefined,
  })
  if (!any && found.status === 200) return nothingFound(version, query)
  return found
}

const fileName = (flows: readonly Flow[], format: string) =>
  `${flows.length === 1 ? flows[0]!.code.replaceAll(/[^\w.-]/g, '_') : 'sdmx'}.${format}`

const oneOf = <Value extends string>(given: string | undefined, values: readonly Value[]): Value | undefined =>
  values.find((value) => value === given)

function csvOptions(version: CsvOptions['version'], wishes: ReadonlyMap<string, string>): CsvOptions {
  const labels = oneOf(wishes.get('labels'), ['id', 'name', 'both'])
  const keys = oneOf(wishes.get('keys') ?? wishes.get('key'), ['none', 'obs', 'series', 'both'])
  const timeFormat = oneOf(wishes.get('timeformat'), ['original', 'normalized'])
  return { version, ...(labels && { labels }), ...(keys && { keys }), ...(timeFormat && { timeFormat }) }
}

/** Nothing that fits is no fault in version 2.0, and 404 in 1.5. */
function nothingFound(version: ApiVersion, query: DataQuery): HttpResponse {
  if (version === '2.1') throw new Problem('noResults', { what: [...(query.flow.ids ?? ['*'])].join(', ') })
  return { status: 204, headers: { 'cache-control': 'no-cache' }, body: '', keep: false }
}

async function structuresIn({ db, pageContext, known }: Node, request: HttpRequest): Promise<Structures> {
  const flows = await known()
  const { site } = pageContext.view(request)
  const providers = [...new Set(flows.map(({ provider }) => provider))]
    .filter(Boolean)
    .sort()
    .map((id) => ({ id, name: site.collectionTitles.get(id) ?? id }))
  return structuresOf(flows, await cube(db).breakdowns(), providers, site.name)
}

async function structureAnswer(node: Node, asked: Asked, type: string): Promise<HttpResponse> {
  const query = structureQuery(type, asked.steps, asked.parameters, asked.version)
  const structures = await structuresIn(node, asked.request)
  const found = await chosen(node.db, structures, query)
  if (found.artefacts.length === 0)
    throw new Problem('noResults', { what: `${type} ${[...(query.ids ?? [])].join(', ')}` })
  return structureMessage(node, asked, structures, found)
}

async function structureMessage(
  node: Node,
  { request, version, parameters }: Asked,
  structures: Structures,
  { artefacts, isStub, hasDescriptions }: Chosen,
): Promise<HttpResponse> {
  const { offer } = wantedFormat(request, parameters.get('format'), structureOffers[version])
  const { format } = offer
  const header = await headerOf(node, request)
  const byId = (type: Artefact['type']) =>
    new Map(structures.all.flatMap((one) => (one.type === type ? [[one.id, one] as const] : [])))
  const references: Omit<StructureOptions, 'version'> = {
    isStub,
    hasDescriptions,
    dataflows: byId('dataflow'),
    structures: byId('datastructure'),
    lists: byId('codelist'),
    schemes: byId('conceptscheme'),
  }
  return messageAnswer(request, {
    type: contentTypeOf(offer),
    pieces:
      format.as === 'json'
        ? [structureJson(header, artefacts, { ...references, version: format.version })]
        : structureXml(header, artefacts, { ...references, version: format.version }),
    changedAt: header.changedAt,
    language: header.language,
  })
}

async function availabilityAnswer(node: Node, asked: Asked, query: AvailabilityQuery): Promise<HttpResponse> {
  const flows = flowsFor(await node.known(), query.flow)
  const constraints = await availabilityOf(node.db, flows, query)
  if (constraints.length === 0) return nothingFound(asked.version, query)
  const structures = await structuresIn(node, asked.request)
  const names = constraints.map(nameOfArtefact)
  const words = query.references.includes('all') ? ['descendants'] : query.references
  const around = related(names, words, structures)
  const used = new Map(constraints.flatMap(({ region }) => region).map(({ id, values }) => [id, values]))
  const others = structures.all
    .filter((one) => around.has(nameOfArtefact(one)) && !names.includes(nameOfArtefact(one)))
    .map((one) => onlyAvailable(one, structures, used))
  const all = { artefacts: [...constraints, ...others], isStub: () => false, hasDescriptions: true }
  return structureMessage(node, asked, structures, all)
}

/** Of a list the codes that are available alone. */
function onlyAvailable(one: Artefact, { flows }: Structures, used: ReadonlyMap<string, readonly string[]>): Artefact {
  if (one.type !== 'codelist') return one
  const components = flows
    .flatMap(({ structure }) => structure.dimensions)
    .filter(({ codelist }) => codelist === one.id)
  const codes = new Set(components.flatMap(({ id }) => used.get(id) ?? []))
  if (codes.size === 0) return one
  const parents = new Map(one.items.map(({ id, parent }) => [id, parent]))
  for (const code of codes) for (let at = parents.get(code); at && !codes.has(at); at = parents.get(at)) codes.add(at)
  return { ...one, isPartial: true, items: one.items.filter(({ id }) => codes.has(id)) }
}
