import assert from 'node:assert/strict'
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { CompactSign } from 'jose'
import encodeQR from 'qr'
import sharp from 'sharp'
import { Problem } from '#kernel/problem.ts'
import type { Outbound } from '#kernel/outbound.ts'
import { outbound } from '#kernel/outbound.ts'
import { encodeStatusList, newStatusList, setBit } from '#codecs/bitstring-status-list/status-list.ts'
import { jcsHashData, signEddsaJcs } from '#codecs/data-integrity/jcs-suites.ts'
import { toMultibase } from '#codecs/data-integrity/multibase.ts'
import { multikeyOf } from '#codecs/data-integrity/multikey.ts'
import { signRdfc } from '#codecs/data-integrity/rdfc-suites.ts'
import { canonicalJson } from '#codecs/jcs/canonical-json.ts'
import { bakePng, pngOfSquares } from '#codecs/open-badges/png.ts'
import { bakeSvg } from '#codecs/open-badges/svg.ts'
import { signToken } from '#codecs/vc-jwt/vc-jwt.ts'
import { bounded, mostFetches, mostFetchingMs } from './bounded-fetch.ts'
import { answering, openBadge, stateOf } from '../../../../test/open-badge.ts'
import type { World } from './find-keys.ts'
import type { Json } from './verification.ts'
import { verifyCredential, verifyFile, verifyPresentation } from './verify.ts'

const now = new Date('2026-06-01T00:00:00Z')
const offline: World = { now }
const pair = generateKeyPairSync('ed25519')
const multikey = multikeyOf(pair.publicKey)
const did = `did:key:${multikey}`
const method = `${did}#${multikey}`
const created = '2026-01-02T03:04:05Z'
const by = (verificationMethod: string) => ({ created, verificationMethod, proofPurpose: 'assertionMethod' })

const badge = openBadge(did)
const byIssuer = (id: string) => ({ ...badge, issuer: { ...badge.issuer, id } })
const keysAt = (id: string, key: KeyObject = pair.publicKey, more: object = {}) => ({
  id,
  verificationMethod: [
    { id: `${id}#k`, type: 'Multikey', controller: id, publicKeyMultibase: multikeyOf(key), ...more },
  ],
  assertionMethod: [`${id}#k`],
})

test('a sound credential is told check by check, in every suite and as a token', async () => {
  for (const given of [
    signEddsaJcs(badge, by(method), pair.privateKey),
    await signRdfc(badge, by(method), pair.privateKey),
    await signToken(badge, pair.privateKey, method),
  ]) {
    const told = await verifyCredential(given, offline)
    assert.equal(told.isVerified, true)
    const { proof, ...rest } = stateOf(told)
    assert.match(proof!, /^ok ok/)
    assert.deepEqual(rest, {
      wellFormed: 'ok ok',
      context: 'ok ok',
      issuer: 'ok didKey',
      status: 'ok noneNamed',
      dates: 'ok from',
      schema: 'ok openBadges',
      trustList: 'unchecked none',
      quality: 'unchecked none',
    })
    assert.deepEqual([told.failed, told.unchecked], [0, 2])
    assert.deepEqual([told.credential!.name, told.credential!.issuerName], ['Radio teaching', 'School'])
  }
})

test('it is the same from every carrier, and what is in none is told', async () => {
  const text = JSON.stringify(signEddsaJcs(badge, by(method), pair.privateKey))
  const picture = pngOfSquares([[true]], 8)
  const drawing = '<svg xmlns="http://www.w3.org/2000/svg"></svg>'
  for (const [bytes, carrier] of [
    [Buffer.from(text), 'json'],
    [bakePng(picture, text)!, 'png'],
    [Buffer.from(bakeSvg(drawing, text)), 'svg'],
  ] as const) {
    const told = await verifyFile(bytes, offline)
    assert.deepEqual([told.isVerified, told.carrier], [true, carrier])
  }
  for (const [bytes, code] of [
    [picture, 'failed noCode'],
    [Buffer.from(drawing), 'failed nothingInside'],
    [Buffer.from('hello'), 'failed notRead'],
    [Buffer.from([255, 254, 1]), 'failed notRead'],
    [Buffer.from('{"a":1,"a":2}'), 'failed duplicateName'],
    [Buffer.from('{"a":12345678901234567890}'), 'failed unsafeNumber'],
    [Buffer.from(`{"a":${'['.repeat(60)}${']'.repeat(60)}}`), 'failed tooDeep'],
    [Buffer.from(`{"a":"${'x'.repeat(1_100_000)}"}`), 'failed tooLarge'],
    [Buffer.from('{"a":'), 'failed malformed'],
  ] as const) {
    const told = await verifyFile(bytes, offline)
    assert.equal(stateOf(told).wellFormed, code)
    assert.equal(told.isVerified, false)
  }
})

test('a picture of a QR code is read: with the credential in it, or with its address', async () => {
  const signed = signEddsaJcs(badge, by(method), pair.privateKey)
  const squares = (text: string) => pngOfSquares(encodeQR(text, 'raw', { ecc: 'low' }), 4)
  /** As a phone takes it: turned a little, on grey, as JPEG. */
  const photographed = async (png: Buffer) =>
    sharp(await sharp(png).extend({ top: 60, bottom: 60, left: 90, right: 40, background: '#fff' }).png().toBuffer())
      .rotate(7, { background: '#ddd' })
      .jpeg({ quality: 80 })
      .toBuffer()
  const small = signEddsaJcs(
    {
      '@context': badge['@context'].slice(0, 1),
      type: ['VerifiableCredential'],
      issuer: did,
      credentialSubject: { id: 'urn:uuid:2a' },
    },
    by(method),
    pair.privateKey,
  )
  const inside = await verifyFile(squares(JSON.stringify(small)), offline)
  assert.deepEqual([inside.isVerified, inside.carrier], [true, 'qr'])
  const address = 'https://school.example/c/1'
  const fetch = answering({ [address]: signed, 'https://school.example/verify': 'a page' })
  const photo = await photographed(squares(address))
  const led = await verifyFile(photo, { now, fetch })
  assert.deepEqual([led.isVerified, led.carrier, led.credential?.name], [true, 'qr', 'Radio teaching'])
  const formOf = async (bytes: Uint8Array, world: World) => stateOf(await verifyFile(bytes, world)).wellFormed
  assert.equal(await formOf(photo, offline), 'unchecked codeOffline')
  assert.equal(await formOf(photo, { now, fetch: answering({}) }), 'unchecked codeUnreached')
  assert.equal(await formOf(squares('https://school.example/verify'), { now, fetch }), 'failed codeElsewhere')
  for (const other of [
    'WIFI:S:x;;',
    'javascript:alert(1)',
    'file:///etc/passwd',
    `https://school.example/${'x'.repeat(2_100)}`,
  ])
    assert.equal(await formOf(squares(other), { now, fetch }), 'failed codeOther')
  // Nothing in it, cut off, or said to be larger than any picture: an answer, and no fall.
  const bomb = Buffer.from(pngOfSquares([[true]], 8))
  bomb.writeUInt32BE(200_000, 16)
  bomb.writeUInt32BE(200_000, 20)
  for (const nothing of [
    pngOfSquares([[true]], 8),
    photo.subarray(0, 900),
    Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2]),
    bomb,
  ])
    assert.equal(await formOf(nothing, { now, fetch }), 'failed noCode')
})

test('the key must be the issuer’s: listed by its site, for statements, in force, and reached', async () => {
  const id = 'did:web:school.example'
  const signed = signEddsaJcs(byIssuer(id), by(`${id}#k`), pair.privateKey)
  const at = 'https://school.example/.well-known/did.json'
  const issuerOf = async (page: unknown) => {
    const told = await verifyCredential(signed, { now, fetch: answering({ [at]: page }) })
    return [stateOf(told).issuer, told.isVerified]
  }
  assert.deepEqual(await issuerOf(keysAt(id)), ['ok web', true])
  assert.deepEqual(await issuerOf({ ...keysAt(id), assertionMethod: [] }), ['failed notForStatements', false])
  assert.deepEqual(await issuerOf({ ...keysAt(id), id: 'did:web:other.example' }), ['failed notListed', false])
  assert.deepEqual(await issuerOf(keysAt(id, pair.publicKey, { controller: 'did:web:other.example' })), [
    'failed notIssuers',
    false,
  ])
  assert.deepEqual(await issuerOf(keysAt(id, pair.publicKey, { revoked: '2025-01-01T00:00:00Z' })), [
    'failed keyEnded',
    false,
  ])
  assert.deepEqual(await issuerOf(keysAt(id, pair.publicKey, { expires: '2026-03-01T00:00:00Z' })), ['ok web', true])
  const others = await verifyCredential(signed, {
    now,
    fetch: answering({ [at]: keysAt(id, generateKeyPairSync('ed25519').publicKey) }),
  })
  assert.equal(stateOf(others).proof, 'failed wrongSignature')
  assert.deepEqual([stateOf(await verifyCredential(signed, offline)).issuer], ['unchecked offline'])
  const unreached = await verifyCredential(signed, { now, fetch: answering({}) })
  assert.deepEqual(
    [stateOf(unreached).issuer, stateOf(unreached).proof, unreached.isVerified],
    ['unchecked unreachable', 'unchecked keyUnknown', false],
  )
  // Signed with one’s own key in the name of another.
  const forged = signEddsaJcs(byIssuer('did:web:ministry.example'), by(method), pair.privateKey)
  assert.equal(stateOf(await verifyCredential(forged, offline)).issuer, 'failed notIssuers')
})

test('a key of a private address is not fetched', async () => {
  const asked: string[] = []
  const fetch = outbound(async (host) => (asked.push(host), [{ address: '10.0.0.7', family: 4 }]))
  const id = 'did:web:intranet.example'
  const told = await verifyCredential(signEddsaJcs(byIssuer(id), by(`${id}#k`), pair.privateKey), { now, fetch })
  assert.deepEqual([asked, stateOf(told).issuer], [['intranet.example'], 'unchecked unreachable'])
  for (const wrong of ['did:web:127.0.0.1', 'did:web:localhost%3A8080', 'https://10.0.0.1/keys']) {
    const refused = await verifyCredential(signEddsaJcs(byIssuer(wrong), by(`${wrong}#k`), pair.privateKey), {
      now,
      fetch: outbound(async () => [{ address: '127.0.0.1', family: 4 }]),
    })
    assert.match(stateOf(refused).issuer!, /^unchecked/, wrong)
  }
})

test('one verification asks few addresses, each once, however many a presentation names', async () => {
  const asked: string[] = []
  const goOut: Outbound = async (url) => {
    asked.push(url)
    throw new Problem('fetchFailed', { url, reason: 'unknown host' })
  }
  const of = (host: string) =>
    signEddsaJcs(byIssuer(`did:web:${host}.example`), by(`did:web:${host}.example#k`), pair.privateKey)
  const verifiableCredential = [of('same'), of('same'), ...Array.from({ length: 18 }, (_, at) => of(`school${at}`))]
  const presentation = { '@context': badge['@context'], type: ['VerifiablePresentation'], verifiableCredential }
  const told = await verifyPresentation(presentation, {}, { now, fetch: bounded(goOut, () => now) })
  assert.deepEqual([asked.length, new Set(asked).size], [mostFetches, mostFetches])
  const codes = told.credentials.map((one) => stateOf(one).issuer)
  assert.deepEqual([codes[1], codes.at(-1)], ['unchecked unreachable', 'unchecked tooManyAddresses'])
  // A slow site takes the time of all others.
  let at = now.getTime()
  const slowly = bounded(
    async (url) => ((at += mostFetchingMs), goOut(url)),
    () => new Date(at),
  )
  await assert.rejects(slowly('https://slow.example/'), {
    values: { url: 'https://slow.example/', reason: 'unknown host' },
  })
  await assert.rejects(slowly('https://next.example/'), {
    values: { url: 'https://next.example/', reason: 'tooManyAddresses' },
  })
})

test('signed Open Badges 2.0 are judged by the key that the issuer’s own profile lists, and by its list of what it revoked', async () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 })
  const at = (path: string) => `https://school.example/${path}`
  const assertion = {
    '@context': 'https://w3id.org/openbadges/v2',
    id: 'urn:uuid:44',
    type: 'Assertion',
    recipient: { type: 'email', hashed: true, identity: 'sha256$c7ef' },
    badge: { id: at('class'), type: 'BadgeClass', name: 'Radio teaching', issuer: at('profile') },
    verification: { type: 'signed', creator: at('key') },
    issuedOn: '2026-01-02T03:04:05Z',
  }
  const sign = (value: object, key = rsa.privateKey) =>
    new CompactSign(Buffer.from(JSON.stringify(value))).setProtectedHeader({ alg: 'RS256' }).sign(key)
  const pages = {
    [at('key')]: {
      id: at('key'),
      type: 'CryptographicKey',
      owner: at('profile'),
      publicKeyPem: rsa.publicKey.export({ type: 'spki', format: 'pem' }),
    },
    [at('profile')]: { id: at('profile'), publicKey: at('key'), revocationList: at('revoked') },
    [at('revoked')]: { issuer: at('profile'), revokedAssertions: [{ id: 'urn:uuid:43' }] },
  }
  const judged = async (text: string | Json, more: Record<string, unknown> = {}) => {
    const told = await verifyCredential(text, { now, fetch: answering({ ...pages, ...more }) })
    const { proof, issuer, status } = stateOf(told)
    return [told.isVerified, proof, issuer, status]
  }
  const sound = await sign(assertion)
  assert.deepEqual(await judged(sound), [true, 'ok ok', 'ok web', 'ok ok'])
  const facts = await verifyCredential(sound, { now, fetch: answering(pages) })
  assert.deepEqual([facts.format, facts.carrier, facts.credential?.name], ['open-badges-2', 'jwt', 'Radio teaching'])
  assert.deepEqual(await judged(await sign({ ...assertion, id: 'urn:uuid:43' })), [
    false,
    'ok ok',
    'ok web',
    'failed revoked',
  ])
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey
  assert.equal((await judged(await sign(assertion, stranger)))[1], 'failed wrongSignature')
  const [head, , tail] = sound.split('.')
  const other = Buffer.from(JSON.stringify({ ...assertion, issuedOn: '2020-01-01T00:00:00Z' })).toString('base64url')
  assert.equal((await judged(`${head}.${other}.${tail}`))[1], 'failed wrongSignature')
  // Somebody’s own key, in the name of the school: its profile does not list it.
  const own = { ...pages[at('profile')], publicKey: at('another') }
  assert.deepEqual((await judged(sound, { [at('profile')]: own })).slice(1, 3), ['ok ok', 'failed notListed'])
  const elsewhere = { ...pages[at('key')], owner: 'https://mill.example/profile' }
  assert.equal((await judged(sound, { [at('key')]: elsewhere }))[2], 'failed notIssuers')
  const foreign = { ...pages[at('revoked')], issuer: 'https://mill.example/' }
  assert.equal((await judged(sound, { [at('revoked')]: foreign }))[3], 'unchecked listOfOthers')
  assert.equal((await judged(assertion))[1], 'failed none', 'without its signature it is none')
  assert.deepEqual(stateOf(await verifyCredential(sound, offline)).proof, 'unchecked offline')
})

test('status is read from the issuer’s own list, and not from others’', async () => {
  const address = 'https://school.example/status/1'
  const entry = {
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: '7',
    statusListCredential: address,
  }
  const signed = await signRdfc(
    { ...badge, credentialStatus: { ...entry, id: `${address}#7` } },
    by(method),
    pair.privateKey,
  )
  const list = newStatusList()
  const listOf = (more: object = {}, subject: object = {}) => ({
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id: address,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: did,
    ...more,
    credentialSubject: {
      id: `${address}#list`,
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      encodedList: encodeStatusList(list),
      ...subject,
    },
  })
  const statusOf = async (page: unknown) =>
    stateOf(await verifyCredential(signed, { now, fetch: answering({ [address]: page }) })).status
  const byUs = (document: ReturnType<typeof listOf>) => signEddsaJcs(document, by(method), pair.privateKey)
  assert.equal(await statusOf(byUs(listOf())), 'ok ok')
  setBit(list, 7, true)
  assert.equal(await statusOf(byUs(listOf())), 'failed revoked')
  assert.equal(
    await statusOf({
      ...byUs(listOf()),
      credentialSubject: listOf({}, { encodedList: encodeStatusList(newStatusList()) }).credentialSubject,
    }),
    'unchecked listUnproven',
  )
  const other = generateKeyPairSync('ed25519')
  const otherDid = `did:key:${multikeyOf(other.publicKey)}`
  const others = signEddsaJcs(
    listOf({ issuer: otherDid }),
    by(`${otherDid}#${multikeyOf(other.publicKey)}`),
    other.privateKey,
  )
  assert.equal(await statusOf(others), 'unchecked listOfOthers')
  assert.equal(await statusOf(byUs(listOf({ validUntil: '2026-02-01T00:00:00Z' }))), 'unchecked listOld')
  assert.equal(await statusOf(byUs(listOf({}, { encodedList: 'uAAAA' }))), 'unchecked listUnread')
  assert.equal(await statusOf(byUs(listOf({}, { statusPurpose: 'suspension' }))), 'unchecked listUnread')
  const offlineTold = await verifyCredential(signed, offline)
  assert.deepEqual([stateOf(offlineTold).status, offlineTold.isVerified], ['unchecked offline', false])
})

test('dates, purpose and the end of a proof are held', async () => {
  const told = async (more: object, options: object = {}) =>
    stateOf(
      await verifyCredential(
        signEddsaJcs({ ...badge, ...more }, { ...by(method), ...options }, pair.privateKey),
        offline,
      ),
    )
  assert.equal((await told({ validUntil: '2026-05-01T00:00:00Z' })).dates, 'failed expired')
  assert.equal((await told({ validFrom: '2027-01-01T00:00:00Z' })).dates, 'failed notYet')
  assert.equal((await told({ validUntil: '2027-05-01T00:00:00Z' })).dates, 'ok until')
  assert.equal((await told({ validUntil: 'tomorrow' })).wellFormed, 'failed wrong')
  assert.equal((await told({}, { proofPurpose: 'authentication' })).proof, 'failed wrongPurpose')
  assert.equal((await told({}, { expires: '2026-02-01T00:00:00Z' })).proof, 'failed expired')
})

test('hostile contexts, wrapped signatures and further proofs do not pass', async () => {
  const signed = await signRdfc(badge, by(method), pair.privateKey)
  const told = async (given: Json) => {
    const all = await verifyCredential(given, offline)
    assert.equal(all.isVerified, false)
    return stateOf(all)
  }
  assert.equal(
    (await told({ ...signed, '@context': [...badge['@context'], { name: 'https://evil.example/x' }] })).context,
    'failed inline',
  )
  assert.equal(
    (await told({ ...signed, '@context': [...badge['@context'], 'https://evil.example/x'] })).context,
    'unchecked unknown',
  )
  assert.equal((await told({ ...signed, '@context': badge['@context'].toReversed() })).context, 'failed order')
  // The signed credential within another: only what stands at the top counts.
  const { proof, ...bare } = signed
  assert.equal(
    (await told({ ...badge, name: 'Doctor', evidence: [{ ...signed, type: ['Evidence'] }] })).proof,
    'failed none',
  )
  assert.equal(
    (await told({ ...badge, name: 'Doctor', proof: { ...proof, document: bare } })).proof?.split(' ')[0],
    'failed',
  )
  // One sound proof beside a broken one.
  const second = { ...proof, verificationMethod: 'did:example:other#k' }
  assert.notEqual((await told({ ...signed, proof: [proof, second] })).proof, 'ok ok')
  assert.equal(
    (await told({ ...signed, proof: [proof, { ...proof, created: '2026-01-03T00:00:00Z' }] })).proof,
    'failed wrongSignature',
  )
  assert.equal(
    (await told({ ...signed, proof: { ...proof, type: 'Ed25519Signature2018' } })).proof,
    'unchecked suiteUnknown',
  )
  // A sound signature of somebody else beside a broken one in the issuer’s name.
  const other = generateKeyPairSync('ed25519')
  const theirs = `did:key:${multikeyOf(other.publicKey)}`
  const { proof: sound } = await signRdfc(badge, by(`${theirs}#${multikeyOf(other.publicKey)}`), other.privateKey)
  assert.equal((await told({ ...badge, proof: sound })).issuer, 'failed notIssuers')
})

/** Every way of changing one thing in a value. */
const places = (value: unknown, at: readonly (string | number)[] = []): (readonly (string | number)[])[] =>
  typeof value === 'object' && value !== null
    ? [
        at,
        ...Object.entries(value).flatMap(([name, one]) =>
          places(one, [...at, Array.isArray(value) ? Number(name) : name]),
        ),
      ]
    : [at]
function changedAt(value: any, [first, ...rest]: readonly (string | number)[], change: (inner: any) => any): any {
  if (first === undefined) return change(value)
  const copy = Array.isArray(value) ? [...value] : { ...value }
  copy[first] = changedAt(copy[first], rest, change)
  return copy
}

test('no credential that was altered anywhere verifies', async () => {
  const sound = [signEddsaJcs(badge, by(method), pair.privateKey), await signRdfc(badge, by(method), pair.privateKey)]
  for (const namedCurve of ['P-256', 'P-384'] as const) {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve })
    const id = `did:key:${multikeyOf(publicKey)}`
    const document = byIssuer(id)
    const options = by(`${id}#${multikeyOf(publicKey)}`)
    sound.push((await signRdfc(document, options, privateKey)) as (typeof sound)[number])
    const config = {
      type: 'DataIntegrityProof' as const,
      cryptosuite: 'ecdsa-jcs-2019',
      ...options,
      '@context': document['@context'],
    }
    const hash = namedCurve === 'P-384' ? 'sha384' : 'sha256'
    const data = jcsHashData(document, config, namedCurve)
    const proofValue = toMultibase(sign(hash, data, { key: privateKey, dsaEncoding: 'ieee-p1363' }))
    sound.push({ ...document, proof: { ...config, proofValue } } as unknown as (typeof sound)[number])
  }
  const suites = await Promise.all(
    sound.map(async (one) => [one.proof.cryptosuite, (await verifyCredential(one as Json, offline)).isVerified]),
  )
  assert.deepEqual(suites, [
    ['eddsa-jcs-2022', true],
    ['eddsa-rdfc-2022', true],
    ['ecdsa-rdfc-2019', true],
    ['ecdsa-jcs-2019', true],
    ['ecdsa-rdfc-2019', true],
    ['ecdsa-jcs-2019', true],
  ])
  const given = fc.constantFrom(...sound)
  const change = given.chain((document) =>
    fc.record({
      document: fc.constant(document as Json),
      place: fc.constantFrom(...places(document).slice(1)),
      how: fc.constantFrom('replace', 'remove', 'add', 'rename'),
      value: fc.oneof(fc.string({ minLength: 1 }), fc.integer(), fc.boolean(), fc.constant(null), fc.jsonValue()),
      name: fc.oneof(fc.string(), fc.constantFrom('id', 'type', 'name', 'proof', 'image', 'evidence', 'termsOfUse')),
    }),
  )
  await fc.assert(
    fc.asyncProperty(change, async ({ document, place, how, value, name }) => {
      const parent = place.slice(0, -1)
      const last = place.at(-1)!
      const altered = changedAt(document, how === 'replace' ? place : parent, (inner) => {
        if (how === 'replace') return value
        if (how === 'add')
          return Array.isArray(inner) ? [...inner, value] : name in inner ? inner : { ...inner, [name]: value }
        if (how === 'remove')
          return Array.isArray(inner)
            ? inner.filter((_: unknown, at: number) => at !== last)
            : Object.fromEntries(Object.entries(inner).filter(([one]) => one !== last))
        return Array.isArray(inner)
          ? inner
          : Object.fromEntries(Object.entries(inner).map(([one, of]) => [one === last ? name : one, of]))
      }) as Json
      if (canonicalJson(altered) === canonicalJson(document)) return
      const told = await verifyCredential(altered, offline)
      assert.equal(told.isVerified, false, JSON.stringify(altered))
    }),
    { numRuns: 400 },
  )
  // Of a token, any other character in any place.
  const token = await signToken(badge, pair.privateKey, method)
  const letters = [...'ABCXYZabcxyz0189-_.']
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: token.length - 1 }), fc.constantFrom(...letters), async (at, letter) => {
      const altered = `${token.slice(0, at)}${letter}${token.slice(at + 1)}`
      if (altered === token || sameBytes(altered, token)) return
      assert.equal((await verifyCredential(altered, offline)).isVerified, false, altered)
    }),
    { numRuns: 200 },
  )
})
/** The last letter of a part holds bits that stand for nothing. */
const sameBytes = (one: string, other: string) =>
  one
    .split('.')
    .map((part) => Buffer.from(part, 'base64url').toString('hex'))
    .join() ===
  other
    .split('.')
    .map((part) => Buffer.from(part, 'base64url').toString('hex'))
    .join()

test('a presentation is its holder’s, for this challenge, with each credential judged', async () => {
  const inside = signEddsaJcs(badge, by(method), pair.privateKey)
  const presentation = {
    '@context': badge['@context'].slice(0, 1),
    type: ['VerifiablePresentation'],
    holder: did,
    verifiableCredential: [inside],
  }
  const options = {
    created,
    verificationMethod: method,
    proofPurpose: 'authentication',
    challenge: 'abc',
    domain: 'https://verifier.example',
  }
  const signed = signEddsaJcs(presentation, options, pair.privateKey)
  const told = await verifyPresentation(signed, { challenge: 'abc', domain: 'https://verifier.example' }, offline)
  assert.deepEqual([told.presentation.isVerified, told.credentials.map((one) => one.isVerified)], [true, [true]])
  const replayed = await verifyPresentation(signed, { challenge: 'xyz' }, offline)
  assert.equal(stateOf(replayed.presentation).proof, 'failed wrongChallenge')
  const swapped = await verifyPresentation({ ...signed, verifiableCredential: [] }, { challenge: 'abc' }, offline)
  assert.equal(swapped.presentation.isVerified, false)
  assert.equal((await verifyPresentation(inside, {}, offline)).presentation.isVerified, false)
})

const samples = join(import.meta.dirname, '../../../../../shared/conformance/open-badges/samples')
const skip = existsSync(samples) ? false : 'no data'
test('published Open Badges and learner records are judged as their authors judge them', { skip }, async () => {
  const read = (path: string) => readFileSync(join(samples, path))
  const told = async (path: string) => stateOf(await verifyFile(read(path), offline))
  for (const path of [
    'ob30/simple.json',
    'ob30/simple-json.png',
    'ob30/simple-json.svg',
    'ob30/complete.json',
    'clr20/simple.json',
  ]) {
    const checks = await told(path)
    assert.deepEqual([checks.wellFormed, checks.context, checks.schema?.split(' ')[0]], ['ok ok', 'ok ok', 'ok'], path)
    assert.match(checks.proof!, /^ok|^unchecked keyUnknown/, path)
  }
  const learnerRecord = async (path: string) => (await verifyFile(read(path), offline)).within
  assert.equal((await learnerRecord('clr20/complex.json')).length, 6)
  const [inside] = await learnerRecord('clr20/simple.json')
  assert.deepEqual([inside?.credential?.name, stateOf(inside!).proof], ['Teamwork', 'ok ok'])
  assert.equal((await told('ob30/simple.json')).proof, 'ok ok')
  assert.equal((await told('ob30/simple-did-key-method.json')).proof, 'ok ok')
  assert.equal((await told('ob30/simple-did-key-method.json')).issuer, 'failed notIssuers')
  assert.equal((await told('ob30/simple-jwt.png')).proof, 'ok ok')
  assert.equal((await told('ob30/simple-noproof.json')).proof, 'failed none')
  const wrong = globSync('ob30/simple-err-*.json', { cwd: samples })
  assert.ok(wrong.length > 15)
  for (const path of wrong) {
    const checks = await verifyFile(read(path), offline)
    assert.equal(checks.isVerified, false)
    // Those whose one fault is at the issuer’s site show it only there.
    if (!/proof-method|issued/.test(path)) assert.ok(checks.failed > 0 || /context/.test(path), basename(path))
  }
})

const elm = join(import.meta.dirname, '../../../../../shared/data/credentials-elm')
test(
  'published European Digital Credentials are judged as far as their proofs allow',
  { skip: existsSync(elm) ? false : 'no data' },
  async () => {
    const signed = await verifyFile(readFileSync(join(elm, 'Sample-CertOfPart-signed.jsonld')), offline)
    assert.deepEqual(
      [signed.format, stateOf(signed).proof, stateOf(signed).issuer, signed.isVerified],
      ['jades', 'ok sealed', 'unchecked certificateUnproven', false],
    )
    const { name, description, subjectName } = signed.credential!
    assert.deepEqual(
      [name, description, subjectName],
      ['Certificate of Participation', 'has attended the EDC Updates webinar', 'Ana Andromeda'],
    )
    const unsigned = await verifyFile(readFileSync(join(elm, 'credential-sample.jsonld')), offline)
    assert.equal(stateOf(unsigned).proof, 'failed none')
  },
)
