/** Makes what the node knows of countries from published statistics: `node tools/indicators.ts <data folder>`. */
import { writeFile } from 'node:fs/promises'
import { openFolder, type Folder } from '#kernel/folder.ts'
import countries from '#records/vocabularies/countries.json' with { type: 'json' }
import { readCsv } from '#codecs/csv/read-csv.ts'

type Value = [value: number, year: number]
type Country = { income?: string; languages?: string[]; values: Record<string, Value> }

const alpha2 = new Map(Object.entries(countries.terms).map(([code, term]) => [term.$alpha3.toLowerCase(), code]))

/** Our name → the file and its column. Levels of ISCED stand at the end of the name. */
const series: Record<string, [file: string, column: string]> = {
  internetUsers: ['uis-education/ict/ddf--datapoints--internet_users--by--geo--time.csv', 'internet_users'],
}
for (const [name, column] of [
  ['internet', 'wintern'],
  ['electricity', 'welec'],
  ['computers', 'wcomput'],
] as const)
  for (const level of ['1', '2', '3']) {
    const file = `schbsp_${level}_${column}`
    series[`${name}${level}`] = [
      `uis-education/national_datapoints/ddf--datapoints--${file}--by--country--year.csv`,
      file,
    ]
  }

/** The newest value of each country; regions and areas that are no longer are left out. */
async function newest(data: Folder, [file, column]: [string, string]): Promise<Map<string, Value>> {
  const found = new Map<string, Value>()
  for (const { cells } of readCsv(await data.text(file))) {
    const code = alpha2.get((cells.country ?? cells.geo)!)
    const year = Number(cells.year ?? cells.time)
    const value = Number(cells[column])
    if (!code || cells[column] === '' || !Number.isFinite(value) || value < 0 || value > 100) continue
    if ((found.get(code)?.[1] ?? 0) < year) found.set(code, [Math.round(value * 10) / 10, year])
  }
  return found
}

const groups: Record<string, string> = {
  'WB: Low income (July 2021)': 'low',
  'WB: Lower middle income (July 2021)': 'lower-middle',
  'WB: Upper middle income (July 2021)': 'upper-middle',
  'WB: High income (July 2021)': 'high',
}

type Population = { _populationPercent: string; _officialStatus?: string }
type Territory = { languagePopulation?: Record<string, Population> }
const spokenByMany = 10
const mostLanguages = 4
const isCommon = ({ _populationPercent }: Population) => Number(_populationPercent) >= spokenByMany
const isOfficial = (one: Population) =>
  one._officialStatus === 'official_regional' ? isCommon(one) : one._officialStatus !== undefined

/** Official languages, or, where there are none, those that many speak; the most spoken first. */
function languagesOf({ languagePopulation = {} }: Territory): string[] {
  const all = Object.entries(languagePopulation)
  const official = all.filter(([, one]) => isOfficial(one))
  return (official.length > 0 ? official : all.filter(([, one]) => isCommon(one)))
    .sort(([, a], [, b]) => Number(b._populationPercent) - Number(a._populationPercent))
    .map(([tag]) => tag.split('_')[0]!)
    .filter((tag, at, tags) => tag !== 'und' && tags.indexOf(tag) === at)
    .slice(0, mostLanguages)
}

const data = await openFolder(process.argv[2] ?? '.')
const made: Record<string, Country> = {}
const of = (code: string): Country => (made[code] ??= { values: {} })

for (const { cells } of readCsv(await data.text('uis-education/bdds-2021-09/SDG_REGION.csv'))) {
  const group = groups[cells.REGION_ID!]
  const code = alpha2.get(cells.COUNTRY_ID!.toLowerCase())
  if (group && code) of(code).income = group
}
const info = JSON.parse(await data.text('codelists-world/cldr/supplemental/territoryInfo.json')) as {
  supplemental: { territoryInfo: Record<string, Territory> }
}
for (const [code, territory] of Object.entries(info.supplemental.territoryInfo))
  if (code in countries.terms && languagesOf(territory).length > 0) of(code).languages = languagesOf(territory)
for (const [name, where] of Object.entries(series))
  for (const [code, value] of await newest(data, where)) of(code).values[name] = value

const lines = Object.entries(made)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([code, country]) => `  ${JSON.stringify(code)}: ${JSON.stringify(country)}`)
await writeFile(new URL('../src/features/matching/indicators.json', import.meta.url), `{\n${lines.join(',\n')}\n}\n`)
