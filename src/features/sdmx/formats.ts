/** Formats of messages that a client can ask for, by version of the API. */
import type { Offer } from '#codecs/sdmx/media-types.ts'
import type { JsonVersion } from '#codecs/sdmx/write-data-json.ts'
import type { XmlData } from '#codecs/sdmx/write-data-xml.ts'

export type DataFormat =
  { as: 'json'; version: JsonVersion } | { as: 'csv'; version: '1.0.0' | '2.0.0' } | ({ as: 'xml' } & XmlData)
export type StructureFormat = { as: 'json'; version: '1.0.0' | '2.0.0' } | { as: 'xml'; version: '2.1' | '3.0' }

const vendor = (name: string) => `application/vnd.sdmx.${name}`

const json = (version: JsonVersion, also: readonly string[] = []): Offer<DataFormat> => ({
  type: vendor('data+json'),
  version,
  also,
  format: { as: 'json', version },
})
const csv = (version: '1.0.0' | '2.0.0', also: readonly string[] = []): Offer<DataFormat> => ({
  type: vendor('data+csv'),
  version,
  also,
  format: { as: 'csv', version },
})
const xml = (type: string, format: XmlData, also: readonly string[] = []): Offer<DataFormat> => ({
  type: vendor(type),
  version: format.version === '3.0' ? '3.0.0' : format.version,
  also,
  format: { as: 'xml', ...format },
})

const generic = { format: 'generic', version: '2.1' } as const
const specific = { format: 'structurespecific', version: '2.1' } as const
const specific3 = { format: 'structurespecific', version: '3.0' } as const
const older: readonly Offer<DataFormat>[] = [
  xml('genericdata+xml', generic, ['application/xml', 'text/xml']),
  xml('structurespecificdata+xml', specific),
  xml('generictimeseriesdata+xml', { ...generic, timeSeries: true }),
  xml('structurespecifictimeseriesdata+xml', { ...specific, timeSeries: true }),
  json('1.0.0', ['application/json']),
  json('1.0.0-wd', [vendor('draft-sdmx-json+json')]),
  csv('1.0.0', ['text/csv', vendor('data+csv')]),
]
const newer: readonly Offer<DataFormat>[] = [
  json('2.0.0', ['application/json']),
  xml('data+xml', specific3, ['application/xml', 'text/xml']),
  csv('2.0.0', ['text/csv']),
]

const structures: readonly Offer<StructureFormat>[] = [
  { type: vendor('structure+xml'), version: '2.1', format: { as: 'xml', version: '2.1' } },
  { type: vendor('structure+json'), version: '1.0.0', format: { as: 'json', version: '1.0.0' } },
]
const newerStructures: readonly Offer<StructureFormat>[] = [
  { type: vendor('structure+json'), version: '2.0.0', format: { as: 'json', version: '2.0.0' } },
  { type: vendor('structure+xml'), version: '3.0.0', format: { as: 'xml', version: '3.0' } },
]
const withPlain = <Format>(offers: readonly Offer<Format>[]): Offer<Format>[] =>
  offers.map((one) => ({
    ...one,
    also: one.type.endsWith('json') ? ['application/json'] : ['application/xml', 'text/xml'],
  }))

export type ApiVersion = '2.1' | '3.0'

/** The first is the one for whoever does not say; formats of the other version are there for those who name them. */
export const dataOffers: Readonly<Record<ApiVersion, readonly Offer<DataFormat>[]>> = {
  '2.1': [...older, ...newer],
  '3.0': [...newer, ...older],
}
export const structureOffers: Readonly<Record<ApiVersion, readonly Offer<StructureFormat>[]>> = {
  '2.1': [...withPlain(structures), ...newerStructures],
  '3.0': [...withPlain(newerStructures), ...structures],
}

/** For links of pages, which can send no header: `format=csv`. */
export const shortFormats: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  json: 'application/json',
  xml: 'application/xml',
  generic: vendor('genericdata+xml'),
  structurespecific: vendor('structurespecificdata+xml'),
}
