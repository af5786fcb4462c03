/** Whatever page lists records can be followed: by an Atom feed of the same records, with the same filters, in the same order. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { addressesOf } from './addresses.ts'
import { atomFaults, entriesOf } from './atom-faults.ts'
import { testApp, usualNow } from './app.ts'

/** Pages that lead to records and are no list that somebody follows. */
const noLists: Readonly<Record<string, string>> = {
  '/components': 'It shows components with made-up records.',
  '/embed/search': 'A frame on another site, which leads to the search.',
  '/experts': 'People, who are no records; who follows them is nobody’s business.',
}

const inEnglish = { originalLanguage: 'en' }
const named = (title: string, more: object = {}) => ({ title: { en: title }, ...inEnglish, ...more })

async function world() {
  const node = await testApp()
  const curator = node.as('curator')
  const share = async (plural: string, body: object): Promise<string> => (await curator(`${plural}.share`, body)).id
  const places = { countries: ['KE'], areas: ['access'] }
  await share('approaches', named('Interactive radio'))
  const practices: string[] = []
  for (const title of ['Radio in Kenya', 'Tablets in Kenya'])
    practices.push(await share('practices', named(title, { type: 'practice', levels: ['1'], ...places })))
  await share('practices', named('Radio in Peru', { type: 'practice', countries: ['PE'] }))
  await share('lessons', named('Train before you buy', { phase: 'procure', causes: ['people'] }))
  await share('lessons', named('Ask the teachers first', { phase: 'decide' }))
  await share('resources', named('Drawing letters', { type: 'book', languages: ['en'], subjects: ['0114'] }))
  await share('studies', named('A study of radio', places))
  await share('pathways', named('A way into radio', { steps: [{ title: { en: 'Begin' } }] }))
  for (const [title, more] of [
    ['Radio grants', places],
    ['Grants of Peru', { countries: ['PE'] }],
  ] as const)
    await share('calls', named(title, { callType: 'funding-offered', description: { en: 'Grants.' }, ...more }))
  await share('offers', named('Trainers for radio', { supportTypes: ['mentoring'], ...places }))
  await share('requests', named('Help with radio', { supportTypes: ['mentoring'], ...places }))
  await share('policies', named('A law of Kenya', { ...places, adoptedOn: '2020' }))
  await share('policies', named('A law of Peru', { countries: ['PE'], adoptedOn: '2021' }))
  await share('commitments', named('Connect all schools', { stakeholder: 'ministry', ...places }))
  await share('fundings', named('A grant for radio', { ...places, amount: { amount: 70, currency: 'EUR' } }))
  await share('indicators', named('Schools with radio', { code: 'radio', unit: 'percent' }))
  await share('indicators', named('Schools with power', { code: 'power', unit: 'percent' }))
  await share('declaration-endorsements', named('A ministry endorses', { countries: ['KE'] }))
  const collection = await share('curated-collections', named('Radio of the world'))
  await node.app.database.write((db) =>
    Promise.all(
      practices.map((id) =>
        sql`insert into collection_member values (${collection}, ${id}, ${'member'}, ${usualNow.toISOString()}, ${'curator'})`.execute(
          db,
        ),
      ),
    ),
  )
  return { ...node, collection, practices }
}

const main = (page: string) => /<main[^]*?<\/main>/.exec(page)?.[0] ?? ''
const feedsOf = (page: string) =>
  [...page.matchAll(/<link rel="alternate" type="application\/atom\+xml"[^>]* href="([^"]*)"/g)].map(([, address]) =>
    address!.replaceAll('&amp;', '&'),
  )
/** Paths of records that a page leads to, in their order. */
const recordsOn = (page: string) => [
  ...new Set(
    [...main(page).matchAll(/href="(?:http:\/\/[^"/]+)?(?:\/en)?\/(records|indicators|collections)\/([\w-]+)"/g)]
      .map(([, , id]) => id!)
      .filter((id) => id !== 'new'),
  ),
]

const { web, get, collection } = await world()

test('whatever page lists records names its feed, which answers with the same records', async () => {
  const alone = addressesOf({ web }, 'GET').filter((path) => !/[:*]/.test(path) && !/^\/(?:api\/|packs$)/.test(path))
  assert.ok(alone.length > 60, `${alone.length} addresses`)
  const pages = [
    ...alone,
    '/countries/KE',
    '/languages/en',
    '/subjects/0114',
    `/collections/${collection}`,
    '/search?kind=practice&country=KE',
    '/search?kind=resource',
    '/search?kind=study',
    '/search?kind=pathway',
    '/search?q=radio&sort=oldest',
    '/search?q=radio&view=table',
    '/changes?imports=true',
    '/lessons?phase=decide',
    '/calls?country=KE',
    '/offers?kind=request',
    '/policies?country=PE',
    '/commitments?country=KE',
    '/approaches?level=1&sort=name',
    '/indicators?q=power',
    '/funding?country=KE',
    '/fit?country=KE&level=1',
    '/evidence-map?country=KE',
  ]
  const lists: string[] = []
  const without: string[] = []
  const ordered: string[] = []
  for (const path of pages) {
    const answer = await get(`/en${path}`)
    if (answer.statusCode !== 200 || !String(answer.headers['content-type']).startsWith('text/html')) continue
    const [feed] = feedsOf(answer.body)
    if (recordsOn(answer.body).length > 0 && !feed && !(path in noLists)) without.push(path)
    if (!feed) continue
    lists.push(path)
    const { pathname, search } = new URL(feed)
    const followed = await get(`${pathname}${search}`)
    assert.equal(followed.statusCode, 200, feed)
    assert.match(String(followed.headers['content-type']), /^application\/atom\+xml/, feed)
    assert.deepEqual(atomFaults(followed.body), [], feed)
    assert.match(followed.body, /<link rel="alternate" type="text\/html" href="http/)
    const self = /<link rel="self"[^>]* href="([^"]*)"/.exec(followed.body)![1]!.replaceAll('&amp;', '&')
    assert.equal((await get(self.replace(/^https?:\/\/[^/]+/, ''))).body, followed.body, `${feed} is ${self}`)
    if (/^\/en\/(?:search|changes)\.atom$/.test(pathname)) continue
    assert.equal(pathname, `/en${path.split('?')[0]}.atom`, path)
    if (path.startsWith('/indicators')) continue
    const inFeed = entriesOf(followed.body).map((address) => address.split('/').at(-1)!)
    if (inFeed.length > 0) ordered.push(path)
    assert.deepEqual(
      recordsOn(answer.body).filter((id) => inFeed.includes(id)),
      inFeed,
      `${path} and its feed`,
    )
  }
  assert.ok(ordered.length >= 15, `${ordered.length} lists with their own order`)
  assert.deepEqual(without, [], 'lists that nobody can follow')
  assert.ok(lists.length >= 30, `${lists.length} lists`)
})

test('a feed is narrowed and ordered as its page is', async () => {
  const titles = async (path: string) =>
    [...(await get(path)).body.matchAll(/<entry>[^]*?<title[^>]*>([^<]*)</g)].map(([, title]) => title)
  assert.deepEqual(await titles('/en/calls.atom?country=KE'), ['Radio grants'])
  assert.deepEqual(await titles('/en/calls.atom?state=closed'), [])
  assert.deepEqual(await titles('/en/offers.atom?kind=request'), ['Help with radio'])
  assert.deepEqual(await titles('/en/policies.atom'), ['A law of Peru', 'A law of Kenya'])
  assert.deepEqual(await titles('/en/policies.atom?country=KE'), ['A law of Kenya'])
  assert.deepEqual(await titles('/en/lessons.atom'), ['Ask the teachers first', 'Train before you buy'])
  assert.deepEqual(await titles('/en/indicators.atom'), ['Schools with power', 'Schools with radio'])
  assert.deepEqual(await titles('/en/indicators.atom?q=power'), ['Schools with power'])
  assert.deepEqual(await titles('/en/policies.atom?after=1'), ['A law of Kenya'])
  const whole = (await get('/en/policies.atom?country=KE')).body
  assert.match(whole, /<opensearch:totalResults>1<[^]*<opensearch:startIndex>1</)
})

test('each search has a description by which browsers and programs can search it', async () => {
  const described = async (page: string) => {
    const addresses = [...(await get(page)).body.matchAll(/<link rel="search" [^>]*href="([^"]*)"/g)].map(
      ([, address]) => address!.replaceAll('&amp;', '&'),
    )
    const texts = await Promise.all(addresses.map(async (address) => (await get(address)).body))
    return texts.map((text) =>
      [...text.matchAll(/<Url type="(?:text\/html|application\/atom\+xml)" template="([^"]*)"/g)].map(([, template]) =>
        template!.replaceAll('&amp;', '&').replace(/^https?:\/\/[^/]+/, ''),
      ),
    )
  }
  const all = ['/en/search?q={searchTerms}', '/en/search.atom?q={searchTerms}']
  assert.deepEqual(await described('/en/lessons'), [all])
  assert.deepEqual(await described('/en/search?q=radio&kind=practice&country=KE'), [
    all,
    ['/en/search?q={searchTerms}&kind=practice&country=KE', '/en/search.atom?q={searchTerms}&kind=practice&country=KE'],
  ])
  const [, ofIndicators] = await described('/en/indicators')
  assert.deepEqual(ofIndicators, ['/en/indicators?q={searchTerms}', '/en/indicators.atom?q={searchTerms}'])
  for (const template of ofIndicators!) {
    const answer = await get(template.replace('{searchTerms}', 'power'))
    assert.match(answer.body, /Schools with power/)
    assert.doesNotMatch(answer.body, /Schools with radio/)
  }
  assert.match(
    (await get('/en/indicators.atom?q=power')).body,
    /<link rel="search"[^>]*\/en\/indicators\/opensearch\.xml"/,
  )
})
