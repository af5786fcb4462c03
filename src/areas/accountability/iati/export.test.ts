/** The site's own activities as IATI, checked by the published schema and rules; and a file that was imported, shown with its quality. */
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { mkdtemp } from 'node:fs/promises'
import { createWriteStream, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { sql } from 'kysely'
import { brokenRules, standardRules } from '#codecs/iati/rules.ts'
import { schemaFaults } from '#codecs/iati/schema.ts'
import { readXml } from '#codecs/xml/read-xml.ts'
import { openFolder } from '#kernel/folder.ts'
import { outbound } from '#kernel/outbound.ts'
import { importer, importSource, keeping } from '#records/sources/import.ts'
import { ingest } from '#records/sources/ingest.ts'
import { testApp } from '../../../../test/app.ts'
import { iati } from '../sources/iati.ts'

const title = (en: string) => ({ title: { en }, originalLanguage: 'en' })
const fixture = new URL('../../../../fixtures/iati/rows/', import.meta.url).pathname

test('what was described here is given as IATI that the schema and the rules find no error in; what lacks something is named', async () => {
  const { as, get } = await testApp()
  const share = as('curator')
  assert.equal((await get('/iati/activities.xml')).statusCode, 404, 'a file without activities is none')
  const { id: unesco } = await share('organisations.share', {
    ...title('UNESCO & partners'),
    types: ['un'],
    identifiers: ['XM-DAC-41304'],
  })
  const { id: trust } = await share('organisations.share', {
    ...title('A school trust'),
    types: ['ngo'],
    countries: ['KE'],
  })
  const whole = {
    title: { en: 'Radios for <schools>', fr: 'Des radios' },
    originalLanguage: 'en',
    description: { en: 'Lessons\nby radio' },
    reportedBy: unesco,
    funders: [unesco],
    recipients: [trust],
    activityStatus: '2',
    plannedStart: '2024-01-01',
    startsOn: '2024-02-01',
    countries: ['KE', 'UG'],
    countryShares: [
      { place: 'KE', percentage: 62.5 },
      { place: 'UG', percentage: 37.5 },
    ],
    sectors: [{ vocabulary: '1', code: '11220', percentage: 100 }],
    policyMarkers: [{ marker: '1', significance: '1' }],
    budgets: [
      {
        budgetType: '1',
        budgetStatus: '2',
        from: '2024-01-01',
        to: '2024-12-31',
        value: 900,
        currency: 'USD',
        valueDate: '2024-01-01',
      },
    ],
    transactions: [
      {
        transactionType: '2',
        date: '2024-02-01',
        value: 1_000.5,
        currency: 'USD',
        valueDate: '2024-02-01',
        provider: unesco,
      },
      {
        transactionType: '3',
        date: '2024-03-01',
        value: 0.0000001,
        currency: 'EUR',
        valueDate: '2024-03-01',
        receiver: trust,
        note: { en: 'First' },
      },
    ],
    documentLinks: [
      {
        address: 'https://example.org/report.pdf',
        title: { en: 'Report' },
        mediaType: 'application/pdf',
        category: 'A01',
      },
    ],
    exitTerms: { en: 'The radios stay' },
  }
  const { id } = await share('fundings.share', whole)
  const {
    amount,
    transactions: _,
    ...grant
  } = { ...whole, ...title('A grant'), amount: { amount: 70, currency: 'KES' } }
  await share('fundings.share', { ...grant, amount, activityIdentifier: 'XM-DAC-41304-GRANT' })
  const { id: bare } = await share('fundings.share', { ...title('Says too little'), reportedBy: unesco })
  const { id: nobody } = await share('fundings.share', title('Reported by nobody'))

  const answer = await get('/iati/activities.xml')
  assert.match(String(answer.headers['content-type']), /^application\/xml/)
  assert.deepEqual(await schemaFaults('iati-activities', answer.body), [])
  const root = readXml(answer.body)
  assert.equal(root.attributes['version'], '2.03')
  assert.equal(root.children.length, 2)
  for (const activity of root.children)
    assert.deepEqual(
      brokenRules(activity, { today: '2026-01-02' }).filter(({ severity }) => severity !== 'warning'),
      [],
    )
  assert.match(answer.body, new RegExp(`<iati-identifier>XM-DAC-41304-${id}</iati-identifier>`))
  assert.match(answer.body, /<iati-identifier>XM-DAC-41304-GRANT<\/iati-identifier>/)
  assert.match(answer.body, /<narrative xml:lang="fr">Des radios<\/narrative>/)

  const organisations = await get('/iati/organisations.xml')
  assert.deepEqual(await schemaFaults('iati-organisations', organisations.body), [])
  const [organisation] = readXml(organisations.body).children
  assert.deepEqual(
    brokenRules(organisation!, { today: '2026-01-02', root: 'iati-organisations', rules: standardRules }),
    [],
  )
  assert.match(organisations.body, /UNESCO &amp; partners/)

  const { leftOut } = (await get('/api/fundings/iati-activities')).json()
  assert.deepEqual(leftOut.find((one: any) => one.id === nobody).reasons, ['reportedBy'])
  const { reasons } = leftOut.find((one: any) => one.id === bare)
  assert.deepEqual(reasons.slice(0, 3), ['description', 'activityStatus', 'funders'])
  assert.ok(reasons.some((one: string) => one.startsWith('6.11.1 ')))
})

test('what was checked is kept and given out again; what changes, of an activity or of who reports it, holds at once', async () => {
  let today = new Date('2026-01-02T12:00:00Z')
  const { app, as, get } = await testApp({ now: () => today })
  const curator = as('curator')
  const { id: reporter } = await curator('organisations.share', { ...title('UNESCO'), identifiers: ['XM-DAC-41304'] })
  const activity = {
    ...title('Radios'),
    description: { en: 'Lessons by radio' },
    reportedBy: reporter,
    funders: [reporter],
    activityStatus: '2',
    plannedStart: '2024-01-01',
    countries: ['KE'],
    sectors: [{ vocabulary: '1', code: '11220', percentage: 100 }],
  }
  const { id } = await curator('fundings.share', activity)
  const { id: early } = await curator('fundings.share', {
    ...activity,
    ...title('Begins tomorrow'),
    startsOn: '2026-01-03',
  })
  const check = async () => (await as('operator')('fundings.checkIatiActivities', {})).checked
  const xml = async () => (await get('/iati/activities.xml')).body.replace(/ generated-datetime="[^"]+"/, '')
  const leftOut = async () =>
    Object.fromEntries(
      (await get('/api/fundings/iati-activities')).json().leftOut.map((one: any) => [one.id, one.reasons]),
    )
  const keptXml = async () =>
    (await sql<{ xml: string | null }>`select xml from iati_check`.execute(app.database.read)).rows.map(
      (row) => row.xml,
    )

  const made = await xml()
  assert.match(made, /Radios/)
  assert.match((await leftOut())[early][0], /^11\.1\.4 /)
  assert.equal(await check(), 2)
  assert.equal(await check(), 0, 'what is kept is not checked again')
  assert.equal(await xml(), made, 'what is kept is what would be made')
  // Nobody but this test writes there: it shows that the file comes from what is kept.
  await app.database.write(
    async (db) => void (await sql`update iati_check set xml = '<kept/>' where xml is not null`.execute(db)),
  )
  assert.match(await xml(), /<kept\/>/)

  await curator('fundings.revise', { id, revision: 1, body: { ...activity, ...title('Radios for all') } })
  assert.match(await xml(), /Radios for all/)
  assert.equal(await check(), 1)
  assert.equal(
    (await keptXml()).some((one) => one?.includes('Radios for all')),
    true,
  )

  today = new Date('2026-01-03T12:00:00Z')
  assert.match(await xml(), /Begins tomorrow/, 'the day has come')
  assert.deepEqual(await leftOut(), {})
  assert.equal(await check(), 1, 'only what was left out is asked again on another day')

  const named = { ...title('UNESCO Paris'), identifiers: ['XM-DAC-41304'] }
  await curator('organisations.revise', { id: reporter, revision: 1, body: named })
  assert.equal((await xml()).match(/<reporting-org[^>]*><narrative>UNESCO Paris</g)?.length, 2)
  assert.equal(await check(), 2)
  await curator('organisations.revise', { id: reporter, revision: 2, body: title('UNESCO Paris') })
  assert.equal((await get('/iati/activities.xml')).statusCode, 404)
  assert.deepEqual(await leftOut(), { [id]: ['reportedBy'], [early]: ['reportedBy'] })
  await curator('organisations.revise', { id: reporter, revision: 3, body: named })

  assert.equal(await check(), 2)
  const { description: _, ...less } = activity
  await curator('fundings.revise', { id, revision: 2, body: less })
  assert.doesNotMatch(await xml(), new RegExp(id))
  assert.equal((await leftOut())[id][0], 'description')
  await curator('records.withdraw', { id: early, revision: 1, reason: 'It never began' })
  assert.equal((await get('/iati/activities.xml')).statusCode, 404)
  assert.deepEqual(await keptXml(), [], 'no copy of what was said before stays')
})

test('a file that was imported is shown with what schema and rules found, and is not given out as our own', async () => {
  const { app, get } = await testApp()
  const take = keeping((operation, actor, input) => app.perform(operation, actor, input), ingest, iati.name)
  const folder = await openFolder(fixture, undefined, 'activities.xml')
  const { counts, refused } = await importSource(iati, folder, take)
  await app.follow()
  assert.equal(refused.length, 6)
  assert.equal((await importSource(iati, folder, take)).counts.unchanged, counts.added, 'read again, it is the same')
  const found = (await get('/api/search?kind=funding&q=Radios&facets=kind')).json()
  const page = (await get(`/en/records/${found.records[0].id}`)).body
  assert.match(page, /Quality of the published data/)
  assert.match(page, /Outgoing commitment/)
  assert.match(page, /Africa: 40%/)
  assert.equal((await get('/iati/activities.xml')).statusCode, 404)
  const totals = (await get('/api/fundings/overview?country=KE')).json().totals
  assert.deepEqual(
    totals.find((one: any) => one.currency === 'EUR'),
    { currency: 'EUR', measure: 'spent', amount: -12, records: 1 },
  )
  assert.ok(importer('iati'))
})

test('a file from an address goes to disk as it comes, and no further than the limit', async () => {
  const bytes = readFileSync(join(fixture, 'activities.xml'))
  const server = createServer((request, response) =>
    request.url === '/moved' ? response.writeHead(302, { location: '/it' }).end() : response.end(bytes),
  )
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as { port: number }
  const path = join(await mkdtemp(join(tmpdir(), 'iati-')), 'activities.xml')
  const fetch = outbound(undefined, () => false)
  try {
    const { status, body } = await fetch(`http://127.0.0.1:${port}/moved`, {}, { into: createWriteStream(path) })
    assert.deepEqual([status, body.length], [200, 0])
    assert.deepEqual(readFileSync(path), bytes)
    await assert.rejects(fetch(`http://127.0.0.1:${port}/it`, { bytes: 100 }, { into: createWriteStream(path) }))
  } finally {
    server.close()
  }
})
