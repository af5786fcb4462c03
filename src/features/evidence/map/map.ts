/**
 * What was studied and what was found: types of intervention or technologies by areas of outcome, counted live from the
 * findings; beside the technologies, how many practices used them.
 */
import { codesDoubted } from '#records/known-codes.ts'
import { Type, type Static } from 'typebox'
import type { Services } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { find } from '#search/find.ts'
import type { SearchInput } from '#search/input.ts'
import { codeList } from '#records/vocabularies/index.ts'

/** Stands for findings whose record does not say: they are counted, so that nothing is hidden. */
export const unsaid = 'unsaid'
const termsOf = (list: string): readonly string[] => [...Object.keys(codeList(list)!.terms), unsaid]
export const mapRowFacets = ['interventionType', 'technology'] as const
export type RowFacet = (typeof mapRowFacets)[number]
const mapRows: Record<RowFacet, readonly string[]> = {
  interventionType: termsOf('intervention-types'),
  technology: termsOf('technologies'),
}
export const mapColumns: readonly string[] = termsOf('outcome-areas')

const values = (what: string) =>
  Type.Optional(
    Type.Array(Type.String({ maxLength: 300 }), {
      maxItems: 50,
      description: `Only findings whose ${what} is one of these`,
    }),
  )

export const MapInput = Type.Object(
  {
    country: values('country'),
    level: values('level'),
    subject: values('subject'),
    technology: values('technology'),
    rows: Type.Enum([...mapRowFacets], { default: 'interventionType', description: 'What the rows are' }),
  },
  closed,
)
export type MapInput = Static<typeof MapInput>
/** What narrows the map, and what its rows are. */
export type MapFilters = Partial<MapInput>

const Count = Type.Object({ value: Type.String(), count: Type.Integer() })
const Cell = Type.Object({
  row: Type.String({ description: `A type of intervention or a technology, or \`${unsaid}\`` }),
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
  practices: Type.Array(Count, {
    description: 'Where rows are technologies: how many practices used each, of those that the filters leave',
  }),
  offered: Type.Record(Type.String(), Type.Array(Count), { description: 'By filter, the values that findings have' }),
})
export type EvidenceMap = Static<typeof EvidenceMap>
export type MapCell = Static<typeof Cell>

export const mapFilters = ['country', 'level', 'subject', 'technology'] as const
const everyValue = 300

type Place = { row?: string; outcome?: string }

/** The question whose finds a cell, a row or a column counts: the page links to just this. */
export function searchBehind(
  { rows = 'interventionType', ...filters }: MapFilters,
  { row, outcome }: Place = {},
): SearchInput {
  const not = [
    ...(row === unsaid ? notAnyOf(rows, mapRows[rows]) : []),
    ...(outcome === unsaid ? notAnyOf('outcomeArea', mapColumns) : []),
  ]
  return {
    ...countsAlone,
    ...filters,
    kind: ['evidence'],
    ...(row && row !== unsaid && { [rows]: [row] }),
    ...(outcome && outcome !== unsaid && { outcomeArea: [outcome] }),
    ...(not.length > 0 && { not }),
  }
}

/** Practices that the filters leave; with a technology, those that used it. */
export const practicesBehind = ({ rows: _, ...filters }: MapFilters, technology?: string): SearchInput => ({
  ...countsAlone,
  ...filters,
  kind: ['practice'],
  ...(technology && { technology: [technology] }),
})

const countsAlone = {
  q: '',
  exact: false,
  editions: false,
  sort: 'relevance' as const,
  limit: 0,
  facetLimit: everyValue,
  assist: false,
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
  doubts: codesDoubted({ country: 'countries', level: 'levels', subject: 'subjects', technology: 'technologies' }),
  run: async ({ services }, filters): Promise<EvidenceMap> => {
    const all = await find(services, { ...searchBehind(filters), facets: [...mapFilters] })
    const wanted = rowsWanted(filters)
    const cells = (await Promise.all(wanted.map((row) => rowOf(services, filters, row)))).flat()
    const isNeeded = (name: 'row' | 'outcome') => (value: string) =>
      value !== unsaid || cells.some((cell) => cell[name] === unsaid)
    return {
      total: all.total,
      rows: wanted.filter(isNeeded('row')),
      columns: mapColumns.filter(isNeeded('outcome')),
      cells,
      practices: filters.rows === 'technology' ? await practicesOf(services, filters) : [],
      offered: all.facets,
    }
  },
})

/** The only rows of a map that is filtered by technology. */
const rowsWanted = ({ rows, technology }: MapInput): readonly string[] =>
  rows === 'technology' && technology ? technology : mapRows[rows]

async function practicesOf(services: Services, filters: MapInput): Promise<EvidenceMap['practices']> {
  const { facets } = await find(services, { ...practicesBehind(filters), facets: ['technology'] })
  return (facets.technology ?? []).filter(({ count }) => count > 0)
}

/** One question tells which cells of a row are empty, so that most are never asked for. */
async function rowOf(services: Services, filters: MapInput, row: string): Promise<MapCell[]> {
  const whole = await find(services, { ...searchBehind(filters, { row }), facets: ['outcomeArea'] })
  if (whole.total === 0) return []
  const filled = new Set((whole.facets.outcomeArea ?? []).filter(({ count }) => count > 0).map(({ value }) => value))
  const outcomes = mapColumns.filter((outcome) => outcome === unsaid || filled.has(outcome))
  const cells = await Promise.all(outcomes.map((outcome) => cellOf(services, filters, { row, outcome })))
  return cells.filter(({ count }) => count > 0)
}

async function cellOf(services: Services, filters: MapInput, place: Required<Place>): Promise<MapCell> {
  const { total, facets } = await find(services, { ...searchBehind(filters, place), facets: ['evidence'] })
  const levels = (facets.evidence ?? []).filter(({ count }) => count > 0)
  return { ...place, count: total, levels: levels.sort((a, b) => (a.value < b.value ? 1 : -1)) }
}
