import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  areEqual,
  consistencyProof,
  emptyRoot,
  inclusionProof,
  leafHash,
  nodeHash,
  rootOf,
  verifyConsistency,
  verifyInclusion,
  type Hash,
  type Nodes,
} from './merkle.ts'

const vectors = join(import.meta.dirname, '../../../fixtures/merkle')
type Judged = { proof: string[] | null; wantErr: boolean }
type Inclusion = Judged & { leafIdx: number; treeSize: number; root: string; leafHash: string }
type Consistency = Judged & { size1: number; size2: number; root1: string; root2: string }
const read = <Vector>(kind: string) =>
  Object.entries<Vector>(JSON.parse(readFileSync(join(vectors, `${kind}.json`), 'utf8')))
const hash = (text: string | null): Hash => new Uint8Array(Buffer.from(text ?? '', 'base64'))
const hashes = (texts: string[] | null) => (texts ?? []).map(hash)

test('published inclusion proofs are judged as their authors judge them', () => {
  const all = read<Inclusion>('inclusion')
  assert.equal(all.length, 98)
  for (const [name, { leafIdx, treeSize, root, leafHash: leaf, proof, wantErr }] of all) {
    const isSound = verifyInclusion({ index: leafIdx, size: treeSize, root: hash(root) }, hash(leaf), hashes(proof))
    assert.equal(isSound, !wantErr, name)
  }
})

test('published consistency proofs are judged as their authors judge them', () => {
  const all = read<Consistency>('consistency')
  assert.equal(all.length, 98)
  for (const [name, { size1, size2, root1, root2, proof, wantErr }] of all) {
    const isSound = verifyConsistency(
      { size: size1, root: hash(root1) },
      { size: size2, root: hash(root2) },
      hashes(proof),
    )
    assert.equal(isSound, !wantErr, name)
  }
})

/** RFC 9162 §2.1.1 word for word: slow and plain. */
function plainRoot(leaves: readonly Uint8Array[]): Hash {
  if (leaves.length === 0) return emptyRoot
  if (leaves.length === 1) return leafHash(leaves[0]!)
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return nodeHash(plainRoot(leaves.slice(0, k)), plainRoot(leaves.slice(k)))
}
const nodesOf =
  (leaves: readonly Uint8Array[]): Nodes =>
  async (level, index) =>
    plainRoot(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level))

const someLeaves = fc.array(fc.uint8Array({ maxLength: 4 }), { minLength: 1, maxLength: 70 })

test('every leaf of any tree is proved, and no other leaf, place or root by the same proof', async () => {
  await fc.assert(
    fc.asyncProperty(someLeaves, fc.nat(), fc.nat(), async (leaves, anyIndex, anyBit) => {
      const [size, root] = [leaves.length, plainRoot(leaves)]
      const index = anyIndex % size
      const leaf = leafHash(leaves[index]!)
      const proof = await inclusionProof(index, size, nodesOf(leaves))

      assert.ok(areEqual(await rootOf(size, nodesOf(leaves)), root))
      assert.ok(verifyInclusion({ index, size, root }, leaf, proof))

      const flip = (bytes: Hash) => bytes.map((byte, i) => (i === anyBit % 32 ? byte ^ (1 << (anyBit % 8)) : byte))
      assert.ok(!verifyInclusion({ index, size, root }, flip(leaf), proof))
      assert.ok(!verifyInclusion({ index, size, root: flip(root) }, leaf, proof))
      assert.ok(!verifyInclusion({ index, size, root }, leaf, [...proof, leaf]))
      if (proof.length > 0) {
        const changed = proof.map((step, i) => (i === anyBit % proof.length ? flip(step) : step))
        assert.ok(!verifyInclusion({ index, size, root }, leaf, changed))
        assert.ok(!verifyInclusion({ index, size, root }, leaf, proof.slice(1)))
      }
    }),
  )
})

test('a tree that grew is proved to be the same at its beginning, and one that was changed is not', async () => {
  await fc.assert(
    fc.asyncProperty(someLeaves, fc.nat(), fc.nat(), async (leaves, anySize, anyLeaf) => {
      const first = 1 + (anySize % leaves.length)
      const now = { size: leaves.length, root: plainRoot(leaves) }
      const proof = await consistencyProof(first, leaves.length, nodesOf(leaves))
      const before = { size: first, root: plainRoot(leaves.slice(0, first)) }
      assert.ok(verifyConsistency(before, now, proof))

      const changed = leaves.map((leaf, i) => (i === anyLeaf % first ? Uint8Array.of(...leaf, 7) : leaf))
      const forged = await consistencyProof(first, changed.length, nodesOf(changed))
      assert.ok(!verifyConsistency(before, { size: changed.length, root: plainRoot(changed) }, forged))
    }),
  )
})
