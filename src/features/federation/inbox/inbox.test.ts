/** Services elsewhere tell of records here; it waits for a curator, and nothing that they name is fetched. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { appWithStory } from '../../../../test/story.ts'
import { person } from '../../../../test/people.ts'

const node = await appWithStory()
const { id, web } = node
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
