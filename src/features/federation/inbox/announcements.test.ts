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
import { findInbox } from './discovery.ts'

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
  assert.deepEqual(await targetsOf(id), [{ request: '', to: there, state: 'open', error: '', at: '', made: '' }])
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

/** What a server of the test answers; the type and the text may change between requests. */
async function serve(answerOf: () => { link?: string | undefined; type?: string; text?: string }): Promise<string> {
  const server = createServer((_request, response) => {
    const { link, type = 'text/html', text = '<p>A course' } = answerOf()
    if (link) response.setHeader('link', link)
    response.writeHead(200, { 'content-type': type }).end(text)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  after(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('a review that is withdrawn is taken back where it was announced, and no longer shown there', async () => {
  const id = await reviewOf({ reviews: practice, revision: 1 })
  const curator = senegal.as('curator')
  await curator('announcements.make', { id })
  await send()
  const [chen, omar] = [
    await person(senegal, 'Chen3', { roles: ['curator'] }),
    await person(kenya, 'Omar2', { roles: ['curator'] }),
  ]
  const there = async () =>
    (await kenya.as('curator')('inbox.list', {})).notifications.find(
      ({ objectUri }: { objectUri: string }) => objectUri === `${senegal.address}/records/${id}`,
    )
  const shown = async () =>
    (await kenya.get(`/en/records/${practice}`)).body.includes(`${senegal.address}/records/${id}`)
  await omar.open('/en/inbox')
  await omar.send(`/inbox/${(await there()).id}/settle`, { state: 'accepted' })
  assert.equal(await shown(), true)

  assert.match((await chen.open(`/en/records/${id}`)).body, /It was announced\.[^]*Take the announcement back/)
  await curator('records.withdraw', { id, revision: 1, reason: 'A mistake' })
  assert.match((await chen.open('/en/inbox/announced')).body, /Withdrawn record[^]*It is being taken back/)
  await send()
  assert.match((await chen.open('/en/inbox/announced')).body, /It was taken back, and the other service was told/)
  assert.equal((await there()).state, 'undone')
  assert.equal(await shown(), false)
  assert.match((await omar.open('/en/inbox?state=undone')).body, /Taken back by its sender/)
  // It is over: the curator there cannot show it again.
  assert.deepEqual(await kenya.as('curator')('inbox.settle', { id: (await there()).id, state: 'accepted' }), {
    state: 'undone',
  })

  // Once it is published again, it may be announced anew.
  await curator('records.restore', { id, revision: 2, reason: 'It was right' })
  const [{ state }] = await targetsOf(id)
  assert.equal(state, 'takenBack')
  await curator('announcements.make', { id })
  await send()
  assert.deepEqual(
    (await targetsOf(id)).map(({ state: one }: { state: string }) => one),
    ['sent'],
  )
  assert.equal((await there()).state, 'waiting')
})

test('an announcement is taken back by itself too, as COAR Notify has Undo; what never went out is only dropped', async () => {
  const came: any[] = []
  let status = 201
  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      response.writeHead(200, { link: '</in>; rel="http://www.w3.org/ns/ldp#inbox"' }).end()
      return
    }
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      came.push(JSON.parse(Buffer.concat(chunks).toString()))
      response.writeHead(status).end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  after(() => server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/course`
  const id = await reviewOf({ elsewhere: { url, name: 'A course' } })
  const curator = senegal.as('curator')
  const made = async () => (await targetsOf(id))[0].made

  await curator('announcements.make', { id })
  await curator('announcements.takeBack', { id: await made() })
  await send()
  assert.deepEqual([came.length, (await targetsOf(id))[0].state], [0, 'open'])

  await curator('announcements.make', { id })
  await send()
  const chen = await person(senegal, 'Chen4', { roles: ['curator'] })
  await chen.open(`/en/records/${id}`)
  await chen.send(`/records/${id}/announce`, { undo: await made() })
  await send()
  await curator('announcements.takeBack', { id: await made() })
  await send()
  assert.equal(came.length, 2, 'it is told once')
  const [{ '@context': _, ...announced }, undo] = came
  assert.deepEqual(
    [undo.type, undo.inReplyTo, undo.object, undo.target, undo.origin.inbox],
    ['Undo', announced.id, announced, announced.target, `${senegal.address}/inbox`],
  )
  assert.notEqual(undo.id, announced.id)
  assert.equal(await problemOf(senegal.as('contributor')('announcements.takeBack', { id: await made() })), 'forbidden')
  assert.equal(await problemOf(curator('announcements.takeBack', { id: practice })), 'notFound')

  // Where the other service is away, its page says so, and the outcome in the end.
  await curator('announcements.make', { id })
  await send()
  status = 503
  await curator('announcements.takeBack', { id: await made() })
  await send()
  assert.deepEqual([(await targetsOf(id))[0].state, (await targetsOf(id))[0].error], ['takingBack', '503'])
})

test('an inbox is found in the header, in HTML, in JSON-LD or in Turtle', async () => {
  let answer: { link?: string; type?: string; text?: string } = {}
  const at = await serve(() => answer)
  const relation = 'http://www.w3.org/ns/ldp#inbox'
  const page = `${at}/course`
  const node = { '@id': page, [relation]: { '@id': '/in' } }
  const inHtml = (script: string) => ({ text: `<script type="application/ld+json">${script}</script>` })
  const jsonLd = 'application/ld+json; charset=utf-8'
  const found: Record<string, typeof answer> = {
    header: { link: `</in>; rel="${relation}"` },
    'a link': { text: `<html><head><link href=/in rel="alternate ${relation}">` },
    'a link below a base': { text: `<base href="${at}/other/"><a rel='${relation}' href='../in'>Tell us</a>` },
    'JSON-LD in a page': inHtml(JSON.stringify({ '@graph': [{ '@id': `${at}/me` }, node] })),
    'a script that is broken beside it': { text: inHtml('{').text + inHtml(JSON.stringify(node)).text },
    'JSON-LD': { type: jsonLd, text: JSON.stringify(node) },
    'JSON-LD of ActivityStreams': {
      type: 'application/activity+json',
      text: JSON.stringify({ id: page, inbox: `${at}/in` }),
    },
    Turtle: { type: 'text/turtle', text: `<> <${relation}> </in> .` },
  }
  for (const [what, given] of Object.entries(found)) {
    answer = given
    assert.equal(await findInbox(loopback, page), `${at}/in`, what)
  }
  const none: Record<string, typeof answer> = {
    'a comment': { text: `<!-- <link rel="${relation}" href="/in"> -->` },
    'a text': { text: `<textarea><link rel="${relation}" href="/in"></textarea>` },
    'of somebody else': { type: jsonLd, text: JSON.stringify({ '@id': page, author: { inbox: '/in' } }) },
    'of another page': { type: jsonLd, text: JSON.stringify({ ...node, '@id': `${at}/other` }) },
    'no web address': { text: `<link rel="${relation}" href="javascript:alert(1)">` },
    'deep brackets': { type: jsonLd, text: '['.repeat(100_000) },
    'broken Turtle': { type: 'text/turtle', text: '<> <' },
    'a tag without end': { text: `<link rel="${relation}" href="/in`.repeat(20_000) },
  }
  for (const [what, given] of Object.entries(none)) {
    answer = given
    assert.equal(await findInbox(loopback, page), undefined, what)
  }
})

test('a page that names no inbox, or cannot be reached, is told; it can be tried again', async () => {
  let link: string | undefined
  const url = `${await serve(() => ({ link }))}/course`
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
