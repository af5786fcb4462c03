/** Three nodes on loopback follow one another in a ring, over real HTTP: all come to agree, and nothing is doubled or lost. */
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { journalAfter } from '#kernel/journal.ts'
import { outbound, type Outbound } from '#kernel/outbound.ts'
import { Problem } from '#kernel/problem.ts'
import { records } from '#records/store.ts'
import { problemOf, testApp, usualNow, type TestApp } from '../../../../test/app.ts'
import { person } from '../../../../test/people.ts'
import { formatVerifier, verifierOf } from '#codecs/tlog/signed-note.ts'
import { originOf } from '#features/transparency/keys.ts'
import { otherManifest } from '../../../../test/other-node.ts'
import { jwksOf, type Manifest } from '../manifest.ts'
import { checkNode, checkSteps } from './check.ts'
import { pullNode } from './pull.ts'

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

const loopback = outbound(undefined, () => false)
const cut = new Set<string>()
/** The line to a node that was cut off is dead. */
const line: Outbound = async (url, limits, sent) =>
  loopback(cut.has(new URL(url).origin) ? 'http://127.0.0.1:9/' : url, limits, sent)

/** A node that falls while it keeps what it read: after so many looks at its clock. */
class Fall extends Error {}
let fall = Infinity

async function nodeAt(name: string) {
  const address = `http://127.0.0.1:${await freePort()}`
  let time = usualNow.getTime()
  const now = () => {
    if (--fall === 0) throw new Fall()
    return new Date((time += 1_000))
  }
  const node = await testApp({ address, fetch: line, now })
  await node.app.log.follow()
  return { ...node, name, address }
}
const [kenya, senegal, china] = [await nodeAt('kenya'), await nodeAt('senegal'), await nodeAt('china')]
const ring = [
  [kenya, china],
  [senegal, kenya],
  [china, senegal],
] as const

const share = async (node: TestApp, title: string): Promise<string> => {
  const body = { title: { en: title }, originalLanguage: 'en', type: 'practice' }
  return (await node.as('curator')('practices.share', body)).id
}
const heldBy = async ({ app }: TestApp, id: string) => records(app.database.read).find(id)
const followedBy = async (node: TestApp, of: { address: string }) => {
  const { nodes } = await node.as()('nodes.list')
  return nodes.find(({ address }: { address: string }) => address === of.address)
}
const pull = async (node: TestApp, from: { address: string }) => {
  const run = await pullNode(node.app.running, (await followedBy(node, from)).id)
  await node.app.follow()
  return run
}
/** Until a whole round brings nothing new. */
async function settle(): Promise<number> {
  for (let round = 1; round < 10; round++) {
    let news = 0
    for (const [node, from] of ring) {
      const { added, changed, withdrawn } = await pull(node, from)
      news += added + changed + withdrawn
    }
    if (news === 0) return round
  }
  return assert.fail('the ring does not settle')
}
const ids: string[] = []
const statesOf = async (node: TestApp) =>
  Promise.all(
    ids.map(async (id) => {
      const held = await heldBy(node, id)
      return [id, held?.status, held?.revision, held?.status === 'published' ? held.body : null]
    }),
  )

test('an operator looks at a node by its address, compares its key, and follows it; nobody else may', async () => {
  const olga = await person(kenya, 'Olga', { roles: ['operator'] })
  await olga.open('/en/network')
  const wrong = await olga.send('/network/look', { address: 'not an address' })
  assert.equal(wrong.status, 422)
  assert.match(wrong.body, /There is no Qingdao node at this address/)
  const looked = await olga.send('/network/look', { address: `${china.address}/en/records/x` })
  const key = /name="key" value="(z6Mk\w+)"/.exec(looked.body)![1]
  const { jwks } = (await china.get('/.well-known/qingdao.json')).json()
  assert.ok(jwks.keys.length === 1 && key)
  const followed = await olga.send('/network/follow', { address: china.address, key: key! })
  assert.match(followed.body, /You follow this node now/)
  assert.match((await kenya.get('/en/network')).body, new RegExp(`${china.address}[^]*Followed`))
  assert.equal(await problemOf(kenya.as('curator')('nodes.follow', { address: china.address })), 'forbidden')
  assert.equal(
    await problemOf(kenya.as('operator')('nodes.follow', { address: china.address, key: 'z6MkOther' })),
    'nodeKeyChanged',
  )
  assert.equal(await problemOf(kenya.as('operator')('nodes.look', { address: kenya.address })), 'notANode', 'itself')
  // Which kinds are taken is chosen on the same page, and changed later.
  const look = async () => (await olga.send('/network/look', { address: china.address })).body
  assert.match(await look(), /<details>[^]*value="practice"/)
  const choice = await olga.send('/network/follow', {
    address: china.address,
    key: key!,
    kinds: ['practice', 'lesson'],
  })
  assert.match(choice.body, /Taken from it: Practices and Lessons learned/)
  const again = await look()
  assert.match(again, /<details open>[^]*value="practice" checked[^]*Save the choice/)
  assert.doesNotMatch(again, /value="organisation" checked/)
  const all = await olga.send('/network/follow', { address: china.address, key: key!, kinds: [] })
  assert.doesNotMatch(all.body, /Taken from it/)
  for (const [node, from] of ring.slice(1)) await node.as('operator')('nodes.follow', { address: from.address })
})

test('what is published at any of them is soon at all of them, and then nothing moves any more', async () => {
  for (const node of [kenya, senegal, china]) ids.push(await share(node, `Radio at ${node.name}`))
  await settle()
  const [here, ...others] = await Promise.all([kenya, senegal, china].map(statesOf))
  for (const other of others) assert.deepEqual(other, here)
  assert.ok(here!.every(([, status]) => status === 'published'))
  const journal = async () =>
    Promise.all([kenya, senegal, china].map(async ({ get }) => (await get('/.well-known/qingdao.json')).json().journal))
  const before = await journal()
  assert.equal(await settle(), 1)
  assert.deepEqual(await journal(), before)
})

test('a line that is cut, a new version and a withdrawal meanwhile, and a new key: afterwards all agree', async () => {
  cut.add(kenya.address)
  const [first, second] = ids
  const { body, revision } = (await heldBy(kenya, first!))!
  await kenya.as('curator')('practices.revise', {
    id: first,
    revision,
    body: { ...body, title: { en: 'Radio at school' } },
  })
  await senegal.as('curator')('records.withdraw', { id: second, revision: 1, reason: 'It names a child' })
  await kenya.app.log.rotateKey()
  ids.push(await share(kenya, 'Signed with a new key'))
  const failed = await pull(senegal, kenya)
  assert.equal(failed.failed, 'fetchFailed')
  assert.equal((await followedBy(senegal, kenya)).lastRun.failed, 'fetchFailed')
  cut.clear()
  await settle()
  const [here, ...others] = await Promise.all([kenya, senegal, china].map(statesOf))
  for (const other of others) assert.deepEqual(other, here)
  assert.equal((await heldBy(china, second!))!.status, 'withdrawn')
  assert.equal((await heldBy(china, first!))!.body.title.en, 'Radio at school')
})

test('what one country offers and another looks for, at nodes apart, meet with reasons, and what came of it travels back', async () => {
  const support = {
    originalLanguage: 'en',
    supportTypes: ['capacity-development'],
    countries: ['UG'],
    description: { en: 'Radio' },
  }
  const kenyas = await kenya.as('curator')('offers.share', { ...support, title: { en: 'Trainers for radio' } })
  const chinas = await china.as('curator')('requests.share', { ...support, title: { en: 'Wanted: radio lessons' } })
  await settle()
  assert.match((await kenya.get(`/en/records/${kenyas.id}`)).body, /Wanted: radio lessons[^]*Uganda/)
  assert.match((await china.get(`/en/records/${chinas.id}`)).body, /Trainers for radio[^]*Uganda/)
  await china.as('curator')('cooperation-outcomes.share', {
    title: { en: 'Two weeks in Gulu' },
    originalLanguage: 'en',
    ofOffer: kenyas.id,
    ofRequest: chinas.id,
    cooperationResult: 'completed',
    saidOn: '2026-05-02',
    signedBy: 'A. Okello',
    summary: { en: 'Forty teachers teach by radio.' },
  })
  await settle()
  assert.match((await kenya.get(`/en/records/${kenyas.id}`)).body, /What came of it[^]*Two weeks in Gulu[^]*Completed/)
})

/** What may happen to three nodes in a ring, at any time and in any order. */
const anyAct = fc.record({
  act: fc.constantFrom(
    ...(['share', 'revise', 'revise', 'withdraw', 'translate', 'changeCopy', 'settle', 'rotate', 'suspend'] as const),
    ...(['cut', 'mend', 'pull', 'pull', 'pull', 'fall'] as const),
  ),
  at: fc.nat(2),
  which: fc.nat(50),
})
type Act = ReturnType<typeof anyAct.generate>['value']

test(
  'whatever happens in whatever order, all come to agree, and nothing is doubled or lost',
  { timeout: 120_000 },
  async () => {
    const nodes = [kenya, senegal, china]
    await settle()
    let acts = 0
    const done = async (homes: Map<string, TestApp>, { act, at, which }: Act): Promise<unknown> => {
      const node = nodes[at]!
      const [, from] = ring.find(([one]) => one === node)!
      const id = [...homes.keys()][which % homes.size]!
      const home = homes.get(id)!
      const curates = node.as('curator')
      const reviseAt = async (where: TestApp, more: object) => {
        const held = await heldBy(where, id)
        if (held?.status !== 'published') return
        await where.as('curator')('practices.revise', { id, revision: held.revision, body: { ...held.body, ...more } })
      }
      const title = { title: { en: `Text ${++acts}` } }
      switch (act) {
        case 'share':
          return homes.set(await share(node, `Text ${acts}`), node)
        case 'revise':
          return reviseAt(home, title)
        case 'changeCopy':
          return node === home ? undefined : reviseAt(node, title)
        case 'translate': {
          const held = (await heldBy(home, id))!
          const texts = { title: `Texte ${acts}` }
          const { revision, status } = held
          if (status === 'withdrawn') return
          return home.as('curator')('records.translate', { id, revision, language: 'fr', texts, machine: true })
        }
        case 'withdraw': {
          const { revision, status } = (await heldBy(home, id))!
          const name = status === 'withdrawn' ? 'records.restore' : 'records.withdraw'
          return home.as('curator')(name, { id, revision, reason: 'It names a child' })
        }
        case 'settle': {
          const { refused } = await curates('packs.refused')
          const one = refused[which % Math.max(1, refused.length)]
          return one && curates('packs.settle', { id: one.id, via: one.via, keep: which % 2 ? 'theirs' : 'ours' })
        }
        case 'rotate':
          return node.app.log.rotateKey()
        case 'suspend': {
          const { id: other, state } = await followedBy(node, from)
          return node.as('operator')(state === 'suspended' ? 'nodes.resume' : 'nodes.suspend', { id: other })
        }
        case 'cut':
          return cut.add(node.address)
        case 'mend':
          return cut.clear()
        default:
          fall = act === 'fall' ? 1 + (which % 3) : Infinity
          return pull(node, from).catch((error: unknown) => {
            if (!(error instanceof Fall) && !(error instanceof Problem && error.code === 'nodeSuspended')) throw error
          })
      }
    }
    await fc.assert(
      fc.asyncProperty(fc.array(anyAct, { minLength: 5, maxLength: 25 }), async (sequence) => {
        const homes = new Map<string, TestApp>()
        for (const node of nodes) homes.set(await share(node, 'Before'), node)
        await settle()
        for (const act of sequence) {
          await done(homes, act)
          fall = Infinity
        }
        cut.clear()
        for (const [node, from] of ring) {
          const { id, state } = await followedBy(node, from)
          if (state === 'suspended') await node.as('operator')('nodes.resume', { id })
        }
        // What its home said last is taken everywhere where it differs from what was changed there.
        for (const [id, home] of homes) {
          const { revision, body, status } = (await heldBy(home, id))!
          if (status === 'published')
            await home.as('curator')('practices.revise', { id, revision, body: { ...body, title: { en: 'After' } } })
        }
        for (let round = 0; round < 3; round++) {
          await settle()
          for (const node of nodes)
            for (const { id, via } of (await node.as('curator')('packs.refused')).refused)
              await node.as('curator')('packs.settle', { id, via, keep: 'theirs' })
        }
        for (const node of nodes) {
          for (const [id, home] of homes) {
            const [here, there] = [await heldBy(node, id), (await heldBy(home, id))!]
            // What was withdrawn before it came here never was here.
            if (here === undefined && there.status === 'withdrawn') continue
            assert.equal(here?.status, there.status)
            if (there.status === 'published')
              assert.deepEqual([here!.body, here!.translations], [there.body, there.translations])
          }
          const lines = await journalAfter(node.app.database.read, 0, 10_000)
          assert.equal(new Set(lines.map(({ recordId, revision }) => `${recordId} ${revision}`)).size, lines.length)
        }
        assert.equal(await settle(), 1, 'nothing moves any more')
      }),
      { numRuns: 5 },
    )
  },
)

test('an operator chooses what reviews of a node count for: its word is then on the page, and never counts as a review here', async () => {
  const id = await share(china, 'Tablets at school')
  await china.as('curator')('reviews.share', {
    title: { en: 'A sound account' },
    originalLanguage: 'en',
    reviews: id,
    revision: 1,
    verdict: 'sound',
  })
  await settle()
  const page = async () => (await kenya.get(`/en/records/${id}`)).body
  assert.match(await page(), /A sound account/)
  assert.doesNotMatch(await page(), /Reviewed by other sites/)
  const olga = await person(kenya, 'Olga Reviews', { roles: ['operator'] })
  const look = async () => {
    await olga.open('/en/network')
    return (await olga.send('/network/look', { address: china.address })).body
  }
  const looked = await look()
  assert.match(looked, /What its reviews count for here[^]*value="shown"[^>]* checked/)
  const key = /name="key" value="(z6Mk\w+)"/.exec(looked)![1]!
  const saved = await olga.send('/network/follow', { address: china.address, key, kinds: [], reviews: 'counted' })
  assert.match(saved.body, /Its reviews are relied on here/)
  assert.match(
    await page(),
    /Reviewed by other sites[^]*relies on the reviews of these sites[^]*Review of [^]*Meets the criteria/,
  )
  assert.match(await page(), /Not reviewed/)
  assert.match(await look(), /value="counted"[^>]* checked/)
  await olga.send('/network/follow', { address: china.address, key, kinds: [], reviews: 'shown' })
  assert.doesNotMatch(await page(), /Reviewed by other sites/)
})

test('a suspended node gives nothing more, and what it gave stays', async () => {
  const { id } = await followedBy(senegal, kenya)
  await senegal.as('operator')('nodes.suspend', { id })
  assert.equal(await problemOf(pullNode(senegal.app.running, id)), 'nodeSuspended')
  assert.equal((await heldBy(senegal, ids[0]!))!.status, 'published')
  await senegal.as('operator')('nodes.resume', { id })
  assert.equal((await pull(senegal, kenya)).failed, undefined)
})

test('a key that does not follow stops a node until an operator accepts it; what was done is in the audit trail', async () => {
  const omar = await person(kenya, 'Omar', { roles: ['operator'] })
  const keysOf = (seed: number) => {
    const name = originOf(otherManifest.node)
    const verifier = formatVerifier(verifierOf({ name, seed: new Uint8Array(32).fill(seed) }))
    const keys = [{ verifier, since: '2026-01-01T00:00:00.000Z' }]
    return { keys, jwks: jwksOf({ keys }) }
  }
  let manifest: Manifest = { ...otherManifest, ...keysOf(5) }
  const server = createServer((_request, response) => response.end(JSON.stringify(manifest))).listen(0, '127.0.0.1')
  await once(server, 'listening')
  after(() => server.close())
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { id, fingerprint } = await kenya.as('operator')('nodes.follow', { address })
  manifest = { ...otherManifest, ...keysOf(6) }
  assert.equal((await pullNode(kenya.app.running, id)).failed, 'nodeKeyChanged')

  assert.match((await omar.open('/en/network')).body, /signs with a key that does not follow[^]*Compare the keys/)
  assert.match((await kenya.get('/en/network')).body, /Only an operator of this site can accept another key/)
  const looked = await omar.send('/network/look', { address })
  assert.match(looked.body, new RegExp(`Key that you know[^]*${fingerprint}[^]*Accept this key`))
  const key = /name="key" value="(z6Mk\w+)"/.exec(looked.body)![1]!
  assert.notEqual(key, fingerprint)
  await omar.send('/network/follow', { address, key })
  assert.equal((await pullNode(kenya.app.running, id)).failed, undefined)
  assert.doesNotMatch((await omar.open('/en/network')).body, /does not follow/)
  await omar.send(`/network/${id}/suspend`, {})
  const trail = (await omar.open('/en/audit')).body
  for (const words of ['followed another node', 'accepted a key of another node', 'suspended another node'])
    assert.match(trail, new RegExp(`Omar[^]*${words}[^]*${address}`))
  const { events } = await senegal.as('operator')('audit.list')
  assert.ok(events.some(({ event }: { event: string }) => event === 'node.keyHandedOver'))
})

test('whoever writes a node in another language is told step by step where it does not speak as others do', async () => {
  const reach = { fetch: line, services: { privateNodes: true } }
  const found = await checkNode(reach, china.address)
  assert.deepEqual(
    found.map(({ step, state, reason }) => [step, state, reason]),
    checkSteps.map((step) => [step, 'ok', undefined]),
  )
  // The same node with one fault after another.
  const faults: [string, (path: string, body: Buffer) => Buffer | number][] = [
    ['pack', (path, body) => (path.startsWith('/packs') ? body.subarray(0, 99) : body)],
    ['single', (path, body) => (path.endsWith('/signed.json') ? Buffer.from('{}') : body)],
    ['badPlace', (path, body) => (path.endsWith('no-place') ? 200 : body)],
    ['unknownRecord', (path, body) => (path.includes('/0000000000000000/') ? 200 : body)],
    [
      'jwks',
      (path, body) =>
        path.includes('well-known')
          ? Buffer.from(
              body
                .toString()
                .replace('"x":"', '"x":"A')
                .replace(/(?<="x":"[\w-]{43})[\w-]/, ''),
            )
          : body,
    ],
  ]
  for (const [step, change] of faults) {
    const faulty: Outbound = async (url, limits, sent) => {
      const answer = await line(url, limits, sent)
      const body = change(url.slice(china.address.length), Buffer.from(answer.body))
      return typeof body === 'number' ? { ...answer, status: body } : { ...answer, body }
    }
    const findings = await checkNode({ ...reach, fetch: faulty }, china.address)
    assert.deepEqual(
      findings.filter(({ state }) => state === 'bad').map((one) => one.step),
      [step],
    )
  }
})

test('a node that lies, never ends or answers rubbish is told as failed, and nothing of it is taken', async () => {
  const real = (await china.get('/.well-known/qingdao.json')).json()
  let answer: (path: string) => Buffer | string = () => ''
  const server = createServer((request, response) => response.end(answer(request.url ?? ''))).listen(0, '127.0.0.1')
  await once(server, 'listening')
  after(() => server.close())
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const isManifest = (path: string) => path.startsWith('/.well-known/')
  for (const bad of [
    '',
    '<html>',
    '[]',
    '{}',
    `${'['.repeat(9_999)}`,
    JSON.stringify({ ...real, keys: [] }),
    JSON.stringify({ ...real, node: 'another' }),
    JSON.stringify({ ...real, address: 'javascript:alert(1)' }),
  ]) {
    answer = () => bad
    assert.equal(await problemOf(kenya.as('operator')('nodes.look', { address })), 'notANode')
  }
  const manifest = JSON.stringify({ ...real, journal: 9_999 })
  answer = (path) => (isManifest(path) ? manifest : '')
  const { id } = await kenya.as('operator')('nodes.follow', { address })
  const footer = { end: true, lines: 0, sha256: '0'.repeat(64), upTo: 0, isWhole: false }
  for (const pack of [
    'rubbish',
    gzipSync('x'),
    gzipSync(JSON.stringify(footer)),
    gzipSync(Buffer.alloc(40 * 1024 * 1024, 0x20)),
  ]) {
    answer = (path) => (isManifest(path) ? manifest : pack)
    const { failed, added } = await pullNode(kenya.app.running, id)
    assert.match(failed!, /^(packDamaged|tooLarge|lineTooLong)$/)
    assert.equal(added, 0)
  }
})

test('addresses of private networks are not asked, unless the operator says that nodes may be there', async () => {
  const strict = await testApp({ fetch: outbound() })
  for (const address of ['http://127.0.0.1:1', 'http://169.254.169.254', 'http://[::1]', 'http://10.0.0.1'])
    assert.equal(await problemOf(strict.as('operator')('nodes.look', { address })), 'addressRefused', address)
  for (const address of ['http://user:password@example.org', 'file:///etc/passwd', ''])
    assert.match(
      await problemOf(strict.as('operator')('nodes.look', { address })),
      /notANode|invalid|fetchFailed|addressRefused/,
    )
})
