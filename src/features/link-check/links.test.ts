/** Addresses in records are looked at, politely and now and then; what was found stands beside them, in words. */
import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { outbound } from '#kernel/outbound.ts'
import { doJob, testApp } from '../../../test/app.ts'
import { lettersOf, person } from '../../../test/people.ts'
import { assignSteward } from '#features/stewardship/stewardship.ts'
import { linkChecker } from './check.ts'
import { attachedFiles } from '#features/attachments/store.ts'
import { judged, notLookedAt, outcomeOf, type Judged, type Outcome } from './rules.ts'

const day = 24 * 60 * 60_000

type Serve = (request: IncomingMessage, response: ServerResponse) => void

/** Sites of the world, all served here: every name leads to this process, and nothing leaves it. */
async function environment(serve: Serve) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.headers.host!.split(':')[0]}${request.url}`)
    serve(request, response)
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  after(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const resolveHost = async (host: string) => {
    if (host.startsWith('gone.')) throw new Error('no such name')
    return [{ address: host.startsWith('inside.') ? '10.0.0.1' : '127.0.0.1', family: 4 }]
  }
  const fetch = outbound(resolveHost, (address) => address.startsWith('10.'))
  return { asked, fetch, at: (host: string, path = '/') => `http://${host}.example:${port}${path}` }
}

async function appIn(serve: Serve) {
  let at = Date.parse('2026-01-02T03:04:05.000Z')
  const outside = await environment(serve)
  const node = await testApp({ now: () => new Date(at), fetch: outside.fetch })
  const look = linkChecker(node.app.running)
  return {
    ...node,
    ...outside,
    curator: node.as('curator'),
    later: (days: number) => void (at += days * day),
    check: async () => {
      const looked = await look({ pauseMs: 0 })
      if (looked > 0) node.app.running.changed()
      return looked
    },
    describe: (websites: string[]) =>
      node.as('curator')('practices.share', {
        title: { en: 'Radio lessons' },
        originalLanguage: 'en',
        type: 'practice',
        description: { en: 'Lessons by radio.' },
        websites,
      }) as Promise<{ id: string }>,
  }
}

const usual: Serve = (request, response) => {
  const [path] = request.url!.split('?')
  if (path === '/robots.txt') return void response.writeHead(404).end()
  if (path === '/old') return void response.writeHead(301, { location: '/new' }).end()
  if (path === '/today') return void response.writeHead(302, { location: '/new' }).end()
  if (path === '/nowhere') return void response.writeHead(302, { location: 'http://[' }).end()
  if (path === '/loop') return void response.writeHead(302, { location: '/loop' }).end()
  if (path === '/missing') return void response.writeHead(404).end('x'.repeat(100_000))
  if (path === '/members') return void response.writeHead(403).end()
  if (path === '/busy') return void response.writeHead(429).end()
  if (path === '/no-head') return void response.writeHead(request.method === 'HEAD' ? 405 : 206).end()
  response.end('hello')
}

test('beside each address of a record stands whether it works, has moved, or cannot be checked', async () => {
  const { describe, check, at, get, asked } = await appIn(usual)
  const { id } = await describe([
    at('a'),
    at('a', '/old'),
    at('a', '/today'),
    at('b', '/members'),
    at('b', '/busy'),
    at('c', '/no-head'),
    at('inside'),
  ])
  assert.doesNotMatch((await get(`/en/records/${id}`)).body, /Link check/, 'nobody looked yet')
  assert.equal(await check(), 7)
  const { links } = (await get(`/api/records/${id}/addresses`)).json() as {
    links: { address: string; state: string; reason: string }[]
  }
  const states = Object.fromEntries(links.map(({ address, state, reason }) => [address, [state, reason]]))
  assert.deepEqual(states, {
    [at('a')]: ['works', ''],
    [at('a', '/old')]: ['moved', ''],
    [at('a', '/today')]: ['works', ''],
    [at('b', '/members')]: ['notCheckable', 'refused'],
    [at('b', '/busy')]: ['notCheckable', 'tooMany'],
    [at('c', '/no-head')]: ['works', ''],
    [at('inside')]: ['notCheckable', 'private'],
  })
  const page = (await get(`/en/records/${id}`)).body
  assert.match(page, /Link check[^]*checked on 2 January 2026: works/)
  assert.match(page, /has moved to[^]*href="http:\/\/a\.example:\d+\/new"/)
  assert.match(page, /does not allow automatic access \(status 403\)/)
  assert.equal(asked.filter((one) => one === 'GET a.example/robots.txt').length, 1, 'once for all of a site')
  assert.ok(asked.includes('HEAD a.example/') && !asked.includes('GET a.example/'), 'no body is asked for in vain')
  assert.equal(await check(), 0, 'not again before its time')
})

test('a link is broken after three different days; its owner is told once, and readers are offered a copy', async () => {
  const { describe, check, at, later, get, ...node } = await appIn(usual)
  const amina = await person({ ...node, get }, 'Amina')
  const { id } = await describe([at('a', '/missing'), at('gone')])
  await node.app.database.write((tx) => assignSteward({ db: tx, now: node.app.environment.now }, id, amina.id))
  const before = (await lettersOf(node)).length
  await check()
  assert.match((await get(`/en/records/${id}`)).body, /answered with status 404; it will be checked again/)
  await check()
  later(1)
  await check()
  assert.doesNotMatch((await get(`/en/records/${id}`)).body, /broken since/)
  later(2)
  assert.equal(await check(), 2)
  const page = (await get(`/en/records/${id}`)).body
  assert.match(page, /broken since 2 January 2026 \(the site answered with status 404; checked on 5 January 2026\)/)
  assert.match(page, /href="https:\/\/web\.archive\.org\/web\/\*\/http:\/\/a\.example[^"]*\/missing"/)
  const letters = await lettersOf(node)
  assert.equal(letters.length, before + 1, 'one letter of both')
  assert.match(
    letters.at(-1)!,
    /Subject: 2 broken links: Radio lessons[^]*in your records: Radio lessons[^]*- http:[^]*\/missing/,
  )
  for (const days of [4, 8, 16]) {
    later(days)
    assert.equal(await check(), 2, `again after ${days} days`)
  }
  assert.equal((await lettersOf(node)).length, before + 1)
})

test('what a site asks of programs is kept, and a site that is silent is not asked again and again', async () => {
  const { describe, check, at, asked, get } = await appIn((request, response) => {
    const host = request.headers.host!
    if (request.url === '/robots.txt' && host.startsWith('closed'))
      return void response.end('User-agent: *\nDisallow: /in/\n')
    if (request.url === '/robots.txt' && host.startsWith('ill')) return void response.writeHead(500).end()
    if (host.startsWith('silent')) return void response.destroy()
    usual(request, response)
  })
  const { id } = await describe([
    at('closed', '/in/x'),
    at('closed', '/out'),
    at('ill', '/x'),
    at('silent', '/1'),
    at('silent', '/2'),
  ])
  await check()
  assert.deepEqual(
    asked.filter((one) => one.includes('closed')),
    ['GET closed.example/robots.txt', 'HEAD closed.example/out'],
  )
  assert.deepEqual(
    asked.filter((one) => one.includes('ill.')),
    ['GET ill.example/robots.txt'],
  )
  assert.equal(asked.filter((one) => one.includes('silent')).length, 1)
  assert.match(
    (await get(`/en/records/${id}`)).body,
    /the site does not allow automatic checks[^]*the site did not answer/,
  )
})

test('a redirect to what is no address is a broken link like any other, and others are looked at all the same', async () => {
  const { describe, check, at, get } = await appIn(usual)
  const { id } = await describe([at('a', '/nowhere'), at('a'), at('b')])
  assert.equal(await check(), 3)
  const { links } = (await get(`/api/records/${id}/addresses`)).json()
  assert.deepEqual(
    links.map(({ address, state, reason }: Record<string, string>) => [address, state, reason]),
    [
      [at('a'), 'works', ''],
      [at('a', '/nowhere'), 'failing', 'redirects'],
      [at('b'), 'works', ''],
    ],
  )
})

test('addresses that a record no longer has are forgotten; those of withdrawn records too', async () => {
  const { describe, check, at, later, curator, as } = await appIn(usual)
  const { id } = await describe([at('a', '/1'), at('a', '/2')])
  await check()
  const body = {
    title: { en: 'Radio' },
    originalLanguage: 'en',
    type: 'practice',
    description: { en: 'x' },
    websites: [at('a', '/2')],
  }
  await curator('practices.revise', { id, revision: 1, body, note: 'One is gone' })
  later(31)
  assert.equal(await check(), 1)
  await curator('records.withdraw', { id, revision: 2, reason: 'All of it' })
  later(31)
  assert.equal(await check(), 0)
  assert.deepEqual((await as('curator')('links.list')).links, [])
})

test('curators see them all, by state and site, page by page; nobody else does', async () => {
  const { describe, check, at, ...node } = await appIn(usual)
  await describe([at('a'), at('a', '/missing'), at('b', '/old')])
  await check()
  const chen = await person(node, 'Chen', { roles: ['curator'] })
  assert.match((await chen.open('/en/desk')).body, /href="\/en\/links"/)
  const all = (await chen.open('/en/links')).body
  assert.match(all, /a\.example[^]*Radio lessons[^]*b\.example/)
  assert.match(all, /works \(1\)[^]*moved \(1\)[^]*not responding lately \(1\)/)
  const moved = (await chen.open('/en/links?state=moved')).body
  assert.match(moved, /b\.example/)
  assert.doesNotMatch(moved, /a\.example/)
  const amina = await person(node, 'Amina')
  assert.equal((await amina.open('/en/links')).status, 403)
  const first = await node.curator('links.list', { limit: 2 })
  const rest = await node.curator('links.list', { limit: 2, after: first.next })
  assert.deepEqual([first.links.length, rest.links.length, rest.next], [2, 1, null])
})

test('files that records name are read again, and one that is damaged or gone is told of', async () => {
  const { describe, later, get, curator, at, ...node } = await appIn(usual)
  const { id } = await describe([at('a')])
  const { number } = await curator('records.read', { id })
  const files = node.app.runtime.services.files
  const keep = async (text: string) => {
    const path = `${node.folder}/${text}`
    await writeFile(path, text)
    const { sha256 } = await files.keep(path)
    await node.app.database.write((tx) => attachedFiles(tx).putRecords([{ file: sha256, number }]))
    return sha256
  }
  const [one, two, three] = [await keep('one'), await keep('two'), await keep('three')]
  assert.equal(await doJob(node.app, 'kept'), 3)
  assert.match((await get(`/en/records/${id}`)).body, /Its files are intact/)
  assert.equal(await doJob(node.app, 'kept'), 0)
  later(31)
  await writeFile(files.path(one), 'another')
  await rm(files.path(two))
  // What the disk does not give is damaged too, and ends the check for no other file.
  await rm(files.path(three))
  await mkdir(files.path(three))
  assert.equal(await doJob(node.app, 'kept'), 3)
  assert.match((await get(`/en/records/${id}`)).body, /A file is (damaged|missing)[^]*A file is (damaged|missing)/)
  const chen = await person({ ...node, get }, 'Chen', { roles: ['curator'] })
  assert.match(
    (await chen.open('/en/links')).body,
    new RegExp(`A file is damaged[^]*${one}|${one}[^]*A file is missing`),
  )
})

const fresh: Judged = { ...notLookedAt, dueAt: '' }

test('however looks follow one another, broken means that the last three days of looking failed, and one answer mends it', () => {
  const outcome = fc.oneof(
    fc.integer({ min: 200, max: 599 }).map((status) => outcomeOf(status, null)),
    fc.constant<Outcome>({ kind: 'fails', reason: 'noAnswer', status: null }),
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(outcome, fc.integer({ min: 0, max: 40 })), { maxLength: 30 }), (looks) => {
      let at = Date.parse('2026-01-01T00:00:00Z')
      let state = fresh
      let failedOn = new Set<string>()
      for (const [one, hours] of looks) {
        at += hours * 60 * 60_000
        state = judged(state, one, new Date(at))
        if (one.kind === 'fails') failedOn.add(new Date(at).toISOString().slice(0, 10))
        else failedOn = new Set()
        assert.equal(state.state === 'broken', failedOn.size >= 3)
        assert.ok(state.dueAt > state.checkedAt!)
      }
    }),
  )
})
