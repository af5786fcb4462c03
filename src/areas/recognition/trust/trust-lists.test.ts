/** Trust lists between two nodes: signed, published, imported, followed; and what a verifier is told of each. */
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import type { Outbound } from '#kernel/outbound.ts'
import { Problem } from '#kernel/problem.ts'
import { signEddsaJcs } from '#codecs/data-integrity/jcs-suites.ts'
import { multikeyOf } from '#codecs/data-integrity/multikey.ts'
import { pullNode } from '#features/federation/nodes/pull.ts'
import { doJob, freshFolder, problemOf, testApp, usualNow, type TestApp } from '../../../../test/app.ts'
import { person } from '../../../../test/people.ts'
import type { Verification } from '../verification/verification.ts'

const school = generateKeyPairSync('ed25519')
const multikey = multikeyOf(school.publicKey)
const did = `did:key:${multikey}`
const credential = signEddsaJcs(
  {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiableCredential'],
    issuer: did,
    credentialSubject: { id: 'urn:uuid:1' },
  },
  { created: '2025-01-02T03:04:05Z', verificationMethod: `${did}#${multikey}`, proofPurpose: 'assertionMethod' },
  school.privateKey,
)

/** Addresses of one node are answered by it, unless the line is cut; some answers are put in its place. */
const lines = new Map<string, TestApp>()
const cut = new Set<string>()
const instead = new Map<string, string>()
const network: Outbound = async (url, _limits, sent) => {
  const { origin, pathname, search } = new URL(url)
  const node = lines.get(origin)
  if (!node || cut.has(origin)) throw new Problem('fetchFailed', { url, reason: 'unknown host' })
  const other = instead.get(url)
  if (other !== undefined) return { status: 200, headers: {}, body: Buffer.from(other), url }
  const answer = await node.get(`${pathname}${search}`, sent?.headers ?? {})
  return { status: answer.statusCode, headers: answer.headers as Record<string, string>, body: answer.rawPayload, url }
}
let time = usualNow.getTime()
async function nodeAt(address = '') {
  const node = await testApp({ ...(address && { address }), fetch: network, now: () => new Date((time += 1_000)) })
  lines.set(address, node)
  await doJob(node.app, 'issuing-key')
  await node.app.log.follow()
  return { ...node, address }
}
const [ministry, university] = [await nodeAt('https://ministry.example'), await nodeAt()]
const list = {
  title: { en: 'Schools of the ministry' },
  originalLanguage: 'en',
  countries: ['KE'],
  vouchedFor: [{ name: 'School', identifier: did, trustRole: 'issuer' }],
}
const { id } = await ministry.as('curator')('trust-lists.share', list)
const address = `${ministry.address}/trust-lists/${id}/signed.json`
const told = async ({ as }: Pick<TestApp, 'as'>) => {
  const { checks } = (await as()('credentials.verify', { credential })) as Verification
  const { state, code, values } = checks.find(({ name }) => name === 'trustList')!
  return { seen: `${state} ${code}`, values }
}
const publishedList = async () => (await ministry.get(new URL(address).pathname)).json()

test('a list is published as a document that the node signs, which verifies as any credential does', async () => {
  const signed = await publishedList()
  assert.deepEqual([signed.issuer, signed.proof.cryptosuite], ['did:web:ministry.example', 'eddsa-jcs-2022'])
  const { isVerified } = await university.as()<Verification>('credentials.verify', { credential: signed })
  assert.equal(isVerified, true)
  assert.equal((await ministry.get('/trust-lists/0000000000000000/signed.json')).statusCode, 404)
})

test('a curator adds a signed list by address or as a file, and verifiers see whose it is, of which day and key', async () => {
  const reader = await person(university, 'curator@example.org', { roles: ['curator'] })
  await reader.open('/en/recognition/trust-lists')
  assert.equal((await told(university)).seen, 'unchecked none')
  const changed = { ...(await publishedList()), issuer: did }
  for (const [fields, file, said] of [
    [{}, undefined, /give a web address or a file/],
    [{ address: `${ministry.address}/en` }, undefined, /is not a signed trust list/],
    [{ address: 'https://nowhere.example/list' }, undefined, /nowhere\.example/],
    [{}, JSON.stringify(changed), /could not be verified/],
    [{ address, issuer: 'did:web:other.example' }, undefined, /signed by did:web:ministry\.example/],
  ] as const) {
    const sent = file && { file: { name: 'list.json', content: Buffer.from(file), type: 'application/json' } }
    const refused = await reader.send(
      '/recognition/trust-lists',
      { address: '', issuer: '', ...fields },
      { files: sent || {} },
    )
    assert.equal(refused.status, 422)
    assert.match(refused.body, said)
  }
  const added = await reader.send(
    '/recognition/trust-lists',
    { address, issuer: 'did:web:ministry.example' },
    { files: {} },
  )
  assert.equal(added.status, 200)
  const { seen, values } = await told(university)
  assert.equal(seen, 'ok listedBy')
  assert.deepEqual(
    [values.what, values.list, values.by, values.day],
    ['School', 'Schools of the ministry', 'did:web:ministry.example', new Date(time).toISOString().slice(0, 10)],
  )
  assert.match(values.fingerprint!, /^z6Mk/)
  const page = await reader.open('/ar/recognition/trust-lists')
  assert.match(page.body, /did:web:ministry\.example/)
  // The same list as a file takes the place of the one that is there.
  const again = { document: JSON.stringify(await publishedList()) }
  await university.as('curator')('signed-trust-lists.add', again)
  assert.equal((await university.as()('signed-trust-lists.list')).outside.length, 1)
  assert.equal(await problemOf(university.as('contributor')('signed-trust-lists.add', again)), 'forbidden')
})

test('lists are read anew each day; one that fails, is older or signed by another does not take its place, and is told', async () => {
  const line = async () => (await university.as()('signed-trust-lists.list')).outside[0]
  const old = JSON.stringify(await publishedList())
  await ministry.as('curator')('trust-lists.revise', {
    id,
    revision: 1,
    body: { ...list, vouchedFor: [{ name: 'Another', identifier: 'did:web:another.example' }] },
  })
  await doJob(university.app, 'signed-trust-lists')
  assert.deepEqual([(await line()).failed, (await told(university)).seen], ['', 'unchecked none'])
  const others = signEddsaJcs(
    { ...JSON.parse(old), issuer: did, proof: undefined },
    { created: '2025-01-02T03:04:05Z', verificationMethod: `${did}#${multikey}`, proofPurpose: 'assertionMethod' },
    school.privateKey,
  )
  for (const [answer, failed] of [
    [old, 'older'],
    [JSON.stringify(others), 'otherIssuer'],
    ['{}', 'noTrustList'],
  ] as const) {
    instead.set(address, answer)
    await doJob(university.app, 'signed-trust-lists')
    assert.equal((await line()).failed, failed)
  }
  instead.clear()
  cut.add(ministry.address)
  await doJob(university.app, 'signed-trust-lists')
  const { seen, values } = await told(university)
  assert.deepEqual([seen, values], ['unchecked noneUnreached', { what: 'Schools of the ministry' }])
  assert.match((await university.get('/en/recognition/trust-lists')).body, /could not be reached the last time/)
  cut.clear()
  await university.as('curator')('signed-trust-lists.remove', { id: (await line()).id })
  assert.equal((await told(university)).seen, 'unchecked none')
})

test('the list of a node that is followed counts as that node’s; one that came by way of others does not', async () => {
  await ministry.as('curator')('trust-lists.revise', { id, revision: 2, body: list })
  await university.as('operator')('nodes.follow', { address: ministry.address })
  const [followed] = (await university.as()('nodes.list')).nodes
  await pullNode(university.app.running, followed.id)
  const { seen, values } = await told(university)
  assert.equal(seen, 'ok listedBy')
  assert.match(values.fingerprint!, /^z6Mk/)
  assert.equal(values.list, 'Schools of the ministry')
  const page = (await university.get('/en/recognition/trust-lists')).body
  assert.match(page, /Lists of other sites that this site follows[^]*Schools of the ministry[^]*Read on/)
  assert.equal((await university.get(new URL(address).pathname)).statusCode, 404, 'signed by its own node alone')
  await university.as('operator')('nodes.suspend', { id: followed.id })
  assert.equal((await told(university)).seen, 'unchecked none')
  await university.as('operator')('nodes.resume', { id: followed.id })
  cut.add(ministry.address)
  await pullNode(university.app.running, followed.id)
  assert.equal((await told(university)).seen, 'ok listedBy', 'what was read before still counts')
  assert.match(
    (await university.get('/en/recognition/trust-lists')).body,
    /Could not be reached the last time: Qingdao\./,
  )
})

test('at the command line a signed list is given as a file or an address, and lists of the node beside it count', async () => {
  const { runShell } = await import('../../../commands/shell.ts')
  const folder = freshFolder()
  const said: string[] = []
  const stream = new Writable({ write: (chunk, _encoding, done) => (said.push(String(chunk)), done()) }) as never
  const environment = { now: () => new Date(time), random: (size: number) => new Uint8Array(size), fetch: network }
  let env: Record<string, string> = { LANG: 'en', DATA_DIR: join(folder, 'nothing') }
  const run = async (...words: string[]) => {
    said.length = 0
    const code = await runShell(['verify', at('badge.json', credential), ...words], {
      env,
      out: stream,
      err: stream,
      environment,
    })
    return [code, /^. Recognition of the issuer: .*$/m.exec(said.join(''))?.[0] ?? said.join('')] as const
  }
  const at = (name: string, content: object) => {
    writeFileSync(join(folder, name), JSON.stringify(content))
    return join(folder, name)
  }
  const publisher = generateKeyPairSync('ed25519')
  const publisherKey = multikeyOf(publisher.publicKey)
  const signed = (identifier: string) =>
    signEddsaJcs(
      {
        '@context': ['https://www.w3.org/ns/credentials/v2'],
        type: ['VerifiableCredential', 'TrustList'],
        issuer: `did:key:${publisherKey}`,
        validFrom: '2025-01-01T00:00:00Z',
        credentialSubject: {
          id: 'urn:uuid:2',
          type: 'TrustList',
          titles: { en: 'Schools of the agency' },
          originalLanguage: 'en',
          vouchedFor: [{ name: 'The school', identifier }],
        },
      },
      {
        created: '2025-01-02T03:04:05Z',
        verificationMethod: `did:key:${publisherKey}#${publisherKey}`,
        proofPurpose: 'assertionMethod',
      },
      publisher.privateKey,
    )
  cut.clear()
  instead.clear()
  const good = at('good.json', signed(did))
  const others = at('others.json', signed('did:key:other'))
  const altered = at('altered.json', { ...signed('did:key:other'), validFrom: '2025-01-01T00:00:01Z' })

  assert.deepEqual(await run(), [
    0,
    '? Recognition of the issuer: The issuer is on no list of recognised issuers that this site holds.',
  ])
  assert.match(
    (await run('--trust-list', others, '--trust-list', good))[1],
    /^✓ .*“The school” is on the trust list “Schools of the agency” of did:key:/,
  )
  assert.match((await run('--trust-list', others))[1], /^\? .*on none of the lists that were given/)
  const unread = (await run('--trust-list', altered, '--trust-list', 'https://nowhere.example/list.json'))[1]
  assert.match(
    unread,
    /^\? .*could not be read or does not verify: .*altered\.json \(proof: wrongSignature\), https:\/\/nowhere/,
  )
  assert.match((await run('--trust-list', address))[1], /^✓ .*“School” is on the trust list “Schools of the ministry”/)
  assert.notEqual((await run('--trust-list', join(folder, 'missing.json')))[0], 0)

  const { databaseAddress } = ministry.options
  const isPostgres = databaseAddress.startsWith('postgres')
  env = { LANG: 'en', DATA_DIR: ministry.folder, ...(isPostgres && { DATABASE_URL: databaseAddress }) }
  assert.match((await run())[1], /^✓ .*“School” is on the trust list “Schools of the ministry” of this site/)
  assert.match((await run('--trust-list', others))[1], /^✓ .*“Schools of the ministry”/)
})
