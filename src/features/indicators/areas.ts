/** Of what statistics are: countries by ISO 3166-1 alpha-2, regions and groups of countries by their M49 number. */
import { codeList, regionsOf, termOf } from '#records/vocabularies/index.ts'

export const areaLists = ['countries', 'regions', 'country-groups'] as const

export const isCountry = (area: string): boolean => termOf('countries', area) !== undefined
export const isArea = (area: string): boolean => areaLists.some((list) => termOf(list, area) !== undefined)
/** The vocabulary that names an area. */
export const areaList = (area: string): string => areaLists.find((list) => termOf(list, area)) ?? 'countries'

export const world = '001'

const byNumber = new Map<string, string>()
const byAlpha3 = new Map<string, string>()
for (const [code, { $numeric, $alpha3 }] of Object.entries(codeList('countries')!.terms)) {
  if (typeof $numeric === 'string') byNumber.set($numeric, code)
  if (typeof $alpha3 === 'string') byAlpha3.set($alpha3, code)
}

/** An area by its M49 number, with or without leading zeros; undefined for what is none here. */
export function areaOfNumber(written: string): string | undefined {
  if (!/^\d{1,3}$/.test(written)) return undefined
  const number = written.padStart(3, '0')
  return byNumber.get(number) ?? (isArea(number) ? number : undefined)
}

/** Codes that a publisher made up for what ISO knows. */
const madeUp: Readonly<Record<string, string>> = { NLD_CURACAO: 'CW', KOS: 'XK' }

/** A country by its ISO 3166-1 alpha-3 code in any case. */
export const countryOfAlpha3 = (written: string): string | undefined =>
  byAlpha3.get(written.toUpperCase()) ?? madeUp[written.toUpperCase()]

/** The regions by which the United Nations report on the Sustainable Development Goals, by the M49 regions in them. */
const sdgRegions: readonly (readonly [region: string, parts: readonly string[]])[] = [
  ['202', ['202']],
  ['747', ['015', '145']],
  ['062', ['143', '034']],
  ['753', ['030', '035']],
  ['419', ['419']],
  ['513', ['150', '021']],
  ['053', ['053']],
  ['543', ['009']],
]

/** The region of the SDG reports in which a country lies. */
export function sdgRegionOf(country: string): string | undefined {
  const within = regionsOf(country)
  return sdgRegions.find(([, parts]) => parts.some((part) => within.includes(part)))?.[0]
}

/** The M49 regions that a region of the SDG reports is made of. */
export const sdgRegionParts = (region: string): readonly string[] =>
  sdgRegions.find(([code]) => code === region)?.[1] ?? []

export const sdgRegionCodes: readonly string[] = sdgRegions.map(([region]) => region)

const members = new Map<string, string[]>()
for (const code of Object.keys(codeList('countries')!.terms)) {
  const region = sdgRegionOf(code)
  if (region) members.set(region, [...(members.get(region) ?? []), code])
}
export const countriesIn = (region: string): readonly string[] => members.get(region) ?? []
