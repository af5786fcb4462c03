/** Answers are kept until something changes, in every process: what each operation that writes must tell. */
import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { openApp } from '#app'
import { features } from '#features'
import { isReading } from '#kernel/operation.ts'
import { systemOf } from '../src/system.ts'
import { buildSite } from '../src/server.ts'
import { as } from './acting.ts'
import { testApp, type TestApp } from './app.ts'
import { password, person } from './people.ts'

const help = { expertHelp: ['mentoring'], workingLanguages: ['en'] }

type Ask = (path: string) => Promise<any>

/** Asks over the wire, since answers are kept before what `inject` reaches. */
async function visitorOf({ web: { fastify } }: Pick<TestApp, 'web'>): Promise<Ask> {
  const address = await fastify.listen({ port: 0, host: '127.0.0.1' })
  return async (path) => (await fetch(`${address}${path}`)).json()
}

/** How many people a visitor is shown in the network of expertise. */
const shownTo = async (ask: Ask): Promise<number> => (await ask('/api/experts')).total

test('whoever leaves the network of expertise, is hidden there or has their account closed is shown no more', async () => {
  const node = await testApp()
  const ask = await visitorOf(node)
  const [amina, ben, chen] = [await person(node, 'Amina'), await person(node, 'Ben'), await person(node, 'Chen')]
  const olga = await person(node, 'Olga', { roles: ['operator'] })
  for (const one of [amina, ben, chen]) await as(node, one)('experts.save', help)
  assert.equal(await shownTo(ask), 3)
  await as(node, amina)('experts.remove')
  assert.equal(await shownTo(ask), 2)
  const { id } = await as(node, ben)('experts.own')
  await node.as('curator')('experts.hide', { id, hidden: true })
  assert.equal(await shownTo(ask), 1)
  const closed = { id: chen.id, roles: [], country: null, isSuspended: true, password, session: '' }
  await as(node, olga, 'operator')('accounts.manage', closed)
  assert.equal(await shownTo(ask), 0)
})

/** A second process of the node, with answers of its own. */
async function secondProcess(t: TestContext, { options }: TestApp) {
  const app = await openApp(options)
  const site = buildSite(app, {
    publicUrl: '',
    siteName: 'Qingdao',
    dataDir: options.dataDir,
    version: 'test',
    report: (error) => assert.fail(String(error)),
  })
  const stop = app.keepFollowing((error) => assert.fail(String(error)))
  t.after(async () => {
    stop()
    await site.fastify.close()
    await app.close()
  })
  return visitorOf({ web: site })
}

test('what changes beside the records shows in another process as well, though the journal says nothing of it', async (t) => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const other = await secondProcess(t, node)
  assert.equal(await shownTo(other), 0)
  await as(node, amina)('experts.save', help)
  for (let tries = 0; (await shownTo(other)) === 0; tries++) {
    assert.ok(tries < 100, 'it was told within some seconds')
    await wait(50)
  }
  await as(node, amina)('experts.remove')
  for (let tries = 0; (await shownTo(other)) === 1; tries++) {
    assert.ok(tries < 100, 'and so is what went')
    await wait(50)
  }
})

test('what changes by itself is not kept: the state of the log is signed a moment after the records changed', async () => {
  const node = await testApp()
  const share = (title: string) =>
    node.as('curator')('practices.share', { title: { en: title }, originalLanguage: 'en', type: 'practice' })
  await share('Radio')
  await node.app.log.follow()
  const ask = await visitorOf(node)
  const size = async () => (await ask('/api/log')).size as number
  const before = await size()
  await share('Lantern')
  assert.equal(await size(), before, 'not signed yet')
  await node.app.log.follow()
  assert.equal(await size(), before + 1)
})

/** They write records, so that the journal tells of them. */
const ofRecords = [
  'records.withdraw',
  'records.restore',
  'records.translate',
  'records.merge',
  'records.bringBack',
  'records.submitNationally',
  'records.retractNationally',
  'sources.ingest',
  'translations.accept',
  'statistics.describe',
  'harvest.keep',
  'harvest.retry',
  'dump.take',
  'packs.take',
  'packs.settle',
]

/** What they write no visitor reads, by the beginnings of their names, and why. */
const unseen: Record<string, string> = {
  'accounts.signUp': 'an account that nobody has confirmed is shown nowhere',
  'accounts.forgotPassword': 'letters',
  'accounts.followLink': 'a new account has nothing to show yet',
  'accounts.prove': 'a session',
  'accounts.changePassword': 'a session',
  'accounts.askEmailChange': 'addresses are shown nowhere',
  'accounts.confirmEmailChange': 'addresses are shown nowhere',
  'accounts.vouch': 'letters',
  sessions: 'a session',
  factors: 'ways to sign in',
  keys: 'of one person',
  passkeys: 'ways to sign in',
  identities: 'ways to sign in',
  notices: 'of one person',
  'files.keep': 'a file is shown with the record that names it',
  'dump.takeAttachment': 'a file is shown with the record that names it',
  drafts: 'for those who work on it; `drafts.step` publishes',
  'lessons.tell': 'it waits for a curator',
  reviews: 'for those who work on it; `drafts.step` publishes',
  'translations.suggest': 'it waits until it is accepted',
  'translations.decline': 'it waited',
  'translations.withdraw': 'it waited',
  translators: 'for those who work on it',
  subscriptions: 'of one person; feeds are not kept',
  'citedLists.cite': 'that there is none is not kept',
  spreadsheets: 'it waits until it is taken in',
  'statistics.begin': 'it waits until it is taken in',
  'statistics.choose': 'it waits until it is taken in',
  'sources.begin': 'for curators',
  'sources.start': 'for curators',
  'sources.discard': 'for curators',
  'sources.record': 'for curators',
  'sources.undo': 'for curators',
  'harvest.add': 'nothing is of it yet',
  'harvest.check': 'nothing is written',
  'harvest.run': 'for curators',
  'harvest.dismiss': 'for curators',
  'harvest.map': 'it holds from the next run on',
  'oai.follow': 'answers of OAI-PMH are not kept',
  'packs.noteApplied': 'the audit trail',
  'nodes.look': 'nothing is written',
  'inbox.receive': 'it waits for a curator',
  announcements: 'it goes to others',
  'credentials.verify': 'nothing is written',
  'presentations.verify': 'nothing is written',
  'credentials.issue': 'of one person; lists are not kept',
  'credentials.issueBadge': 'of one person; lists are not kept',
  'credentials.ensureKey': 'that there is none is not kept',
  'issuers.addMember': 'for curators',
  'issuers.removeMember': 'for curators',
  'credentials.checkTable': 'of an issuer',
  'credentials.startBatch': 'of an issuer',
  'credentials.advanceBatch': 'of an issuer',
  'credentials.stopBatch': 'of an issuer',
  'credentials.award': 'of one person',
  'credentials.clear': 'of an issuer',
  'credentials.learnerRecord': 'of one person',
  claims: 'of one person; pages of secret links are not kept',
  'contributions.ask': 'of one person',
  'learner-records': 'of one person',
  'completions.mark': 'of one person',
  'completions.claim': 'of one person',
  'completions.decide': 'of one person',
  'completions.clear': 'of one person',
  wallets: 'of one person',
  'fundings.checkIatiActivities': 'what it keeps would be computed otherwise',
  'experts.write': 'between two people',
  'experts.answer': 'between two people',
  'experts.result': 'between two people',
}

const isNamed = (names: readonly string[], name: string) =>
  names.some((one) => name === one || name.startsWith(`${one}.`))

test('each operation that writes tells that pages changed, writes records, or writes what no visitor reads', () => {
  const all = [
    ...systemOf(features).operations,
    ...features.flatMap(({ operations = [] }) => operations.filter(({ isForPages }) => isForPages)),
  ]
  const silent = all.filter((op) => !isReading(op) && !op.changesPages).map(({ name }) => name)
  assert.ok(silent.length > 100)
  const undecided = silent.filter(
    (name) => !/\.(share|revise)$/.test(name) && !isNamed(ofRecords, name) && !isNamed(Object.keys(unseen), name),
  )
  assert.deepEqual(undecided, [], 'what visitors read: `changesPages`; else say here why not')
  const gone = [...ofRecords, ...Object.keys(unseen)].filter((one) => !silent.some((name) => isNamed([one], name)))
  assert.deepEqual(gone, [], 'no such operation any more, or it changes pages')
})
