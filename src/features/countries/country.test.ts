/** The page of a country, as an adviser opens it, and the same for programs. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Outbound } from '#kernel/outbound.ts'
import { chromiumPrinter } from '#kernel/print.ts'
import { linkChecker } from '#features/link-check/check.ts'
import { uis } from '#features/indicators/sources/uis.ts'
import { unstats } from '#features/indicators/sources/unstats.ts'
import { buildSite } from '../../server.ts'
import { testApp } from '../../../test/app.ts'
import { chromiumPath, noChromium } from '../../../test/browser.ts'
import { practice } from '../../../test/practice.ts'
import { withStatistics } from '../../../test/statistics.ts'

const points = (code: string) => `ddf--datapoints--${code}--by--country--year.csv`
const text = (html: string) => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')

const onlyPlatform: Outbound = async (url) => ({ status: 200, url, headers: {}, body: Buffer.from('') })

async function nodeWithKenya() {
  const node = await testApp({ fetch: onlyPlatform })
  const share = node.as('curator')
  await withStatistics(node.app, uis, {
    [points('schbsp_1_welec')]:
      'country,year,schbsp_1_welec\nken,2010,40\nken,2016,82.6\nuga,2015,90\ntza,2015,2\nfra,2015,100',
    [points('xgdp_fsgov')]: 'country,year,xgdp_fsgov\nuga,2015,2.44',
  })
  await withStatistics(node.app, unstats, {
    'ddf--concepts--continuous.csv':
      'concept,concept_type,description,goal,indicator,name,target\nse_acc_elec,measure,"Schools, electricity (%)",4,4.a.1,SE_ACC_ELEC,4.a',
    'ddf--datapoints--se_acc_elec--by--education_level--geo_area--nature--units--year.csv':
      'education_level,geo_area,nature,units,year,se_acc_elec\nprimar,202,e,percent,2018,33.8',
  })
  const title = (en: string) => ({ title: { en }, originalLanguage: 'en' })
  await share('practices.share', { ...practice, ...title('Radio in Kenya'), countries: ['KE'] })
  await share('practices.share', { ...practice, ...title('Radio in Uganda'), countries: ['UG'] })
  await share('platforms.share', { ...title('Kenyan lessons'), countries: ['KE'], url: 'https://platform.example/' })
  const { id: giver } = await share('organisations.share', { ...title('A foundation'), countries: ['US'] })
  const { id: taker } = await share('organisations.share', { ...title('A school trust'), countries: ['KE'] })
  const grant = { funders: [giver], recipients: [taker] }
  await share('fundings.share', {
    ...title('First grant'),
    ...grant,
    amount: { amount: 100, currency: 'USD' },
    startsOn: '2012',
  })
  await share('fundings.share', {
    ...title('Second grant'),
    ...grant,
    amount: { amount: 50, currency: 'USD' },
    startsOn: '2014',
  })
  await share('fundings.share', { ...title('Third grant'), ...grant, amount: { amount: 7, currency: 'KES' } })
  await share('fundings.share', { ...title('Fourth grant'), ...grant })
  await linkChecker(node.app.running)({ pauseMs: 0 })
  node.app.running.changed()
  return node
}

test('a country page joins figures with trend and place, practices, places like it, funding and platforms', async () => {
  const { get } = await nodeWithKenya()
  const { body } = await get('/en/countries/KE')
  const said = text(body)
  assert.match(
    said,
    /Region: Sub-Saharan Africa · Income group: Lower middle income \(World Bank, July 2021\) · Language: Swahili, English/,
  )
  assert.match(said, /Schools with electricity Primary education 83% 2016 2010–2016 2 of 3 34% 2018/)
  assert.doesNotMatch(said, /share of GDP/, 'what is not known of it is left out')
  assert.match(body, /<svg class="spark"/)
  assert.match(body, /href="\/en\/indicators\/schbsp_welec\?area=KE"/)
  assert.match(said, /Practices tried there .*Radio in Kenya.*Tried in places like it .*Radio in Uganda/)
  assert.match(said, /Received by organisations in the country 4 grants: KES\s?7, US\$150 .*Second grant US\$50 · 2014/)
  assert.match(said, /Platforms .*Kenyan lessons checked on 2 January 2026: works/)
  assert.match(said, /Organisations .*Show all \(1\)/)
  assert.match(text((await get('/en/countries/US')).body), /Given by organisations in the country 4 grants/)
})

test('places count from the lowest value where less is better', async () => {
  const { app, get } = await testApp()
  await withStatistics(app, uis, {
    [points('rofst_2_cp')]: 'country,year,rofst_2_cp\nken,2016,4\nuga,2015,30\ntza,2015,12',
  })
  app.running.changed()
  const said = text((await get('/en/countries/KE')).body)
  assert.match(said, /Children out of school Lower secondary education 4% 2016 1 of 3/)
  assert.match(text((await get('/en/countries/UG')).body), /Children out of school .* 30% 2015 3 of 3/)
})

test('an old value is marked and has no place, and others are not counted by theirs', async () => {
  const { app, get } = await testApp()
  await withStatistics(app, uis, {
    [points('rofst_2_cp')]: 'country,year,rofst_2_cp\nken,2006,4\nuga,2020,30\ntza,2015,12\nfra,2021,1',
  })
  app.running.changed()
  const kenya = text((await get('/en/countries/KE')).body)
  assert.match(kenya, /Children out of school Lower secondary education 4% 2006 old value –/)
  assert.match(text((await get('/en/countries/UG')).body), /Children out of school .* 30% 2020 2 of 2/)
  assert.deepEqual((await get('/countries/KE.json')).json().indicators[0].rank, null)
})

test('in six languages, and for a country of which nothing is known', async () => {
  const { get } = await nodeWithKenya()
  for (const language of ['fr', 'es', 'ru', 'zh', 'ar'])
    assert.equal((await get(`/${language}/countries/KE`)).statusCode, 200)
  assert.match(text((await get('/en/countries/AQ')).body), /There are no statistics on this country here/)
  for (const path of ['/countries/ZZ', '/countries/ke', '/countries/ZZ.json', '/countries/%3Cb%3E'])
    assert.equal((await get(path)).statusCode, 404, path)
})

test('programs get the same by the address with .json', async () => {
  const { get } = await nodeWithKenya()
  const answer = await get('/countries/KE.json')
  assert.match(String(answer.headers['content-type']), /^application\/json/)
  const found = answer.json()
  assert.equal(found.region, '202')
  assert.deepEqual(found.indicators[0].points, [
    { period: 2010, value: 40 },
    { period: 2016, value: 82.6 },
  ])
  assert.deepEqual(found.indicators[0].rank, { place: 2, of: 3 })
  assert.deepEqual(
    found.practices.map(({ title }: any) => title.en),
    ['Radio in Kenya'],
  )
  assert.deepEqual(
    found.platforms.map(({ addresses: [one] }: any) => [one.address, one.state]),
    [['https://platform.example/', 'works']],
  )
  assert.deepEqual([found.organisations.total, found.commitments, found.policies, found.calls], [1, [], [], []])
  assert.equal(found.funding.received.count, 4)
  assert.deepEqual(found.funding.received.totals, [
    { currency: 'KES', amount: 7, count: 1 },
    { currency: 'USD', amount: 150, count: 2 },
  ])
})

const much = 'A name as long as those of ministries are, with the years, the place and the purpose in it'

/** As much of everything as no country has. */
async function nodeWithMuch() {
  const node = await nodeWithKenya()
  const share = node.as('curator')
  for (let at = 0; at < 7; at++) {
    const named = { title: { en: `${much} ${at}` }, originalLanguage: 'en', countries: ['KE'] }
    await share('practices.share', { ...practice, ...named })
    await share('platforms.share', named)
    await share('organisations.share', { ...named, types: ['ministry'] })
    await share('policies.share', { ...named, instrument: 'plan', adoptedOn: '2021-05', oerActions: ['capacity'] })
    await share('calls.share', { ...named, callType: 'funding-offered', areas: ['access', 'open'], closesOn: '2030' })
    const promised = { stakeholder: 'ministry', actions: { en: much }, promisedOn: '2025', areas: ['access', 'open'] }
    await share('commitments.share', { ...named, ...promised })
    await share('lessons.share', { ...named, polarity: 'do', recommendation: { en: much }, event: { en: much } })
  }
  return node
}

test('a country prints as two pages, however much is known of it', { skip: noChromium }, async () => {
  const { app, folder } = await nodeWithMuch()
  const printer = chromiumPrinter({ path: chromiumPath!, sandbox: false, timeoutMs: 60_000 })
  const site = { publicUrl: '', siteName: 'Qingdao', dataDir: folder, version: 'test', report: () => {}, printer }
  const web = buildSite(app, site)
  for (const language of ['fr', 'ar']) {
    const answer = await web.fastify.inject({ url: `/${language}/countries/KE.pdf` })
    assert.equal(answer.headers['content-type'], 'application/pdf')
    const pdf = answer.rawPayload.toString('latin1')
    assert.match(pdf, new RegExp(`/Lang \\(${language}\\)`))
    assert.deepEqual(
      [...pdf.matchAll(/\/Type \/Pages\s+\/Count (\d+)/g)].map(([, count]) => Number(count) <= 2),
      [true],
      language,
    )
  }
  assert.equal((await web.fastify.inject({ url: '/countries/ZZ.pdf' })).statusCode, 404)
  await web.fastify.close()
})

test('where the node makes no PDF, it says how any browser prints the page', async () => {
  const { get } = await testApp()
  const answer = await get('/fr/countries/KE.pdf')
  assert.match(String(answer.headers['content-type']), /text\/html/)
  assert.match(answer.body, /href="\/fr\/countries\/KE"[^]*Enregistrer/)
  assert.doesNotMatch(answer.body, /CHROMIUM_PATH/)
  const country = await get('/fr/countries/KE')
  assert.match(country.body, /Imprimez cette page/)
  assert.doesNotMatch(country.body, /KE\.pdf/)
})
