/** SDMX-JSON structure messages 2.0.0 and 1.0.0 (https://github.com/sdmx-twg/sdmx-json). */
import {
  componentUrn,
  itemUrn,
  textIn,
  urnOf,
  type Artefact,
  type Component,
  type Constraint,
  type DataStructure,
  type Header,
  type ItemScheme,
  type Maintainable,
  type Texts,
} from './model.ts'

export type StructureOptions = {
  version: '1.0.0' | '2.0.0'
  /** Names alone are told of these. */
  isStub: (artefact: Artefact) => boolean
  hasDescriptions: boolean
  dataflows: ReadonlyMap<string, Maintainable>
  structures: ReadonlyMap<string, Maintainable>
  lists: ReadonlyMap<string, Maintainable>
  schemes: ReadonlyMap<string, Maintainable>
}

const collections: Readonly<Record<Artefact['type'], string>> = {
  codelist: 'codelists',
  conceptscheme: 'conceptSchemes',
  agencyscheme: 'agencySchemes',
  dataproviderscheme: 'dataProviderSchemes',
  datastructure: 'dataStructures',
  dataflow: 'dataflows',
  contentconstraint: 'contentConstraints',
}
const itemsOf: Readonly<Record<ItemScheme['type'], string>> = {
  codelist: 'codes',
  conceptscheme: 'concepts',
  agencyscheme: 'agencies',
  dataproviderscheme: 'dataProviders',
}

export function structureJson(header: Header, artefacts: readonly Artefact[], options: StructureOptions): string {
  const { version } = options
  const isNew = version === '2.0.0'
  const data: Record<string, object[]> = {}
  for (const one of artefacts) {
    const name = one.type === 'contentconstraint' && isNew ? 'dataConstraints' : collections[one.type]
    ;(data[name] ??= []).push(artefactOf(one, header.language, options))
  }
  const schema = `https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/structure-message/tools/schemas/${isNew ? version : '1.0'}/sdmx-json-structure-schema.json`
  return JSON.stringify({
    meta: {
      schema,
      id: header.id,
      test: false,
      prepared: header.prepared,
      [isNew ? 'contentLanguages' : 'content-languages']: [header.language],
      sender: { id: header.sender, name: textIn(header.senderNames, header.language) },
    },
    data,
    ...(!isNew && { errors: [] }),
  })
}

const named = (
  { names, descriptions }: { names: Texts; descriptions?: Texts },
  language: string,
  hasDescriptions = true,
) => ({
  name: textIn(names, language),
  names,
  ...(hasDescriptions &&
    descriptions &&
    Object.keys(descriptions).length > 0 && { description: textIn(descriptions, language), descriptions }),
})

const self = (urn: string, type?: string) => ({ links: [{ rel: 'self', urn, ...(type && { type }) }] })

function artefactOf(one: Artefact, language: string, options: StructureOptions): object {
  const isStub = options.isStub(one)
  const isNew = options.version === '2.0.0'
  const type = one.type === 'contentconstraint' && isNew ? 'dataconstraint' : one.type
  return {
    id: one.id,
    version: one.version,
    agencyID: one.agency,
    isExternalReference: isStub,
    ...(!isNew && { isFinal: true }),
    ...named(one, language, !isStub || options.hasDescriptions),
    ...self(urnOf(type, one), type),
    ...(!isStub && contentOf(one, language, options)),
  }
}

function contentOf(one: Artefact, language: string, options: StructureOptions): object {
  switch (one.type) {
    case 'datastructure':
      return { dataStructureComponents: componentsOf(one, options) }
    case 'dataflow':
      return { structure: urnOf('datastructure', options.structures.get(one.structure)!) }
    case 'contentconstraint':
      return constraintOf(one, options)
    default:
      return {
        isPartial: one.isPartial ?? false,
        [itemsOf[one.type]]: one.items.map((item) => ({
          id: item.id,
          ...named(item, language),
          ...(item.parent && { parent: item.parent }),
          ...self(itemUrn(one.type, one, item.id)),
        })),
      }
  }
}

function componentsOf(one: DataStructure, { version, lists, schemes }: StructureOptions): object {
  const isNew = version === '2.0.0'
  const scheme = schemes.get(one.conceptScheme)!
  const concept = ({ id }: Component) => ({ conceptIdentity: itemUrn('conceptscheme', scheme, id) })
  const type = isNew ? 'dataType' : 'textType'
  const coded = ({ codelist }: Component, text: string) => ({
    localRepresentation: codelist
      ? { enumeration: urnOf('codelist', lists.get(codelist)!) }
      : { [isNew ? 'format' : 'textFormat']: { [type]: text } },
  })
  const list = (id: string) => ({ id, ...self(componentUrn(id, one, id)) })
  const own = (sort: string, { id }: Component) => ({ id, ...self(componentUrn(sort, one, id)) })
  const time = {
    ...own('TimeDimension', one.time),
    ...(!isNew && { position: one.dimensions.length + 1, type: 'TimeDimension' }),
    ...concept(one.time),
    ...coded(one.time, 'ObservationalTimePeriod'),
  }
  const measure = {
    ...own(isNew ? 'Measure' : 'PrimaryMeasure', one.measure),
    ...concept(one.measure),
    ...coded(one.measure, 'Double'),
  }
  return {
    dimensionList: {
      ...list('DimensionDescriptor'),
      dimensions: one.dimensions.map((dimension, at) => ({
        ...own('Dimension', dimension),
        position: isNew ? at : at + 1,
        ...(!isNew && { type: 'Dimension' }),
        ...concept(dimension),
        ...coded(dimension, 'String'),
      })),
      ...(isNew ? { timeDimension: time } : { timeDimensions: [time] }),
    },
    attributeList: {
      ...list('AttributeDescriptor'),
      attributes: one.attributes.map((attribute) => ({
        ...own('DataAttribute', attribute),
        ...(isNew ? { usage: 'optional' } : { assignmentStatus: 'Conditional' }),
        attributeRelationship:
          attribute.level === 'dataflow'
            ? { [isNew ? 'dataflow' : 'none']: {} }
            : isNew
              ? { observation: {} }
              : { primaryMeasure: one.measure.id },
        ...concept(attribute),
        ...coded(attribute, 'String'),
      })),
    },
    measureList: {
      ...list('MeasureDescriptor'),
      ...(isNew ? { measures: [{ ...measure, usage: 'optional' }] } : { primaryMeasure: measure }),
    },
  }
}

function constraintOf(one: Constraint, { version, dataflows }: StructureOptions): object {
  const isNew = version === '2.0.0'
  const range = one.time && {
    timeRange: {
      startPeriod: { period: `${one.time.from}-01-01T00:00:00Z`, isInclusive: true },
      endPeriod: { period: `${one.time.to}-12-31T23:59:59Z`, isInclusive: true },
    },
  }
  return {
    ...(isNew ? { role: 'Actual' } : { type: 'Actual' }),
    ...(one.counts && {
      annotations: Object.entries({ series_count: one.counts.series, obs_count: one.counts.observations }).map(
        ([id, count]) => ({ id, type: 'sdmx_metrics', title: String(count) }),
      ),
    }),
    constraintAttachment: { dataflows: [urnOf('dataflow', dataflows.get(one.dataflow)!)] },
    cubeRegions: [
      {
        [isNew ? 'include' : 'isIncluded']: true,
        keyValues: [
          ...one.region.map(({ id, values }) => ({
            id,
            values: isNew ? values.map((value) => ({ value })) : values,
          })),
          ...(range ? [{ id: 'TIME_PERIOD', ...range }] : []),
        ],
      },
    ],
  }
}
