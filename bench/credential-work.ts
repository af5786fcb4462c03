/**
 * Signs or verifies for a while, when it is asked to, and tells how often. Each side is a process of its own, so that what
 * one library keeps helps no other.
 */
import { createPublicKey, sign, verify } from 'node:crypto'
import { canonicalJson } from '#codecs/jcs/canonical-json.ts'
import { contextAt } from '#codecs/data-integrity/contexts.ts'
import { jcsHashData, signEddsaJcs } from '#codecs/data-integrity/jcs-suites.ts'
import { multikeyOf, privateKeyOfSeed } from '#codecs/data-integrity/multikey.ts'
import { toMultibase } from '#codecs/data-integrity/multibase.ts'
import { unsecured, type Document, type Proof } from '#codecs/data-integrity/proof.ts'
import { signRdfc } from '#codecs/data-integrity/rdfc-suites.ts'
import { verifyProofs } from '#codecs/data-integrity/verify-proofs.ts'
import { checkForm } from '#areas/recognition/verification/data-model.ts'
import { verifyCredential } from '#areas/recognition/verification/verify.ts'

export type Asked = { work: string; forMs: number }
export type Told = { done: number; processorMs: number }

/** Not one credential again and again, and of as many seconds, so that nothing kept of the last one helps. */
const learners = 300
const seed = new Uint8Array(32).fill(7)
const privateKey = privateKeyOfSeed(seed)
const publicKey = { curve: 'Ed25519' as const, key: createPublicKey(privateKey) }
const multikey = multikeyOf(publicKey.key)
const did = `did:key:${multikey}`
const method = `${did}#${multikey}`
const now = new Date('2026-06-01T12:00:00Z')
const at = (second: number) =>
  new Date(now.getTime() - 1_000_000 + second * 1_000).toISOString().replace(/\.\d+Z$/, 'Z')
const optionsAt = (second: number) => ({
  created: at(second),
  verificationMethod: method,
  proofPurpose: 'assertionMethod',
})

const school = 'https://school.example/records/0123456789abcdef'
const profile = { id: school, type: ['Profile'], name: 'Open School', url: school }
const urn = (group: string, number: number) => `urn:uuid:${group}-1111-4222-8333-${String(number).padStart(12, '0')}`
const alignment = (targetName: string, targetUrl: string, targetCode: string) => ({
  type: ['Alignment'],
  targetName,
  targetUrl,
  targetCode,
})

/** An Open Badge as a node issues it from a table: some 2 kB, 48 statements as RDF. */
const credentialOf = (number: number): Document => ({
  '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
  id: urn('5f0c1d8e', number),
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  name: 'Teaching by radio',
  validFrom: '2026-01-01T00:00:00Z',
  awardedDate: '2026-01-01T00:00:00Z',
  validUntil: '2028-01-01T23:59:59Z',
  issuer: { ...profile, id: did },
  credentialStatus: ['revocation', 'suspension'].map((statusPurpose, list) => ({
    id: `https://school.example/status/${list + 1}#${number}`,
    type: 'BitstringStatusListEntry',
    statusPurpose,
    statusListIndex: String(number),
    statusListCredential: `https://school.example/status/${list + 1}`,
  })),
  credentialSubject: {
    id: urn('7f0c1d8e', number),
    type: ['AchievementSubject'],
    name: `Learner ${number}`,
    creditsEarned: 2.5,
    achievement: {
      id: 'https://school.example/records/1123456789abcdef',
      type: ['Achievement'],
      name: 'Teaching by radio',
      description: 'Plans and gives lessons by radio',
      criteria: { narrative: 'Ten lessons, watched by a teacher.\n\nHow it was assessed: Observed practice' },
      inLanguage: 'en',
      achievementType: 'MicroCredential',
      creditsAvailable: 2.5,
      creator: profile,
      alignment: [
        alignment('EQF 5', 'https://data.europa.eu/snb/eqf/5', '5'),
        alignment('Plan a lesson', 'https://competencies.example/plan', 'P1'),
      ],
    },
  },
})
const documents = Array.from({ length: learners }, (_, number) => credentialOf(number))
/** Only in the process that needs them: what we keep of contexts would make the other side’s library faster as well. */
const byJcs = () => documents.map((document, number) => signEddsaJcs(document, optionsAt(number), privateKey))
const byRdfc = () => Promise.all(documents.map((document, number) => signRdfc(document, optionsAt(number), privateKey)))
const dataOf = ({ proof, ...document }: Document & { proof: Proof }): Uint8Array => {
  const { proofValue: _, ...options } = proof
  return jcsHashData(document, options)
}
const bare = byJcs().map((signed) => {
  const [data, text] = [dataOf(signed), Buffer.from(canonicalJson(unsecured(signed)))]
  return { data, text, ofData: sign(null, data, privateKey), ofText: sign(null, text, privateKey) }
})

const expect = (holds: boolean) => {
  if (!holds) throw new Error('a sound credential did not verify')
}
const isSound = async (document: Document) =>
  expect((await verifyProofs(document, () => publicKey)).every(({ state }) => state === 'ok'))
const world = { now }
const passes = async (document: Document) => {
  const { checks, failed } = await verifyCredential(document, world)
  const proven = checks.filter(({ name, state }) => state === 'ok' && (name === 'proof' || name === 'issuer'))
  expect(failed === 0 && proven.length === 2)
}
/** The other side looks at the form of a credential before it signs. */
const wellFormed = (document: Document): Document => {
  expect(checkForm(document).state === 'ok')
  return document
}

/** One table is signed within a second or some: its proofs have the options of that second. */
const options = optionsAt(learners)
type Work = (number: number) => unknown
const each =
  (signed: readonly Document[], work: (document: Document) => unknown): Work =>
  (number) =>
    work(signed[number]!)
const works: Record<string, () => Promise<Work> | Work> = {
  'bare sign': () => (number) => sign(null, bare[number]!.data, privateKey),
  'bare sign text': () => (number) => sign(null, bare[number]!.text, privateKey),
  'bare verify': () => (number) => expect(verify(null, bare[number]!.data, publicKey.key, bare[number]!.ofData)),
  'bare verify text': () => (number) => expect(verify(null, bare[number]!.text, publicKey.key, bare[number]!.ofText)),
  'jcs sign': () => (number) => signEddsaJcs(documents[number]!, options, privateKey),
  'jcs issue': () => (number) => signEddsaJcs(wellFormed(documents[number]!), options, privateKey),
  'jcs verify': () => each(byJcs(), isSound),
  'jcs check': () => each(byJcs(), passes),
  'rdfc sign': () => (number) => signRdfc(documents[number]!, options, privateKey),
  'rdfc issue': () => (number) => signRdfc(wellFormed(documents[number]!), options, privateKey),
  'rdfc verify': async () => each(await byRdfc(), isSound),
  'rdfc check': async () => each(await byRdfc(), passes),
  'peer issue': async () => (await peer()).issue,
  'peer check': async () => (await peer()).check,
}

/** The packages of Digital Bazaar, as their documentation shows them, with contexts from memory that may be kept. */
async function peer(): Promise<{ issue: Work; check: Work }> {
  const [{ issue, verifyCredential: check }, { DataIntegrityProof }, { cryptosuite }, { from }] = await Promise.all([
    import('@digitalbazaar/vc'),
    import('@digitalbazaar/data-integrity'),
    import('@digitalbazaar/eddsa-rdfc-2022-cryptosuite'),
    import('@digitalbazaar/ed25519-multikey'),
  ])
  const key = {
    '@context': 'https://w3id.org/security/multikey/v1',
    id: method,
    type: 'Multikey',
    controller: did,
    publicKeyMultibase: multikey,
  }
  const controller = {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did,
    assertionMethod: [method],
    verificationMethod: [key],
  }
  const known = new Map<string, object>([
    [method, key],
    [did, controller],
  ])
  const documentLoader = async (address: string) => {
    const context = contextAt(address)
    const document = context ?? known.get(address)
    if (!document) throw new Error(`nothing at ${address}`)
    return { contextUrl: null, documentUrl: address, document, ...(context && { tag: 'static' }) }
  }
  const secretKeyMultibase = toMultibase(Buffer.concat([Buffer.from([0x80, 0x26]), seed]))
  const signer = (await from({ ...key, secretKeyMultibase })).signer()
  const issued = (number: number, date: string) =>
    issue({
      // It adds the proof to what it is given.
      credential: { ...documents[number]! },
      suite: new DataIntegrityProof({ signer, cryptosuite, date }),
      documentLoader,
    })
  const signed: object[] = []
  return {
    issue: (number) => issued(number, options.created),
    check: async (number) => {
      const { verified } = await check({
        credential: (signed[number] ??= await issued(number, optionsAt(number).created)),
        suite: new DataIntegrityProof({ cryptosuite }),
        documentLoader,
        checkStatus: async () => ({ verified: true }),
      })
      expect(verified)
    },
  }
}

const processorMs = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

const ready = new Map<string, Work>()
let next = 0
process.on('message', ({ work: name, forMs }: Asked) => {
  void (async () => {
    let work = ready.get(name)
    if (!work) ready.set(name, (work = await works[name]!()))
    const begun = { at: performance.now(), used: processorMs() }
    let done = 0
    for (; performance.now() < begun.at + forMs; done++) await work(next++ % learners)
    process.send!({ done, processorMs: processorMs() - begun.used } satisfies Told)
  })()
})
process.send!('ready')
