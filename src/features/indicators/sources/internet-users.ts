/** People who use the Internet, a time series that Gapminder keeps from the figures of the ITU. */
import type { Folder } from '#kernel/folder.ts'
import { rowOf } from '#records/sources/row.ts'
import type { Row, Source } from '#records/sources/source.ts'
import { countryOfAlpha3 } from '../areas.ts'
import type { StatisticalSource } from '../observations.ts'
import { indicatorDraft } from './catalogue.ts'
import { observationFile, pointsFiles, type PointsFile, type Reading, recogniseBy, isOfConcepts } from './ddf.ts'

const name = 'internet-users'
const measure = 'internet_users'
// Its commit has no day of publication; its newest values are of 2024.
const release = { publishedOn: '2025', revision: 'c63631abeb62' }

const ours = async (folder: Folder): Promise<PointsFile[]> =>
  (await pointsFiles(folder)).filter((one) => one.measure === measure && one.by.includes('geo'))

const reading: Reading = {
  indicator: measure,
  fixed: {},
  free: [],
  period: 'time',
  areaOf: ({ geo = '' }) => countryOfAlpha3(geo),
  dimensionsOf: () => ({}),
  statusOf: () => ({ status: 'unstated' }),
}

async function* read(folder: Folder): AsyncGenerator<Row> {
  for (const { file } of await ours(folder))
    yield rowOf(
      file,
      indicatorDraft({
        code: measure,
        name: 'Individuals using the Internet (% of population)',
        publisher: 'Gapminder, Systema Globalis',
        url: 'https://github.com/open-numbers/ddf--gapminder--systema_globalis',
        licence: 'CC-BY-4.0',
        releasedOn: release.publishedOn,
        unit: 'percent',
        dimensions: [],
      }),
    )
}

export const internetUsers: Source = {
  name,
  title: 'Internet users by country',
  publisher: 'Gapminder',
  kinds: ['indicator'],
  folder: 'uis-education/ict',
  source: {
    address: 'https://github.com/open-numbers/ddf--gapminder--systema_globalis',
    revision: release.revision,
    licence: 'https://creativecommons.org/licenses/by/4.0/',
    attribution: 'Gapminder, Systema Globalis, CC BY 4.0',
  },
  expects: 'ddf--datapoints--internet_users--by--geo--time.csv',
  recognise: recogniseBy('geo', (one) => one === measure),
  isBeside: isOfConcepts,
  read,
}

export const internetUsersValues: StatisticalSource = {
  name,
  release,
  files: async function* (folder) {
    for (const points of await ours(folder)) yield observationFile(folder, points, reading)
  },
}
