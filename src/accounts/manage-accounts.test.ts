/** What operators do with accounts on their pages, and what the audit trail shows of it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasMessage } from '#kernel/i18n/messages.ts'
import { problemOf, testApp, usualNow } from '../../test/app.ts'
import { password, person } from '../../test/people.ts'
import { visitor } from '../../test/visitor.ts'
import { events } from './audit.ts'
import { people } from './store.ts'

test('an operator finds somebody, makes them a focal point, and both pages tell', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina Diallo')
  await person(node, 'Ben')
  const fatou = await person(node, 'Fatou', { roles: ['operator'] })

  await fatou.open('/en/desk')
  assert.match(fatou.page, /href="\/en\/people"[^]*href="\/en\/audit"/)
  await fatou.open('/en/people?q=dial')
  assert.match(fatou.page, /Amina Diallo/)
  assert.doesNotMatch(fatou.page, /Ben/)
  await fatou.open(`/en/people/${amina.id}`)
  const without = await fatou.send(`/people/${amina.id}`, { managePassword: password, roles: ['focal-point'] })
  assert.equal(without.status, 422)
  assert.match(without.body, /href="#f-country"/)
  await fatou.send(`/people/${amina.id}`, { managePassword: password, roles: ['focal-point'], country: 'SN' })
  assert.match(fatou.page, /Saved\.[^]*contributor → contributor and national focal point; account active/)

  const { roles, country } = (await people(node.app.database.read).byId(amina.id))!
  assert.deepEqual([roles, country], [['contributor', 'focal-point'], 'SN'])
  await fatou.open('/fr/audit')
  assert.match(fatou.page, /rôles ou état modifiés[^]*Amina Diallo/)
})

test('somebody is found in whatever case and with whatever accents they are typed, and a sign stands for itself', async () => {
  const node = await testApp()
  for (const [at, name] of ['Иван Петров', 'Élodie Brun', 'Ωμέγα', 'Jürgen_Nord', 'Jürgen Nord'].entries())
    await person(node, name, { email: `somebody${at}@example.org` })
  await person(node, 'Chen', { email: 'Élodie_B@example.org' })
  const fatou = await person(node, 'Fatou', { roles: ['operator'] })
  const found = async (words: string) => {
    await fatou.open(`/en/people?q=${encodeURIComponent(words)}`)
    return [...fatou.page.matchAll(/href="\/en\/people\/[^"]+"[^>]*><bdi>([^<]+)</g)].map(([, name]) => name)
  }
  for (const typed of ['иван', 'Иван', 'ИВАН ПЕТ']) assert.deepEqual(await found(typed), ['Иван Петров'], typed)
  for (const typed of ['elodie', 'Élodie', 'élo']) assert.ok((await found(typed)).includes('Élodie Brun'), typed)
  assert.deepEqual(await found('ÉLODIE_b@'), ['Chen'])
  assert.deepEqual(await found('ωμεγα'), ['Ωμέγα'])
  assert.deepEqual(await found('n_n'), ['Jürgen_Nord'])
  assert.deepEqual(await found('%'), [])
  assert.deepEqual(await found('\\'), [])

  const chosen = async (q: string): Promise<string[]> =>
    (await node.as('curator')('accounts.find', { q })).people.map(({ name }: { name: string }) => name)
  assert.deepEqual(await chosen('иван'), ['Иван Петров'])
  assert.deepEqual(await chosen('петр ИВ'), ['Иван Петров'])
  assert.deepEqual(await chosen('elod'), ['Élodie Brun'])
  assert.deepEqual(await chosen('jurgen_'), ['Jürgen_Nord'])
})

test('a closed account is out at once and cannot come in, until it is opened', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const fatou = await person(node, 'Fatou', { roles: ['operator'] })
  await fatou.open(`/en/people/${amina.id}`)
  await fatou.send(`/people/${amina.id}`, { managePassword: password, state: 'suspended' })
  assert.match((await amina.open('/en/account')).body, /<h1>Sign in/)
  assert.equal((await amina.send('/sign-in', { email: amina.email, password })).status, 422)
  await fatou.open(`/en/people/${amina.id}`)
  await fatou.send(`/people/${amina.id}`, { managePassword: password, state: 'active' })
  await amina.open('/en/sign-in')
  await amina.send('/sign-in', { email: amina.email, password })
  assert.equal(amina.at, '/en/account')
})

test('the last operator cannot give the role away', async () => {
  const node = await testApp()
  const fatou = await person(node, 'Fatou', { roles: ['operator'] })
  await fatou.open(`/en/people/${fatou.id}`)
  const refused = await fatou.send(`/people/${fatou.id}`, { managePassword: password, roles: [] })
  assert.equal(refused.status, 422)
  assert.match(refused.body, /last operator/)
})

test('nobody but operators sees people and what happened to them', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina', { roles: ['curator'] })
  for (const path of ['/en/people', `/en/people/${amina.id}`, '/en/audit'])
    assert.equal((await amina.open(path)).status, 403, path)
  assert.doesNotMatch((await amina.open('/en/desk')).body, /\/audit/)
  assert.match((await visitor(node).open('/en/people')).body, /<h1>Sign in/)
})

test('the trail tells of sign-ins and of refusals, page by page, and keeps the names of those who are gone to itself', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  await amina.send('/sign-out')
  for (let i = 0; i < 3; i++) {
    await amina.open('/en/sign-in')
    await amina.send('/sign-in', { email: amina.email, password: `wrong ${i}` })
  }
  await amina.open('/en/sign-in')
  await amina.send('/sign-in', { email: amina.email, password })
  const fatou = await person(node, 'Fatou', { roles: ['operator'] })
  await fatou.open('/en/audit')
  assert.equal(fatou.page.match(/sign-in refused/g)!.length, 3)
  assert.match(fatou.page, /Amina<\/bdi>[^]*?signed in[^]*?with a password/)

  const all = await node.as('operator')('audit.list', { limit: '2' })
  const rest = await node.as('operator')('audit.list', { limit: '500', before: String(all.next) })
  assert.ok(rest.events[0].number < all.events[1].number)

  await amina.open('/en/account')
  await amina.send('/account/erase', { erasePassword: password, keepName: 'false' })
  await fatou.open('/en/audit')
  assert.match(fatou.page, /deleted the account/)
  assert.doesNotMatch(fatou.page, /Amina/)
})

test('who asks for what they may not do is written down, with what it was; a page that leaves a part out is no asking', async () => {
  let now = usualNow
  const node = await testApp({ now: () => now })
  const amina = await person(node, 'Amina')
  await amina.open('/en/desk')
  await amina.open('/en/audit')
  const actor = { kind: 'person' as const, id: amina.id, roles: ['contributor'] }
  const manage = node.app.operation('accounts.manage')!
  const given = { id: amina.id, roles: ['operator'], country: null, isSuspended: false, password: '', session: '' }
  assert.equal(await problemOf(node.app.perform(manage, actor, given)), 'forbidden')
  const refused = async () =>
    (await node.as('operator')('audit.list', { limit: 500 })).events.filter(({ event }: any) => event === 'act.refused')
  assert.deepEqual(
    (await refused()).map(({ actorName, detail }: any) => [actorName, detail]),
    [
      ['Amina', 'accounts.manage'],
      ['Amina', 'audit.list'],
    ],
  )
  for (let tries = 0; tries < 20; tries++) await problemOf(node.app.perform(manage, actor, given))
  assert.equal((await refused()).length, 11, 'each so often an hour that nobody fills the disk, and none hides another')
  now = new Date(now.getTime() + 61 * 60_000)
  await problemOf(node.app.perform(manage, actor, given))
  assert.equal((await refused()).length, 12)
})

test('what of others is answered as not there is written down too, and so are forms that are not shown', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const ben = await person(node, 'Ben')
  await amina.open('/en/share')
  await amina.send('/share', { kind: 'lesson' })
  const draft = /\/drafts\/([0-9a-z]{16})/.exec(amina.at)![1]!
  const store = people(node.app.database.read)
  const [{ id: own } = { id: '' }] = await store.sessionsOf(amina.id)
  const bens = { kind: 'person', id: ben.id, roles: ['contributor'] } as const
  const perform = (name: string, input: object) => problemOf(node.app.perform(node.app.operation(name)!, bens, input))

  assert.equal((await ben.open(`/en/drafts/${draft}`)).status, 404)
  assert.equal((await ben.open('/en/drafts/0000000000000000')).status, 404, 'what is not there is no refusal')
  const [{ id: session } = { id: '' }] = await store.sessionsOf(ben.id)
  assert.equal(await perform('sessions.end', { id: own, password, session }), 'notFound')
  assert.equal((await store.sessionsOf(amina.id)).length, 1)
  assert.equal((await ben.open('/en/collections/new')).status, 403)
  const { events: told } = await node.as('operator')('audit.list', { subject: ben.id })
  assert.deepEqual(
    told.filter(({ event }: any) => event === 'act.refused').map(({ detail }: any) => detail),
    ['curated-collections.share', 'sessions.end', 'drafts.read'],
  )
})

test('every event has its words', () => {
  assert.deepEqual(
    events.filter((event) => !hasMessage(`audit.event.${event}`)),
    [],
  )
})

test('nobody gives themselves a role by sending one along', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  await amina.open('/en/account')
  await amina.send('/account', { roles: ['operator'], state: 'active' })
  const actor = { kind: 'person' as const, id: amina.id, roles: ['contributor'] }
  const change = node.app.operation('accounts.change')!
  const given = { name: 'Amina', language: 'en', affiliations: [], roles: ['operator'] }
  assert.equal(await problemOf(node.app.perform(change, actor, given)), 'invalid')
  assert.deepEqual((await people(node.app.database.read).byId(amina.id))!.roles, ['contributor'])
})

test('the trail holds no password, no address and no secret, and a name cannot forge a line of it', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  await amina.open('/en/account')
  const made = await amina.send('/account/keys', {
    keyName: 'x\n2026 operator',
    scopes: ['records'],
    days: '30',
    keyPassword: password,
  })
  const key = /qingdao_[\w-]+/.exec(made.body)![0]
  await amina.send('/sign-out')
  await amina.open('/en/sign-in')
  await amina.send('/sign-in', { email: amina.email, password: 'almost the right one' })
  const rows = await people(node.app.database.read).audited({ limit: 100 })
  const text = JSON.stringify(rows)
  for (const secret of [password, 'almost the right one', amina.email, key, amina.cookie('device')!])
    assert.ok(!text.includes(secret), secret)
  assert.equal(rows.filter(({ event }) => event === 'key.made').length, 1)
})
