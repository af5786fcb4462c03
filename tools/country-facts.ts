/** Makes what the node knows of income groups and languages of countries: `node tools/country-facts.ts <data folder>`. */
import { writeFile } from 'node:fs/promises'
import { openFolder } from '#kernel/folder.ts'
import countries from '#records/vocabularies/countries.json' with { type: 'json' }
import { readCsv } from '#codecs/csv/read-csv.ts'

type Country = { income?: string; languages?: string[] }

const alpha2 = new Map(Object.entries(countries.terms).map(([code, term]) => [term.$alpha3.toLowerCase(), code]))

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
const of = (code: string): Country => (made[code] ??= {})

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

const lines = Object.entries(made)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([code, country]) => `  ${JSON.stringify(code)}: ${JSON.stringify(country)}`)
await writeFile(new URL('../src/features/matching/country-facts.json', import.meta.url), `{\n${lines.join(',\n')}\n}\n`)
