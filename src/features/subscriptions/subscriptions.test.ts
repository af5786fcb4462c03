/** People save searches and follow records, and are told of what is new: on a page, in a feed, in e-mails. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lettersOf, person } from '../../../test/people.ts'
import { testApp, type TestApp } from '../../../test/app.ts'
import { sendDigests } from './digest.ts'
import { visitor } from '../../../test/visitor.ts'
import { importer } from '#records/sources/import.ts'
import { ingest } from '#records/sources/ingest.ts'

const day = 24 * 60 * 60_000
const begin = Date.parse('2026-01-02T03:04:05.000Z')

const radio = (n: number | string, more: object = {}) => ({
  title: { en: `Radio lessons ${n}`, fr: `Leçons de radio ${n}` },
  originalLanguage: 'en',
  type: 'practice',
  description: { en: 'Lessons by radio for schools far away.' },
  countries: ['KE'],
  ...more,
})

async function appWithClock() {
  let at = begin
  const node = await testApp({ now: () => new Date(at) })
  return {
    ...node,
    curator: node.as('curator'),
    later: (ms: number) => void (at += ms),
    digest: () => sendDigests(node.app.running),
    letters: () => lettersOf(node),
  }
}
const save = async (
  browser: Awaited<ReturnType<typeof person>>,
  query: string,
  values: Record<string, string> = {},
) => {
  await browser.open(`/en/search?${query}`)
  return browser.send('/watching/searches', values)
}
const news = (node: TestApp, name: string, body: object) => node.as('curator')(name, body)

test('a search is saved on its page, and what is new in it since one last looked is told on a page of one’s own', async () => {
  const { curator, later, ...node } = await appWithClock()
  await curator('practices.share', radio(1))
  const amina = await person(node, 'Amina')
  const saved = await save(amina, 'q=radio&country=KE', { name: 'Radio in Kenya', often: 'daily' })
  assert.match(saved.body, /Saved\.[^]*Radio in Kenya[^]*Nothing new since your last visit/)
  assert.match((await amina.open('/en/search?country=KE&q=radio')).body, /You are following this\. Emails: Daily/)
  assert.match((await amina.open('/en/desk')).body, /href="\/en\/watching"/)

  later(day)
  await curator('practices.share', radio(2))
  await curator('practices.share', radio(3, { countries: ['UG'] }))
  const page = (await amina.open('/en/watching')).body
  assert.match(page, /1 is new[^]*Radio lessons 2/)
  assert.doesNotMatch(page, /Radio lessons [13]/, 'neither what was there before nor what its filter leaves out')

  assert.match((await amina.send('/watching/seen')).body, /marked as seen[^]*Nothing new/)
})

test('of a work in several languages the edition that is new is told, not the one that a reader’s search would show', async () => {
  const { curator, later, ...node } = await appWithClock()
  const edition = (language: string, title: string) =>
    curator('resources.share', {
      title: { [language]: title },
      originalLanguage: language,
      type: 'story',
      languages: [language],
      work: '0123456789abcdef',
    })
  await edition('en', 'The clever bird')
  const amina = await person(node, 'Amina')
  await save(amina, 'q=mjanja')
  later(day)
  await edition('sw', 'Kunguru mjanja')
  const page = (await amina.open('/en/watching')).body
  assert.match(page, /1 is new[^]*Kunguru mjanja/)
  assert.match((await amina.open('/en/search?q=mjanja')).body, /The clever bird[^]*Found by its edition in Swahili/)
})

test('ending can be taken back at once, and watching goes on where it was', async () => {
  const { curator, ...node } = await appWithClock()
  const amina = await person(node, 'Amina')
  await save(amina, 'q=radio')
  await curator('practices.share', radio(1))
  await amina.open('/en/watching')
  const [, end] = /action="\/en(\/watching\/[0-9a-z]+\/end)"/.exec(amina.page)!
  const ended = await amina.send(end!)
  assert.match(ended.body, /no longer follow “Search: radio”|no longer follow “[^”]*radio[^”]*”/)
  assert.match(ended.body, /You are not following anything yet/)
  const undone = await amina.send(end!.replace('/end', '/resume'))
  assert.match(undone.body, /You are following it again[^]*1 is new[^]*Radio lessons 1/)
})

test('a record is followed: its versions, what leads to it, and that it was withdrawn; a country, a subject or a language is too', async () => {
  const { curator, ...node } = await appWithClock()
  const ministry = await curator('organisations.share', { title: { en: 'Ministry of radio' }, originalLanguage: 'en' })
  const practice = await curator('practices.share', radio(1))
  const amina = await person(node, 'Amina')
  for (const id of [ministry.id, practice.id]) {
    await amina.open(`/en/records/${id}`)
    assert.match((await amina.send('/watching/records')).body, /Stop following/)
  }
  for (const path of ['/countries/KE', '/languages/fr', '/subjects/061']) {
    await amina.open(`/en${path}`)
    if (amina.page.includes('/watching/searches'))
      assert.match((await amina.send('/watching/searches')).body, /Stop following/)
    else assert.equal(path, '/languages/fr', 'a language that nothing is in has no page')
  }

  await curator('practices.share', radio(2, { organisations: [{ organisation: ministry.id, role: 'lead' }] }))
  await curator('practices.revise', { id: practice.id, revision: 1, body: radio('one'), note: 'Written out' })
  const page = (await amina.open('/en/watching')).body
  assert.match(page, /Ministry of radio[^]*1 is new[^]*Radio lessons 2[^]*new, and links to it/)
  assert.match(page, /Radio lessons one[^]*1 is new[^]*changed/)
  assert.match(page, /Kenya<\/a><\/h2>[^]*2 are new/)

  await curator('records.withdraw', { id: practice.id, revision: 2, reason: 'The numbers were invented' })
  const after = (await amina.open('/en/watching')).body
  assert.match(after, /A withdrawn record/)
  assert.doesNotMatch(after, /Radio lessons one/, 'what was withdrawn is not read here either')

  await amina.open(`/en/records/${ministry.id}`)
  const [, end] = /action="\/en(\/watching\/[0-9a-z]+\/end)"/.exec(amina.page)!
  assert.match((await amina.send(end!)).body, />Follow</)
})

test('who follows a record is told that a change of it is under review, and then what review found', async () => {
  const { curator, later, ...node } = await appWithClock()
  const { id } = await curator('organisations.share', { title: { en: 'Ministry of radio' }, originalLanguage: 'en' })
  const boris = await person(node, 'Boris')
  await boris.open(`/en/records/${id}`)
  await boris.send('/watching/records')
  later(1_000)
  const amina = await person(node, 'Amina')
  await amina.open(`/en/records/${id}`)
  await amina.send(`/records/${id}/change`)
  const [, draft] = /\/drafts\/([0-9a-z]{16})/.exec(amina.at)!
  await amina.open(`/en/drafts/${draft}/edit/identity`)
  await amina.send(`/drafts/${draft}/edit/identity`, { title: 'Ministry of radios' }, { button: ['go', 'check'] })
  await amina.send(`/drafts/${draft}/steps`)
  assert.match((await boris.open('/en/watching')).body, /Ministry of radio[^]*a change is under review/)

  later(1_000)
  const chen = await person(node, 'Chen', { roles: ['curator'] })
  await chen.open(`/en/drafts/${draft}`)
  await chen.send(`/drafts/${draft}/steps`, { step: 'accept', verdict: 'sound' })
  await chen.send(`/drafts/${draft}/steps`, { step: 'publish' })
  const page = (await boris.open('/en/watching')).body
  assert.match(page, /2 are new[^]*changed[^]*reviewed/)
  assert.doesNotMatch(page, /under review/)
})

test('whoever is not signed in finds the feed of a search and the way in, and watches nothing', async () => {
  const { curator, ...node } = await appWithClock()
  await curator('practices.share', radio(1))
  await curator('practices.share', radio(2, { countries: ['UG'] }))
  const page = (await node.get('/en/search?q=radio&country=KE')).body
  assert.match(
    page,
    /<link rel="alternate" type="application\/atom\+xml"[^>]*search\.atom\?q=radio&amp;country=KE&amp;sort=newest"/,
  )
  assert.match(page, /sign-in\?next=[^"]*search/)
  assert.match((await node.get('/en/countries/KE')).body, /search\.atom\?country=KE&amp;sort=newest"/)
  const feed = (await node.get('/en/search.atom?q=radio&country=KE')).body
  assert.match(feed, /Radio lessons 1/)
  assert.doesNotMatch(feed, /Radio lessons 2/)
  const stranger = visitor(node)
  assert.match((await stranger.open('/en/watching')).body, /Sign in/)
  const posted = await node.web.fastify.inject({
    method: 'POST',
    url: '/en/watching/searches',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
    payload: 'query=q%3Dradio',
  })
  assert.match(String(posted.headers.location), /\/sign-in/)
})

test('the feed of all that one watches has a secret address, which ends when it is renewed', async () => {
  const { curator, ...node } = await appWithClock()
  const amina = await person(node, 'Amina')
  await save(amina, 'q=radio')
  await curator('practices.share', radio(1))
  await amina.open('/en/watching')
  const feedIn = (body: string) => /http:\/\/[^/<]+(\/en\/watching\/feeds\/[\w-]{43})</.exec(body)![1]!
  const first = feedIn((await amina.send('/watching/feed')).body)
  const answer = await node.get(first)
  assert.match(String(answer.headers['content-type']), /^application\/atom\+xml/)
  assert.match(answer.body, /<entry>[^]*Radio lessons 1/)
  assert.match(String(answer.headers['cache-control']), /private/)
  assert.equal(answer.headers['access-control-allow-origin'], undefined, 'no page elsewhere reads it')
  const second = feedIn((await amina.send('/watching/feed')).body)
  assert.equal((await node.get(first)).statusCode, 404)
  assert.equal((await node.get(second)).statusCode, 200)
  assert.doesNotMatch((await amina.open('/en/watching')).body, /watching\/feeds\//, 'it is shown once')

  await node.app.database.write(async (tx) => {
    const { people } = await import('#accounts/store.ts')
    await people(tx).change(amina.id, { state: 'suspended' })
  })
  assert.equal((await node.get(second)).statusCode, 404)
})

test('an e-mail a day at most, in one’s language, of what is new; none where nothing is', async () => {
  const { curator, later, digest, letters, ...node } = await appWithClock()
  const amina = await person(node, 'Amina', { language: 'fr' })
  await amina.open('/fr/search?q=radio')
  await amina.send('/watching/searches', { name: 'Radio', often: 'daily' })
  const before = (await letters()).length

  later(day)
  assert.equal((await digest()).letters, 0, 'nothing new')
  for (let n = 1; n <= 12; n++) await curator('practices.share', radio(n))
  assert.equal((await digest()).letters, 0, 'looked for today')
  later(day)
  assert.deepEqual(await digest(), { looked: 1, letters: 1, failed: 0 })
  assert.equal((await digest()).letters, 0, 'told once')
  const all = await letters()
  assert.equal(all.length, before + 1)
  const letter = all.at(-1)!
  assert.match(letter, /Subject: 12 nouveautés/)
  assert.equal([...letter.matchAll(/- Leçons de radio \d+ \(nouveau\)/g)].length, 10)
  assert.match(letter, /et 2 autres\r\nhttp:[^\r]*\/fr\/search\?q=radio&sort=newest/)
  assert.match(letter, /List-Unsubscribe: <http:\/\/[^>]+\/watching\/letters\/[\w-]{43}>\r\n/)
  assert.match(letter, /List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n/)

  later(2 * day)
  assert.equal((await digest()).letters, 0)
})

test('a weekly search waits for its week, one that is only kept is never told of, and an import that changes thousands is no news', async () => {
  const { curator, later, digest, letters, ...node } = await appWithClock()
  const row = (title: string) => ({
    place: 'rows:1',
    kind: 'resource',
    identifier: 'https://example.org/1',
    body: { title: { en: title }, originalLanguage: 'en', type: 'book', languages: ['en'] },
  })
  const bring = async (title: string) => {
    await node.app.perform(ingest, importer('phet-simulations'), { name: 'phet-simulations', rows: [row(title)] })
    await node.app.followOwn()
  }
  await bring('Radio waves')
  const amina = await person(node, 'Amina')
  await save(amina, 'q=radio', { often: 'weekly' })
  const boris = await person(node, 'Boris')
  await save(boris, 'q=radio', { often: 'never' })
  await bring('Radio waves, second edition')
  later(7 * day)
  assert.equal((await digest()).letters, 0)
  await curator('practices.share', radio(1))
  for (let n = 1; n < 7; n++) {
    later(day)
    assert.equal((await digest()).letters, 0, `after ${n} days`)
  }
  later(day)
  assert.equal((await digest()).letters, 1)
  assert.match((await letters()).at(-1)!, /To: amina@example\.org/)
})

test('a link in an e-mail stops e-mails without signing in: opening it changes nothing, a mail program’s post works at once', async () => {
  const { curator, later, digest, letters, ...node } = await appWithClock()
  const amina = await person(node, 'Amina')
  await save(amina, 'q=radio', { often: 'daily' })
  later(1_000)
  await save(amina, 'country=KE', { often: 'daily' })
  const letterNow = async (n: number) => {
    await curator('practices.share', radio(n))
    later(day)
    await digest()
    return (await letters()).at(-1)!
  }
  const letter = await letterNow(1)
  const one = /Stop emails about this:\r\nhttp:\/\/[^/]+(\/en\/watching\/letters\/[\w-]{43}\?watch=[0-9a-z]{16})/.exec(
    letter,
  )![1]!
  const reader = visitor(node)
  const page = await reader.open(one)
  assert.match(page.body, /Nothing has changed yet[^]*Stop emails about “[^”]*radio/)
  assert.equal(page.headers['referrer-policy'], 'no-referrer')
  const path = one.split('?')[0]!
  assert.match((await reader.send(path.slice(3))).body, /Emails stopped/)
  assert.doesNotMatch(await letterNow(2), /q=radio/)

  const all = await letterNow(3)
  const [, unsubscribe] = /List-Unsubscribe: <http:\/\/[^/]+(\/[^>]+)>/.exec(all)!
  const oneClick = () =>
    node.web.fastify.inject({
      method: 'POST',
      url: unsubscribe!,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'List-Unsubscribe=One-Click',
    })
  const done = await oneClick()
  assert.deepEqual([done.statusCode, done.headers.location], [200, undefined])
  await curator('practices.share', radio(4))
  later(day)
  assert.equal((await digest()).letters, 0)

  await amina.open('/en/watching')
  const [, often] = /action="\/en(\/watching\/[0-9a-z]+\/often)"/.exec(amina.page)!
  await amina.send(often!, { often: 'daily' })
  await oneClick()
  assert.match(await letterNow(5), /Radio lessons 5/, 'an old letter never undoes what was chosen after it')

  assert.equal((await node.get(`/en/watching/letters/${'a'.repeat(43)}`)).statusCode, 410)
})

test('mail programs may send the press of a button as multipart, too', async () => {
  const { curator, later, digest, letters, ...node } = await appWithClock()
  const amina = await person(node, 'Amina')
  await save(amina, 'q=radio', { often: 'daily' })
  await curator('practices.share', radio(1))
  later(day)
  await digest()
  const [, unsubscribe] = /List-Unsubscribe: <http:\/\/[^/]+(\/[^>]+)>/.exec((await letters()).at(-1)!)!
  const answer = await node.web.fastify.inject({
    method: 'POST',
    url: unsubscribe!,
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    payload: '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
  })
  assert.equal(answer.statusCode, 200)
  await curator('practices.share', radio(2))
  later(day)
  assert.equal((await digest()).letters, 0)
})

test('somebody suspended gets nothing; somebody erased leaves nothing; what is taken along holds what one watches', async () => {
  const { curator, later, digest, ...node } = await appWithClock()
  const { people } = await import('#accounts/store.ts')
  const amina = await person(node, 'Amina')
  await save(amina, 'q=radio', { often: 'daily', name: 'Radio' })
  const boris = await person(node, 'Boris')
  await save(boris, 'q=radio', { often: 'daily' })
  const taken = JSON.parse((await amina.open('/en/account/export.json')).body)
  assert.deepEqual(
    taken.watching.map(({ query, name, often }: Record<string, string>) => [query, name, often]),
    [['q=radio', 'Radio', 'daily']],
  )
  await node.app.database.write((tx) => people(tx).change(boris.id, { state: 'suspended' }))
  await amina.open('/en/account')
  await amina.send('/account/erase', { erasePassword: 'seven quiet radios' })
  await curator('practices.share', radio(1))
  later(day)
  assert.deepEqual(await digest(), { looked: 1, letters: 0, failed: 0 })
  const { subscriptionStore } = await import('./store.ts')
  const left = subscriptionStore(node.app.database.read)
  assert.deepEqual([await left.of(amina.id), await left.watcher(amina.id)], [[], undefined])
})

test('what others watch is out of reach, and nobody watches more than is read in a moment', async () => {
  const { curator, ...node } = await appWithClock()
  await curator('practices.share', radio(1))
  const amina = await person(node, 'Amina')
  await save(amina, 'q=radio')
  await amina.open('/en/watching')
  const [, id] = /\/watching\/([0-9a-z]{16})\/end/.exec(amina.page)!
  const boris = await person(node, 'Boris')
  const actor = { kind: 'person' as const, id: boris.id, roles: ['contributor'] }
  const ask = (name: string, raw: object) => node.app.perform(node.app.operation(name)!, actor, raw)
  for (const name of ['subscriptions.end', 'subscriptions.resume'])
    await assert.rejects(ask(name, { id }), { code: 'notFound' })
  await assert.rejects(ask('subscriptions.change', { id, often: 'never' }), { code: 'notFound' })
  await assert.rejects(ask('subscriptions.save', { query: 'from=never' }), { code: 'invalid' })
  for (let n = 0; n < 200; n++) await ask('subscriptions.save', { query: `q=radio+${n}` })
  await assert.rejects(ask('subscriptions.save', { query: 'q=one+more' }), { code: 'tooManyWatched' })
  await ask('subscriptions.save', { query: 'q=radio+7', often: 'daily' })
})

test('whoever followed a record that is merged follows the one that it is now', async () => {
  const { curator, ...node } = await appWithClock()
  const one = await curator('practices.share', radio(1))
  const other = await curator('practices.share', radio(2))
  const amina = await person(node, 'Amina')
  await amina.open(`/en/records/${one.id}`)
  await amina.send('/watching/records')
  await news(node as unknown as TestApp, 'records.merge', {
    id: one.id,
    revision: 1,
    into: other.id,
    intoRevision: 1,
    reason: 'The same lessons',
  })
  assert.match((await amina.open(`/en/records/${other.id}`)).body, /Stop following/)
  assert.match((await amina.open('/en/watching')).body, /Radio lessons 2[^]*1 is new/)
})
