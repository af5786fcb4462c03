import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Problem } from '#kernel/problem.ts'
import { areEqual, emptyRoot, leafHash, rootOf, type Hash } from '../merkle/merkle.ts'
import { canonicalJson } from '../jcs/canonical-json.ts'
import { growingTree } from './growing.ts'
import { checkpointText, parseCheckpoint } from './checkpoint.ts'
import {
  formatSigner,
  formatVerifier,
  parseNote,
  parseSigner,
  parseVerifier,
  signNote,
  verifiedBy,
  verifierOf,
} from './signed-note.ts'
import {
  combine,
  decodeBundle,
  edgeOf,
  encodeBundle,
  nodesFromTiles,
  parseTilePath,
  splitHashes,
  tilePath,
  tilesOf,
  type TileName,
} from './tiles.ts'
import { formatProof, parseProof } from './tlog-proof.ts'

const isMalformed = (error: unknown) => error instanceof Problem && error.code === 'malformedLog'
const seed = new Uint8Array(32).fill(7)
const ours = { name: 'example.org/log', seed }

test('a note signed by other software is verified: the example of the Go package note', () => {
  const verifier = parseVerifier('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')
  const note = parseNote(
    'If you think cryptography is the answer to your problem,\nthen you don’t know what your problem is.\n\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n'.replaceAll(
      '’',
      "'",
    ),
  )
  assert.deepEqual(verifiedBy(note, [verifier]), [verifier])
})

test('keys are written down and read again; a damaged one is refused without being shown', () => {
  const verifier = verifierOf(ours)
  assert.deepEqual(parseVerifier(formatVerifier(verifier)), verifier)
  assert.deepEqual(parseSigner(formatSigner(ours)), ours)
  const secret = formatSigner(ours).replace('example', 'exampel')
  assert.throws(
    () => parseSigner(secret),
    (error) => isMalformed(error) && !(error as Error).message.includes(secret),
  )
  assert.throws(() => parseVerifier(formatVerifier(verifier).replace(verifier.id, '00000000')), isMalformed)
})

test('a note counts only while every known key in it is right', () => {
  const other = { name: 'witness.example', seed: new Uint8Array(32).fill(9) }
  const [us, them] = [verifierOf(ours), verifierOf(other)]
  const text = signNote('one\n\ntwo\n', [ours, other])
  const note = parseNote(text)
  assert.equal(note.text, 'one\n\ntwo\n')
  assert.deepEqual(verifiedBy(note, [us, them]), [us, them])
  assert.deepEqual(verifiedBy(note, [them]), [them])
  assert.deepEqual(verifiedBy(parseNote(text.replace('two', 'six')), [us]), [])
  assert.deepEqual(verifiedBy(note, []), [])
})

test('checkpoints of the standard are read, and nothing that only looks like one', () => {
  const head = { size: 20_852_163, root: emptyRoot }
  const signed = signNote(checkpointText('example.org/log', head), [ours])
  const read = parseCheckpoint(signed)
  assert.deepEqual([read.origin, read.size, areEqual(read.root, emptyRoot)], ['example.org/log', head.size, true])
  for (const broken of [
    '',
    'example.org/log\n5\n',
    signed.replace('20852163', '020852163'),
    signed.replace('20852163', '-1'),
    signed.replace('20852163', '99999999999999999999'),
    signed.replace('47DE', '47D'),
    signed.replace('— ', '- '),
    signed.slice(0, -1),
    signed.replace('\n', '\r\n'),
  ])
    assert.throws(() => parseCheckpoint(broken), isMalformed, JSON.stringify(broken))
})

test('names of tiles are those of the standard, one for each', () => {
  assert.equal(tilePath({ level: 0, n: 1_234_067, width: 256 }), 'tile/0/x001/x234/067')
  assert.equal(tilePath({ level: 'entries', n: 0, width: 5 }), 'tile/entries/000.p/5')
  for (const wrong of [
    'tile/00/000',
    'tile/64/000',
    'tile/0/0',
    'tile/0/x000/000',
    'tile/0/000.p/256',
    'tile/0/000.p/0',
    'tile/0/../000',
    'tile/0/000.p/07',
  ])
    assert.equal(parseTilePath(wrong), undefined, wrong)
  const name = fc.record({
    level: fc.oneof(fc.constant('entries' as const), fc.integer({ min: 0, max: 63 })),
    n: fc.integer({ min: 0, max: 999_999_999_999 }),
    width: fc.integer({ min: 1, max: 256 }),
  })
  fc.assert(fc.property(name, (one) => assert.deepEqual(parseTilePath(tilePath(one)), { ...one })))
})

test('a tree of 70,000 has the tiles that the standard counts', () => {
  const counted = new Map<string, number>()
  for (const { level, width } of tilesOf(70_000))
    if (level !== 'entries') counted.set(`${level}/${width}`, (counted.get(`${level}/${width}`) ?? 0) + 1)
  assert.deepEqual(Object.fromEntries(counted), { '0/256': 273, '0/112': 1, '1/256': 1, '1/17': 1, '2/1': 1 })
  assert.deepEqual(
    edgeOf(256).map((one) => tilePath(one)),
    ['tile/1/000.p/1'],
  )
})

test('the root that tiles give is the root of the tree, whatever its size', async () => {
  const leaves = Array.from({ length: 1_100 }, (_, i) => leafHash(Buffer.from(String(i))))
  const tile = async ({ level, n, width }: TileName): Promise<Hash[]> => {
    const span = 256 ** (level as number)
    return Array.from({ length: width }, (_, i) => {
      const first = (n * 256 + i) * span
      return combine(leaves.slice(first, first + span))
    })
  }
  const plain = async (level: number, index: number) =>
    combine(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level))
  for (const size of [0, 1, 2, 3, 255, 256, 257, 511, 512, 768, 1_000, 1_023, 1_024, 1_025, 1_100])
    assert.ok(areEqual(await rootOf(size, nodesFromTiles(size, tile)), await rootOf(size, plain)), String(size))
})

test('entries come out of a bundle as they went in; a cut one is refused', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 300 }), (entries) => {
      const bytes = encodeBundle(entries)
      assert.deepEqual(decodeBundle(bytes, 'bundle'), entries)
      if (bytes.length > 0) assert.throws(() => decodeBundle(bytes.subarray(0, -1), 'bundle'), isMalformed)
    }),
  )
  assert.throws(() => splitHashes(new Uint8Array(31), { level: 0, n: 0, width: 1 }), isMalformed)
})

test('a proof is one text, and comes out of it as it went in', () => {
  const checkpoint = signNote(checkpointText('example.org/log', { size: 9, root: emptyRoot }), [ours])
  const proof = fc.record({
    extra: fc.uint8Array({ minLength: 1 }),
    index: fc.nat(),
    hashes: fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 63 }),
    checkpoint: fc.constant(checkpoint),
  })
  fc.assert(
    fc.property(proof, (one) => {
      const { head, ...read } = parseProof(formatProof(one))
      assert.deepEqual(read, { ...one })
      assert.equal(head.size, 9)
    }),
  )
})

test('no text, however broken, does more than be refused', () => {
  const whole = formatProof({ index: 1, hashes: [emptyRoot], checkpoint: signNote('a\n1\nb\n', [ours]) })
  const cut = fc.tuple(fc.nat(whole.length), fc.nat(whole.length), fc.string()).map(([from, to, put]) => {
    return whole.slice(0, from) + put + whole.slice(to)
  })
  fc.assert(
    fc.property(fc.oneof(fc.string(), cut), (text) => {
      for (const parse of [parseProof, parseCheckpoint, parseNote, parseVerifier, parseSigner])
        try {
          parse(text)
        } catch (error) {
          assert.ok(isMalformed(error), String(error))
        }
    }),
  )
})

test('one value has one text (RFC 8785), which says the same', () => {
  assert.equal(
    canonicalJson({ '\u20ac': 'Euro', '\r': 1, '\ufb33': 2, '1': 'One', '\ud83d\ude00': 3, '\u0080': 4, '\u00f6': 5 }),
    '{"\\r":1,"1":"One","\u0080":4,"\u00f6":5,"\u20ac":"Euro","\ud83d\ude00":3,"\ufb33":2}',
  )
  assert.equal(canonicalJson([1e30, 4.5, 2e-3, 1e-27, -0]), '[1e+30,4.5,0.002,1e-27,0]')
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value)
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)))
      assert.equal(canonicalJson(JSON.parse(text)), text)
    }),
  )
})

test('a tree that grows in any steps, or goes on from its edge, gives the files of the tree grown at once', async () => {
  const entries = Array.from({ length: 66_000 }, (_, i) => Buffer.from(String(i)))
  const atOnce = growingTree()
  for (const entry of entries) atOnce.append(entry)
  const whole = new Map(atOnce.takeFiles().map((one) => [tilePath(one), one.bytes]))
  assert.deepEqual([...whole.keys()].sort(), [...tilesOf(entries.length)].map(tilePath).sort())

  const files = new Map<string, Uint8Array>()
  let tree = growingTree()
  let at = 0
  for (const step of [1, 254, 1, 1, 255, 256, 20_000, 45_000, 232]) {
    for (const entry of entries.slice(at, (at += step))) tree.append(entry)
    for (const one of tree.takeFiles()) files.set(tilePath(one), one.bytes)
    const read = (name: TileName) => splitHashes(files.get(tilePath(name))!, name)
    const hashes: Hash[][] = []
    for (const name of edgeOf(at)) hashes[name.level as number] = read(name)
    const bundle = { level: 'entries', n: Math.floor(at / 256), width: at % 256 } as const
    tree = growingTree({
      size: at,
      hashes: Array.from(hashes, (row) => row ?? []),
      entries: bundle.width ? decodeBundle(files.get(tilePath(bundle))!, 'bundle') : [],
    })
    assert.ok(
      areEqual(
        await tree.root(),
        await rootOf(
          at,
          nodesFromTiles(at, async (name) => read(name)),
        ),
      ),
    )
  }
  assert.equal(at, entries.length)
  for (const [path, bytes] of whole) assert.ok(areEqual(files.get(path)!, bytes), path)
})
