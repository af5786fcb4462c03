/** Benchmarks of countries and groups of countries, against slow and obvious answers, and as readers see them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { internetUsers } from '#features/indicators/sources/internet-users.ts'
import { sdgRegionOf } from '#features/indicators/areas.ts'
import { incomeGroupOf } from '#features/matching/countries.ts'
import { codeList, termOf } from '#records/vocabularies/index.ts'
import { testApp } from '../../../test/app.ts'
import { withStatistics } from '../../../test/statistics.ts'
import { progressOf, type Point } from './progress.ts'

const text = (html: string) => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
const classOf = (points: Point[], value: number, period = 2025) => progressOf(points, { period, value }).class
const from = (...values: [number, number][]) => values.map(([period, value]) => ({ period, value }))

test('progress is told in six classes, two of which say that there is not enough data', () => {
  assert.equal(classOf(from(), 80), 'noData')
  assert.equal(classOf(from([2005, 50]), 80), 'noData', 'older than 2010')
  assert.equal(classOf(from([2018, 50]), 80), 'noTrend')
  assert.equal(classOf(from([2015, 50], [2020, 65]), 80), 'fast', 'three a year, as is needed')
  assert.equal(classOf(from([2015, 50], [2020, 58]), 80), 'average')
  assert.equal(classOf(from([2015, 50], [2020, 51]), 80), 'slow')
  assert.equal(classOf(from([2015, 50], [2020, 50]), 80), 'none')
  assert.equal(classOf(from([2015, 50], [2020, 45]), 80), 'none')
  assert.equal(classOf(from([2015, 30], [2020, 20]), 10), 'fast', 'children out of school are to become fewer')
  assert.equal(classOf(from([2015, 30], [2020, 35]), 10), 'none')
  assert.equal(classOf(from([2013, 50], [2020, 85]), 80), 'fast', 'reached, from the last value before 2015')
})

type Rows = Map<string, number>
const countries = Object.entries(codeList('countries')!.terms).flatMap(([code, { $alpha3 }]) =>
  typeof $alpha3 === 'string' && (sdgRegionOf(code) ?? incomeGroupOf(code))
    ? [{ code, file: $alpha3.toLowerCase() }]
    : [],
)
const rows = fc.array(
  fc.tuple(fc.constantFrom(...countries), fc.integer({ min: 2000, max: 2020 }), fc.integer({ min: 0, max: 1000 })),
  { minLength: 1, maxLength: 400 },
)
const at = 'ddf--datapoints--internet_users--by--geo--time.csv'

/** As one would with the file and a pencil. */
function obvious(all: Rows) {
  const newest = new Map<string, [number, number]>()
  for (const [key, value] of all) {
    const [code, year] = [key.slice(0, 2), Number(key.slice(3))]
    if (year > (newest.get(code)?.[0] ?? 0)) newest.set(code, [year, value])
  }
  const last = Math.max(...[...newest.values()].map(([year]) => year))
  const median = (isIn: (code: string) => boolean): string => {
    const of = Object.keys(codeList('countries')!.terms).filter(isIn).length
    const values = [...newest].filter(([code, [year]]) => isIn(code) && year >= last - 9).map(([, [, value]]) => value)
    if (values.length < 5 || values.length / of < 0.5) return `null ${values.length}/${of}`
    values.sort((a, b) => a - b)
    const [low, high] = [values[Math.ceil(values.length / 2) - 1]!, values[Math.floor(values.length / 2)]!]
    return `${(low + high) / 2} ${values.length}/${of}`
  }
  return { newest, median }
}

test('newest values, change, ranking and groups are those of a slow and obvious answer', async () => {
  await fc.assert(
    fc.asyncProperty(rows, async (given) => {
      const node = await testApp()
      const all: Rows = new Map(given.map(([{ code }, year, tenths]) => [`${code} ${year}`, tenths / 10]))
      const file = new Map(countries.map(({ code, file: name }) => [code, name]))
      const lines = [...all].map(([key, value]) => `${file.get(key.slice(0, 2))},${key.slice(3)},${value}`)
      await withStatistics(node.app, internetUsers, { [at]: ['geo,time,internet_users', ...lines].join('\n') })
      const ask = node.as()
      const { newest, median } = obvious(all)

      const latest = await ask('indicators.latest', { code: 'internet_users', since: 2010 })
      assert.deepEqual(
        latest.values.map((one: any) => `${one.area} ${one.period} ${one.value} ${one.first?.value}`).sort(),
        [...newest]
          .map(([code, [year, value]]) => {
            const first = [...all].filter(([key]) => key.startsWith(code) && Number(key.slice(3)) >= 2010).sort()[0]
            const isBefore = first && Number(first[0].slice(3)) < year
            return `${code} ${year} ${value} ${isBefore ? first[1] : undefined}`
          })
          .sort(),
      )
      const { groups } = await ask('indicators.groups', { code: 'internet_users' })
      for (const { group, by, median: found, countries: count, of } of groups)
        assert.equal(
          `${found} ${count}/${of}`,
          median((code) => (by === 'region' ? sdgRegionOf(code) : incomeGroupOf(code)) === group),
          group,
        )
      const [country] = [...newest.keys()]
      const { indicators, region } = await ask('countries.indicators', { country })
      const line = indicators.find(({ code }: any) => code === 'internet_users')
      const around = [...newest].filter(([code]) => region !== null && sdgRegionOf(code) === region)
      const [year, value] = newest.get(country!)!
      const isRecent = (one: number) => one >= Math.max(...[...newest.values()].map(([of]) => of)) - 10
      const recent = around.filter(([, [of]]) => isRecent(of))
      if (line && region !== null)
        assert.deepEqual(
          line.rank,
          isRecent(year)
            ? { place: 1 + recent.filter(([, [, other]]) => other > value).length, of: recent.length }
            : null,
        )
    }),
    { numRuns: 6 },
  )
})

test('a curator sets a benchmark of a country; its page and that of the indicator say how far it is', async () => {
  const node = await testApp()
  const lines = countries
    .filter(({ code }) => sdgRegionOf(code) === '202')
    .map(({ file: name }, place) => `${name},2020,${place}`)
  const kenya = ['ken,2015,20', 'ken,2020,40']
  const others = lines.filter((line) => !line.startsWith('ken'))
  await withStatistics(node.app, internetUsers, { [at]: ['geo,time,internet_users', ...kenya, ...others].join('\n') })
  const { record } = await node.as()('indicators.describe', { code: 'internet_users' })
  assert.doesNotMatch((await node.get('/en/countries/KE')).body, /id="benchmarks"/)
  await node.as('curator')('benchmarks.share', {
    title: { en: 'Kenya: Internet by 2025' },
    originalLanguage: 'en',
    country: 'KE',
    benchmarkOf: record.id,
    targetValue: 80,
    targetYear: 2025,
  })
  const country = text((await node.get('/en/countries/KE')).body)
  assert.match(
    country,
    /Benchmarks .*People who use the Internet 20% 2015 40% 2020 80% 2025 Average progress \+4 percentage points a year; needed: \+6 percentage points/,
  )
  assert.match(country, /SDG 4 Scorecard 2025 .* version 1\./)
  const page = text((await node.get('/en/indicators/internet_users')).body)
  assert.match(page, /Benchmarks .*Kenya 20% 2015 40% 2020 80% 2025 Average progress/)
  assert.match(page, /Regions and income groups .*Sub-Saharan Africa \d+% (\d+) of \1 countries and areas/)
  assert.match(page, /Oceania.* Too few values 0 of \d+ countries and areas/)
  assert.doesNotMatch(text((await node.get('/ar/countries/KE')).body), /benchmarks\./)
  assert.ok(termOf('income-groups', incomeGroupOf('KE')!))
})
