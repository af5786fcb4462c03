/** The parts of the SDMX information model (SDMX 3.0, section 2) that the messages here are made of. */

/** A text by language. */
export type Texts = Readonly<Record<string, string>>

/** A code, concept, agency or data provider. */
export type Item = { id: string; names: Texts; descriptions?: Texts; parent?: string }

export type Maintainable = { id: string; agency: string; version: string; names: Texts; descriptions?: Texts }

export const itemSchemes = ['codelist', 'conceptscheme', 'agencyscheme', 'dataproviderscheme'] as const
export type ItemSchemeType = (typeof itemSchemes)[number]
export type ItemScheme = Maintainable & { type: ItemSchemeType; items: readonly Item[]; isPartial?: boolean }

/** A dimension, attribute or measure. `codelist` is the id of the list of its codes; without one it is text. */
export type Component = { id: string; names: Texts; codelist?: string }
export type Attribute = Component & { level: 'dataflow' | 'observation' }

export type DataStructure = Maintainable & {
  type: 'datastructure'
  /** In the order of keys, without time. */
  dimensions: readonly Component[]
  time: Component
  measure: Component
  attributes: readonly Attribute[]
  conceptScheme: string
}
export type Dataflow = Maintainable & { type: 'dataflow'; structure: string }

/** What data there are: the codes of each dimension, the years, how many series and observations. */
export type Constraint = Maintainable & {
  type: 'contentconstraint'
  dataflow: string
  region: readonly { id: string; values: readonly string[] }[]
  time?: { from: number; to: number } | undefined
  counts?: { series: number; observations: number }
}

export type Artefact = ItemScheme | DataStructure | Dataflow | Constraint
export type ArtefactType = Artefact['type']

const classes: Readonly<Record<ArtefactType | 'dataconstraint', string>> = {
  codelist: 'codelist.Codelist',
  conceptscheme: 'conceptscheme.ConceptScheme',
  agencyscheme: 'base.AgencyScheme',
  dataproviderscheme: 'base.DataProviderScheme',
  datastructure: 'datastructure.DataStructure',
  dataflow: 'datastructure.Dataflow',
  contentconstraint: 'registry.ContentConstraint',
  dataconstraint: 'registry.DataConstraint',
}
const itemClasses: Readonly<Record<ItemSchemeType, string>> = {
  codelist: 'codelist.Code',
  conceptscheme: 'conceptscheme.Concept',
  agencyscheme: 'base.Agency',
  dataproviderscheme: 'base.DataProvider',
}

type Named = Pick<Maintainable, 'id' | 'agency' | 'version'>

/** `urn:sdmx:org.sdmx.infomodel.…` (SDMX Registry Specification, section 6.2). */
export const urnOf = (type: ArtefactType | 'dataconstraint', { agency, id, version }: Named): string =>
  `urn:sdmx:org.sdmx.infomodel.${classes[type]}=${agency}:${id}(${version})`
export const itemUrn = (type: ItemSchemeType, { agency, id, version }: Named, item: string): string =>
  `urn:sdmx:org.sdmx.infomodel.${itemClasses[type]}=${agency}:${id}(${version}).${item}`
export const componentUrn = (sort: string, { agency, id, version }: Named, component: string): string =>
  `urn:sdmx:org.sdmx.infomodel.datastructure.${sort}=${agency}:${id}(${version}).${component}`

/** `AGENCY:ID(VERSION)`, as SDMX-CSV names a dataflow. */
export const shortNameOf = ({ agency, id, version }: Named): string => `${agency}:${id}(${version})`

/** In the language, else in English, else in any. */
export const textIn = (texts: Texts, language: string): string =>
  texts[language] ?? texts['en'] ?? Object.values(texts)[0] ?? ''

/** The dimension that stands at each observation; `AllDimensions` for a flat table. */
export type AtObservation = 'AllDimensions' | (string & {})

/** Who sends a message, and when what it is made of last changed. */
export type Header = { id: string; prepared: string; sender: string; senderNames: Texts; language: string }

/** What all data sets of one dataflow in a message have in common. */
export type DataHead = {
  flow: Dataflow
  structure: DataStructure
  atObservation: AtObservation
  /** By the id of a dimension or attribute: the codes that occur, in the order of which JSON counts them. */
  values: ReadonlyMap<string, readonly string[]>
  /** The name of a code of a component; nothing where it is a text or a year. */
  nameOf: (component: string, code: string) => Texts | undefined
  /** Those that are told, in their order. */
  attributes: readonly Attribute[]
  /** Of attributes of the dataflow. */
  flowAttributes: ReadonlyMap<string, string>
  hasMeasure: boolean
  /** Whether observations are told, or the keys of series alone. */
  hasObservations: boolean
}

/**
 * `at` is the value of the dimension at the observation; attributes of the observation in the order of `head.attributes`,
 * empty where there is none. `value` is null where one is known to be missing.
 */
export type Observation = { at: string; value: number | null; attributes: readonly string[] }
/** Observations that share a key: the values of all dimensions but the one at the observation, time last where it is not. */
export type Section = { key: readonly string[]; observations: readonly Observation[] }

export type Action = 'Information' | 'Replace' | 'Delete'
export type DataSet = {
  /** Which of the heads it belongs to. */
  head: number
  action: Action
  validFrom?: string
  validTo?: string
  /** As many at a time as are read at once. */
  sections: AsyncIterable<readonly Section[]>
}

/** The dimensions of a section's key in order, and the one at the observation (time in a flat table). */
export function layoutOf({ structure, atObservation }: Pick<DataHead, 'structure' | 'atObservation'>): {
  series: readonly Component[]
  at: Component
  all: readonly Component[]
} {
  const all = [...structure.dimensions, structure.time]
  const at = all.find(({ id }) => id === atObservation) ?? structure.time
  return { series: all.filter((one) => one !== at), at, all }
}

/** Writes a message piece by piece, so that it is never held as a whole. */
export type DataWriter = {
  begin: () => string
  beginDataSet: (set: Omit<DataSet, 'sections'>) => string
  section: (section: Section) => string
  endDataSet: () => string
  end: () => string
}

const pieceCharacters = 64 * 1024

/** The message in pieces of some 64 kB. */
export async function* writeData(writer: DataWriter, sets: AsyncIterable<DataSet>): AsyncGenerator<string> {
  let piece = writer.begin()
  for await (const { sections, ...set } of sets) {
    piece += writer.beginDataSet(set)
    for await (const some of sections)
      for (const section of some) {
        piece += writer.section(section)
        if (piece.length >= pieceCharacters) {
          yield piece
          piece = ''
        }
      }
    piece += writer.endDataSet()
  }
  yield piece + writer.end()
}
