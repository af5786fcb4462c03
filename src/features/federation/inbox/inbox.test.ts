/** Services elsewhere tell of records here; it waits for a curator, and nothing that they name is fetched. */
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import * as fc from 'fast-check'
import { outbound } from '#kernel/outbound.ts'
import { doJob, testApp } from '../../../../test/app.ts'
import { story } from '../../../../test/story.ts'
import { person } from '../../../../test/people.ts'

let now = new Date('2026-01-02T03:04:05.000Z')
const hours = (count: number) => (now = new Date(now.getTime() + count * 3_600_000))
// The server of the test is on this machine; what may not be reached is told apart by its port.
const loopback = outbound(undefined, () => false)
const strict = outbound()
const node = await testApp({
  now: () => now,
  fetch: (url, ...rest) => (new URL(url).port === '9' ? strict : loopback)(url, ...rest),
})
const { id } = await node.as('curator')('resources.share', story)
const { web } = node
const here = `http://localhost:80/records/${id}`
let number = 0
const send = (payload: unknown, type = 'application/ld+json') =>
  web.fastify.inject({
    method: 'POST',
    url: '/inbox',
    headers: { 'content-type': type, accept: 'application/json' },
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
    remoteAddress: `192.0.2.${(number++ >> 3) % 250}`,
  })

/** As COAR Notify 1.0.1 shows the request of an endorsement. */
const offer = (more: object = {}) => ({
  '@context': ['https://www.w3.org/ns/activitystreams', 'https://coar-notify.net'],
  id: 'urn:uuid:0370c0fb-bb78-4a9b-87f5-bed307a509dd',
  type: ['Offer', 'coar-notify:EndorsementAction'],
  actor: { id: 'https://orcid.org/0000-0002-1825-0097', name: 'Josiah Carberry', type: 'Person' },
  origin: { id: 'https://research.example/repository', inbox: 'https://research.example/inbox/', type: 'Service' },
  target: { id: 'https://overlay.example/system', inbox: 'https://overlay.example/inbox/', type: 'Service' },
  object: { id: here, type: ['Page', 'sorg:AboutPage'] },
  ...more,
})

test('a record names the inbox; a notification is kept once, and a curator settles it on a page', async () => {
  assert.match(
    String((await node.get(`/records/${id}`)).headers.link),
    /<[^>]+\/inbox>; rel="http:\/\/www\.w3\.org\/ns\/ldp#inbox"/,
  )
  const answer = await send(offer())
  assert.equal(answer.statusCode, 201)
  assert.match(String(answer.headers.location), /\/inbox\/[0-9a-z]{16}$/)
  assert.equal((await send(offer())).headers.location, answer.headers.location)
  const announced = offer({
    id: 'urn:uuid:2',
    type: ['Announce', 'coar-notify:ReviewAction'],
    object: { id: 'https://review.example/1', type: ['Page', 'sorg:Review'] },
    context: { id: here },
  })
  assert.equal((await send(announced)).statusCode, 201)

  const [chen, amina] = [await person(node, 'Chen', { roles: ['curator'] }), await person(node, 'Amina')]
  assert.equal((await amina.open('/en/inbox')).status, 403)
  const page = await chen.open('/en/inbox')
  assert.match(page.body, /Endorsement requested[^]*Josiah Carberry/)
  assert.match(page.body, /Review announced[^]*https:\/\/review\.example\/1/)
  const settled = /action="[^"]*(\/inbox\/[0-9a-z]{16}\/settle)"/.exec(page.body)![1]!
  await chen.send(settled, { state: 'accepted' })
  assert.match((await chen.open('/en/inbox')).body, /Accepted/)
})

test('what is no notification about a record here is refused, with what is wrong', async () => {
  for (const [wrong, payload] of [
    ['@context', offer({ '@context': 'https://evil.example/context.jsonld' })],
    ['id', offer({ id: 'javascript:alert(1)' })],
    ['type', offer({ type: 'Delete' })],
    ['origin', offer({ origin: {} })],
    ['target', offer({ target: 'x' })],
    ['object', offer({ object: { id: 'file:///etc/passwd' } })],
    ['context', offer({ object: { id: 'https://elsewhere.example/records/0123456789abcdef' } })],
    ['context', offer({ object: { id: 'http://localhost:80/records/0000000000000000' } })],
  ] as const) {
    const answer = await send(payload)
    assert.equal(answer.statusCode, 400, wrong)
    assert.equal(answer.json().violations[0].place, wrong)
  }
  assert.equal((await send('{', 'application/ld+json')).statusCode, 400)
  assert.equal((await send('[]')).statusCode, 400)
  assert.equal((await send('a=b', 'application/x-www-form-urlencoded')).statusCode, 415)
  assert.equal((await send(offer({ id: 'urn:uuid:3', more: 'x'.repeat(70_000) }))).statusCode, 413)
  assert.equal((await send('['.repeat(5_000))).statusCode, 400)
})

test('a sender who sends without end is stopped', async () => {
  const codes = []
  for (let i = 0; i < 70; i++)
    codes.push(
      (
        await web.fastify.inject({
          method: 'POST',
          url: '/inbox',
          headers: { 'content-type': 'application/ld+json' },
          payload: '{}',
          remoteAddress: '198.51.100.7',
        })
      ).statusCode,
    )
  assert.equal(codes.at(-1), 429)
})

test('whatever is sent, the answer is a refusal or an address', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...Object.keys(offer())), fc.jsonValue({ maxDepth: 3 }), async (name, value) => {
      const { statusCode } = await send({ ...offer(), id: `urn:uuid:${number}`, [name]: value })
      assert.ok([201, 400, 413, 429].includes(statusCode), String(statusCode))
    }),
    { numRuns: 60 },
  )
})

test('who asked is told of the decision, once it can be reached, and the page says whether it was', async () => {
  const came: any[] = []
  let status = 503
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      came.push({ sentAs: request.headers['content-type'], ...JSON.parse(Buffer.concat(chunks).toString()) })
      response.writeHead(status).end()
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  after(() => server.close())
  const inbox = `http://127.0.0.1:${(server.address() as AddressInfo).port}/inbox`
  const chen = await person(node, 'Chen2', { roles: ['curator'] })
  const ask = async (uri: string, address: string) => {
    const origin = { id: 'https://asks.example/', inbox: address, type: 'Service' }
    const { headers } = await send(offer({ id: uri, type: ['Offer', 'coar-notify:ReviewAction'], origin }))
    return String(headers.location).split('/').at(-1)!
  }
  const cardOf = async (uri: string) => {
    const { notifications } = await node.as('curator')('inbox.list', {})
    return notifications.find(({ id: one }: { id: string }) => one === uri)
  }
  const decide = async (one: string, state: string) => {
    await chen.open('/en/inbox')
    return chen.send(`/inbox/${one}/settle`, { state })
  }
  const go = () => doJob(node.app, 'inbox-answers')

  const wanted = await ask('urn:uuid:ask-1', inbox)
  assert.match((await chen.open('/en/inbox')).body, new RegExp(`told of the decision at[^]*${inbox}`))
  await decide(wanted, 'accepted')
  assert.equal((await cardOf(wanted)).answer, 'waiting')
  await go()
  assert.match((await chen.open('/en/inbox')).body, /The answer has not been sent yet[^]*503/)
  await go()
  assert.equal(came.length, 1, 'it is not tried again at once')
  status = 202
  hours(1)
  await go()
  assert.match((await chen.open('/en/inbox')).body, /The answer was sent/)
  assert.match((await chen.open('/en/inbox')).body, /announce it to the sender on its page/)
  const [, told] = came
  assert.deepEqual(
    [told.sentAs, told.type, told.inReplyTo, told.object.id, told.target.inbox],
    ['application/ld+json', 'Accept', 'urn:uuid:ask-1', 'urn:uuid:ask-1', inbox],
  )
  assert.equal(came[0].id, told.id, 'the same answer, so that it is kept once there')
  assert.match(told.origin.inbox, /\/inbox$/)
  // A decision of which the sender was told stands.
  assert.deepEqual(await node.as('curator')('inbox.settle', { id: wanted, state: 'dismissed' }), { state: 'accepted' })
  assert.equal((await cardOf(wanted)).state, 'accepted')

  const unwanted = await ask('urn:uuid:ask-2', inbox)
  await decide(unwanted, 'dismissed')
  await go()
  assert.deepEqual([came.at(-1).type, came.at(-1).inReplyTo], ['TentativeReject', 'urn:uuid:ask-2'])

  const inside = await ask('urn:uuid:ask-3', 'http://127.0.0.1:9/inbox')
  await decide(inside, 'accepted')
  await go()
  assert.deepEqual([(await cardOf(inside)).answer, (await cardOf(inside)).answerError], ['failed', 'addressRefused'])

  status = 500
  const deaf = await ask('urn:uuid:ask-4', inbox)
  await decide(deaf, 'accepted')
  const before = came.length
  for (let i = 0; i < 12; i++) {
    await go()
    hours(24)
  }
  assert.equal(came.length - before, 8)
  const later = await person(node, 'Chen3', { roles: ['curator'] })
  assert.match((await later.open('/en/inbox')).body, /could not be sent, and is not tried again/)
})

test('a sender takes back what it sent, and nobody else does; a decision that was made against it stays', async () => {
  const uri = (number: number) => `urn:uuid:undo-${number}`
  const announced = (number: number) =>
    offer({
      id: uri(number),
      type: ['Announce', 'coar-notify:EndorsementAction'],
      object: { id: `https://endorse.example/${number}`, type: ['Page'] },
      context: { id: here },
    })
  // As COAR Notify 1.0.1 shows Undo Offer.
  const undo = (number: number, more: object = {}) =>
    offer({ id: `${uri(number)}-undo`, type: 'Undo', inReplyTo: uri(number), object: announced(number), ...more })
  const stateOf = async (number: number) =>
    (await node.as('curator')('inbox.list', {})).notifications.find(
      ({ objectUri }: { objectUri: string }) => objectUri === `https://endorse.example/${number}`,
    )
  for (const number of [1, 2, 3]) assert.equal((await send(announced(number))).statusCode, 201)
  await node.as('curator')('inbox.settle', { id: (await stateOf(2)).id, state: 'accepted' })
  await node.as('curator')('inbox.settle', { id: (await stateOf(3)).id, state: 'dismissed' })

  for (const [wrong, payload] of [
    ['inReplyTo', undo(1, { origin: { id: 'https://thief.example/', type: 'Service' } })],
    ['inReplyTo', undo(9)],
    ['inReplyTo', undo(1, { inReplyTo: uri(2) })],
    ['object', undo(1, { object: 'urn:uuid:undo-1' })],
    ['target', undo(1, { target: undefined })],
  ] as const) {
    const answer = await send(payload)
    assert.equal(answer.statusCode, 400)
    assert.equal(answer.json().violations[0].place, wrong)
  }
  assert.equal((await stateOf(1)).state, 'waiting')

  for (const number of [1, 2, 3]) {
    const answer = await send(undo(number))
    assert.equal(answer.statusCode, 201)
    assert.match(String(answer.headers.location), new RegExp((await stateOf(number)).id))
    assert.equal((await send(undo(number))).statusCode, 201, 'a second time changes nothing')
  }
  assert.deepEqual(
    [(await stateOf(1)).state, (await stateOf(2)).state, (await stateOf(3)).state],
    ['undone', 'undone', 'dismissed'],
  )
  assert.doesNotMatch((await node.get(`/en/records/${id}`)).body, /endorse\.example/)
})

test('the list is shown in pages, by state, those that wait first', async () => {
  for (let i = 0; i < 60; i++)
    assert.equal(
      (await send(offer({ id: `urn:uuid:page-${i}`, origin: { id: `https://asks.example/${i}` } }))).statusCode,
      201,
    )
  const chen = await person(node, 'Chen4', { roles: ['curator'] })
  const sendersOn = (page: string) => [...page.matchAll(/https:\/\/asks\.example\/\d+/g)].map(([one]) => one)
  const first = (await chen.open('/en/inbox?state=waiting')).body
  assert.match(first, /<option value="waiting" selected>Waiting \(\d+\)/)
  assert.equal(sendersOn(first).length, 50)
  const next = /rel="next" href="([^"]+)"/.exec(first)![1]!.replaceAll('&amp;', '&')
  const second = (await chen.open(next)).body
  const seen = [...sendersOn(first), ...sendersOn(second)]
  assert.equal(new Set(seen).size, seen.length, 'nothing stands on both')
  for (let i = 0; i < 60; i++) assert.ok(seen.includes(`https://asks.example/${i}`), String(i))
  assert.doesNotMatch(second, /rel="next"/)

  // A decision leads back to the page on which it was made.
  const [, settled, shown, place] =
    /(\/inbox\/[0-9a-z]{16}\/settle)"[^]*?name="show" value="([^"]*)"[^]*?name="after" value="([^"]*)"/.exec(second)!
  const back = await chen.send(settled!, { state: 'dismissed', show: shown!, after: place! })
  assert.equal(sendersOn(back.body).length, sendersOn(second).length - 1)
  assert.match(back.body, /<option value="waiting" selected>/)
  assert.match((await chen.open('/en/inbox?state=dismissed')).body, /Dismissed/)
  const { notifications } = await node.as('curator')('inbox.list', { limit: 200 })
  const firstSettled = notifications.findIndex(({ state }: { state: string }) => state !== 'waiting')
  assert.ok(firstSettled > 0)
  assert.ok(notifications.slice(firstSettled).every(({ state }: { state: string }) => state !== 'waiting'))
})

test('a program that asks for the list is given an empty container: what came is for curators', async () => {
  const answer = await node.get('/inbox', { accept: 'application/ld+json' })
  assert.equal(answer.statusCode, 200)
  assert.match(String(answer.headers['content-type']), /^application\/ld\+json/)
  assert.deepEqual(answer.json(), {
    '@context': 'http://www.w3.org/ns/ldp',
    '@id': 'http://localhost:80/inbox',
    '@type': 'Container',
    contains: [],
  })
  assert.equal((await node.get('/inbox', { accept: 'text/html' })).statusCode, 303)
})
