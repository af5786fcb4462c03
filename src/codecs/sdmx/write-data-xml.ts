/** SDMX-ML data messages: generic 2.1, structure-specific 2.1 and 3.0 (SDMX section 3A). */
import {
  layoutOf,
  urnOf,
  type DataHead,
  type DataSet,
  type DataWriter,
  type Header,
  type Observation,
  type Section,
} from './model.ts'
import { attributesOf, declaration, escapeXml, textsOf } from './xml-text.ts'

export type XmlData = { format: 'generic' | 'structurespecific'; version: '2.1' | '3.0'; timeSeries?: boolean }

const namespaces = (version: XmlData['version'], part: string) =>
  `http://www.sdmx.org/resources/sdmxml/schemas/v${version.replace('.', '_')}/${part}`

export const headerXml = ({ id, prepared, sender, senderNames }: Header, structures = ''): string =>
  `<mes:Header><mes:ID>${escapeXml(id)}</mes:ID><mes:Test>false</mes:Test><mes:Prepared>${prepared}</mes:Prepared>` +
  `<mes:Sender${attributesOf({ id: sender })}>${textsOf('com:Name', senderNames)}</mes:Sender>${structures}</mes:Header>\n`

export function xmlDataWriter(header: Header, heads: readonly DataHead[], kind: XmlData): DataWriter {
  return kind.format === 'generic' ? genericWriter(header, heads, kind) : specificWriter(header, heads, kind)
}

/** How a data set says what it is of. Clients take it for the identifier of the structure. */
const referenceOf = ({ structure }: DataHead) => structure.id

function structuresXml(heads: readonly DataHead[], { format, version }: XmlData): string {
  return heads
    .map((head) => {
      const { structure, atObservation } = head
      const urn = urnOf('datastructure', structure)
      const reference =
        version === '3.0'
          ? `<com:Structure>${escapeXml(urn)}</com:Structure>`
          : `<com:Structure><Ref${attributesOf({ id: structure.id, agencyID: structure.agency, version: structure.version, class: 'DataStructure', package: 'datastructure' })}/></com:Structure>`
      return `<mes:Structure${attributesOf({
        structureID: referenceOf(head),
        ...(format === 'structurespecific' && { namespace: namespaceOf(head) }),
        dimensionAtObservation: atObservation,
      })}>${reference}</mes:Structure>`
    })
    .join('')
}

const namespaceOf = ({ structure, atObservation }: DataHead) =>
  `${urnOf('datastructure', structure)}:ObsLevelDim:${atObservation}`

const dates = ({ validFrom, validTo }: Pick<DataSet, 'validFrom' | 'validTo'>, prefix = '') => ({
  [`${prefix}validFromDate`]: validFrom,
  [`${prefix}validToDate`]: validTo,
})

function genericWriter(header: Header, heads: readonly DataHead[], kind: XmlData): DataWriter {
  const root = kind.timeSeries ? 'mes:GenericTimeSeriesData' : 'mes:GenericData'
  const valueXml = (id: string, value: string) => `<gen:Value id="${id}" value="${escapeXml(value)}"/>`
  let head: DataHead
  let ids: readonly string[] = []
  const attributesXml = ({ attributes }: Observation): string => {
    let told = ''
    head.attributes.forEach(({ id, level }, at) => {
      if (level === 'observation' && attributes[at]) told += valueXml(id, attributes[at])
    })
    return told && `<gen:Attributes>${told}</gen:Attributes>`
  }
  const observation = (one: Observation, key: string): string => {
    const value = head.hasMeasure && one.value !== null ? `<gen:ObsValue value="${one.value}"/>` : ''
    return `<gen:Obs>${key}${value}${attributesXml(one)}</gen:Obs>`
  }
  return {
    begin: () =>
      `${declaration}<${root}${attributesOf({
        'xmlns:mes': namespaces('2.1', 'message'),
        'xmlns:com': namespaces('2.1', 'common'),
        'xmlns:gen': namespaces('2.1', 'data/generic'),
      })}>\n${headerXml(header, structuresXml(heads, kind))}`,
    beginDataSet: (set) => {
      head = heads[set.head]!
      ids = layoutOf(head).series.map(({ id }) => id)
      const own = [...head.flowAttributes].map(([id, value]) => valueXml(id, value)).join('')
      return `<mes:DataSet${attributesOf({ structureRef: referenceOf(head), action: set.action, ...dates(set) })}>\n${own && `<gen:Attributes>${own}</gen:Attributes>\n`}`
    },
    section: ({ key, observations }) => {
      const values = key.map((value, at) => valueXml(ids[at]!, value)).join('')
      if (head.atObservation === 'AllDimensions') {
        const { at } = layoutOf(head)
        return observations
          .map((one) => `${observation(one, `<gen:ObsKey>${values}${valueXml(at.id, one.at)}</gen:ObsKey>`)}\n`)
          .join('')
      }
      const told = observations.map((one) => observation(one, `<gen:ObsDimension value="${escapeXml(one.at)}"/>`))
      return `<gen:Series><gen:SeriesKey>${values}</gen:SeriesKey>${told.join('')}</gen:Series>\n`
    },
    endDataSet: () => '</mes:DataSet>\n',
    end: () => `</${root}>\n`,
  }
}

function specificWriter(header: Header, heads: readonly DataHead[], kind: XmlData): DataWriter {
  const { version, timeSeries } = kind
  const root = timeSeries ? 'mes:StructureSpecificTimeSeriesData' : 'mes:StructureSpecificData'
  let head: DataHead
  let names: readonly string[] = []
  let at = ''
  const observation = ({ at: when, value, attributes }: Observation, key: string): string => {
    let told = `<Obs${key} ${at}="${escapeXml(when)}"`
    if (head.hasMeasure && value !== null) told += ` ${head.structure.measure.id}="${value}"`
    head.attributes.forEach(({ id, level }, place) => {
      if (level === 'observation' && attributes[place]) told += ` ${id}="${escapeXml(attributes[place])}"`
    })
    return `${told}/>`
  }
  return {
    begin: () =>
      `${declaration}<${root}${attributesOf({
        'xmlns:mes': namespaces(version, 'message'),
        'xmlns:com': namespaces(version, 'common'),
        'xmlns:ss': namespaces(version, 'data/structurespecific'),
        'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
        ...Object.fromEntries(heads.map((one, place) => [`xmlns:ns${place + 1}`, namespaceOf(one)])),
      })}>\n${headerXml(header, structuresXml(heads, kind))}`,
    beginDataSet: (set) => {
      head = heads[set.head]!
      const layout = layoutOf(head)
      names = layout.series.map(({ id }) => id)
      at = layout.at.id
      return `<mes:DataSet${attributesOf({
        'ss:structureRef': referenceOf(head),
        'xsi:type': `ns${set.head + 1}:DataSetType`,
        'ss:dataScope': 'DataStructure',
        'ss:action': set.action,
        ...dates(set, 'ss:'),
        ...Object.fromEntries(head.flowAttributes),
      })}>\n`
    },
    section: ({ key, observations }: Section) => {
      let told = ''
      for (let place = 0; place < key.length; place++) told += ` ${names[place]}="${escapeXml(key[place]!)}"`
      if (head.atObservation === 'AllDimensions')
        return observations.map((one) => `${observation(one, told)}\n`).join('')
      if (observations.length === 0) return `<Series${told}/>\n`
      let text = ''
      for (const one of observations) text += observation(one, '')
      return `<Series${told}>${text}</Series>\n`
    },
    endDataSet: () => '</mes:DataSet>\n',
    end: () => `</${root}>\n`,
  }
}
