/** What was studied and what was found: types of intervention by areas of outcome, counted live from the findings. */
import { Type, type Static } from 'typebox'
import type { Services } from '#core/context.ts'
import { closed, operation } from '#core/operation.ts'
import { find } from '../search/find.ts'
import type { SearchInput } from '../search/input.ts'
import { codeList } from '../vocabularies/index.ts'

/** Stands for findings whose record does not say: they are counted, so that nothing is hidden. */
export const unsaid = 'unsaid'
export const mapRows: readonly string[] = [...Object.keys(codeList('intervention-types')!.terms), unsaid]
export const mapColumns: readonly string[] = [...Object.keys(codeList('outcome-areas')!.terms), unsaid]

const values = (what: string) =>
  Type.Optional(
    Type.Array(Type.String({ maxLength: 300 }), {
      maxItems: 50,
      description: `Only findings whose ${what} is one of these`,
    }),
  )

export const MapInput = Type.Object(
  { country: values('country'), level: values('level'), subject: values('subject') },
  closed,
)
export type MapInput = Static<typeof MapInput>

const Count = Type.Object({ value: Type.String(), count: Type.Integer() })
const Cell = Type.Object({
  intervention: Type.String({ description: `A type of intervention, or \`${unsaid}\`` }),
  outcome: Type.String({ description: `An area of outcome, or \`${unsaid}\`` }),
  count: Type.Integer({ description: 'Findings; just as many as the search behind the cell finds' }),
  levels: Type.Array(Count, { description: 'How many at each strength of evidence, strongest first' }),
})
export const EvidenceMap = Type.Object({
  total: Type.Integer({
    description: 'Findings; cells may add up to more, as an intervention may be of several types',
  }),
  rows: Type.Array(Type.String()),
  columns: Type.Array(Type.String()),
  cells: Type.Array(Cell, { description: 'Those that hold something; the others are gaps' }),
  offered: Type.Record(Type.String(), Type.Array(Count), { description: 'By filter, the values that findings have' }),
})
export type EvidenceMap = Static<typeof EvidenceMap>
export type MapCell = Static<typeof Cell>

export const mapFilters = ['country', 'level', 'subject'] as const
const everyValue = 300

type Place = { intervention?: string; outcome?: string }

/** The question whose finds a cell, a row or a column counts: the page links to just this. */
export function searchBehind(filters: MapInput, { intervention, outcome }: Place = {}): SearchInput {
  const not = [
    ...(intervention === unsaid ? notAnyOf('interventionType', mapRows) : []),
    ...(outcome === unsaid ? notAnyOf('outcomeArea', mapColumns) : []),
  ]
  return {
    ...filters,
    q: '',
    kind: ['evidence'],
    ...(intervention && intervention !== unsaid && { interventionType: [intervention] }),
    ...(outcome && outcome !== unsaid && { outcomeArea: [outcome] }),
    ...(not.length > 0 && { not }),
    exact: false,
    editions: true,
    sort: 'relevance',
    limit: 0,
    facetLimit: everyValue,
    assist: false,
  }
}

const notAnyOf = (facet: string, known: readonly string[]) =>
  known.filter((value) => value !== unsaid).map((value) => `${facet}:${value}`)

export const evidenceMap = operation({
  name: 'evidence.map',
  summary: 'Count findings by type of intervention and area of outcome, with the strength of their evidence',
  http: 'GET /evidence-map',
  input: MapInput,
  output: EvidenceMap,
  allow: () => true,
  run: async ({ services }, filters) => {
    const all = await find(services, { ...searchBehind(filters), facets: [...mapFilters] })
    const rows = await Promise.all(mapRows.map((intervention) => rowOf(services, filters, intervention)))
    const cells = rows.flat()
    const isNeeded = (name: 'intervention' | 'outcome') => (value: string) =>
      value !== unsaid || cells.some((cell) => cell[name] === unsaid)
    return {
      total: all.total,
      rows: mapRows.filter(isNeeded('intervention')),
      columns: mapColumns.filter(isNeeded('outcome')),
      cells,
      offered: all.facets,
    }
  },
})

/** One question tells which cells of a row are empty, so that most are never asked for. */
async function rowOf(services: Services, filters: MapInput, intervention: string): Promise<MapCell[]> {
  const row = await find(services, { ...searchBehind(filters, { intervention }), facets: ['outcomeArea'] })
  if (row.total === 0) return []
  const filled = new Set((row.facets.outcomeArea ?? []).filter(({ count }) => count > 0).map(({ value }) => value))
  const asked = mapColumns.filter((outcome) => outcome === unsaid || filled.has(outcome))
  const cells = await Promise.all(asked.map((outcome) => cellOf(services, filters, { intervention, outcome })))
  return cells.filter(({ count }) => count > 0)
}

async function cellOf(services: Services, filters: MapInput, place: Required<Place>): Promise<MapCell> {
  const { total, facets } = await find(services, { ...searchBehind(filters, place), facets: ['evidence'] })
  const levels = (facets.evidence ?? []).filter(({ count }) => count > 0)
  return { ...place, count: total, levels: levels.sort((a, b) => (a.value < b.value ? 1 : -1)) }
}
