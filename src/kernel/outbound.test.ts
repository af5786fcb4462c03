import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { isForbiddenAddress, outbound } from './outbound.ts'
import { Problem } from './problem.ts'

const codeOf = async (promise: Promise<unknown>) =>
  promise.then(
    () => 'answered',
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  )

test('addresses of private, local and reserved networks are refused, in every form', async () => {
  const forbidden = [
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '::1',
    'fc00::1',
    'fe80::1',
    '::ffff:10.0.0.1',
    '2002:7f00:1::',
    '64:ff9b::7f00:1',
  ]
  for (const address of forbidden) assert.ok(isForbiddenAddress(address), address)
  for (const address of ['8.8.8.8', '93.184.216.34', '2606:4700::1111'])
    assert.ok(!isForbiddenAddress(address), address)
  const get = outbound()
  for (const url of [
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://017700000001/',
    'file:///etc/passwd',
    'ftp://example.org/',
    'http://user:pass@example.org/',
    'javascript:1',
  ])
    assert.equal(await codeOf(get(url)), 'addressRefused', url)
})

test('a name that leads inside is refused, even when it leads outside as well', async () => {
  const get = outbound(async () => [
    { address: '93.184.216.34', family: 4 },
    { address: '10.0.0.1', family: 4 },
  ])
  assert.equal(await codeOf(get('http://inside.example/')), 'addressRefused')
})

test('a public answer is bounded in bytes, time and redirects; a redirect is checked as any address', async () => {
  const server = createServer((request, response) => {
    if (request.url === '/big') return response.end('x'.repeat(100_000))
    if (request.url === '/loop') return response.writeHead(302, { location: '/loop' }).end()
    if (request.url === '/inside') return response.writeHead(302, { location: 'http://10.0.0.1/' }).end()
    if (request.url === '/nowhere') return response.writeHead(302, { location: 'http://[' }).end()
    if (request.url === '/slow') return response.write('.')
    return response.end('hello')
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as { port: number }
  // The test's own server stands for a public one.
  const get = outbound(
    async () => [{ address: '127.0.0.1', family: 4 }],
    (address) => address !== '127.0.0.1',
  )
  const at = (path: string) => `http://public.example:${port}${path}`
  assert.equal(Buffer.from((await get(at('/'))).body).toString(), 'hello')
  assert.equal(await codeOf(get(at('/big'), { bytes: 10_000 })), 'tooLarge')
  assert.equal(await codeOf(get(at('/loop'))), 'fetchFailed')
  assert.equal(await codeOf(get(at('/inside'))), 'addressRefused')
  assert.equal(await codeOf(get(at('/nowhere'))), 'fetchFailed', 'a redirect to what is no address')
  assert.equal(
    await codeOf(get(at('/'), {}, { headers: { 'if-none-match': 'a\x7fb' } })),
    'fetchFailed',
    'what cannot be sent',
  )
  assert.equal(await codeOf(get(at('/slow'), { timeMs: 100 })), 'fetchFailed')
})

test('what the operator named may be inside, and is sent what is given; where it redirects to is checked as ever', async () => {
  const server = createServer((request, response) => {
    if (request.url === '/inside') return response.writeHead(302, { location: '/' }).end()
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => response.end(`${request.method} ${request.headers.accept} ${body}`))
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  after(() => server.close())
  const { port } = server.address() as { port: number }
  const sent = { method: 'POST', headers: { accept: 'application/json' }, body: 'a=1', mayBePrivate: true } as const
  const get = outbound()
  const { body } = await get(`http://127.0.0.1:${port}/`, {}, sent)
  assert.equal(Buffer.from(body).toString(), 'POST application/json a=1')
  assert.equal(await codeOf(get(`http://127.0.0.1:${port}/inside`, {}, sent)), 'addressRefused')
  assert.equal(await codeOf(get(`http://127.0.0.1:${port}/`, {}, { ...sent, mayBePrivate: false })), 'addressRefused')
})

test('every private IPv4 address is refused', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('10', '127', '192.168', '172.20', '169.254', '100.100'),
      fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 3, maxLength: 3 }),
      (start, rest) => {
        const address = [...start.split('.'), ...rest].slice(0, 4).join('.')
        assert.ok(isForbiddenAddress(address), address)
      },
    ),
  )
})
