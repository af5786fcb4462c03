/** Where nothing is told yet: practices by area of the Declaration, region and level of education. */
import { Type, type Static } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { countriesIn, sdgRegionCodes, sdgRegionParts } from '#features/indicators/areas.ts'
import { codeList, regionsOf } from '#records/vocabularies/index.ts'
import { find } from '#search/find.ts'
import type { SearchInput } from '#search/input.ts'

const Cell = Type.Object({
  area: Type.String(),
  region: Type.String(),
  count: Type.Integer({ description: 'Practices of this area in this region, of any level' }),
  levels: Type.Record(Type.String(), Type.Integer(), { description: 'Those of each level that has any' }),
})
export const Coverage = Type.Object({
  areas: Type.Array(Type.String()),
  regions: Type.Array(Type.String(), { description: 'Regions of the SDG reports (M49)' }),
  levels: Type.Array(Type.String()),
  cells: Type.Array(Cell),
  gaps: Type.Record(Type.String(), Type.Integer(), {
    description: 'By level: of how many pairs of area and region there is no practice',
  }),
})
export type Coverage = Static<typeof Coverage>

const termsOf = (list: string) => Object.keys(codeList(list)!.terms)

/** By its M49 regions, or by its countries where those hold countries of another region of the reports. */
export function placeFilter(region: string): { region: string[] } | { country: string[] } {
  const parts = sdgRegionParts(region)
  const own = countriesIn(region)
  const isExact = termsOf('countries').every(
    (country) => own.includes(country) || !regionsOf(country).some((part) => parts.includes(part)),
  )
  return isExact ? { region: [...parts] } : { country: [...own] }
}

const nothingElse = { q: '', exact: false, sort: 'newest', limit: 0, editions: false, assist: false } as const

export const readCoverage = operation({
  name: 'use.coverage',
  summary:
    'Count practices by area of the Declaration, region and level, and the pairs of area and region that have none',
  http: 'GET /use/coverage',
  input: Type.Object({}, closed),
  output: Coverage,
  allow: () => true,
  run: async ({ services }): Promise<Coverage> => {
    const [areas, levels] = [termsOf('areas'), termsOf('levels')]
    const cells: Coverage['cells'] = []
    for (const region of sdgRegionCodes)
      for (const area of areas) {
        const asked: SearchInput = {
          ...nothingElse,
          ...placeFilter(region),
          kind: ['practice'],
          area: [area],
          facets: ['level'],
          facetLimit: levels.length,
        }
        const { total, facets } = await find(services, asked)
        const ofLevel = (facets.level ?? []).map(({ value, count }) => [value, count] as const)
        cells.push({ area, region, count: total, levels: Object.fromEntries(ofLevel) })
      }
    return {
      areas,
      regions: [...sdgRegionCodes],
      levels,
      cells,
      gaps: Object.fromEntries(levels.map((level) => [level, cells.filter((cell) => !cell.levels[level]).length])),
    }
  },
})
