/**
 * SDMX-JSON data messages: 2.0.0 (https://github.com/sdmx-twg/sdmx-json), 1.0.0, and 1.0.0-wd, the draft that many
 * clients of SDMX 2.1 read, which has the same parts at its top.
 */
import {
  layoutOf,
  textIn,
  urnOf,
  type Attribute,
  type Component,
  type DataHead,
  type DataWriter,
  type Header,
} from './model.ts'

export type JsonVersion = '1.0.0-wd' | '1.0.0' | '2.0.0'

const schemas: Readonly<Record<JsonVersion, string>> = {
  '1.0.0-wd':
    'https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/data-message/tools/schemas/1.0/sdmx-json-data-schema.json',
  '1.0.0':
    'https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/data-message/tools/schemas/1.0/sdmx-json-data-schema.json',
  '2.0.0':
    'https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/data-message/tools/schemas/2.0.0/sdmx-json-data-schema.json',
}

/** Whether values of it are counted from a list, or stand in the observation as they are, which version 2.0 allows. */
const isListed = (version: JsonVersion, head: DataHead, { id }: Component): boolean =>
  version !== '2.0.0' || head.values.has(id)

export function jsonWriter(header: Header, heads: readonly DataHead[], version: JsonVersion): DataWriter {
  const { language } = header
  const isDraft = version === '1.0.0-wd'
  const meta = {
    schema: schemas[version],
    id: header.id,
    test: false,
    prepared: header.prepared,
    [version === '2.0.0' ? 'contentLanguages' : 'content-languages']: [language],
    sender: { id: header.sender, name: textIn(header.senderNames, language) },
  }
  let sets = 0
  let sections = 0
  let head: DataHead
  let indexes: Indexes
  /** The indexes of data sets by the head that they belong to. */
  const setsOf = heads.map((): number[] => [])
  return {
    begin: () =>
      isDraft
        ? `{"header":${JSON.stringify(meta)},"dataSets":[`
        : `{"meta":${JSON.stringify(meta)},"data":{"dataSets":[`,
    beginDataSet: ({ head: at, action, validFrom, validTo }) => {
      head = heads[at]!
      indexes = indexesOf(head, version)
      setsOf[at]!.push(sets)
      sections = 0
      const links = [{ rel: 'dataflow', urn: urnOf('dataflow', head.flow) }]
      const about = {
        ...(version === '2.0.0' && { structure: at }),
        action,
        ...(validFrom && { validFrom }),
        ...(validTo && { validTo }),
        ...(version !== '1.0.0-wd' && { links: version === '2.0.0' ? links : [] }),
        ...(flowAttributes(head).length > 0 && { attributes: flowAttributes(head).map(() => 0) }),
      }
      const opened = JSON.stringify(about).slice(0, -1)
      return `${sets++ > 0 ? ',' : ''}${opened},"${isFlat(head) ? 'observations' : 'series'}":{`
    },
    section: ({ key, observations }) => {
      const series = key.map((value, place) => indexes.series[place]!.get(value)!).join(':')
      const start = isFlat(head) ? `"${series}${series ? ':' : ''}` : '"'
      let text = ''
      for (const one of observations)
        text += `${text ? ',' : ''}${start}${indexes.at.get(one.at)}":[${observationOf(one, head, indexes)}]`
      if (isFlat(head)) {
        if (!text) return ''
        return sections++ > 0 ? `,${text}` : text
      }
      const told = head.hasObservations ? `{"observations":{${text}}}` : '{}'
      return `${sections++ > 0 ? ',' : ''}"${series}":${told}`
    },
    endDataSet: () => '}}',
    end: () => {
      const structures = heads.map((one, at) => structureOf(one, version, language, setsOf[at]!))
      const told =
        version === '2.0.0'
          ? `"structures":${JSON.stringify(structures)}`
          : `"structure":${JSON.stringify(structures[0] ?? { dimensions: {} })}`
      return isDraft ? `],${told}}` : `],${told}},"errors":[]}`
    },
  }
}

const isFlat = ({ atObservation }: DataHead) => atObservation === 'AllDimensions'
const flowAttributes = ({ attributes }: DataHead) => attributes.filter(({ level }) => level === 'dataflow')

type Indexes = {
  series: readonly ReadonlyMap<string, number>[]
  at: ReadonlyMap<string, number>
  /** By place in `head.attributes`; nothing where the value stands as it is, null where it is none of the observation. */
  attributes: readonly (ReadonlyMap<string, number> | undefined | null)[]
}

function indexesOf(head: DataHead, version: JsonVersion): Indexes {
  const index = ({ id }: Component) => new Map((head.values.get(id) ?? []).map((value, at) => [value, at]))
  const { series, at } = layoutOf(head)
  return {
    series: series.map(index),
    at: index(at),
    attributes: head.attributes.map((one) =>
      one.level === 'dataflow' ? null : isListed(version, head, one) ? index(one) : undefined,
    ),
  }
}

function observationOf(
  { value, attributes }: { value: number | null; attributes: readonly string[] },
  { hasMeasure }: DataHead,
  { attributes: lists }: Indexes,
): string {
  let text = hasMeasure ? String(value) : ''
  for (let place = 0; place < lists.length; place++) {
    const list = lists[place]
    if (list === null) continue
    const told = attributes[place]!
    const one = told === '' ? 'null' : list === undefined ? JSON.stringify(told) : String(list.get(told) ?? null)
    text += text ? `,${one}` : one
  }
  return text
}

function structureOf(head: DataHead, version: JsonVersion, language: string, dataSets: readonly number[]): object {
  const { flow, structure } = head
  const isNew = version === '2.0.0'
  const { series, at, all } = layoutOf(head)
  const named = (names: Readonly<Record<string, string>>) => ({
    name: textIn(names, language),
    ...(isNew && { names }),
  })
  const valueOf = (component: string, code: string) => {
    const names = head.nameOf(component, code)
    if (names) return { id: code, ...named(names) }
    if (component === structure.time.id)
      return {
        id: code,
        name: code,
        start: `${code}-01-01T00:00:00Z`,
        end: `${code}-12-31T23:59:59Z`,
      }
    return isNew ? { value: code } : { id: code.replaceAll(/[^A-Za-z0-9_@$-]/g, '_'), name: code }
  }
  const valuesOf = ({ id }: Component) => (head.values.get(id) ?? []).map((code) => valueOf(id, code))
  const dimension = (component: Component) => ({
    id: component.id,
    ...named(component.names),
    keyPosition: all.indexOf(component),
    ...(component === structure.time && (isNew ? { roles: ['TIME_PERIOD'] } : { role: 'time' })),
    values: valuesOf(component),
  })
  const attribute = (one: Attribute) => ({
    id: one.id,
    ...named(one.names),
    ...(isNew && { relationship: one.level === 'dataflow' ? { dataflow: {} } : { observation: {} } }),
    ...(isListed(version, head, one) && {
      values: one.level === 'dataflow' ? [valueOf(one.id, head.flowAttributes.get(one.id) ?? '')] : valuesOf(one),
    }),
  })
  const flat = isFlat(head)
  const links = [
    { rel: 'dataflow', urn: urnOf('dataflow', flow) },
    { rel: 'datastructure', urn: urnOf('datastructure', { ...structure }) },
  ]
  const ofObservations = head.attributes.filter(({ level }) => level === 'observation')
  return {
    ...(isNew && { ...(dataSets.length > 0 && { dataSets }), links }),
    ...named(flow.names),
    dimensions: {
      dataSet: [],
      series: flat ? [] : series.map(dimension),
      observation: flat ? all.map(dimension) : [dimension(at)],
    },
    ...(isNew && {
      measures: {
        observation: head.hasMeasure
          ? [{ id: structure.measure.id, ...named(structure.measure.names), format: { dataType: 'Double' } }]
          : [],
      },
    }),
    attributes: {
      dataSet: flowAttributes(head).map(attribute),
      series: [],
      observation: ofObservations.map(attribute),
    },
  }
}
