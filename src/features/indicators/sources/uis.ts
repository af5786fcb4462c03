/**
 * Indicators of the UNESCO Institute for Statistics: a file for each, whose code says level, subject or group where these
 * are no columns. Codes that are parts of one indicator are read as its breakdowns.
 */
import type { Folder } from '#kernel/folder.ts'
import { refuse, rowOf } from '#records/sources/row.ts'
import type { Row, Source } from '#records/sources/source.ts'
import { countryOfAlpha3 } from '../areas.ts'
import type { Dimensions } from '../dimensions.ts'
import type { StatisticalSource } from '../observations.ts'
import { describedBy, indicatorDraft } from './catalogue.ts'
import {
  conceptsIn,
  observationFile,
  pointsFiles,
  type PointsFile,
  type Reading,
  recogniseBy,
  isOfConcepts,
} from './ddf.ts'

const name = 'uis-education'
const release = { publishedOn: '2024-10-08', revision: '9ebe8204713b' }

const levels: Readonly<Record<string, string>> = {
  '0': '0',
  '01': '01',
  '02': '02',
  '1': '1',
  '2': '2',
  '3': '3',
  '2t3': '2T3',
  '1t2': '1T2',
  '1t3': '1T3',
  g2: 'G2',
  g3: 'G3',
  primary: '1',
  lowersec: '2',
}
const groups: Readonly<Record<string, Dimensions>> = {
  urban: { location: 'U' },
  rural: { location: 'R' },
  lowses: { wealth: 'LOW' },
  highses: { wealth: 'HIGH' },
  langtest: { language: 'SAME' },
  nonlangtest: { language: 'OTHER' },
  native: { origin: 'NATIVE' },
  nonnative: { origin: 'IMMIGRANT' },
}
const skills: Readonly<Record<string, string>> = {
  attach: 'EMAIL',
  copi: 'CMFL',
  duplic: 'COPA',
  formula: 'ARSP',
  connec: 'INST',
  software: 'SOFT',
  creat: 'EPRS',
  transferfile: 'TRAF',
  proglang: 'PCPR',
  changpriv: 'PRIV',
  setupeff: 'SECU',
  verifrel: 'VERI',
}

/** Ways in which codes are made; `level` stands where it stands in them. */
const patterns: readonly RegExp[] = [
  /^(?<before>schbsp|rofst|ptrhc|ner|years_fc_comp|years_fc_free|cr|trtp)_(?<level>\d{1,2}(?:t\d)?)(?:_(?<after>[a-z]+))?$/,
  /^(?<before>read|math)_(?<level>g2|g3|primary|lowersec)(?:_(?<group>[a-z]+))?$/,
  /^(?<before>ictskill)(?<skill>[a-z]+)$/,
]

export type Part = { indicator: string; fixed: Dimensions }

/** The indicator that a published code is a part of; the code itself where it stands alone. */
export function partOf(code: string): Part {
  const { before, level, after, group, skill } = patterns.map((one) => one.exec(code)?.groups).find(Boolean) ?? {}
  const alone = { indicator: code, fixed: {} }
  if (!before) return alone
  const indicator = after ? `${before}_${after}` : before
  const known = (table: object, key: string | undefined) => key === undefined || Object.hasOwn(table, key)
  if (!describedBy(indicator) || !known(levels, level) || !known(groups, group) || !known(skills, skill)) return alone
  return {
    indicator,
    fixed: {
      ...(level && { level: levels[level]! }),
      ...(group && groups[group]),
      ...(skill && { skill: skills[skill]! }),
    },
  }
}

const isOurs = ({ by }: PointsFile) => by.includes('country')

const readingOf = ({ measure }: PointsFile): Reading => ({
  ...partOf(measure),
  free: [],
  period: 'year',
  areaOf: ({ country = '' }) => countryOfAlpha3(country),
  dimensionsOf: () => ({}),
  // The files say nothing of it; the release marks national estimates elsewhere.
  statusOf: () => ({ status: 'unstated' }),
})

const unitOf = (name: string, code: string): string =>
  /\(%\)|percentage/i.test(name)
    ? 'percent'
    : /us\$/i.test(name)
      ? 'usd'
      : code.startsWith('years')
        ? 'years'
        : code.startsWith('ptrhc')
          ? 'pupils'
          : 'ratio'

async function* read(folder: Folder): AsyncGenerator<Row> {
  const concepts = await conceptsIn(folder)
  const parts = Map.groupBy((await pointsFiles(folder)).filter(isOurs), ({ measure }) => partOf(measure).indicator)
  for (const [code, files] of parts) {
    const { file, measure } = files[0]!
    const published = concepts.get(measure)?.['name']
    if (!published && !describedBy(code)) {
      yield refuse(file, 'titleMissing')
      continue
    }
    const dimensions = [...new Set(files.flatMap((one) => Object.keys(partOf(one.measure).fixed)))]
    yield rowOf(
      file,
      indicatorDraft({
        code,
        name: published,
        publisher: 'UNESCO Institute for Statistics',
        url: 'https://databrowser.uis.unesco.org',
        licence: 'CC-BY-SA-3.0-IGO',
        releasedOn: release.publishedOn,
        unit: unitOf(published ?? '', code),
        dimensions,
      }),
    )
  }
}

export const uis: Source = {
  name,
  title: 'Education indicators of the UNESCO Institute for Statistics, October 2024',
  publisher: 'UNESCO Institute for Statistics',
  kinds: ['indicator'],
  folder: 'uis-education',
  source: {
    address: 'https://github.com/open-numbers/ddf--unesco--education',
    revision: release.revision,
    licence: 'https://creativecommons.org/licenses/by-sa/3.0/igo/',
    attribution: 'UNESCO Institute for Statistics (UIS), as DDFcsv by Gapminder, CC BY-SA 3.0 IGO',
  },
  expects: 'ddf--datapoints--…--by--country--year.csv, ddf--concepts--continuous.csv',
  recognise: recogniseBy('country'),
  isBeside: isOfConcepts,
  // Its values and its names stand in different files.
  sums: { indicator: { dimensions: 'all' } },
  read,
}

export const uisValues: StatisticalSource = {
  name,
  release,
  files: async function* (folder) {
    for (const points of (await pointsFiles(folder)).filter(isOurs))
      yield observationFile(folder, points, readingOf(points))
  },
}
