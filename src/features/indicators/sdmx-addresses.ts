/** Where an indicator is as SDMX: a dataflow of its own, on every node under the same name. */

export const sdmxAgency = 'QINGDAO'
export const sdmxVersion = '1.0.0'

/** SDMX allows no full stop in the identifier of a dataflow. */
export const dataflowId = (code: string): string => code.replaceAll('.', '@')

export const sdmxFormats = ['csv', 'json'] as const
export type SdmxFormat = (typeof sdmxFormats)[number]

/** All values of an indicator: SDMX-CSV 2.0 or SDMX-JSON 2.0. */
export const sdmxAddress = (code: string, format: SdmxFormat): string =>
  `/sdmx/3.0/data/dataflow/${sdmxAgency}/${encodeURIComponent(dataflowId(code))}/${sdmxVersion}/*?format=${format}`
