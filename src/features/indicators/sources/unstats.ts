/** Series of Goal 4 of the SDG Global Database: areas by M49 number, countries and totals of regions in one list. */
import type { Folder } from '#kernel/folder.ts'
import { refuse, rowOf } from '#records/sources/row.ts'
import type { Note, Row, Source } from '#records/sources/source.ts'
import { areaOfNumber } from '../areas.ts'
import type { Dimensions } from '../dimensions.ts'
import type { StatisticalSource } from '../observations.ts'
import type { Status } from '../tables.ts'
import { indicatorDraft } from './catalogue.ts'
import {
  conceptsIn,
  observationFile,
  pointsFiles,
  type PointsFile,
  type Reading,
  recogniseBy,
  isOfConcepts,
} from './ddf.ts'

const name = 'sdg4-unstats'
const release = { publishedOn: '2020-10-19', revision: '1bfae15828a8' }

/** Column of the file → our dimension, and its codes → ours; empty for the total, which is told by leaving it out. */
const columns: Readonly<Record<string, { dimension: string; codes: Readonly<Record<string, string>> }>> = {
  education_level: {
    dimension: 'level',
    codes: { prepri: '02', primar: '1', lowsec: '2', uppsec: '3', second: '2T3', grad23: 'G2T3', t: '' },
  },
  sex: { dimension: 'sex', codes: { bothsex: '', female: 'F', male: 'M', notspec: '' } },
  location: { dimension: 'location', codes: { allarea: '', urban: 'U', rural: 'R' } },
  quantile: {
    dimension: 'wealth',
    codes: { t: '', q1: 'Q1', q2: 'Q2', q3: 'Q3', q4: 'Q4', q5: 'Q5', b40: 'B40', b50: 'B50' },
  },
  type_of_skill: {
    dimension: 'skill',
    codes: Object.fromEntries(
      ['arsp', 'cmfl', 'copa', 'email', 'eprs', 'inst', 'pcpr', 'soft', 'traf'].map((code) => [
        code,
        code.toUpperCase(),
      ]),
    ),
  },
  age: { dimension: 'age', codes: {} },
}
/** Types of skill that are subjects of a test. */
const subjects: Readonly<Record<string, string>> = {
  skill_math: 'MATH',
  skill_read: 'READ',
  lite: 'LITE',
  nume: 'NUME',
}

/** How the United Nations say where a value is from (`nature`). */
const natures: Readonly<Record<string, { status: Status; reason?: string }>> = {
  c: { status: 'reported' },
  ca: { status: 'adjusted' },
  e: { status: 'estimated' },
  m: { status: 'modelled' },
  g: { status: 'monitored' },
  n: { status: 'missing', reason: 'notRelevant' },
  notspec: { status: 'unstated' },
}

const units: Readonly<Record<string, string>> = { percent: 'percent', ratio: 'ratio', con_usd: 'usd' }

function dimensionsOf(cells: Readonly<Record<string, string>>): Dimensions | Note {
  const found: Record<string, string> = {}
  for (const [column, { dimension, codes }] of Object.entries(columns)) {
    const written = cells[column]
    if (written === undefined) continue
    if (column === 'type_of_skill' && subjects[written]) found['subject'] = subjects[written]
    else if (column === 'age' && /^[a-z0-9_]{1,20}$/.test(written)) found[dimension] = written.toUpperCase()
    else if (!Object.hasOwn(codes, written))
      return { code: 'breakdownUnknown', values: { column, value: written.slice(0, 100) } }
    else if (codes[written]) found[dimension] = codes[written]
  }
  return found
}

const unitOf = ({ units: written = '' }: Readonly<Record<string, string>>): Note | undefined =>
  Object.hasOwn(units, written) ? undefined : { code: 'unitUnknown', values: { value: written.slice(0, 100) } }

const dimensionsIn = (by: readonly string[]) => {
  const all = by.flatMap((column) => columns[column]?.dimension ?? [])
  return all.includes('skill') ? [...all, 'subject'] : all
}

const readingOf = ({ measure, by }: PointsFile): Reading => ({
  indicator: measure,
  fixed: {},
  free: dimensionsIn(by),
  period: 'year',
  areaOf: ({ geo_area: written = '' }) => areaOfNumber(written),
  dimensionsOf,
  statusOf: ({ nature = 'notspec' }) => natures[nature] ?? { status: 'unstated' },
  isUnfit: unitOf,
})

/** The rows of a file say its unit and by what it is really broken down; its name, where none of them can be read. */
async function lookedInto(folder: Folder, { file, by }: PointsFile) {
  const seen = new Set<string>()
  let isRead = false
  let unit = ''
  let written = ''
  let names: string[] = []
  for await (const { line, text } of folder.lines(file)) {
    const cells = text.split(',')
    if (line === 1) names = cells
    else {
      const row = Object.fromEntries(names.map((one, at) => [one, cells[at] ?? '']))
      written ||= row['units'] ?? ''
      unit ||= units[row['units'] ?? ''] ?? ''
      const told = dimensionsOf(row)
      if ('code' in told) continue
      isRead = true
      for (const dimension of Object.keys(told)) seen.add(dimension)
    }
  }
  return {
    unit,
    written: written.slice(0, 100),
    dimensions: dimensionsIn(by).filter((dimension) => !isRead || seen.has(dimension)),
  }
}

async function* read(folder: Folder): AsyncGenerator<Row> {
  const concepts = await conceptsIn(folder)
  for (const points of await pointsFiles(folder)) {
    const { file, measure } = points
    const concept = concepts.get(measure)
    if (!concept) {
      yield refuse(file, 'titleMissing')
      continue
    }
    const { unit, written, dimensions } = await lookedInto(folder, points)
    // A guess would stand in place of what another file of the same indicator says.
    if (!unit) {
      yield refuse(file, 'unitUnknown', { value: written })
      continue
    }
    yield rowOf(
      file,
      indicatorDraft({
        code: measure,
        name: concept['description'] || concept['name'] || measure,
        publisher: 'United Nations Statistics Division',
        url: 'https://unstats.un.org/sdgs/dataportal',
        licence: 'CC-BY-4.0',
        releasedOn: release.publishedOn,
        sdgIndicator: concept['indicator'],
        unit,
        dimensions,
      }),
    )
  }
}

export const unstats: Source = {
  name,
  title: 'SDG Global Database, Goal 4, October 2020',
  publisher: 'United Nations Statistics Division',
  kinds: ['indicator'],
  folder: 'sdg4-unstats',
  source: {
    address: 'https://github.com/open-numbers/ddf--unstats--sdg_indicators',
    revision: release.revision,
    licence: 'https://creativecommons.org/licenses/by/4.0/',
    attribution: 'United Nations Statistics Division, SDG Global Database, as DDFcsv by Gapminder, CC BY 4.0',
  },
  expects: 'ddf--datapoints--….csv, ddf--concepts--continuous.csv',
  recognise: recogniseBy('geo_area'),
  isBeside: isOfConcepts,
  read,
}

export const unstatsValues: StatisticalSource = {
  name,
  release,
  files: async function* (folder) {
    for (const points of await pointsFiles(folder)) yield observationFile(folder, points, readingOf(points))
  },
}
