/** Messages against the published schemas, and what changed since a moment. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { testApp } from '../../../test/app.ts'
import { withStatistics } from '../../../test/statistics.ts'
import { folderOf } from '../../../test/collection.ts'
import { importer } from '#records/sources/import.ts'
import { readCsvRows } from '#codecs/csv/read-csv.ts'
import { importValues } from '#features/indicators/import-values.ts'
import { observe } from '#features/indicators/observe.ts'
import { internetUsers, internetUsersValues } from '#features/indicators/sources/internet-users.ts'
import dataSchema from '#codecs/sdmx/schemas/sdmx-json-data-2.0.0.json' with { type: 'json' }

const file = 'ddf--datapoints--internet_users--by--geo--time.csv'
const filesWith = (rows: readonly string[]) => ({ [file]: ['geo,time,internet_users', ...rows].join('\n') })

let now = new Date('2026-01-02T00:00:00Z')
const node = await testApp({ now: () => now })
await withStatistics(node.app, internetUsers, filesWith(['ken,2015,16', 'ken,2016,17', 'uga,2015,9', 'tza,2015,4']))
now = new Date('2026-02-02T00:00:00Z')
// A later release corrects a value, adds one and leaves one out.
await importValues(
  { ...internetUsersValues, release: { publishedOn: '2026', revision: 'second' } },
  folderOf(filesWith(['ken,2015,16', 'ken,2016,18', 'ken,2017,20', 'tza,2015,4'])),
  (input) => node.app.perform(observe, importer(internetUsers.name), input),
)
await node.app.followOwn()

const ajv = new Ajv2020({ strict: false, allErrors: true })
;(addFormats as unknown as (to: Ajv2020) => void)(ajv)
const isDataMessage = ajv.compile(dataSchema)
const get = (path: string, accept: string) =>
  node.get(`/sdmx/3.0/data/dataflow/QINGDAO/internet_users${path}`, { accept })
const json = 'application/vnd.sdmx.data+json;version=2.0.0'
const csv = 'application/vnd.sdmx.data+csv;version=2.0.0'

const queries = [
  '',
  '?dimensionAtObservation=AllDimensions',
  '?dimensionAtObservation=REF_AREA',
  '?updatedAfter=2026-01-15',
  '?includeHistory=true',
  '?attributes=none',
  '?attributes=none&measures=none',
  '?c[TIME_PERIOD]=ge:2016',
]

test('SDMX-JSON 2.0 is valid by its published schema, whatever is asked for', async () => {
  for (const query of queries) {
    const { statusCode, body } = await get(query, json)
    assert.equal(statusCode, 200, query)
    assert.ok(isDataMessage(JSON.parse(body)), `${query}: ${ajv.errorsText(isDataMessage.errors)}`)
  }
  assert.ok(!isDataMessage({ meta: {}, data: { dataSets: [{}] } }), 'the schema refuses what is none')
})

const told = (body: string) =>
  readCsvRows(body)
    .slice(1)
    .filter((cells) => cells.length > 1)
    .map(([, , action, , area, year, value]) => `${action} ${area} ${year} ${value}`)

test('who asked before is told what changed since: what is new, what is other, what is gone', async () => {
  const { body } = await get('?updatedAfter=2026-01-15T00:00:00%2B01:00', csv)
  assert.deepEqual(told(body), ['R KE 2016 18', 'R KE 2017 20', 'D UG 2015 9'])
  assert.equal((await get('?updatedAfter=2026-03-01', csv)).statusCode, 204)
})

test('history comes as a data set a release; another moment as it was then', async () => {
  const { body } = await get('?includeHistory=true', csv)
  assert.deepEqual(told(body), [
    'R KE 2015 16',
    'R KE 2016 17',
    'R TZ 2015 4',
    'R UG 2015 9',
    'R KE 2016 18',
    'R KE 2017 20',
    'D UG 2015 9',
  ])
  const { data } = JSON.parse((await get('?includeHistory=true', json)).body)
  assert.deepEqual(
    data.dataSets
      .map(({ action, validFrom, validTo }: any) => [action, (validFrom ?? validTo).slice(0, 10)])
      .slice(0, 3),
    [
      ['Replace', '2026-01-02'],
      ['Delete', '2026-01-02'],
      ['Replace', '2026-02-02'],
    ],
  )
  assert.deepEqual(told((await get('?asOf=2026-01-20', csv)).body), [
    'I KE 2015 16',
    'I KE 2016 17',
    'I TZ 2015 4',
    'I UG 2015 9',
  ])
})

test('the newest of each series is the last that holds, or that held then', async () => {
  assert.deepEqual(told((await get('?lastNObservations=1', csv)).body), ['I KE 2017 20', 'I TZ 2015 4'])
  assert.deepEqual(told((await get('?lastNObservations=1&asOf=2026-01-20', csv)).body), [
    'I KE 2016 17',
    'I TZ 2015 4',
    'I UG 2015 9',
  ])
})

test('the page of an indicator leads to its files', async () => {
  const { body } = await node.get('/en/indicators/internet_users')
  const links = [...body.matchAll(/href="([^"]*\/sdmx\/[^"]*)"/g)].map(([, href]) => href!.replaceAll('&amp;', '&'))
  assert.equal(links.length, 2)
  for (const link of links) {
    const { statusCode, headers } = await node.get(link)
    assert.equal(statusCode, 200, link)
    assert.match(String(headers['content-disposition']), /^attachment; filename="internet_users\.(csv|json)"$/)
  }
})
