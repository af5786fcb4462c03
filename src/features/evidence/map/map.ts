/**
 * What was studied and what was found: technologies, approaches or types of intervention by areas of outcome, counted
 * live from the findings; beside technologies and approaches, how many practices used them.
 */
import { codesDoubted } from '#records/known-codes.ts'
import { Type, type Static } from 'typebox'
import type { Kysely } from 'kysely'
import type { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import type { Services } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { find } from '#search/find.ts'
import type { SearchInput } from '#search/input.ts'
import { codeList } from '#records/vocabularies/index.ts'

/** Stands for findings whose record does not say: they are counted, so that nothing is hidden. */
export const unsaid = 'unsaid'
const termsOf = (list: string): readonly string[] => [...Object.keys(codeList(list)!.terms), unsaid]
/** The first is usual: of those that read this, most ask what a technology does. */
export const mapRowFacets = ['technology', 'approach', 'interventionType'] as const
export type RowFacet = (typeof mapRowFacets)[number]
export const usualRows: RowFacet = mapRowFacets[0]
const mapRows: Record<Exclude<RowFacet, 'approach'>, readonly string[]> = {
  technology: termsOf('technologies'),
  interventionType: termsOf('intervention-types'),
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
    rows: Type.Enum([...mapRowFacets], { default: usualRows, description: 'What the rows are' }),
  },
  closed,
)
export type MapInput = Static<typeof MapInput>
/** What narrows the map, and what its rows are. */
export type MapFilters = Partial<MapInput>

const Count = Type.Object({ value: Type.String(), count: Type.Integer() })
const Cell = Type.Object({
  row: Type.String({
    description: `A technology, a type of intervention or the identifier of an approach, or \`${unsaid}\``,
  }),
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
    description:
      'Where rows are technologies or approaches: how many practices each has, of those that the filters leave',
  }),
  approaches: Type.Array(
    Type.Object({
      id: Type.String(),
      title: Type.Record(Type.String(), Type.String()),
      originalLanguage: Type.String(),
    }),
    { description: 'Where rows are approaches: what they are called' },
  ),
  unplaced: Type.Integer({ description: 'Where rows are approaches: findings that belong to none, and so to no row' }),
  offered: Type.Record(Type.String(), Type.Array(Count), { description: 'By filter, the values that findings have' }),
})
export type EvidenceMap = Static<typeof EvidenceMap>
export type MapCell = Static<typeof Cell>

export const mapFilters = ['country', 'level', 'subject', 'technology'] as const
const everyValue = 300

type Place = { row?: string; outcome?: string }

/** The question whose finds a cell, a row or a column counts: the page links to just this. */
export function searchBehind({ rows = usualRows, ...filters }: MapFilters, { row, outcome }: Place = {}): SearchInput {
  const not = [
    ...(row === unsaid && rows !== 'approach' ? notAnyOf(rows, mapRows[rows]) : []),
    ...(outcome === unsaid ? notAnyOf('outcomeArea', mapColumns) : []),
  ]
  return {
    ...countsAlone,
    ...filters,
    kind: ['evidence'],
    ...(row && row !== unsaid && rowFilter(rows, row)),
    ...(outcome && outcome !== unsaid && { outcomeArea: [outcome] }),
    ...(not.length > 0 && { not }),
  }
}

/** Practices that the filters leave; with a row, those of that technology or approach. */
export const practicesBehind = ({ rows = usualRows, ...filters }: MapFilters, row?: string): SearchInput => ({
  ...countsAlone,
  ...filters,
  kind: ['practice'],
  ...(row && rowFilter(rows, row)),
})

/** An approach is no code of a list: a finding belongs to those that its study or its intervention names. */
const rowFilter = (rows: RowFacet, row: string) =>
  rows === 'approach' ? { linked: [`approach:${row}`] } : { [rows]: [row] }

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
  summary:
    'Count findings by technology, approach or type of intervention and area of outcome, with the strength of their evidence',
  http: 'GET /evidence-map',
  input: MapInput,
  output: EvidenceMap,
  allow: () => true,
  doubts: codesDoubted({ country: 'countries', level: 'levels', subject: 'subjects', technology: 'technologies' }),
  run: async ({ services, db }, filters): Promise<EvidenceMap> => {
    const all = await find(services, { ...searchBehind(filters), facets: [...mapFilters] })
    const approaches = filters.rows === 'approach' ? await approachesThere(db) : []
    const wanted = filters.rows === 'approach' ? approaches.map(({ id }) => id) : rowsWanted(filters)
    const cells = (await Promise.all(wanted.map((row) => rowOf(services, filters, row)))).flat()
    const practices = await practicesOf(services, filters, wanted)
    const isNeeded = (name: 'row' | 'outcome') => (value: string) =>
      value !== unsaid || cells.some((cell) => cell[name] === unsaid)
    return {
      total: all.total,
      rows: filters.rows === 'approach' ? fullestFirst(wanted, cells, practices) : wanted.filter(isNeeded('row')),
      columns: mapColumns.filter(isNeeded('outcome')),
      cells,
      practices,
      approaches: approaches.map(({ id, body: { title, originalLanguage } }) => ({ id, title, originalLanguage })),
      unplaced: filters.rows === 'approach' ? all.total - (await placedIn(services, filters, wanted)) : 0,
      offered: all.facets,
    }
  },
})

/** So many rows a drawing can hold; those that come with the project are a third of them. */
const mostApproaches = 100

const approachesThere = async (db: Kysely<unknown>): Promise<StoredRecord[]> =>
  (await records(db).list('approach', { after: 0, limit: mostApproaches })).filter(
    ({ status }) => status === 'published',
  )

/** Approaches have no order of their own: those of which most is known come first. */
function fullestFirst(rows: readonly string[], cells: readonly MapCell[], practices: EvidenceMap['practices']) {
  const held = new Map(practices.map(({ value, count }) => [value, count]))
  for (const { row, count } of cells) held.set(row, (held.get(row) ?? 0) + count)
  return rows.toSorted((a, b) => (held.get(b) ?? 0) - (held.get(a) ?? 0))
}

async function placedIn(services: Services, filters: MapInput, approaches: readonly string[]): Promise<number> {
  if (approaches.length === 0) return 0
  const linked = approaches.map((id) => `approach:${id}`)
  return (await find(services, { ...searchBehind(filters), linked })).total
}

/** The only rows of a map that is filtered by technology. */
const rowsWanted = ({ rows, technology }: MapInput): readonly string[] =>
  rows === 'approach' ? [] : rows === 'technology' && technology ? technology : mapRows[rows]

async function practicesOf(
  services: Services,
  filters: MapInput,
  rows: readonly string[],
): Promise<EvidenceMap['practices']> {
  if (filters.rows === 'interventionType') return []
  const counts =
    filters.rows === 'technology'
      ? ((await find(services, { ...practicesBehind(filters), facets: ['technology'] })).facets.technology ?? [])
      : await Promise.all(
          rows.map(async (row) => ({ value: row, count: (await find(services, practicesBehind(filters, row))).total })),
        )
  return counts.filter(({ count }) => count > 0)
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
