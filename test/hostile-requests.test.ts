/** Requests that are small and mean: what they ask for is refused with words, and nothing is held open or written down for them. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import { problemOf, testApp } from './app.ts'
import type { Problem } from '#kernel/problem.ts'
import { as } from './acting.ts'
import { practice } from './practice.ts'
import { freeAddress } from './browser.ts'
import { keyOf, lettersOf, linkIn, password, person } from './people.ts'
import { visitor } from './visitor.ts'

const json = { 'content-type': 'application/json' }

test('JSON that could be taken for two things, or is no UTF-8, is refused by every address that takes JSON, with its place', async () => {
  const { web } = await testApp()
  const cases: [string | Buffer, string][] = [
    ['{"kind":"practice","kind":"lesson"}', 'duplicateName'],
    ['{"values":{"year":9007199254740993}}', 'unsafeNumber'],
    [Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 'notUtf8'],
    [`{"values":${'['.repeat(200)}${']'.repeat(200)}}`, 'tooDeep'],
    ['{"kind":', 'malformedJson'],
  ]
  for (const [payload, code] of cases)
    for (const url of ['/api/drafts', '/api/practices']) {
      const answer = await web.fastify.inject({ method: 'POST', url, payload, headers: json })
      assert.equal(answer.statusCode, 400, code)
      assert.equal(answer.json().code, code)
      assert.ok(answer.json().detail.length > 10 && answer.json().next.length > 5)
      assert.match(String(answer.headers['content-type']), /^application\/problem\+json/)
    }
})

test('a program that sends JSON to an address of pages reads JSON, and a type without a body is no fault', async () => {
  const { web } = await testApp()
  const bad = await web.fastify.inject({
    method: 'POST',
    url: '/credentials/verify',
    payload: '{"kind":',
    headers: json,
  })
  assert.equal(bad.json().code, 'malformedJson')
  const gone = await web.fastify.inject({ method: 'DELETE', url: '/api/drafts/0000000000000000', headers: json })
  assert.notEqual(gone.json().code, 'malformedJson')
})

test('values that nothing is called by, and steps that a state does not allow, are told as what they are', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const indicator = (await node.get('/api/indicators/nope/values')).json()
  assert.deepEqual([indicator.status, indicator.detail], [404, 'There is no indicator “nope” here.'])
  const { id } = await as(node, amina)('drafts.begin', { kind: 'practice', language: 'en', values: practice })
  const refused = async (operation: string, input: object) =>
    as(node, amina)(operation, input).then(
      () => assert.fail('done'),
      (error: Problem) => error,
    )
  const kind = await refused('drafts.begin', { kind: 'nonsense' })
  assert.deepEqual([kind.code, kind.violations[0]!.place, kind.violations[0]!.rule], ['invalid', 'kind', 'enum'])
  assert.ok((kind.violations[0]!.values.allowedValues as string[]).includes('practice'))
  assert.equal((await refused('drafts.step', { id, revision: 1, step: 'publish' })).code, 'wrongState')
  assert.equal((await refused('drafts.step', { id, revision: 9, step: 'submit' })).code, 'conflict')
})

test('an address, a form and a form with files that are no UTF-8 are refused, and a percent sign alone is taken', async () => {
  const node = await testApp()
  assert.equal((await node.get('/en/search?q=%ff', { accept: 'text/html' })).statusCode, 400)
  assert.equal((await node.get('/api/search?q=%E9cole')).json().code, 'notUtf8')
  assert.equal((await node.get('/en/search?q=100%')).statusCode, 200)
  const form = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' }
  for (const payload of ['email=%ff&password=x', Buffer.from([0x65, 0x3d, 0xff])]) {
    const answer = await node.web.fastify.inject({ method: 'POST', url: '/en/sign-in', payload, headers: form })
    assert.equal(answer.statusCode, 400)
  }
  const amina = await person(node, 'Amina')
  const body = Buffer.concat([
    Buffer.from('--x\r\nContent-Disposition: form-data; name="kind"\r\n\r\n'),
    Buffer.from([0xff, 0xfe]),
    Buffer.from('\r\n--x--\r\n'),
  ])
  const answer = await node.web.fastify.inject({
    method: 'POST',
    url: '/en/sheets',
    payload: body,
    headers: {
      'content-type': 'multipart/form-data; boundary=x',
      'sec-fetch-site': 'same-origin',
      cookie: `session=${amina.cookie('session')}`,
    },
  })
  assert.equal(answer.statusCode, 400)
})

test('NUL, however it is written, ends in an answer on both engines and stays nowhere', async () => {
  const node = await testApp()
  const fatou = await person(node, 'Fatou', { roles: ['operator', 'curator'] })
  const nul = String.fromCharCode(0)
  for (const path of ['/en/people/a%00', '/en/records/a%00b', '/en/%00', '/en/subjects/%00', '/en/collections/%00'])
    assert.equal((await fatou.open(path)).status, 404, path)
  assert.equal((await node.get('/api/credentials/batches/%00')).statusCode, 404)
  for (const query of ['q=%00', 'q=%0%000', 'q=%%00', 'q%00=x', 'q=a%0%00%000b'])
    for (const page of ['people', 'search', 'queue'])
      assert.equal((await fatou.open(`/en/${page}?${query}&kind=${query.slice(2)}`)).status, 200, `${page} ${query}`)
  const key = `Bearer ${await keyOf(node, fatou.id, ['accounts', 'drafts'])}`
  for (const payload of [String.raw`{"kind":"practice\u0000"}`, `{"kind":"practice${nul}"}`]) {
    const headers = { ...json, authorization: key }
    const answer = await node.web.fastify.inject({ method: 'POST', url: '/api/drafts', payload, headers })
    assert.equal(answer.statusCode, 400)
  }
  await fatou.open('/en/account')
  for (const sign of ['%00', '%0%000', nul]) {
    const csrf = /name="csrf" value="([^"]+)"/.exec(fatou.page)![1]!
    const payload = `csrf=${encodeURIComponent(csrf)}&name=Fa${sign}tou&language=en`
    const answer = await fatou.sendRaw('/en/account', payload, 'application/x-www-form-urlencoded')
    assert.equal(answer.status, 200, JSON.stringify(sign))
    await fatou.open('/en/account')
  }
  assert.match(fatou.page, /name="name"[^>]*value="Fa(?:%0)?tou"/)
  await fatou.open('/en/sheets')
  const table = { name: `a${nul}.csv`, content: `Title${nul},Countries\nA${nul}B,KE\n` }
  const sent = await fatou.send('/sheets', { kind: 'practice', language: 'en' }, { files: { file: table } })
  assert.ok(sent.status < 500, `${sent.status}`)
  assert.deepEqual(node.reported, [])
})

test('somebody who is not signed in is told so before a byte of their files is read, and their line is not kept open', async () => {
  const address = await freeAddress()
  await testApp({ address })
  const { port } = new URL(address)
  for (const path of ['/en/sheets', '/fr/drafts/0123456789abcdef/steps/1', '/en/sign-in', '/nowhere']) {
    const socket = connect(Number(port), '127.0.0.1')
    let told = ''
    socket.on('data', (chunk) => (told += String(chunk)))
    socket.on('error', () => {})
    // The head alone; of the body that it announces, nothing comes.
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 9000000\r\n\r\n`,
    )
    await once(socket, 'close')
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(told)?.[1])
    assert.ok([200, 303, 401, 404, 415].includes(status), `${path} answers ${told.slice(0, 60)}`)
  }
})

test('a link that works once stands in no output when what it opens fails', async () => {
  const node = await testApp()
  const amina = visitor(node)
  await amina.open('/en/sign-up')
  await amina.send('/sign-up', { name: 'Amina', email: 'amina@example.org' })
  const link = linkIn((await lettersOf(node)).at(-1)!)
  const secret = link.split('/').at(-1)!
  await amina.open(link)
  const said: string[] = []
  const { write } = node.app.database
  node.app.database.write = async () => {
    throw new Error('the disk is gone')
  }
  const failed = await amina.send(link.replace('/en', ''), { name: 'Amina', password })
  node.app.database.write = write
  assert.equal(failed.status, 500)
  said.push(...node.saidOf)
  assert.equal(said.length, 1)
  assert.match(said[0]!, /POST \/account\/link\/…/)
  assert.ok(!said.join('').includes(secret))
  assert.equal(failed.headers['referrer-policy'], 'no-referrer')
  assert.match(String(failed.headers['cache-control']), /no-store/)
  await amina.open(link)
  await amina.send(link.replace('/en', ''), { name: 'Amina', password })
  assert.equal(amina.at, '/en/account', 'and it still works')
})

test('what is strong asks who it is: roles are given and accounts closed with one’s password alone', async () => {
  const node = await testApp()
  const fatou = await person(node, 'Fatou', { roles: ['operator'] })
  const amina = await person(node, 'Amina')
  const rolesNow = async () =>
    (
      (await node.app.perform(
        node.app.operation('accounts.read')!,
        { kind: 'system', id: 'test' },
        { id: amina.id },
      )) as { roles: string[] }
    ).roles
  await fatou.open(`/en/people/${amina.id}`)
  for (const managePassword of ['', 'not this one']) {
    const refused = await fatou.send(`/people/${amina.id}`, { roles: ['operator'], managePassword })
    assert.equal(refused.status, 422)
    assert.deepEqual(await rolesNow(), ['contributor'])
  }
  await fatou.send(`/people/${amina.id}`, { roles: ['operator'], managePassword: password })
  assert.deepEqual((await rolesNow()).sort(), ['contributor', 'operator'])
  const by = { id: amina.id, roles: [], country: null, isSuspended: true, password: '', session: '' }
  const operator = { kind: 'person', id: fatou.id, roles: ['operator'], scopes: ['accounts'] } as const
  const answer = (await node.app.perform(node.app.operation('accounts.manage')!, operator, by)) as object
  assert.deepEqual(answer, { refused: 'wrong' }, 'nor does a key')
  assert.equal(await problemOf(node.as('curator')('accounts.manage', by)), 'forbidden')
})
