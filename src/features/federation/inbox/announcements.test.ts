/** A review that was published on one node is announced to the node at which the record began: two nodes, over real HTTP. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { outbound } from '#kernel/outbound.ts'
import { doJob, problemOf, testApp } from '../../../../test/app.ts'
import { person } from '../../../../test/people.ts'
import { pullNode } from '../nodes/pull.ts'

const loopback = outbound(undefined, () => false)
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
async function nodeAt() {
  const address = `http://127.0.0.1:${await freePort()}`
  let time = Date.parse('2026-01-02T03:04:05.000Z')
  const node = await testApp({ address, fetch: loopback, now: () => new Date((time += 1_000)) })
  await node.app.log.follow()
  return { ...node, address }
}
const [kenya, senegal] = [await nodeAt(), await nodeAt()]
const inEnglish = { originalLanguage: 'en' }
const { id: practice } = await kenya.as('curator')('practices.share', {
  title: { en: 'Radio lessons' },
  type: 'practice',
  ...inEnglish,
})
await senegal.as('operator')('nodes.follow', { address: kenya.address })
const { nodes } = await senegal.as()('nodes.list')
await pullNode(senegal.app.running, nodes[0].id)
await senegal.app.follow()

const reviewOf = async (more: object): Promise<string> =>
  (
    await senegal.as('curator')('reviews.share', {
      title: { en: 'A review of radio lessons' },
      verdict: 'sound',
      creators: [{ name: 'Awa Ndiaye', role: 'author' }],
      ...inEnglish,
      ...more,
    })
  ).id
const send = () => doJob(senegal.app, 'inbox-answers')
const targetsOf = async (id: string) => (await senegal.as('curator')('announcements.list', { id })).targets

test('a curator announces a review to the node that the record came from, where it stands with the record once accepted', async () => {
  const id = await reviewOf({ reviews: practice, revision: 1 })
  const there = `${kenya.address}/records/${practice}`
  assert.deepEqual(await targetsOf(id), [{ request: '', to: there, state: 'open', error: '', at: '' }])
  const chen = await person(senegal, 'Chen', { roles: ['curator'] })
  const page = await chen.open(`/en/records/${id}`)
  assert.match(page.body, new RegExp(`Announce this elsewhere[^]*To the site of[^]*${there}[^]*Announce<`))
  assert.doesNotMatch((await senegal.get(`/en/records/${id}`)).body, /Announce this elsewhere/)
  assert.equal(await problemOf(senegal.as('contributor')('announcements.make', { id })), 'forbidden')

  await chen.send(`/records/${id}/announce`, {})
  assert.match((await chen.open(`/en/records/${id}`)).body, /Not sent yet/)
  await senegal.as('curator')('announcements.make', { id })
  await send()
  await send()
  assert.match((await chen.open(`/en/records/${id}`)).body, /It was announced\./)

  const { notifications } = await kenya.as('curator')('inbox.list', {})
  assert.equal(notifications.length, 1, 'it is told once')
  const [told] = notifications
  assert.deepEqual(
    [told.pattern, told.recordId, told.objectUri, told.senderUri, told.answerTo],
    ['reviewAnnounced', practice, `${senegal.address}/records/${id}`, senegal.address, ''],
  )

  // Nothing of it is shown before somebody there accepts it, and it can be taken away again.
  const shown = async () =>
    /What others published about this[^]*?<\/section>/.exec((await kenya.get(`/en/records/${practice}`)).body)?.[0]
  assert.equal(await shown(), undefined)
  const omar = await person(kenya, 'Omar', { roles: ['curator'] })
  await omar.open('/en/inbox')
  await omar.send(`/inbox/${told.id}/settle`, { state: 'accepted' })
  assert.match((await shown())!, new RegExp(`href="${senegal.address}/records/${id}"[^>]*>Review<`))
  assert.match((await omar.open('/en/inbox')).body, /It is shown on the page of the record[^]*No longer show it/)
  await omar.send(`/inbox/${told.id}/settle`, { state: 'dismissed' })
  assert.equal(await shown(), undefined)
})

test('who asked for a review is told of it, as an answer to the request', async () => {
  const came: any[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      came.push(JSON.parse(Buffer.concat(chunks).toString()))
      response.writeHead(201).end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  after(() => server.close())
  const inbox = `http://127.0.0.1:${(server.address() as AddressInfo).port}/inbox`
  const { id: own } = await senegal.as('curator')('practices.share', {
    title: { en: 'Lessons by telephone' },
    type: 'practice',
    ...inEnglish,
  })
  const request = {
    '@context': ['https://www.w3.org/ns/activitystreams', 'https://coar-notify.net'],
    id: 'urn:uuid:asked',
    type: ['Offer', 'coar-notify:ReviewAction'],
    actor: { id: 'https://asks.example/', type: 'Service', name: 'A repository' },
    origin: { id: 'https://asks.example/', inbox, type: 'Service' },
    target: { id: senegal.address, inbox: `${senegal.address}/inbox`, type: 'Service' },
    object: { id: `${senegal.address}/records/${own}`, type: ['Page', 'sorg:AboutPage'] },
  }
  const headers = { 'content-type': 'application/ld+json' }
  const { status } = await fetch(`${senegal.address}/inbox`, { method: 'POST', headers, body: JSON.stringify(request) })
  assert.equal(status, 201)
  const id = await reviewOf({ reviews: own, revision: 1 })
  assert.deepEqual(await targetsOf(id), [], 'a request that nobody accepted is none')
  const [{ id: asked }] = (await senegal.as('curator')('inbox.list', {})).notifications
  await senegal.as('curator')('inbox.settle', { id: asked, state: 'accepted' })
  assert.deepEqual(
    (await targetsOf(id)).map(({ request: one, to }: { request: string; to: string }) => [one, to]),
    [[asked, 'https://asks.example/']],
  )
  await senegal.as('curator')('announcements.make', { id, request: asked })
  await send()
  const [accepted, announced] = came
  assert.equal(accepted.type, 'Accept')
  const { id: uri, ...rest } = announced
  assert.match(uri, /^urn:uuid:/)
  const here = { id: senegal.address, type: 'Service' }
  const page = `${senegal.address}/records/${id}`
  assert.deepEqual(rest, {
    '@context': request['@context'],
    type: ['Announce', 'coar-notify:ReviewAction'],
    actor: { ...here, name: 'Qingdao' },
    origin: { ...here, inbox: `${senegal.address}/inbox` },
    target: { id: 'https://asks.example/', inbox, type: 'Service' },
    inReplyTo: 'urn:uuid:asked',
    object: { id: page, 'ietf:cite-as': page, type: ['Page', 'sorg:Review'] },
    context: { id: request.object.id, type: ['Page', 'sorg:AboutPage'] },
  })
})

test('an endorsement is announced as one', async () => {
  const { id } = await senegal.as('curator')('endorsements.share', {
    title: { en: 'We stand up for radio lessons' },
    endorses: practice,
    reason: { en: 'We saw it work.' },
    ...inEnglish,
  })
  await senegal.as('curator')('announcements.make', { id })
  await send()
  const { notifications } = await kenya.as('curator')('inbox.list', {})
  assert.deepEqual(
    notifications.filter((one: any) => one.pattern === 'endorsementAnnounced').map((one: any) => one.objectUri),
    [`${senegal.address}/records/${id}`],
  )
})

test('a page that names no inbox, or cannot be reached, is told; it can be tried again', async () => {
  let link: string | undefined
  const server = createServer((_request, response) => {
    if (link) response.setHeader('link', link)
    response.writeHead(200, { 'content-type': 'text/html' }).end('<p>A course')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  after(() => server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/course`
  const id = await reviewOf({ elsewhere: { url, name: 'A course' } })
  const attempt = async () => {
    await senegal.as('curator')('announcements.make', { id })
    const [{ state, error }] = await targetsOf(id)
    return [state, error]
  }
  assert.deepEqual(await attempt(), ['failed', 'noInbox'])
  const chen = await person(senegal, 'Chen2', { roles: ['curator'] })
  assert.match(
    (await chen.open(`/en/records/${id}`)).body,
    /It could not be sent\.[^]*does not say where it takes announcements[^]*Try again/,
  )
  for (const wrong of ['<javascript:alert(1)>; rel="http://www.w3.org/ns/ldp#inbox"', '</in>; rel="item"']) {
    link = wrong
    assert.deepEqual(await attempt(), ['failed', 'noInbox'], wrong)
  }
  link = '</in>; rel="http://www.w3.org/ns/ldp#inbox"'
  assert.deepEqual(await attempt(), ['waiting', ''])

  const unreached = await reviewOf({ elsewhere: { url: 'http://127.0.0.1:9/course', name: 'A course' } })
  await senegal.as('curator')('announcements.make', { id: unreached })
  assert.deepEqual(
    (await targetsOf(unreached)).map(({ error }: { error: string }) => error),
    ['fetchFailed'],
  )
})

test('what began elsewhere, was withdrawn, or is neither a review nor an endorsement is not announced', async () => {
  const curator = senegal.as('curator')
  assert.equal(await problemOf(curator('announcements.make', { id: practice })), 'recordNotFound')
  const id = await reviewOf({ reviews: practice, revision: 1 })
  await curator('records.withdraw', { id, revision: 1, reason: 'A mistake' })
  assert.equal(await problemOf(curator('announcements.make', { id })), 'recordNotFound')
  assert.equal(await problemOf(senegal.as()('announcements.list', { id })), 'unauthenticated')
})
