/** The node says how much it is used and where it lacks practices, and keeps nothing of those who use it. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { openApp } from '#app'
import { doJob, freshFolder, problemOf, testApp, type TestApp } from '../../../test/app.ts'
import { as, submitted } from '../../../test/acting.ts'
import { person } from '../../../test/people.ts'
import { practice } from '../../../test/practice.ts'
import { readOf } from './classify.ts'
import { useCounts } from './store.ts'

const firefox = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' }
const robot = { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' }
const program = { 'user-agent': 'curl/8.5.0' }

const titled = (en: string, more: object = {}) => ({ ...practice, title: { en }, originalLanguage: 'en', ...more })
const read = async ({ get }: TestApp, path: string, times: number, headers: Record<string, string> = firefox) => {
  for (let at = 0; at < times; at++) assert.ok((await get(path, headers)).statusCode < 400, path)
}
const written = ({ app }: TestApp) => doJob(app, 'use-counts')
const text = (html: string) => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')

test('what people read and download is counted, and what few read of a record is not told', async () => {
  const node = await testApp()
  const share = node.as('curator')
  assert.match(text((await node.get('/en/use')).body), /Nothing has been counted yet/)
  const { id } = await share('practices.share', titled('Radio lessons'))
  const { id: other } = await share('practices.share', titled('Seldom read'))
  await read(node, `/en/records/${id}`, 4)
  await read(node, `/fr/records/${id}`, 2)
  await read(node, `/en/records/${other}`, 4)
  await read(node, `/records/${id}.bib`, 5, program)
  await read(node, '/search?q=radio', 3, { ...firefox, 'accept-language': 'es' })
  await read(node, '/api/search?q=radio', 2, program)
  await written(node)
  const use = await node.as()('use.read')
  assert.equal(use.since, '2026-01-02')
  assert.deepEqual(use.reads, [{ month: '2026-01', count: 13 }])
  assert.deepEqual(use.pages, [
    { name: 'record', count: 10 },
    { name: 'search', count: 3 },
  ])
  assert.deepEqual(use.languages, [
    { name: 'en', count: 8 },
    { name: 'es', count: 3 },
    { name: 'fr', count: 2 },
  ])
  assert.deepEqual([use.forms, use.api], [[{ name: 'metadata', count: 5 }], [{ month: '2026-01', count: 2 }]])
  assert.deepEqual(
    use.mostRead.map(({ id, count }: { id: string; count: number }) => [id, count]),
    [[id, 6]],
  )
  const of = async (record: string) => (await node.get(`/api/records/${record}/use`)).json()
  assert.deepEqual(await of(id), { from: '2025-02', reads: 6, downloads: 5 })
  assert.deepEqual(await of(other), { from: '2025-02', reads: null, downloads: null })
  assert.equal(await problemOf(node.as()('records.use', { id: '0'.repeat(16) })), 'recordNotFound')
  const page = text((await node.get('/en/use')).body)
  assert.match(page, /Records read most Radio lessons 6/)
  assert.doesNotMatch(page, /Seldom read/)
  for (const language of ['fr', 'es', 'ar', 'ru', 'zh'])
    assert.equal((await node.get(`/${language}/use?level=1`)).statusCode, 200)
})

test('robots, what a browser fetches in advance, what is not there and what is for people with accounts count for nothing', async () => {
  const node = await testApp()
  const { id } = await node.as('curator')('practices.share', titled('Radio lessons'))
  for (const [path, headers] of [
    [`/records/${id}`, robot],
    [`/records/${id}`, program],
    [`/records/${id}`, { 'user-agent': '' }],
    [`/records/${id}`, { ...firefox, 'sec-purpose': 'prefetch;prerender' }],
    [`/records/${id}.bib`, robot],
    ['/records/0000000000000000', firefox],
    ['/sign-in', firefox],
    ['/search/suggestions?q=radio', firefox],
    ['/health', firefox],
    ['/search.atom?q=radio', firefox],
  ] as const)
    await node.get(path, headers)
  await node.web.fastify.inject({ method: 'HEAD', url: `/records/${id}`, headers: firefox })
  await written(node)
  assert.equal((await node.as()('use.read')).since, null)
})

test('the database holds days, types and numbers, and after two months only months', async () => {
  let now = new Date('2026-01-30T23:59:50Z')
  const node = await testApp({ now: () => now })
  const { id } = await node.as('curator')('practices.share', titled('Radio lessons'))
  await read(node, `/en/records/${id}`, 3, { ...firefox, cookie: 'other=1', referer: 'https://elsewhere.example/' })
  now = new Date('2026-01-31T00:00:10Z')
  await read(node, `/en/records/${id}`, 2)
  await written(node)
  await written(node)
  type Row = { period: string; counted: string; name: string; count: number }
  const all = async () => {
    const rows = node.app.database.read.withTables<{ use_count: Row }>().selectFrom('use_count').selectAll().execute()
    return (await rows)
      .map(({ period, counted, name, count, ...more }) =>
        [period, counted, name, count, ...Object.keys(more)].join(' '),
      )
      .toSorted()
  }
  const of = (period: string, count: number) =>
    [`language en`, `page record`, `record ${id}`].map((one) => `${period} ${one} ${count}`)
  assert.deepEqual(await all(), [...of('2026-01-30', 3), ...of('2026-01-31', 2)])
  now = new Date('2026-03-31T00:00:00Z')
  await doJob(node.app, 'use-months')
  assert.equal((await all()).length, 6, 'days of the two months before are kept')
  now = new Date('2026-04-01T00:00:00Z')
  await doJob(node.app, 'use-months')
  await doJob(node.app, 'use-months')
  assert.deepEqual(await all(), of('2026-01', 5))
  assert.equal((await node.as()('records.use', { id })).reads, 5)
})

test('an answer that is kept counts each time that it is given, also to who has it already', async () => {
  const node = await testApp()
  const address = await node.web.fastify.listen({ port: 0, host: '127.0.0.1' })
  const ask = (headers = {}) => fetch(`${address}/en/about`, { headers: { ...firefox, ...headers } })
  const tag = (await ask()).headers.get('etag')!
  await (await ask()).text()
  assert.equal((await ask({ 'if-none-match': tag })).status, 304)
  await (await ask(robot)).text()
  await written(node)
  assert.deepEqual((await node.as()('use.read')).pages, [{ name: 'about', count: 3 }])
})

test('counts that could not be written are written with the next', async () => {
  const node = await testApp()
  await read(node, '/en/about', 2)
  const { usage } = node.app.running.services
  const taken = usage.take()
  await read(node, '/en/about', 1)
  usage.giveBack(taken)
  await written(node)
  assert.deepEqual((await node.as()('use.read')).pages, [{ name: 'about', count: 3 }])
})

test('a process that is killed loses no more than was counted since the last writing', async () => {
  const dataDir = freshFolder()
  const child = spawn(process.execPath, [new URL('../../../test/use-writer.ts', import.meta.url).pathname, dataDir])
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  await once(child, 'exit')
  const app = await openApp({
    dataDir,
    databaseAddress: `${dataDir}/qingdao.sqlite`,
    environment: { now: () => new Date(), random: (size) => new Uint8Array(size), fetch: () => Promise.reject() },
  })
  assert.deepEqual(await useCounts(app.database.read).byName('page', '2026'), [{ name: 'about', count: 7 }])
  await app.close()
})

test('people learn how long a decision takes once it is told of five of them', async () => {
  let now = new Date('2026-01-02T00:00:00Z')
  const node = await testApp({ now: () => now })
  const curator = await person(node, 'Chen', { roles: ['curator'] })
  const decided = async (at: number) => {
    const author = await person(node, `Author ${at}`)
    const id = await submitted(node, author)
    now = new Date(now.getTime() + at * 24 * 60 * 60_000)
    await as(node, curator, 'curator')('drafts.step', { id, revision: 1, step: 'accept', verdict: 'sound' })
  }
  for (const at of [1, 2, 3, 4]) await decided(at)
  const few = await node.as()('use.work')
  assert.deepEqual([few.decisions, few.medianDays, few.waiting], [null, null, null])
  assert.match(
    text((await node.get('/en/use')).body),
    /Waiting time for half of the decisions not enough decisions to show this/,
  )
  await decided(10)
  const { decisions, medianDays, ninthDays } = await node.as()('use.work')
  assert.deepEqual([decisions, medianDays, ninthDays], [5, 3, 10])
  assert.match(text((await node.get('/en/use')).body), /Waiting time for half of the decisions up to 3 days/)
})

test('where practices are lacking is a table by area and region, of one level or of all', async () => {
  const node = await testApp()
  const share = node.as('curator')
  await share('practices.share', titled('In Kenya', { countries: ['KE'], areas: ['access'], levels: ['1'] }))
  await share('practices.share', titled('In Fiji', { countries: ['FJ'], areas: ['access'], levels: ['2'] }))
  const { areas, regions, levels, cells, gaps } = await node.as()('use.coverage')
  assert.equal(cells.length, areas.length * regions.length)
  const at = (area: string, region: string) =>
    cells.find((cell: { area: string; region: string }) => cell.area === area && cell.region === region)
  assert.deepEqual(at('access', '202'), { area: 'access', region: '202', count: 1, levels: { 1: 1 } })
  assert.deepEqual([at('access', '543').count, at('access', '053').count], [1, 0], 'Fiji is not Australia')
  assert.deepEqual([gaps['1'], gaps['3'], levels.length], [cells.length - 1, cells.length, Object.keys(gaps).length])
  const { body } = await node.get('/en/use?level=1')
  const row = /<th scope="row">Access[^]*?<\/tr>/.exec(body)![0]
  assert.equal(row.match(/shade0/g)!.length, regions.length - 1)
  const [, link = ''] = /href="([^"]*)"/.exec(row)!
  assert.match((await node.get(link.replaceAll('&amp;', '&'))).body, /In Kenya/)
})

test('addresses count as what they are', () => {
  const record = 'a91qxk4s3qh5rcts'
  for (const [path, expected] of [
    ['/', 'page home'],
    [`/records/${record}`, `page record ${record}`],
    [`/records/${record}/history`, 'nothing'],
    [`/records/${record}/summary.pdf`, `download pdf ${record}`],
    ['/countries/KE', 'page country'],
    ['/countries/KE.pdf', 'download pdf'],
    ['/indicators/se_acc_elec.csv', 'download table'],
    ['/assets/icon.svg', 'nothing'],
    ['/account/export.json', 'nothing'],
    ['/api', 'page about'],
    ['/api/openapi.json', 'download metadata'],
    ['/api/search', 'api'],
    ['/drafts/0000000000000000', 'nothing'],
  ] as const) {
    const found = readOf(path)
    assert.equal(found ? Object.values(found).join(' ') : 'nothing', expected, path)
  }
})
