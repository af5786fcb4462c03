/** European Digital Credentials: who sealed one, by its certificate and by authorities that the operator trusts. */
import 'reflect-metadata'
import assert from 'node:assert/strict'
import { createHash, sign, webcrypto, X509Certificate, type KeyObject } from 'node:crypto'
import { KeyObject as Keys } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import * as x509 from '@peculiar/x509'
import fc from 'fast-check'
import { freshFolder } from '../../../../test/temporary.ts'
import { authoritiesIn } from '../trust/authorities.ts'
import type { World } from './find-keys.ts'
import type { Json, Verification } from './verification.ts'
import { verifyCredential, verifyFile } from './verify.ts'

x509.cryptoProvider.set(webcrypto as never)
const now = new Date('2026-06-01T00:00:00Z')
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
type Made = { certificate: X509Certificate; keys: CryptoKeyPair; key: KeyObject; name: string }
type Wanted = {
  name: string
  by?: Made
  from?: string
  until?: string
  extensions?: x509.Extension[]
  keys?: CryptoKeyPair
}
const newKeys = (): Promise<CryptoKeyPair> =>
  webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']) as Promise<CryptoKeyPair>

async function certified({
  name,
  by,
  from = '2025-01-01',
  until = '2028-01-01',
  extensions = [],
  keys,
}: Wanted): Promise<Made> {
  const own = keys ?? (await newKeys())
  const made = await x509.X509CertificateGenerator.create({
    subject: name,
    issuer: by?.name ?? name,
    notBefore: new Date(from),
    notAfter: new Date(until),
    publicKey: own.publicKey,
    signingKey: by?.keys.privateKey ?? own.privateKey,
    signingAlgorithm: algorithm,
    extensions,
  })
  return {
    certificate: new X509Certificate(Buffer.from(made.rawData)),
    keys: own,
    key: Keys.from(own.privateKey as never),
    name,
  }
}
const authority = (pathLength?: number) => [
  new x509.BasicConstraintsExtension(true, pathLength, true),
  new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
]
const seals = [new x509.KeyUsagesExtension(x509.KeyUsageFlags.nonRepudiation, true)]
const root = await certified({ name: 'C=ES, O=Root Authority, CN=Root', extensions: authority() })
const middle = await certified({ name: 'C=ES, O=Middle Authority, CN=Middle', by: root, extensions: authority(0) })
const school = 'C=ES, O=Open School, 2.5.4.97=VATES-A00000001, CN=Open School seal'
const sealer = await certified({ name: school, by: middle, extensions: seals })

const document = {
  '@context': ['https://www.w3.org/2018/credentials/v1', 'http://data.europa.eu/snb/model/context/edc-ap'],
  id: 'urn:credential:1',
  type: ['VerifiableCredential', 'EuropeanDigitalCredential'],
  issuer: {
    id: 'urn:epass:org:1',
    type: 'Organisation',
    legalName: { en: 'Open School', es: 'Escuela Abierta' },
    eIDASIdentifier: { id: 'urn:id:1', type: 'LegalIdentifier', notation: 'VATES-A00000001' },
  },
  issuanceDate: '2026-01-02T00:00:00Z',
  validFrom: '2026-01-02T00:00:00Z',
  credentialSubject: { id: 'urn:learner:1', type: 'Person' },
}
type Sealing = { by?: Made; chain?: readonly Made[]; value?: Json; header?: object }
/** As JAdES seals it: the payload as it is, and the certificates in the header. */
const sealed = ({ by = sealer, chain = [middle], value = document, header = {} }: Sealing = {}): Json => {
  const raw = (one: Made) => one.certificate.raw
  const head = {
    alg: 'ES256',
    b64: false,
    crit: ['b64', 'sigT'],
    sigT: '2026-01-02T00:00:00Z',
    x5c: [by, ...chain].map((one) => raw(one).toString('base64')),
    'x5t#S256': createHash('sha256').update(raw(by)).digest('base64url'),
    ...header,
  }
  const start = Buffer.from(JSON.stringify(head)).toString('base64url')
  const payload = JSON.stringify(value)
  const signature = sign('sha256', Buffer.from(`${start}.${payload}`), { key: by.key, dsaEncoding: 'ieee-p1363' })
  return { payload, signatures: [{ protected: start, signature: signature.toString('base64url') }] }
}
const stateOf = (told: Pick<Verification, 'checks'>) =>
  Object.fromEntries(told.checks.map((one) => [one.name, `${one.state} ${one.code}`]))
const trusting = (...those: readonly Made[]): World => ({
  now,
  authorities: async () => those.map(({ certificate }) => certificate),
})
const judged = async (given: Json, world = trusting(root)) => {
  const { proof, issuer, certificate } = stateOf(await verifyCredential(given, world))
  return [proof, issuer, certificate]
}
const sound = ['ok sealed', 'ok certificateSame', 'ok authority']
const unproven = (code: string) => ['ok sealed', 'unchecked certificateUnproven', `unchecked ${code}`]

test('the certificate names the issuer, and leads to an authority that the operator trusts: each is a check', async () => {
  const told = await verifyCredential(sealed(), trusting(root))
  assert.deepEqual(await judged(sealed()), sound)
  const values = Object.fromEntries(told.checks.map((one) => [one.name, one.values.what]))
  assert.deepEqual([values.issuer, values.certificate], ['Open School, VATES-A00000001', 'Root Authority'])
  // As trusted lists have it: the authority that issues is named itself, or the certificate of the seal.
  assert.deepEqual(await judged(sealed({ chain: [] }), trusting(middle)), sound)
  assert.deepEqual(await judged(sealed({ chain: [] }), trusting(sealer)), sound)
  assert.deepEqual(await judged(sealed({ chain: [root, middle] })), sound, 'in any order')
  assert.deepEqual(await judged(sealed(), trusting()), unproven('noAuthorities'))
  assert.deepEqual(await judged(sealed(), { now }), unproven('noAuthorities'))
  assert.deepEqual(await judged(sealed({ chain: [] })), unproven('authorityUnknown'), 'the one between is missing')
  const stranger = await certified({ name: root.name, extensions: authority() })
  assert.deepEqual(
    await judged(sealed(), trusting(stranger)),
    unproven('authorityUnknown'),
    'the name alone is nothing',
  )
})

test('a certificate of somebody else, or one that anybody made, does not speak for the issuer', async () => {
  const other = { ...document.issuer, eIDASIdentifier: { notation: 'VATES-B99999999' } }
  const failure = ['ok sealed', 'failed certificateOther', 'ok authority']
  assert.deepEqual(
    await judged(sealed({ value: { ...document, issuer: other } })),
    failure,
    'the same name, another number',
  )
  const named = (issuer: object | string) => judged(sealed({ value: { ...document, issuer } }))
  assert.deepEqual(await named({ id: 'urn:1', legalName: { en: 'Open School' } }), sound, 'no number: by the name')
  assert.deepEqual(await named({ id: 'urn:1', legalName: { en: 'Ministry' } }), failure)
  assert.deepEqual((await named('urn:1'))[1], 'unchecked certificate')
  assert.deepEqual(
    (await named({ id: 'urn:1', legalName: 7, eIDASIdentifier: [null, { notation: {} }] }))[1],
    'unchecked certificate',
  )
  const own = await certified({ name: school, extensions: seals })
  assert.deepEqual(await judged(sealed({ by: own, chain: [] })), unproven('authorityUnknown'))
  assert.deepEqual(await judged(sealed({ by: own, chain: [middle, root] })), unproven('authorityUnknown'))
  // The chain of the school beside the key of another.
  const [first] = (sealed() as any).signatures
  const head = JSON.parse(Buffer.from(first.protected, 'base64url').toString())
  assert.equal(
    (await judged(sealed({ by: own, chain: [], header: { x5c: head.x5c, 'x5t#S256': undefined } })))[0],
    'failed wrongSignature',
  )
  const wrongDigest = await verifyCredential(sealed({ header: { 'x5t#S256': 'AAAA' } }), trusting(root))
  assert.equal(stateOf(wrongDigest).wellFormed, 'failed malformedToken')
})

test('a certificate seals within its time and for its use, under authorities that may issue', async () => {
  const by = async (wanted: Partial<Wanted>, chain: readonly Made[] = [middle]) =>
    (
      await judged(sealed({ by: await certified({ name: school, by: middle, extensions: seals, ...wanted }), chain }))
    )[2]
  assert.equal(await by({}), 'ok authority')
  assert.equal(await by({ until: '2026-03-01' }), 'unchecked endedSince')
  assert.equal(await by({ until: '2025-12-01' }), 'failed notInForceThen')
  assert.equal(await by({ from: '2026-02-01' }), 'failed notInForceThen')
  assert.equal(
    await by({ extensions: [new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyEncipherment, true)] }),
    'failed notForSigning',
  )
  assert.equal(await by({ extensions: authority() }), 'failed notForSigning')
  assert.equal(
    await by({ extensions: [...seals, new x509.Extension('1.2.3.4', true, Buffer.from('0500', 'hex'))] }),
    'unchecked notUnderstood',
  )
  const sigT = async (at: unknown) => (await judged(sealed({ header: { sigT: at } })))[2]
  assert.equal(await sigT('2027-01-01T00:00:00Z'), 'failed notInForceThen', 'signed in the future')
  assert.equal(await sigT('soon'), 'failed notInForceThen')
  assert.equal(await sigT(undefined), 'ok authority', 'not said: it counts as of now')

  const under = async (wanted: Partial<Wanted>, more: readonly Made[] = []) => {
    const between = await certified({ name: 'O=Between', by: root, extensions: authority(), ...wanted })
    return by({ by: between }, [between, ...more])
  }
  assert.equal(await under({}), 'ok authority')
  assert.equal(await under({ extensions: [] }), 'unchecked authorityUnknown', 'no authority at all')
  assert.equal(await under({ extensions: seals }), 'unchecked authorityUnknown')
  assert.equal(await under({ until: '2026-02-01' }), 'unchecked authorityUnknown', 'ended')
  assert.equal(
    await under({ by: middle }, [middle]),
    'unchecked authorityUnknown',
    'one more than the one above allows',
  )
  assert.equal(await under({ by: sealer }, [sealer, middle]), 'unchecked authorityUnknown', 'a school is no authority')
})

test('chains made to keep a reader busy end: rings, thousands, great sizes, and what is no certificate', async () => {
  const [one, two] = [await newKeys(), await newKeys()]
  const ring = { name: 'O=One', keys: one, extensions: authority() }
  const other = await certified({
    name: 'O=Two',
    keys: two,
    extensions: authority(),
    by: { ...root, name: 'O=One', keys: one },
  })
  const first = await certified({ ...ring, by: { ...root, name: 'O=Two', keys: two } })
  const leaf = await certified({ name: school, by: first, extensions: seals })
  assert.deepEqual(
    await judged(sealed({ by: leaf, chain: [first, other, first, other] })),
    unproven('authorityUnknown'),
  )
  assert.deepEqual(await judged(sealed({ chain: [sealer, sealer, middle] })), sound)
  const formOf = async (x5c: unknown) =>
    stateOf(await verifyCredential(sealed({ header: { x5c, 'x5t#S256': undefined } }), trusting(root))).wellFormed
  const der = sealer.certificate.raw
  for (const x5c of [
    [],
    undefined,
    {},
    [7],
    ['AAAA'],
    Array.from({ length: 7 }, () => der.toString('base64')),
    [Buffer.concat([der, Buffer.alloc(20_000)]).toString('base64')],
    [der.subarray(0, -10).toString('base64')],
    [der.toString('base64'), 'not a certificate'],
  ])
    assert.equal(await formOf(x5c), 'failed malformedToken', JSON.stringify(x5c)?.slice(0, 60))
})

test('a certificate that is broken in any place is told as one, and ends no verification', async () => {
  const der = [sealer, middle].map(({ certificate }) => certificate.raw) as [Buffer, Buffer]
  const codes = new Set<string>()
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: 1 }),
      // Anywhere alike: with small numbers preferred, most would be broken at the same few places.
      fc.array(fc.tuple(fc.noBias(fc.nat({ max: 9_999 })), fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 }),
      async (which, flips) => {
        const altered = Buffer.from(der[which]!)
        for (const [place, byte] of flips) altered[place % altered.length] = byte
        if (altered.equals(der[which]!)) return
        const x5c = der.map((one, at) => (at === which ? altered : one).toString('base64'))
        const told = await verifyCredential(sealed({ header: { x5c, 'x5t#S256': undefined } }), trusting(root))
        assert.equal(told.isVerified, false)
        const { wellFormed, proof, certificate } = stateOf(told)
        codes.add(`${wellFormed} ${proof} ${certificate}`)
        assert.notEqual(certificate, 'ok authority')
      },
    ),
    { numRuns: 600 },
  )
  assert.ok(codes.size > 2, [...codes].join('\n'))
})

test('no sealed credential that was altered anywhere keeps its seal', async () => {
  const given = sealed() as { payload: string; signatures: [{ protected: string; signature: string }] }
  const [{ protected: start, signature }] = given.signatures
  const parts = [given.payload, start, signature] as const
  const built = ([payload, head, bytes]: readonly string[]) => ({
    payload,
    signatures: [{ protected: head, signature: bytes }],
  })
  assert.ok((await verifyCredential(built(parts) as Json, trusting(root))).checks.some(({ code }) => code === 'sealed'))
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: 2 }),
      fc.nat(),
      fc.constantFrom(...'ABab01-_{}":, '),
      async (which, place, letter) => {
        const part = parts[which]!
        const at = place % part.length
        const altered = `${part.slice(0, at)}${letter}${part.slice(at + 1)}`
        const same = which > 0 && Buffer.from(altered, 'base64url').equals(Buffer.from(part, 'base64url'))
        if (altered === part || (same && which === 2)) return
        const told = await verifyCredential(
          built(parts.map((one, index) => (index === which ? altered : one))) as Json,
          trusting(root),
        )
        assert.equal(told.isVerified, false)
        assert.notEqual(stateOf(told).proof, 'ok sealed', `${which} ${at} ${letter}`)
      },
    ),
    { numRuns: 300 },
  )
})

test('the operator puts certificates into a folder; others among the files are passed over', async () => {
  const dataDir = freshFolder()
  const authorities = authoritiesIn(dataDir)
  assert.deepEqual(await authorities(), [])
  const folder = join(dataDir, 'certificates')
  mkdirSync(folder)
  const pem = (made: Made) => made.certificate.toString()
  writeFileSync(join(folder, 'list.pem'), `# from a trusted list\n${pem(root)}\n${pem(middle)}`)
  writeFileSync(join(folder, 'again.crt'), root.certificate.raw)
  writeFileSync(join(folder, 'broken.pem'), pem(sealer).slice(0, 200))
  writeFileSync(join(folder, 'notes.txt'), pem(sealer))
  const names = async () => (await authorities()).map(({ subject }) => /^CN=(.*)$/m.exec(subject)?.[1]).sort()
  assert.deepEqual(await names(), ['Middle', 'Root'])
  const told = await verifyCredential(sealed({ chain: [] }), { now, authorities })
  assert.equal(stateOf(told).issuer, 'ok certificateSame')
  rmSync(join(folder, 'list.pem'))
  assert.deepEqual(await names(), ['Root'])
})

const elm = join(import.meta.dirname, '../../../../../shared/data/credentials-elm')
test(
  'of the published European credential, the certificate names its issuer; it has ended',
  { skip: existsSync(elm) ? false : 'no data' },
  async () => {
    const read = readFileSync(join(elm, 'Sample-CertOfPart-signed.jsonld'))
    const { issuer, certificate, proof } = stateOf(await verifyFile(read, trusting(root)))
    assert.deepEqual([proof, issuer, certificate], unproven('endedSince'))
    const then = { ...trusting(root), now: new Date('2024-01-01T00:00:00Z') }
    const told = await verifyFile(read, then)
    assert.equal(stateOf(told).certificate, 'unchecked authorityUnknown')
    const leaf = new X509Certificate(
      Buffer.from(
        JSON.parse(Buffer.from(JSON.parse(read.toString()).signatures[0].protected, 'base64url').toString()).x5c[0],
        'base64',
      ),
    )
    const trusted = await verifyFile(read, { ...then, authorities: async () => [leaf] })
    assert.deepEqual(
      [stateOf(trusted).issuer, trusted.checks.find(({ name }) => name === 'issuer')?.values.what],
      ['ok certificateSame', 'ORGANIZACION TEST, VATES-A00000000'],
    )
  },
)
