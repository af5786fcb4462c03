/** Credentials made to deceive: tokens and sealed documents altered anywhere, algorithms exchanged, bombs in lists, carriers that act. */
import assert from 'node:assert/strict'
import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { test } from 'node:test'
import { deflateSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { signEddsaJcs } from '#codecs/data-integrity/jcs-suites.ts'
import { multikeyOf } from '#codecs/data-integrity/multikey.ts'
import { signRdfc } from '#codecs/data-integrity/rdfc-suites.ts'
import { canonicalJson } from '#codecs/jcs/canonical-json.ts'
import { answering, openBadge, stateOf } from '../../../../test/open-badge.ts'
import type { World } from './find-keys.ts'
import type { Json } from './verification.ts'
import { verifyCredential, verifyFile, verifyPresentation } from './verify.ts'

const now = new Date('2026-06-01T00:00:00Z')
const site = 'did:web:school.example'
const method = `${site}#k`
const created = '2026-01-02T03:04:05Z'
const badge = openBadge(site)
/** A world in which the school lists this key, as JWK. */
const listing = (key: KeyObject, more: Readonly<Record<string, unknown>> = {}): World => ({
  now,
  fetch: answering({
    'https://school.example/.well-known/did.json': {
      id: site,
      verificationMethod: [
        { id: method, type: 'JsonWebKey', controller: site, publicKeyJwk: key.export({ format: 'jwk' }) },
      ],
      assertionMethod: [method],
    },
    ...more,
  }),
})
const text = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const valueOf = (part: string): any => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))

/** Every algorithm that tokens are read with, with a key of its kind. */
const ec = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve })
const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 })
const p1363 = (key: KeyObject) => ({ key, dsaEncoding: 'ieee-p1363' as const })
const ways = [
  { alg: 'EdDSA', pair: generateKeyPairSync('ed25519'), by: (data: Buffer, key: KeyObject) => sign(null, data, key) },
  { alg: 'ES256', pair: ec('P-256'), by: (data: Buffer, key: KeyObject) => sign('sha256', data, p1363(key)) },
  { alg: 'ES384', pair: ec('P-384'), by: (data: Buffer, key: KeyObject) => sign('sha384', data, p1363(key)) },
  { alg: 'RS256', pair: rsa, by: (data: Buffer, key: KeyObject) => sign('sha256', data, key) },
  {
    alg: 'PS256',
    pair: rsa,
    by: (data: Buffer, key: KeyObject) => sign('sha256', data, { key, padding: 6, saltLength: 32 }),
  },
]
type Way = (typeof ways)[number]
const tokenBy = ({ alg, pair, by }: Way, payload: object = badge, header: object = {}): string => {
  const content = `${text({ alg, typ: 'vc+jwt', kid: method, ...header })}.${text(payload)}`
  return `${content}.${by(Buffer.from(content), pair.privateKey).toString('base64url')}`
}

/** Every place in a value. */
const places = (value: unknown, at: readonly string[] = []): (readonly string[])[] =>
  typeof value === 'object' && value !== null
    ? [at, ...Object.entries(value).flatMap(([name, one]) => places(one, [...at, name]))]
    : [at]
function changedAt(value: any, [first, ...rest]: readonly string[], change: (inner: any) => any): any {
  if (first === undefined) return change(value)
  const copy = Array.isArray(value) ? [...value] : { ...value }
  copy[first] = changedAt(copy[first], rest, change)
  return copy
}
/** One change of one place: another value, or nothing there any more. */
const changes = (value: object) =>
  fc.record({
    place: fc.constantFrom(...places(value).slice(1)),
    other: fc.oneof(fc.string({ minLength: 1 }), fc.integer(), fc.boolean(), fc.constant(null), fc.jsonValue()),
    isRemoved: fc.boolean(),
  })
const changed = (
  value: object,
  { place, other, isRemoved }: { place: readonly string[]; other: unknown; isRemoved: boolean },
) =>
  isRemoved
    ? changedAt(value, place.slice(0, -1), (inner) =>
        Array.isArray(inner)
          ? inner.filter((_: unknown, at: number) => String(at) !== place.at(-1))
          : Object.fromEntries(Object.entries(inner).filter(([name]) => name !== place.at(-1))),
      )
    : changedAt(value, place, () => other)
const isOther = (one: unknown, than: unknown) => canonicalJson(one) !== canonicalJson(than)

test('no token that was altered in its header, its credential or its signature verifies, whatever it was signed with', async () => {
  for (const way of ways) {
    const world = listing(way.pair.publicKey)
    const token = tokenBy(way)
    const sound = await verifyCredential(token, world)
    assert.ok(sound.isVerified, `${way.alg} ${JSON.stringify(sound.checks)}`)
    const [header = '', payload = '', signature = ''] = token.split('.')
    const verifies = async (altered: string) => (await verifyCredential(altered, world)).isVerified
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('payload', 'header'),
        changes(valueOf(payload)),
        changes(valueOf(header)),
        async (which, inPayload, inHeader) => {
          const [part, change] = which === 'payload' ? ([payload, inPayload] as const) : ([header, inHeader] as const)
          const altered = changed(valueOf(part), change)
          if (!isOther(altered, valueOf(part))) return
          const parts = which === 'payload' ? [header, text(altered)] : [text(altered), payload]
          assert.equal(await verifies([...parts, signature].join('.')), false, JSON.stringify(altered))
        },
      ),
      { numRuns: 100 },
    )
    const bytes = Buffer.from(signature, 'base64url')
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const other = Buffer.from(bytes)
        other[at]! ^= by
        assert.equal(await verifies(`${header}.${payload}.${other.toString('base64url')}`), false)
      }),
      { numRuns: 50 },
    )
    for (const cut of ['', signature.slice(0, 20), `${signature}AAAA`])
      assert.equal(await verifies(`${header}.${payload}.${cut}`), false, cut)
  }
})

test('a key is used with its own algorithms alone, and a public key is no shared secret', async () => {
  for (const way of ways) {
    const { publicKey } = way.pair
    const world = listing(publicKey)
    const fitting = new Set(
      publicKey.asymmetricKeyType === 'rsa'
        ? ['RS256', 'PS256']
        : [way.alg, ...(way.alg === 'EdDSA' ? ['Ed25519'] : [])],
    )
    for (const alg of [
      'EdDSA',
      'Ed25519',
      'ES256',
      'ES384',
      'RS256',
      'PS256',
      'none',
      'None',
      'HS256',
      'ES256K',
      'RS1',
      '',
    ]) {
      const told = await verifyCredential(tokenBy(way, badge, { alg }), world)
      const isOwn = alg === way.alg || (alg === 'Ed25519' && way.alg === 'EdDSA')
      assert.equal(told.isVerified, isOwn, `${alg} with the key of ${way.alg}`)
      if (!fitting.has(alg)) assert.notEqual(stateOf(told).proof, 'ok ok')
    }
    const content = `${text({ alg: 'HS256', typ: 'vc+jwt', kid: method })}.${text(badge)}`
    const secrets = [
      publicKey.export({ format: 'der', type: 'spki' }),
      publicKey.export({ format: 'pem', type: 'spki' }),
      JSON.stringify(publicKey.export({ format: 'jwk' })),
      '',
    ]
    for (const secret of secrets) {
      const forged = `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`
      assert.equal(stateOf(await verifyCredential(forged, world)).wellFormed, 'failed algorithmRefused')
    }
  }
})

test('a token that brings a key of its own, or names one elsewhere, does not speak for the school', async () => {
  const [school, stranger] = [ways[0]!, { ...ways[0]!, pair: generateKeyPairSync('ed25519') }]
  const world = listing(school.pair.publicKey)
  const jwk = stranger.pair.publicKey.export({ format: 'jwk' })
  const theirs = `did:key:${multikeyOf(stranger.pair.publicKey)}`
  for (const [header, issuer] of [
    [{ kid: undefined, jwk }, 'unchecked keyOnlyInside'],
    [{ jwk }, 'ok web'],
    [{ kid: `${theirs}#${theirs.slice(8)}` }, 'failed notIssuers'],
    [{ kid: `did:jwk:${text(jwk)}#0` }, 'failed notIssuers'],
    [{ kid: 'https://attacker.example/keys#1' }, 'failed notIssuers'],
    [
      { kid: '../../etc/passwd', jku: 'https://attacker.example/jwks', x5u: 'https://attacker.example/x' },
      'unchecked keyUnknown',
    ],
  ] as const) {
    const told = await verifyCredential(tokenBy(stranger, badge, header), world)
    assert.equal(told.isVerified, false, JSON.stringify(header))
    assert.equal(stateOf(told).issuer, issuer)
  }
})

test('the bytes of a list that grow without end are not unpacked', async () => {
  const address = 'https://school.example/status/1'
  const way = ways[0]!
  const key = way.pair.privateKey
  const options = { created, verificationMethod: method, proofPurpose: 'assertionMethod' }
  const entry = {
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: '7',
    statusListCredential: address,
  }
  const signed = signEddsaJcs({ ...badge, credentialStatus: { ...entry, id: `${address}#7` } }, options, key)
  const listWith = (encodedList: string) =>
    signEddsaJcs(
      {
        '@context': badge['@context'].slice(0, 1),
        id: address,
        type: ['VerifiableCredential', 'BitstringStatusListCredential'],
        issuer: site,
        credentialSubject: {
          id: `${address}#list`,
          type: 'BitstringStatusList',
          statusPurpose: 'revocation',
          encodedList,
        },
      },
      options,
      key,
    )
  const zipped = (bytes: Uint8Array) => `u${gzipSync(bytes, { level: 9 }).toString('base64url')}`
  const bombs = {
    'a hundred megabytes of nothing': zipped(Buffer.alloc(100 * 1024 * 1024)),
    'packed otherwise': `u${deflateSync(Buffer.alloc(16_384)).toString('base64url')}`,
    'cut short': zipped(Buffer.alloc(16_384)).slice(0, -20),
    'no text at all': 'u',
  }
  for (const [what, list] of Object.entries(bombs)) {
    const told = await verifyCredential(signed, listing(way.pair.publicKey, { [address]: listWith(list) }))
    assert.deepEqual([stateOf(told).status, told.isVerified], ['unchecked listUnread', false], what)
  }
  const sound = await verifyCredential(
    signed,
    listing(way.pair.publicKey, { [address]: listWith(zipped(Buffer.alloc(16_384))) }),
  )
  assert.ok(sound.isVerified, JSON.stringify(sound.checks))
})

test('proofs that build upon each other in a ring, on themselves, or on nothing are broken', async () => {
  const way = ways[0]!
  const options = { created, verificationMethod: method, proofPurpose: 'assertionMethod' }
  const { proof } = (await signRdfc(badge, options, way.pair.privateKey)) as Json & { proof: Json }
  const world = listing(way.pair.publicKey)
  for (const [what, proofs] of [
    [
      'a ring',
      [
        { ...proof, id: 'urn:a', previousProof: 'urn:b' },
        { ...proof, id: 'urn:b', previousProof: 'urn:a' },
      ],
    ],
    ['itself', [{ ...proof, id: 'urn:a', previousProof: 'urn:a' }]],
    [
      'one of two of the same name',
      [
        { ...proof, id: 'urn:a' },
        { ...proof, id: 'urn:a' },
        { ...proof, previousProof: 'urn:a' },
      ],
    ],
    ['nothing', [{ ...proof, previousProof: 'urn:none' }]],
    ['a list of nothing', [{ ...proof, previousProof: [] }]],
    ['more than are read', Array.from({ length: 9 }, () => proof)],
    ['no proof', []],
    ['a text', ['proof']],
    ['nulls', [null, proof]],
    ['lists', [[proof]]],
  ] as const) {
    const told = await verifyCredential({ ...badge, proof: proofs }, world)
    assert.equal(told.isVerified, false, what)
    assert.match(stateOf(told).proof!, /^failed/, what)
  }
  assert.ok((await verifyCredential({ ...badge, proof: [proof] }, world)).isVerified)
})

test('no presentation that was altered anywhere is its holder’s', async () => {
  const pair = generateKeyPairSync('ed25519')
  const multikey = multikeyOf(pair.publicKey)
  const holder = `did:key:${multikey}`
  const options = {
    created,
    verificationMethod: `${holder}#${multikey}`,
    proofPurpose: 'authentication',
    challenge: 'abc',
  }
  const asIssuer = { ...options, proofPurpose: 'assertionMethod' }
  const credential = { ...badge, issuer: { ...badge.issuer, id: holder } }
  // No context that it does not use: over RDF, one that changes nothing could be left out.
  const presenting = (inside: object) => ({
    '@context': badge['@context'].slice(0, 1),
    type: ['VerifiablePresentation'],
    holder,
    verifiableCredential: [inside],
  })
  for (const signed of [
    signEddsaJcs(presenting(signEddsaJcs(credential, asIssuer, pair.privateKey)), options, pair.privateKey),
    await signRdfc(presenting(await signRdfc(credential, asIssuer, pair.privateKey)), options, pair.privateKey),
  ]) {
    const told = await verifyPresentation(signed, { challenge: 'abc' }, { now })
    assert.ok(told.presentation.isVerified, JSON.stringify(told.presentation.checks))
    await fc.assert(
      fc.asyncProperty(changes(signed), async (change) => {
        const altered = changed(signed, change)
        if (!isOther(altered, signed)) return
        const { presentation: judged } = await verifyPresentation(altered, { challenge: 'abc' }, { now })
        assert.equal(judged.isVerified, false, JSON.stringify(change))
      }),
      { numRuns: 150 },
    )
  }
})

test('what a carrier does beside carrying is not done: scripts, actions and addresses of a PDF or a drawing', async () => {
  const way = ways[0]!
  const options = { created, verificationMethod: method, proofPurpose: 'assertionMethod' }
  const credential = JSON.stringify(signEddsaJcs(badge, options, way.pair.privateKey))
  const asked: string[] = []
  const world = listing(way.pair.publicKey)
  const watched: World = { ...world, fetch: async (url, ...more) => (asked.push(url), world.fetch!(url, ...more)) }
  const pdf = `%PDF-1.7
1 0 obj << /Type /Catalog /OpenAction << /S /JavaScript /JS (app.launchURL\\("https://attacker.example/a"\\)) >>
  /AA << /O << /S /Launch /F (cmd.exe) >> >> /Names << /EmbeddedFiles << /Names [(c.json) 2 0 R] >> >> >> endobj
3 0 obj << /Length ${credential.length} >> stream
${credential}
endstream endobj
4 0 obj << /S /URI /URI (https://attacker.example/b) >> endobj
%%EOF`
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0" onload="alert(1)">
<openbadges:credential><![CDATA[${credential}]]></openbadges:credential>
<script href="https://attacker.example/c"/><image href="https://attacker.example/d"/>
<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="https://attacker.example/e"/></foreignObject></svg>`
  for (const [carrier, file] of [
    ['pdf', pdf],
    ['svg', drawing],
  ]) {
    const told = await verifyFile(Buffer.from(file!), watched)
    assert.deepEqual([told.isVerified, told.carrier], [true, carrier], JSON.stringify(told.checks))
  }
  assert.ok(asked.length > 0)
  assert.deepEqual([...new Set(asked)], ['https://school.example/.well-known/did.json'])
})
