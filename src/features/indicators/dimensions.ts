/** What observations are broken down by, and how that is written: `level=1;sex=F`; nothing where it is the total. */
import { Type } from 'typebox'

export type Dimensions = Readonly<Record<string, string>>

/** Names as in the terms of SDMX's content-oriented guidelines, shortened. */
export const dimensionNames = [
  'level',
  'sex',
  'location',
  'wealth',
  'skill',
  'subject',
  'age',
  'language',
  'origin',
  // Who says it, where that is not the publisher of the indicator.
  'source',
] as const
export type DimensionName = (typeof dimensionNames)[number]

const part = /^([a-z]{2,20})=([A-Za-z0-9_+-]{1,30})$/
const most = dimensionNames.length

/** One way to write each: names in the order of the alphabet. */
export const dimensionKey = (dimensions: Dimensions): string =>
  Object.entries(dimensions)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join(';')

/** What `dimensionKey` wrote; undefined for what it never writes. */
export function dimensionsIn(key: string): Record<string, string> | undefined {
  if (key === '') return {}
  const found: Record<string, string> = {}
  for (const one of key.split(';')) {
    const [, name = '', value = ''] = part.exec(one) ?? []
    if (!isDimension(name) || name in found) return undefined
    found[name] = value
  }
  return Object.keys(found).length <= most ? found : undefined
}

const isDimension = (name: string): name is DimensionName => (dimensionNames as readonly string[]).includes(name)

/** What countries publish themselves of an indicator of others stands beside what its publisher says, and never in its place. */
export const nationally = { source: 'national' } as const

/** In inputs and outputs of operations. */
export const DimensionKey = Type.String({
  maxLength: 300,
  pattern: '^(?:[a-z]{2,20}=[A-Za-z0-9_+-]{1,30}(?:;[a-z]{2,20}=[A-Za-z0-9_+-]{1,30})*)?$',
  description: 'What it is broken down by, as `level=1;sex=F`; empty for the total',
})

/** The same without some of the names. */
export const withoutDimensions = (dimensions: Dimensions, names: readonly string[]): Dimensions =>
  Object.fromEntries(Object.entries(dimensions).filter(([name]) => !names.includes(name)))
