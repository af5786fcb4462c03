/**
 * The examples of the exchange between nodes, with the answers that are expected: `node test/federation-examples.ts` writes
 * them to `fixtures/federation/`. Keys are made of fixed seeds, so they are the same each time.
 */
import { createHash, createPublicKey } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { privateKeyOfSeed } from '#codecs/data-integrity/multikey.ts'
import { formatVerifier, signNote, verifierOf, type Signer } from '#codecs/tlog/signed-note.ts'
import { jwksOf, type Manifest } from '#features/federation/manifest.ts'
import { signRecord, type SignedRecord } from '#features/federation/signed-record.ts'
import { originOf } from '#features/transparency/keys.ts'
import type { StoredRecord } from '#records/record.ts'

export const examplesFolder = join(dirname(fileURLToPath(import.meta.url)), '../fixtures/federation')

type Node = { node: string; address: string; signers: Signer[]; keys: Manifest['keys'] }
const dayOf = (day: number) => `2026-01-${String(day).padStart(2, '0')}T00:00:00.000Z`

/** With as many keys as seeds; each hands over to the next on the tenth. */
function nodeOf(node: string, seeds: readonly number[]): Node {
  const signers = seeds.map((seed) => ({ name: originOf(node), seed: new Uint8Array(32).fill(seed) }))
  const verifiers = signers.map((signer) => formatVerifier(verifierOf(signer)))
  const keys = verifiers.map((verifier, i) => {
    const isLast = i === verifiers.length - 1
    const since = dayOf(i === 0 ? 1 : 10)
    const text = `qingdao key handover v1\n${verifiers[i - 1]}\n${verifier}\n${since}\n`
    return {
      verifier,
      since,
      ...(!isLast && { until: dayOf(10) }),
      ...(i > 0 && { handover: signNote(text, [signers[i - 1]!, signers[i]!]) }),
    }
  })
  return { node, address: `https://${node}.example`, signers, keys }
}

const manifestOf = ({ node, address, keys }: Node, more: Partial<Manifest> = {}): Manifest => ({
  version: 1,
  node,
  address,
  software: { name: 'Example', version: '1' },
  name: { en: `Node ${node}` },
  operator: null,
  legalBasis: null,
  reviewPolicy: null,
  languages: ['en'],
  contact: {},
  keys,
  jwks: jwksOf({ keys }),
  log: null,
  records: 2,
  journal: 2,
  speaks: [],
  ...more,
})

type Version = {
  id: string
  revision?: number
  title?: string
  day?: number
  note?: string | null
  withdrawn?: boolean
}
const recordOf = ({ id, revision = 1, title = 'Radio', day = 2, note = null, withdrawn }: Version): StoredRecord => ({
  id,
  number: 1,
  kind: 'practice',
  status: withdrawn ? 'withdrawn' : 'published',
  revision,
  sourceRevision: revision,
  createdAt: dayOf(2),
  changedAt: dayOf(day),
  changedBy: 'example',
  note,
  origin: null,
  translations: {},
  body: { title: { en: title }, originalLanguage: 'en', type: 'practice' },
})

function signedBy(node: Node, version: Version, earlier: readonly Version[] = [], which = -1): SignedRecord {
  const key = privateKeyOfSeed(node.signers.at(which)!.seed)
  const record = recordOf(version)
  const address = `${node.address}/records/${version.id}`
  return signRecord({ node: node.node, address, record, versions: earlier.map(recordOf) }, key, createPublicKey(key))
}

type Line = { chain: string[]; taken?: string[]; signed: object }
function packOf(giver: Node, lines: readonly Line[], { homes = [] as Node[], upTo = 2 } = {}): string {
  const header = {
    format: 'qingdao-pack',
    version: 1,
    created: dayOf(20),
    manifest: manifestOf(giver),
    after: 0,
    homes: homes.map(({ node, address, keys }) => ({ node, address, name: { en: node }, keys })),
    sources: [],
  }
  const text = [header, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('')
  const sha256 = createHash('sha256').update(text).digest('hex')
  return `${text}${JSON.stringify({ end: true, lines: lines.length, sha256, upTo, isWhole: true })}\n`
}

const [a, b, stranger] = [nodeOf('a', [1]), nodeOf('b', [2]), nodeOf('a', [3])]
const rotated = nodeOf('a', [1, 4])
const [one, two, three] = ['0000000000000001', '0000000000000002', '0000000000000003'] as const

export type Step = {
  pack: string
  says: string
  expected: { added: number; changed: number; withdrawn: number; unchanged: number; refused: string[] }
}
const came = (more: Partial<Step['expected']>) => ({
  added: 0,
  changed: 0,
  withdrawn: 0,
  unchanged: 0,
  refused: [],
  ...more,
})

/** Packs that an empty node takes one after the other. */
function steps(): [Step, string][] {
  const own = (signed: SignedRecord): Line => ({ chain: ['a'], taken: [signed.record.changedAt], signed })
  const [first, second] = [signedBy(a, { id: one }), signedBy(a, { id: two, title: 'Tablets' })]
  const newer = signedBy(a, { id: one, revision: 2, title: 'Radio at school', day: 3 }, [{ id: one }])
  const gone = signedBy(a, { id: two, revision: 2, day: 3, note: 'It names a child', withdrawn: true })
  const changed = structuredClone(signedBy(a, { id: three, title: 'Maps' }))
  Object.assign(changed.record.body!, { title: { en: 'Maps that are bad' } })
  const otherText = signedBy(a, { id: one, revision: 2, title: 'Another text', day: 3 })
  const ofB = signedBy(b, { id: one, revision: 9, title: 'Taken over', day: 5 })
  const byThief = signedBy(stranger, { id: three, title: 'Spam' })
  const late = signedBy(rotated, { id: three, title: 'Late', day: 12 }, [], 0)
  const after = signedBy(rotated, { id: three, title: 'Maps', day: 12 })
  const passed = signedBy(a, { id: one, revision: 3, title: 'Radio for all', day: 4 })
  const given: [string, string, Step['expected'], string][] = [
    ['first', 'Two records that are not here', came({ added: 2 }), packOf(a, [first, second].map(own))],
    ['again', 'The same once more', came({ unchanged: 2 }), packOf(a, [first, second].map(own))],
    ['newer', 'A new version, and a withdrawal', came({ changed: 1, withdrawn: 1 }), packOf(a, [newer, gone].map(own))],
    ['older', 'A version that is older than what is here', came({ unchanged: 1 }), packOf(a, [own(first)])],
    ['changed', 'A text that was changed', came({ refused: ['signatureBroken'] }), packOf(a, [own(changed)])],
    [
      'two-texts',
      'The same version with another text',
      came({ refused: ['copiesDiffer'] }),
      packOf(a, [own(otherText)]),
    ],
    [
      'another-home',
      'A copy whose home is another',
      came({ refused: ['anotherHome'] }),
      packOf(b, [{ chain: ['b'], signed: ofB }]),
    ],
    [
      'chain',
      'A chain that does not begin at the home',
      came({ refused: ['chainBroken'] }),
      packOf(b, [{ chain: ['b'], signed: newer }]),
    ],
    [
      'thief',
      'A key that is not that of the node',
      came({ refused: ['unknownKey'] }),
      packOf(b, [{ chain: ['a', 'b'], signed: byThief }]),
    ],
    [
      'unknown-node',
      'A home that is not known',
      came({ refused: ['unknownNode'] }),
      packOf(b, [{ chain: ['c', 'b'], signed: signedBy(nodeOf('c', [9]), { id: three }) }]),
    ],
    [
      'passed-on',
      'A copy that another node passes on',
      came({ changed: 1 }),
      packOf(b, [{ chain: ['a', 'b'], signed: passed }], { homes: [a] }),
    ],
    ['old-key', 'Signed with a key after its end', came({ refused: ['unknownKey'] }), packOf(rotated, [own(late)])],
    ['new-key', 'Signed with a key that was handed over', came({ added: 1 }), packOf(rotated, [own(after)])],
  ]
  return given.map(([name, says, expected, text], i) => {
    const pack = `packs/${String(i + 1).padStart(2, '0')}-${name}.jsonl`
    return [{ pack, says, expected }, text]
  })
}

/** Packs that are refused whole. */
function damaged(): [string, string][] {
  const line = { chain: ['a'], signed: signedBy(a, { id: one }) }
  const whole = packOf(a, [line, line])
  const lines = whole.trimEnd().split('\n')
  const said = (all: readonly (string | undefined)[]) => all.map((text) => `${text}\n`).join('')
  return [
    ['without-end', said(lines.slice(0, -1))],
    ['line-missing', said([lines[0], ...lines.slice(2)])],
    ['line-added', said([...lines.slice(0, -1), lines[1], lines.at(-1)])],
    ['after-end', said([...lines, lines[1]])],
    ['text-changed', whole.replace('Radio', 'Radia')],
    ['no-header', said(lines.slice(1))],
    ['no-json', said(['no pack'])],
    ['address-is-no-address', whole.replace('"address":"https://a.example"', '"address":"javascript:alert(1)"')],
    ['too-deep', said([`${'['.repeat(100)}${']'.repeat(100)}`])],
  ]
}

function manifests(): [string, boolean, object][] {
  const [first, next] = rotated.keys
  return [
    ['one-key', true, manifestOf(a)],
    ['handed-over', true, manifestOf(rotated)],
    ['unknown-names', true, { ...manifestOf(a), more: 'is passed over' }],
    ['no-keys', false, manifestOf({ ...a, keys: [] })],
    [
      'no-handover',
      false,
      manifestOf({ ...rotated, keys: [first!, { verifier: next!.verifier, since: next!.since }] }),
    ],
    ['key-of-another', false, manifestOf({ ...a, node: 'other' })],
    ['another-version', false, { ...manifestOf(a), version: 2 }],
    ['address-is-no-address', false, { ...manifestOf(a), address: 'javascript:alert(1)' }],
  ]
}

function signedRecords(): [string, { sound: boolean; changed: string[] }, object][] {
  const sound = signedBy(a, { id: one, revision: 2, title: 'Radio at school', day: 3 }, [{ id: one }])
  const changed = (change: (copy: any) => void) => {
    const copy = structuredClone(sound)
    change(copy)
    return copy
  }
  return [
    ['sound', { sound: true, changed: [] }, sound],
    [
      'withdrawn',
      { sound: true, changed: [] },
      signedBy(a, { id: two, revision: 2, day: 3, note: 'Why', withdrawn: true }),
    ],
    ['title', { sound: false, changed: ['body.title'] }, changed((copy) => (copy.record.body.title.en = 'Other'))],
    [
      'field-added',
      { sound: false, changed: ['body.summary'] },
      changed((copy) => (copy.record.body.summary = { en: 'More' })),
    ],
    ['version', { sound: false, changed: ['versions.1'] }, changed((copy) => (copy.versions[0].note = 'Other'))],
    ['version-missing', { sound: false, changed: ['versions.1'] }, changed((copy) => (copy.versions = []))],
    ['node', { sound: false, changed: ['node'] }, changed((copy) => (copy.node = 'b'))],
    ['proof', { sound: false, changed: ['digests'] }, changed((copy) => (copy.proof.created = dayOf(9)))],
  ]
}

/** Every file with its text, by its path. */
export function examples(): Map<string, string> {
  const files = new Map<string, string>()
  const put = (path: string, value: unknown) => files.set(path, `${JSON.stringify(value, null, 2)}\n`)
  const taken = steps()
  for (const [{ pack }, text] of taken) files.set(pack, text)
  const broken = damaged()
  for (const [name, text] of broken) files.set(`damaged/${name}.jsonl`, text)
  for (const [name, , value] of manifests()) put(`manifests/${name}.json`, value)
  for (const [name, , value] of signedRecords()) put(`signed/${name}.json`, value)
  put('expected.json', {
    manifests: manifests().map(([name, taken]) => ({ file: `manifests/${name}.json`, taken })),
    signed: signedRecords().map(([name, expected]) => ({ file: `signed/${name}.json`, ...expected })),
    damaged: broken.map(([name]) => `damaged/${name}.jsonl`),
    packs: taken.map(([step]) => step),
  })
  return files
}

if (import.meta.main)
  for (const [path, text] of examples()) {
    mkdirSync(dirname(join(examplesFolder, path)), { recursive: true })
    writeFileSync(join(examplesFolder, path), text)
  }
