/** Keys of programs: what they may do, that they never do less than a visitor, and requests that are sent again. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { operations } from '#app'
import { isForVisitors, isNamedBy, isReading } from '#kernel/operation.ts'
import { openApi } from '#kernel/reference/openapi.ts'
import { everyone } from '#kernel/permission.ts'
import { isScope, scopesOf } from '#accounts/keys.ts'
import { testApp, usualNow, type TestApp } from './app.ts'
import { keyOf, person } from './people.ts'

const practice = { title: { en: 'Radio lessons' }, originalLanguage: 'en', type: 'practice' }
type Answer = { statusCode: number; headers: Record<string, unknown>; body: string; json: () => any }

/** A program with a key of somebody’s. */
async function program(node: TestApp, accountId: string, scopes: readonly string[]) {
  const key = await keyOf(node, accountId, scopes)
  return asking(node, { authorization: `Bearer ${key}` })
}
const asking =
  (node: TestApp, always: Record<string, string>) =>
  (method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: object, headers: Record<string, string> = {}) =>
    node.web.fastify.inject({
      method,
      url,
      headers: {
        accept: 'application/json',
        ...always,
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body && { payload: JSON.stringify(body) }),
    }) as Promise<Answer>

/** Addresses at which visitors are answered by each reading operation, with a record that is there. */
const addressesFor = (id: string) =>
  operations
    .filter((op) => isReading(op) && isForVisitors(op))
    .map(({ http }) =>
      http
        .replace('GET ', '/api')
        .replace('/countries/:country', '/countries/KE')
        .replace(':revision', '1')
        .replace(/:\w+/, id),
    )

test('every operation that is offered to programs is in a scope that is offered, and every scope holds one', () => {
  const scopes = scopesOf(operations)
  assert.ok(operations.length > 100 && scopes.length > 30)
  const callable = operations.filter((op) => op.allow({ kind: 'person', id: 'x', roles: everyone }, {}))
  assert.equal(callable.length, operations.length, 'what no person may do is not offered to programs')
  for (const { name } of operations)
    assert.ok(
      scopes.some((scope) => isNamedBy(scope, name)),
      name,
    )
  for (const scope of scopes) assert.ok(isScope(scope, operations), scope)
  assert.ok(!isScope('keys', operations) && !isScope('account', operations), 'pages’ own operations are in none')
})

test('the page on which keys are made offers exactly these scopes', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const { body } = await amina.open('/en/account')
  const offered = [...body.matchAll(/<input[^>]*name="scopes"[^>]*value="([^"]+)"/g)].map(([, scope]) => scope)
  assert.deepEqual(offered.sort(), scopesOf(operations))
})

test('a key has never less than a visitor, whoever asked first', async () => {
  const node = await testApp()
  const { id } = await node.as('curator')('practices.share', practice)
  const amina = await person(node, 'Amina')
  const narrow = await program(node, amina.id, ['accounts'])
  const wide = await program(node, amina.id, scopesOf(operations))
  const anybody = asking(node, {})
  const addresses = addressesFor(id)
  assert.ok(addresses.length > 40, `${addresses.length} addresses`)
  for (const order of [
    [narrow, anybody, wide],
    [anybody, narrow, wide],
    [wide, narrow, anybody],
  ])
    for (const address of addresses) {
      const seen = []
      for (const ask of order) seen.push(await ask('GET', address))
      const [first, ...others] = seen.map(({ statusCode, body }) => ({ statusCode, body }))
      assert.ok(![401, 403, 500].includes(first!.statusCode), `${address} answers ${first!.statusCode}`)
      for (const other of others) assert.deepEqual(other, first, address)
      node.web.forget()
    }
  assert.equal((await narrow('POST', '/api/drafts', { kind: 'practice' })).statusCode, 403)
  assert.equal((await wide('POST', '/api/drafts', { kind: 'practice' })).statusCode, 201)
  assert.equal((await narrow('GET', '/api/drafts')).statusCode, 403, 'what visitors may not read needs the scope')
})

test('what a key is answered is kept for nobody, and a visitor’s answer does not hide that a key is none', async () => {
  const node = await testApp()
  const { id } = await node.as('curator')('practices.share', practice)
  const bad = asking(node, { authorization: 'Bearer qingdao_nosuchkey' })
  const anybody = asking(node, {})
  const addresses = [
    `/api/records/${id}`,
    '/api/search?q=radio',
    '/api/openapi.json',
    '/api/nowhere',
    `/records/${id}`,
    `/fr/records/${id}.json`,
    '/en/search?q=radio',
    '/en/about',
    '/health',
    '/robots.txt',
    '/nowhere',
  ]
  for (const address of addresses)
    for (const accept of ['application/json', 'text/html']) {
      await anybody('GET', address, undefined, { accept })
      for (const authorization of ['Bearer qingdao_nosuchkey', 'Bearer', 'Basic YTpi', 'qingdao_x', '']) {
        const answer = await bad('GET', address, undefined, { accept, authorization })
        assert.equal(answer.statusCode, 401, `${address} with “${authorization}”`)
        assert.match(String(answer.headers['www-authenticate']), /^Bearer error="invalid_token"/)
        assert.match(String(answer.headers['content-type']), /^application\/problem\+json/)
        assert.equal(answer.json().code, 'badKey')
        assert.match(String(answer.headers['cache-control']), /no-store/)
      }
      assert.notEqual(
        (await anybody('GET', address, undefined, { accept })).statusCode,
        401,
        'others are not met with it',
      )
    }
  for (const method of ['POST', 'PUT', 'DELETE'] as const)
    assert.equal((await bad(method, `/api/practices`, {})).statusCode, 401, method)
})

test('the description of the API says of each operation whether it needs a key, and what is answered where it is none', () => {
  const { paths, components } = openApi(operations, {
    title: 'Qingdao',
    version: '0',
    server: 'http://localhost',
  }) as any
  assert.deepEqual(components.securitySchemes.key.type, 'http')
  for (const op of operations) {
    const [method, path] = op.http.split(' ') as [string, string]
    // Paths that differ by the names of parameters alone are one.
    const shape = (one: string) => one.replaceAll(/\{\w+\}/g, '{}')
    const wanted = shape(`/api${path.replaceAll(/:(\w+)/g, '{$1}')}`)
    const [, methods] = Object.entries<any>(paths).find(([one]) => shape(one) === wanted)!
    const said = methods[method.toLowerCase()]
    assert.deepEqual(said.security, isForVisitors(op) ? [{}, { key: [] }] : [{ key: [] }], op.name)
    assert.ok(said.responses['401'], op.name)
    const headers = said.parameters.filter((one: any) => one.in === 'header').map(({ name }: any) => name)
    assert.equal(headers.includes('Idempotency-Key'), method === 'POST', op.name)
    assert.equal(
      headers.includes('If-Match'),
      method !== 'GET' && 'revision' in (op.input as unknown as { properties: object }).properties,
      op.name,
    )
    if (op.makes) assert.ok(said.responses['201'].headers.Location, op.name)
  }
})

test('a page of another site may ask the API with a key, and nothing but the API', async () => {
  const { web } = await testApp()
  const preflight = (url: string) =>
    web.fastify.inject({ method: 'OPTIONS', url, headers: { origin: 'https://example.org' } })
  const { statusCode, headers } = await preflight('/api/drafts/0123456789abcdef')
  assert.equal(statusCode, 204)
  assert.equal(headers['access-control-allow-origin'], '*')
  assert.equal(headers['access-control-allow-credentials'], undefined, 'no cookie goes along')
  for (const name of ['authorization', 'content-type', 'idempotency-key', 'if-match', 'if-none-match'])
    assert.ok(String(headers['access-control-allow-headers']).split(', ').includes(name), name)
  assert.deepEqual(String(headers['access-control-allow-methods']).split(', ').sort(), ['DELETE', 'GET', 'HEAD', 'PUT'])
  assert.equal((await preflight('/sign-in')).headers['access-control-allow-methods'], 'GET, HEAD')
})

test('a record is changed only from the version that If-Match names', async () => {
  const node = await testApp()
  const fatou = await person(node, 'Fatou', { roles: ['curator'] })
  const ask = await program(node, fatou.id, ['practices', 'records', 'drafts', 'subscriptions'])
  const made = await ask('POST', '/api/practices', practice)
  assert.equal(made.statusCode, 201)
  const { id } = made.json()
  assert.equal(made.headers.location, `/api/records/${id}`)

  const read = await ask('GET', String(made.headers.location))
  const tag = String(read.headers.etag)
  assert.match(tag, /^"1\.[\w-]+"$/, 'a strong entity tag')
  assert.equal((await ask('GET', `/api/records/${id}`, undefined, { 'if-none-match': tag })).statusCode, 304)
  const body = { ...practice, title: { en: 'Radio lessons at noon' } }
  const put = (headers: Record<string, string>, more: object = {}) =>
    ask('PUT', `/api/practices/${id}`, { body, ...more }, headers)
  assert.equal((await put({})).statusCode, 400, 'neither said from which')
  assert.equal((await put({ 'if-match': '"7"' })).statusCode, 412)
  assert.equal((await put({ 'if-match': tag }, { revision: 2 })).statusCode, 412, 'both, and they differ')
  assert.equal((await put({ 'if-match': 'first' })).json().code, 'badHeader')
  const changed = await put({ 'if-match': tag })
  assert.equal(changed.statusCode, 200)
  assert.match(String(changed.headers.etag), /^"2\./)
  const late = await put({ 'if-match': tag })
  assert.equal(late.statusCode, 412)
  assert.equal(late.json().code, 'preconditionFailed')
  assert.equal((await ask('GET', `/api/records/${id}`)).json().revision, 2, 'nothing was changed')
  for (const encoding of ['br', 'gzip']) {
    const packed = await ask('GET', `/api/records/${id}`, undefined, { 'accept-encoding': encoding })
    const again = await put({ 'if-match': String(packed.headers.etag) })
    assert.equal(again.statusCode, 200, `the tag of ${encoding}`)
  }
  assert.equal((await put({ 'if-match': '*' }, { revision: 4 })).statusCode, 200)

  const draft = (await ask('POST', '/api/drafts', { kind: 'practice', language: 'en' })).json()
  const save = (headers: Record<string, string>, text: string) =>
    ask('PUT', `/api/drafts/${draft.id}`, { values: { title: { en: text } } }, headers)
  const tagOfDraft = String((await ask('GET', `/api/drafts/${draft.id}`)).headers.etag)
  assert.equal((await save({ 'if-match': tagOfDraft }, 'One')).statusCode, 200)
  assert.equal(
    (await save({ 'if-match': tagOfDraft }, 'Two')).statusCode,
    412,
    'a save that would be merged is not made',
  )
  assert.deepEqual((await ask('GET', `/api/drafts/${draft.id}`)).json().body.title, { en: 'One' })

  const followed = await ask('POST', `/api/subscriptions/records/${id}`, {})
  const end = (headers: Record<string, string>) => ask('DELETE', String(followed.headers.location), {}, headers)
  assert.equal((await end({ 'if-match': '"1"' })).statusCode, 412, 'what has no entity tag has not the one named')
  assert.equal((await end({})).statusCode, 200)
})

test('whatever writes by POST and is sent again with its Idempotency-Key is done once, and answered as before', async () => {
  let now = usualNow
  const node = await testApp({ now: () => now })
  const fatou = await person(node, 'Fatou', { roles: ['curator'] })
  const amina = await person(node, 'Amina')
  const ask = await program(node, fatou.id, ['practices', 'drafts', 'records'])
  const other = await program(node, amina.id, ['drafts'])
  const post = (body: object, key: string, url = '/api/practices') => ask('POST', url, body, { 'idempotency-key': key })
  const count = async () => (await ask('GET', '/api/practices')).json().records.length as number

  const first = await post(practice, '"a-1"')
  const second = await post({ type: 'practice', originalLanguage: 'en', title: { en: 'Radio lessons' } }, 'a-1')
  assert.deepEqual(
    [second.statusCode, second.headers.location, second.json()],
    [201, first.headers.location, first.json()],
  )
  assert.equal(await count(), 1)

  const differs = await post({ ...practice, title: { en: 'Another' } }, 'a-1')
  assert.deepEqual([differs.statusCode, differs.json().code], [422, 'idempotencyKeyReused'])
  assert.equal((await post({ kind: 'practice' }, 'a-1', '/api/drafts')).statusCode, 422, 'another address')
  assert.equal((await post(practice, '"a-1')).json().code, 'badHeader')
  const own = await other('POST', '/api/drafts', { kind: 'practice' }, { 'idempotency-key': 'a-1' })
  assert.equal(own.statusCode, 201, 'keys of others are their own')

  // While another writes, the first of them waits for its turn, and the others are told so.
  const [begun, over] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const busy = node.app.database.write(() => {
    begun.resolve()
    return over.promise
  })
  await begun.promise
  const answers: number[] = []
  const together = Array.from({ length: 5 }, async () => {
    const { statusCode } = await post({ ...practice, title: { en: 'Five' } }, 'b')
    answers.push(statusCode)
  })
  while (answers.length < 4) await wait(5)
  assert.deepEqual(answers, [409, 409, 409, 409], 'while the first is under way')
  over.resolve()
  await Promise.all([busy, ...together])
  assert.deepEqual(answers, [409, 409, 409, 409, 201])
  assert.equal((await post({ ...practice, title: { en: 'Five' } }, 'b')).statusCode, 201, 'and its answer afterwards')
  assert.equal(await count(), 2)

  const refused = await post({ ...practice, title: {} }, 'c')
  assert.equal(refused.statusCode, 400)
  assert.equal((await post(practice, 'c')).statusCode, 201, 'what was refused did nothing, so the key is free')

  const { id } = first.json()
  const reason = { reason: 'Twice here', revision: 1 }
  const withdrawn = await post(reason, 'd', `/api/records/${id}/withdraw`)
  assert.equal(withdrawn.statusCode, 200)
  assert.deepEqual(
    (await post(reason, 'd', `/api/records/${id}/withdraw`)).json(),
    withdrawn.json(),
    'not “it is gone”',
  )

  now = new Date(usualNow.getTime() + 25 * 60 * 60_000)
  assert.equal(
    (await post({ ...practice, title: { en: 'Five' } }, 'b')).statusCode,
    201,
    'after a day it is a new request',
  )
  assert.equal(await count(), 3)
})
