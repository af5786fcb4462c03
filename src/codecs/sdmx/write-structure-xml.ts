/** SDMX-ML structure messages 2.1 and 3.0 (SDMX section 3A, SDMXStructure.xsd). */
import {
  componentUrn,
  itemUrn,
  urnOf,
  type Artefact,
  type Component,
  type Constraint,
  type DataStructure,
  type Header,
  type ItemScheme,
  type Maintainable,
} from './model.ts'
import type { StructureOptions } from './write-structure-json.ts'
import { headerXml } from './write-data-xml.ts'
import { attributesOf, declaration, escapeXml, textsOf } from './xml-text.ts'

export type XmlStructureOptions = Omit<StructureOptions, 'version'> & { version: '2.1' | '3.0' }

type Group = { holder: string; types: readonly Artefact['type'][] }
/** Version 2.1 asks for this order, and 3.0 takes any. */
const groups: Readonly<Record<XmlStructureOptions['version'], readonly Group[]>> = {
  '2.1': [
    { holder: 'OrganisationSchemes', types: ['agencyscheme', 'dataproviderscheme'] },
    { holder: 'Dataflows', types: ['dataflow'] },
    { holder: 'Codelists', types: ['codelist'] },
    { holder: 'Concepts', types: ['conceptscheme'] },
    { holder: 'DataStructures', types: ['datastructure'] },
    { holder: 'Constraints', types: ['contentconstraint'] },
  ],
  '3.0': [
    { holder: 'AgencySchemes', types: ['agencyscheme'] },
    { holder: 'DataProviderSchemes', types: ['dataproviderscheme'] },
    { holder: 'Dataflows', types: ['dataflow'] },
    { holder: 'Codelists', types: ['codelist'] },
    { holder: 'ConceptSchemes', types: ['conceptscheme'] },
    { holder: 'DataStructures', types: ['datastructure'] },
    { holder: 'DataConstraints', types: ['contentconstraint'] },
  ],
}
const elements: Readonly<Record<Artefact['type'], string>> = {
  codelist: 'Codelist',
  conceptscheme: 'ConceptScheme',
  agencyscheme: 'AgencyScheme',
  dataproviderscheme: 'DataProviderScheme',
  datastructure: 'DataStructure',
  dataflow: 'Dataflow',
  contentconstraint: 'ContentConstraint',
}
const itemElements: Readonly<Record<ItemScheme['type'], string>> = {
  codelist: 'Code',
  conceptscheme: 'Concept',
  agencyscheme: 'Agency',
  dataproviderscheme: 'DataProvider',
}

export function* structureXml(
  header: Header,
  artefacts: readonly Artefact[],
  options: XmlStructureOptions,
): Generator<string> {
  const space = (part: string) =>
    `http://www.sdmx.org/resources/sdmxml/schemas/v${options.version.replace('.', '_')}/${part}`
  yield `${declaration}<mes:Structure${attributesOf({
    'xmlns:mes': space('message'),
    'xmlns:str': space('structure'),
    'xmlns:com': space('common'),
  })}>\n${headerXml(header)}<mes:Structures>\n`
  for (const { holder, types } of groups[options.version]) {
    const own = artefacts.filter(({ type }) => types.includes(type))
    if (own.length === 0) continue
    yield `<str:${holder}>\n`
    for (const one of own) yield artefactXml(one, options)
    yield `</str:${holder}>\n`
  }
  yield '</mes:Structures>\n</mes:Structure>\n'
}

function artefactXml(one: Artefact, options: XmlStructureOptions): string {
  const isNew = options.version === '3.0'
  const isStub = options.isStub(one)
  const type = one.type === 'contentconstraint' && isNew ? 'dataconstraint' : one.type
  const element = type === 'dataconstraint' ? 'DataConstraint' : elements[one.type]
  const about = attributesOf({
    id: one.id,
    agencyID: one.agency,
    version: one.version,
    urn: urnOf(type, one),
    isExternalReference: String(isStub),
    ...(!isNew && { isFinal: 'true' }),
    ...('items' in one && !isStub && { isPartial: String(one.isPartial ?? false) }),
    ...(one.type === 'contentconstraint' && !isStub && { [isNew ? 'role' : 'type']: 'Actual' }),
  })
  const annotations = one.type === 'contentconstraint' && !isStub ? annotationsOf(one) : ''
  const texts =
    textsOf('com:Name', one.names) +
    (!isStub || options.hasDescriptions ? textsOf('com:Description', one.descriptions) : '')
  return `<str:${element}${about}>${annotations}${texts}${isStub ? '' : contentOf(one, options)}</str:${element}>\n`
}

const annotationsOf = ({ counts }: Constraint): string =>
  counts
    ? `<com:Annotations>${Object.entries({ series_count: counts.series, obs_count: counts.observations })
        .map(
          ([id, count]) =>
            `<com:Annotation id="${id}"><com:AnnotationTitle>${count}</com:AnnotationTitle><com:AnnotationType>sdmx_metrics</com:AnnotationType></com:Annotation>`,
        )
        .join('')}</com:Annotations>`
    : ''

/** A reference to something that is maintained: its parts in 2.1, its URN in 3.0. */
function reference(
  element: string,
  type: 'datastructure' | 'dataflow' | 'codelist',
  to: Maintainable,
  { version }: XmlStructureOptions,
): string {
  if (version === '3.0') return `<${element}>${escapeXml(urnOf(type, to))}</${element}>`
  const [pack, name] = {
    datastructure: ['datastructure', 'DataStructure'],
    dataflow: ['datastructure', 'Dataflow'],
    codelist: ['codelist', 'Codelist'],
  }[type]
  return `<${element}><Ref${attributesOf({ id: to.id, version: to.version, agencyID: to.agency, package: pack, class: name })}/></${element}>`
}

function contentOf(one: Artefact, options: XmlStructureOptions): string {
  switch (one.type) {
    case 'datastructure':
      return componentsXml(one, options)
    case 'dataflow':
      return reference('str:Structure', 'datastructure', options.structures.get(one.structure)!, options)
    case 'contentconstraint':
      return regionXml(one, options)
    default:
      return one.items.map((item) => itemXml(one, item, options)).join('')
  }
}

function itemXml(scheme: ItemScheme, item: ItemScheme['items'][number], { version }: XmlStructureOptions): string {
  const parent = !item.parent
    ? ''
    : version === '3.0'
      ? `<str:Parent>${escapeXml(item.parent)}</str:Parent>`
      : `<str:Parent><Ref${attributesOf({ id: item.parent })}/></str:Parent>`
  const element = `str:${itemElements[scheme.type]}`
  const about = attributesOf({ id: item.id, urn: itemUrn(scheme.type, scheme, item.id) })
  return `<${element}${about}>${textsOf('com:Name', item.names)}${textsOf('com:Description', item.descriptions)}${parent}</${element}>\n`
}

function componentsXml(one: DataStructure, options: XmlStructureOptions): string {
  const isNew = options.version === '3.0'
  const scheme = options.schemes.get(one.conceptScheme)!
  const concept = ({ id }: Component) =>
    isNew
      ? `<str:ConceptIdentity>${escapeXml(itemUrn('conceptscheme', scheme, id))}</str:ConceptIdentity>`
      : `<str:ConceptIdentity><Ref${attributesOf({ id, maintainableParentID: scheme.id, maintainableParentVersion: scheme.version, agencyID: scheme.agency, package: 'conceptscheme', class: 'Concept' })}/></str:ConceptIdentity>`
  const represented = ({ codelist }: Component, textType: string) =>
    `<str:LocalRepresentation>${
      codelist
        ? reference('str:Enumeration', 'codelist', options.lists.get(codelist)!, options)
        : `<str:TextFormat textType="${textType}"/>`
    }</str:LocalRepresentation>`
  const about = (sort: string, { id }: Component, more: Record<string, string | number> = {}) =>
    attributesOf({ id, urn: componentUrn(sort, one, id), ...more })
  const list = (id: string) => attributesOf({ id, urn: componentUrn(id, one, id) })
  const dimensions = one.dimensions.map(
    (dimension, at) =>
      `<str:Dimension${about('Dimension', dimension, { position: at + 1 })}>${concept(dimension)}${represented(dimension, 'String')}</str:Dimension>\n`,
  )
  const position: Record<string, number> = isNew ? {} : { position: one.dimensions.length + 1 }
  const time = `<str:TimeDimension${about('TimeDimension', one.time, position)}>${concept(one.time)}${represented(one.time, 'ObservationalTimePeriod')}</str:TimeDimension>\n`
  const attributes = one.attributes.map((attribute) => {
    const relationship =
      attribute.level === 'dataflow'
        ? isNew
          ? '<str:Dataflow/>'
          : '<str:None/>'
        : isNew
          ? '<str:Observation/>'
          : `<str:PrimaryMeasure><Ref${attributesOf({ id: one.measure.id })}/></str:PrimaryMeasure>`
    const status: Record<string, string> = isNew ? { usage: 'optional' } : { assignmentStatus: 'Conditional' }
    return `<str:Attribute${about('DataAttribute', attribute, status)}>${concept(attribute)}${represented(attribute, 'String')}<str:AttributeRelationship>${relationship}</str:AttributeRelationship></str:Attribute>\n`
  })
  const measure = isNew
    ? `<str:Measure${about('Measure', one.measure, { usage: 'optional' })}>${concept(one.measure)}${represented(one.measure, 'Double')}</str:Measure>`
    : `<str:PrimaryMeasure${about('PrimaryMeasure', one.measure)}>${concept(one.measure)}${represented(one.measure, 'Double')}</str:PrimaryMeasure>`
  return (
    `<str:DataStructureComponents>\n<str:DimensionList${list('DimensionDescriptor')}>\n${dimensions.join('')}${time}</str:DimensionList>\n` +
    `<str:AttributeList${list('AttributeDescriptor')}>\n${attributes.join('')}</str:AttributeList>\n` +
    `<str:MeasureList${list('MeasureDescriptor')}>${measure}</str:MeasureList>\n</str:DataStructureComponents>`
  )
}

function regionXml({ dataflow, region, time }: Constraint, options: XmlStructureOptions): string {
  const prefix = options.version === '3.0' ? 'str' : 'com'
  const attached = reference('str:Dataflow', 'dataflow', options.dataflows.get(dataflow)!, options)
  const values = region.map(
    ({ id, values: codes }) =>
      `<${prefix}:KeyValue${attributesOf({ id })}>${codes.map((code) => `<${prefix}:Value>${escapeXml(code)}</${prefix}:Value>`).join('')}</${prefix}:KeyValue>\n`,
  )
  const range = time
    ? `<${prefix}:KeyValue id="TIME_PERIOD"><${prefix}:TimeRange><${prefix}:StartPeriod isInclusive="true">${time.from}-01-01T00:00:00</${prefix}:StartPeriod><${prefix}:EndPeriod isInclusive="true">${time.to}-12-31T23:59:59</${prefix}:EndPeriod></${prefix}:TimeRange></${prefix}:KeyValue>\n`
    : ''
  return `<str:ConstraintAttachment>${attached}</str:ConstraintAttachment>\n<str:CubeRegion include="true">${values.join('')}${range}</str:CubeRegion>`
}
