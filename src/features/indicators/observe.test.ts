/** Releases of statistics, one after the other, as an operator imports them and a reader asks for them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { folderOf } from '../../../test/collection.ts'
import { freshFolder, problemOf, testApp, type TestApp } from '../../../test/app.ts'
import { importer, importSource } from '#records/sources/import.ts'
import { ingest } from '#records/sources/ingest.ts'
import { join } from 'node:path'
import { readLines, writeDump } from '#features/dump/dump.ts'
import { takeObservationLines } from './dump.ts'
import { importValues } from './import-values.ts'
import { observe } from './observe.ts'
import type { StatisticalSource } from './observations.ts'
import { internetUsers, internetUsersValues } from './sources/internet-users.ts'

const file = 'ddf--datapoints--internet_users--by--geo--time.csv'
const folderWith = (rows: readonly string[]) => folderOf({ [file]: ['geo,time,internet_users', ...rows].join('\n') })
const releasedOn = (publishedOn: string): StatisticalSource => ({
  ...internetUsersValues,
  release: { publishedOn, revision: publishedOn },
})

async function imported({ app }: TestApp, rows: readonly string[], publishedOn: string) {
  const folder = folderWith(rows)
  await importSource(internetUsers, folder, (given) =>
    app.perform(ingest, importer(internetUsers.name), { name: internetUsers.name, rows: given }),
  )
  return importValues(releasedOn(publishedOn), folder, (input) =>
    app.perform(observe, importer(internetUsers.name), input),
  )
}
const told = async (node: TestApp, more: object = {}) =>
  (await node.as()('indicators.values', { code: 'internet_users', ...more })).values.map(
    ({ area, period, value, publishedOn }: any) => `${area} ${period} ${value} ${publishedOn}`,
  )

test('a second release changes, adds and ends values, and the first can still be asked for', async () => {
  const node = await testApp()
  const first = await imported(node, ['ken,2015,16', 'ken,2016,17', 'uga,2015,9'], '2020-05')
  assert.deepEqual(first.counts, { read: 3, added: 3, changed: 0, ended: 0, unchanged: 0, refused: 0 })
  const again = await imported(node, ['ken,2015,16', 'ken,2016,17', 'uga,2015,9'], '2020-05')
  assert.deepEqual([again.counts.added, again.counts.unchanged], [0, 3], 'the same twice changes nothing')

  const second = await imported(node, ['ken,2015,16', 'ken,2016,18', 'ken,2017,20'], '2021-05')
  assert.deepEqual(second.counts, { read: 3, added: 1, changed: 1, ended: 1, unchanged: 1, refused: 0 })
  assert.deepEqual(await told(node), ['KE 2015 16 2020-05', 'KE 2016 18 2021-05', 'KE 2017 20 2021-05'])
  const before = ['KE 2015 16 2020-05', 'KE 2016 17 2020-05', 'UG 2015 9 2020-05']
  assert.deepEqual(await told(node, { asOf: '2020' }), before)
  assert.deepEqual(await told(node, { asOf: '2021-04-30' }), before)
  assert.deepEqual(await told(node, { asOf: '2019' }), [])
  const { values } = await node.as()('indicators.latest', { code: 'internet_users' })
  assert.deepEqual(values, [{ area: 'KE', period: 2017, value: 20, status: 'unstated' }])
})

test('a release that corrects itself keeps what it said first; an older one is not taken', async () => {
  const node = await testApp()
  await imported(node, ['ken,2015,16'], '2020')
  await imported(node, ['ken,2015,17'], '2020')
  const { releases } = await node.as()('indicators.describe', { code: 'INTERNET_USERS' })
  assert.deepEqual(
    releases.map(({ publishedOn }: any) => publishedOn),
    ['2020', '2020'],
  )
  assert.deepEqual(await told(node), ['KE 2015 17 2020'])
  assert.equal(await problemOf(imported(node, ['ken,2015,18'], '2019')), 'releaseOlder')
})

test('rows that are wrong are reported by row and the others kept; what a spoiled file lacks is not taken for gone', async () => {
  const node = await testApp()
  await imported(node, ['ken,2015,16', 'uga,2015,9'], '2020')
  const { counts, refused } = await imported(node, ['ken,2015,17', 'ken,2016,NaN', 'ken,2015,99', 'xxx,2015,1'], '2021')
  assert.deepEqual(
    refused.map(({ place, code }) => `${place.split(':')[1]} ${code}`),
    ['3 valueUnfit', '5 areaUnknown', '4 observationRepeated'],
  )
  assert.deepEqual([counts.changed, counts.ended, counts.refused], [1, 0, 3])
  assert.deepEqual(await told(node), ['KE 2015 17 2021', 'UG 2015 9 2020'])
})

test('of a file that cannot be read to its end nothing is kept', async () => {
  const node = await testApp()
  await imported(node, ['ken,2015,16'], '2020')
  const folder = folderWith([])
  const broken = {
    ...folder,
    async *lines(name: string) {
      yield* folderWith(['ken,2015,17', 'ken,2016,18']).lines(name)
      await folder.text('missing').catch(() => {})
      throw new (await import('#kernel/problem.ts')).Problem('notUtf8', { file: name })
    },
  }
  const { counts, refused } = await importValues(releasedOn('2021'), broken, (input) =>
    node.app.perform(observe, importer(internetUsers.name), input),
  )
  assert.deepEqual([counts.added, counts.changed, refused.map(({ code }) => code)], [0, 0, ['malformedFile']])
  assert.deepEqual(await told(node), ['KE 2015 16 2020'])
})

test('values of an indicator that nobody describes are refused, and those of others kept', async () => {
  const node = await testApp()
  const { counts, refused } = await importValues(
    releasedOn('2020'),
    folderWith(['ken,2015,16', 'ken,2016,17']),
    (input) => node.app.perform(observe, importer(internetUsers.name), input),
  )
  assert.equal(counts.added, 0)
  assert.deepEqual(
    refused.map(({ code, values }) => [code, values['count']]),
    [['indicatorUnknown', 2]],
  )
})

test('only operators take in observations, and only of indicators that are described', async () => {
  const { as } = await testApp()
  const input = {
    code: 'unknown',
    source: 'mine',
    release: { publishedOn: '2026', revision: '1' },
    rows: [{ place: '1', area: 'KE', period: 2020, dimensions: '', value: 1, status: 'reported' }],
  }
  assert.equal(await problemOf(as()('indicators.observe', input)), 'unauthenticated')
  assert.equal(await problemOf(as('curator')('indicators.observe', input)), 'forbidden')
  assert.equal(await problemOf(as('operator')('indicators.observe', input)), 'notFound')
  const wrong = { ...input, rows: [{ ...input.rows[0], period: 1013 }] }
  assert.equal(await problemOf(as('operator')('indicators.observe', wrong)), 'invalid')
})

test('a dump holds every release, and another node that takes it in answers the same', async () => {
  const node = await testApp()
  await imported(node, ['ken,2015,16', 'uga,2015,9'], '2020')
  await imported(node, ['ken,2015,17', 'tza,2016,4'], '2021')
  const folder = join(freshFolder(), 'dump')
  const { observations } = await writeDump(node.app.database.read, folder, {
    created: '2026-01-02T00:00:00Z',
    journal: 1,
    sources: [],
    title: 'Qingdao',
  })
  const other = await testApp()
  await imported(other, [], '2020')
  const count = await takeObservationLines(
    readLines(folder, observations!.path),
    (source) => (input) => other.app.perform(observe, importer(source), input),
  )
  assert.equal(count, observations!.rows)
  for (const asOf of ['2019', '2020', '2021']) assert.deepEqual(await told(other, { asOf }), await told(node, { asOf }))
})

type Release = Map<string, number>
const countries = ['ken', 'uga', 'tza', 'rwa'] as const
const code2 = { ken: 'KE', uga: 'UG', tza: 'TZ', rwa: 'RW' } as const
const release = fc.array(
  fc.tuple(fc.constantFrom(...countries), fc.integer({ min: 2000, max: 2004 }), fc.integer({ min: 0, max: 3 })),
  { maxLength: 12 },
)

test('whatever releases come, each question is answered as one who kept every file would answer it', async () => {
  const node = await testApp()
  let at = 1900
  await fc.assert(
    fc.asyncProperty(fc.array(release, { minLength: 1, maxLength: 4 }), async (given) => {
      const kept: { year: string; values: Release }[] = []
      for (const rows of given) {
        const values: Release = new Map(rows.map(([country, year, value]) => [`${code2[country]} ${year}`, value]))
        // A file without rows says nothing of what is gone.
        if (values.size === 0) continue
        const year = String(at++)
        kept.push({ year, values })
        const lines = [...values].map(([key, value]) => {
          const [area, period] = key.split(' ')
          return `${countries.find((one) => code2[one] === area)},${period},${value}`
        })
        await imported(node, lines, year)
      }
      for (const { year, values } of kept) {
        const { values: found } = await node.as()('indicators.values', {
          code: 'internet_users',
          asOf: year,
          area: ['KE', 'RW'],
          from: 2001,
          to: 2003,
        })
        const obvious = [...values]
          .filter(([key]) => /^(KE|RW) 200[1-3]$/.test(key))
          .map(([key, value]) => `${key} ${value}`)
          .sort()
        assert.deepEqual(found.map(({ area, period, value }: any) => `${area} ${period} ${value}`).sort(), obvious)
      }
    }),
    { numRuns: 15 },
  )
})
