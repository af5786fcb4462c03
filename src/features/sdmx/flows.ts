/** Each indicator as a dataflow with a data structure of its own: its breakdowns are the dimensions. */
import { languages } from '#kernel/i18n/languages.ts'
import { messagesIn } from '#kernel/i18n/messages.ts'
import type { MessageKey } from '#kernel/i18n/message-key.ts'
import type { Attribute, Component, Dataflow, DataStructure, Maintainable, Texts } from '#codecs/sdmx/model.ts'
import { codeList, termOf } from '#records/vocabularies/index.ts'
import { dimensionNames, dimensionsIn, type DimensionName } from '#features/indicators/dimensions.ts'
import { areaLists } from '#features/indicators/areas.ts'
import { dataflowId, sdmxAgency, sdmxVersion } from '#features/indicators/sdmx-addresses.ts'
import type { Listed } from '#features/indicators/values.ts'

export type Flow = {
  /** Code of the indicator. */
  code: string
  flow: Dataflow
  structure: DataStructure
  /** By which it is broken down, in the order of the dimensions after frequency and area. */
  breakdowns: readonly DimensionName[]
  /** The source that its values are from. */
  provider: string
  unit: string
}

export const maintained = { agency: sdmxAgency, version: sdmxVersion }
/** The total, where an indicator is broken down by a dimension and a series is not. */
export const total = '_T'

/** As in the Content-Oriented Guidelines of SDMX and the structure of the SDG indicators, where these have one. */
export const dimensionIds: Readonly<Record<DimensionName, string>> = {
  level: 'EDUCATION_LEV',
  sex: 'SEX',
  location: 'URBANISATION',
  wealth: 'INCOME_WEALTH_QUANTILE',
  skill: 'SKILL',
  subject: 'SUBJECT',
  age: 'AGE',
  language: 'LANGUAGE',
  origin: 'ORIGIN',
  source: 'DATA_SOURCE',
}

/** A text of the catalogues in every language. */
export const inAllLanguages = (key: MessageKey): Texts =>
  Object.fromEntries(languages.map((language) => [language, messagesIn(language)(key)]))
/** The labels of a term in every language that has one. */
export const labelsOf = (term: Readonly<Record<string, unknown>> | undefined): Texts =>
  Object.fromEntries(
    languages.flatMap((language) => {
      const label = term?.[language]
      return typeof label === 'string' ? [[language, label]] : []
    }),
  )

/** The breakdown `16_65` or `15+` as a code of SDMX, which knows no plus. */
export const codeOf = (value: string): string => value.replaceAll('+', '$')
export const valueOfCode = (code: string): string => code.replaceAll('$', '+')

const concept = (id: string): Texts => inAllLanguages(`sdmx.concept.${id}` as MessageKey)

export const timeId = 'TIME_PERIOD'

type Components = {
  frequency: Component
  area: Component
  time: Component
  measure: Component
  attributes: readonly Attribute[]
  breakdowns: ReadonlyMap<DimensionName, Component>
  conceptScheme: Maintainable
}
let known: Components | undefined

/** What structures are made of; the catalogues are read when it is first asked for. */
export const components = (): Components =>
  (known ??= {
    frequency: { id: 'FREQ', names: concept('FREQ'), codelist: 'CL_FREQ' },
    area: { id: 'REF_AREA', names: concept('REF_AREA'), codelist: 'CL_AREA' },
    time: { id: timeId, names: concept(timeId) },
    measure: { id: 'OBS_VALUE', names: concept('OBS_VALUE') },
    attributes: [
      { id: 'UNIT_MEASURE', names: concept('UNIT_MEASURE'), codelist: 'CL_UNIT_MEASURE', level: 'dataflow' },
      { id: 'OBS_STATUS', names: concept('OBS_STATUS'), codelist: 'CL_OBS_STATUS', level: 'observation' },
      { id: 'NATURE', names: concept('NATURE'), codelist: 'CL_NATURE', level: 'observation' },
      { id: 'RELEASE_DATE', names: concept('RELEASE_DATE'), level: 'observation' },
      { id: 'COMMENT_OBS', names: concept('COMMENT_OBS'), level: 'observation' },
    ],
    breakdowns: new Map(
      dimensionNames.map((name) => [
        name,
        {
          id: dimensionIds[name],
          names: labelsOf(termOf('indicator-dimensions', name)),
          codelist: `CL_${dimensionIds[name]}`,
        },
      ]),
    ),
    conceptScheme: { ...maintained, id: 'CONCEPTS', names: inAllLanguages('sdmx.concepts') },
  })

/** The dataflow of an indicator that has series of these breakdowns. */
export function flowOf({ record }: Pick<Listed, 'record'>, keys: Iterable<string>): Flow {
  const { code, title, definition, dimensions = [], unit } = record.body
  const used = new Set<string>(dimensions)
  for (const key of keys) for (const name of Object.keys(dimensionsIn(key) ?? {})) used.add(name)
  const breakdowns = dimensionNames.filter((name) => used.has(name))
  const names = title as Texts
  const { frequency, area, time, measure, attributes, breakdowns: known, conceptScheme } = components()
  const structure: DataStructure = {
    ...maintained,
    type: 'datastructure',
    id: `DSD_${code.replaceAll('.', '__')}`,
    names,
    dimensions: [frequency, area, ...breakdowns.map((name) => known.get(name)!)],
    time,
    measure,
    attributes,
    conceptScheme: conceptScheme.id,
  }
  const flow: Dataflow = {
    ...maintained,
    type: 'dataflow',
    id: dataflowId(code),
    names,
    ...(definition && { descriptions: definition as Texts }),
    structure: structure.id,
  }
  return { code, flow, structure, breakdowns, provider: record.origin?.collection ?? '', unit }
}

/** All dataflows, in the order of their codes. */
export function flowsOf(
  listed: readonly Pick<Listed, 'record'>[],
  series: readonly { indicator: string; dimensions: string }[],
): Flow[] {
  const keys = Map.groupBy(series, ({ indicator }) => indicator)
  return listed
    .map((one) =>
      flowOf(
        one,
        (keys.get(one.record.body.code) ?? []).map(({ dimensions }) => dimensions),
      ),
    )
    .toSorted((a, b) => (a.code < b.code ? -1 : 1))
}

/** The key of a series: a code for each dimension, in the order of the structure. */
export function keyOf({ breakdowns }: Flow, { area: at, dimensions }: { area: string; dimensions: string }): string[] {
  const told = dimensionsIn(dimensions) ?? {}
  return ['A', at, ...breakdowns.map((name) => (told[name] === undefined ? total : codeOf(told[name])))]
}

/** The names of a code of a component; nothing for what is no code. */
export function namesOfCode(component: string, code: string): Texts | undefined {
  if (component === 'FREQ') return concept('FREQ_A')
  if (component === 'REF_AREA') {
    const list = areaLists.find((one) => termOf(one, code))
    return list ? labelsOf(termOf(list, code)) : { en: code }
  }
  if (component === 'UNIT_MEASURE') return labelsOrCode('indicator-units', code)
  if (component === 'OBS_STATUS') return concept(`STATUS_${code}`)
  if (component === 'NATURE') return natureNames(code)
  const [name] = Object.entries(dimensionIds).find(([, id]) => id === component) ?? []
  if (name === undefined) return undefined
  if (code === total) return concept('TOTAL')
  const term = termOf('indicator-breakdowns', `${name}-${valueOfCode(code)}`)
  return term ? labelsOf(term) : { en: valueOfCode(code).replace('_', '–') }
}

const labelsOrCode = (list: string, code: string): Texts => {
  const labels = labelsOf(termOf(list, code))
  return Object.keys(labels).length > 0 ? labels : { en: code }
}

/** How values came to be, by the codes that the SDG indicators use (CL_NATURE). */
export const natures = {
  reported: 'C',
  adjusted: 'CA',
  estimated: 'E',
  modelled: 'M',
  monitored: 'G',
  // The SDG indicators write NA, which programs for statistics take for no value.
  unstated: '_X',
  missing: '',
} as const
/** By the cross-domain list of SDMX (CL_OBS_STATUS): normal, estimated, missing. */
export const observationStatuses = {
  reported: 'A',
  adjusted: 'A',
  estimated: 'E',
  modelled: 'E',
  monitored: 'A',
  unstated: 'A',
  missing: 'O',
} as const

const natureNames = (code: string): Texts => {
  const [status] = Object.entries(natures).find(([, one]) => one === code) ?? []
  return labelsOrCode('observation-statuses', status ?? code)
}

export const knownAreas = (): string[] =>
  areaLists.flatMap((list) => Object.keys(codeList(list)!.terms)).filter((code, at, all) => all.indexOf(code) === at)
