/** The Merkle tree of RFC 9162 §2.1 with SHA-256: hashes, and proofs made and verified. */
import { hash } from 'node:crypto'

export type Hash = Uint8Array
export const hashBytes = 32

const sha256 = (...parts: Uint8Array[]): Hash => new Uint8Array(hash('sha256', Buffer.concat(parts), 'buffer'))
const leafMark = Uint8Array.of(0)
const nodeMark = Uint8Array.of(1)

/** §2.1.1: the root of a tree without leaves. */
export const emptyRoot: Hash = sha256()
/** §2.1.1: leaves and nodes are marked, so that neither can be taken for the other. */
export const leafHash = (entry: Uint8Array): Hash => sha256(leafMark, entry)
export const nodeHash = (left: Hash, right: Hash): Hash => sha256(nodeMark, left, right)

export const areEqual = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0

/** The hash of a complete subtree of 2^level leaves; its first leaf is index × 2^level. */
export type Nodes = (level: number, index: number) => Promise<Hash>

/** The k of §2.1.1: the largest power of two that is smaller than n. */
function splitOf(n: number): number {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

/** MTH(D[begin:end]), where begin stands as the recursion of §2.1.1 leaves it. */
export async function rangeHash(begin: number, end: number, nodes: Nodes): Promise<Hash> {
  const size = end - begin
  if (size === 0) return emptyRoot
  const level = Math.log2(size)
  if (Number.isInteger(level)) return nodes(level, begin / size)
  const middle = begin + splitOf(size)
  return nodeHash(await rangeHash(begin, middle, nodes), await rangeHash(middle, end, nodes))
}

export const rootOf = (size: number, nodes: Nodes): Promise<Hash> => rangeHash(0, size, nodes)

/** §2.1.3.1: from the leaf's neighbour up to the root's child. */
export async function inclusionProof(index: number, size: number, nodes: Nodes): Promise<Hash[]> {
  if (index < 0 || index >= size) throw new RangeError(`leaf ${index} of ${size}`)
  const path = async (begin: number, end: number): Promise<Hash[]> => {
    if (end - begin === 1) return []
    const middle = begin + splitOf(end - begin)
    return index < middle
      ? [...(await path(begin, middle)), await rangeHash(middle, end, nodes)]
      : [...(await path(middle, end)), await rangeHash(begin, middle, nodes)]
  }
  return path(0, size)
}

/** §2.1.4.1: that the tree of the first size is the beginning of that of the second. */
export async function consistencyProof(first: number, second: number, nodes: Nodes): Promise<Hash[]> {
  if (first < 1 || first > second) throw new RangeError(`${first} of ${second}`)
  const part = async (begin: number, end: number, isWhole: boolean): Promise<Hash[]> => {
    if (first === end) return isWhole ? [] : [await rangeHash(begin, end, nodes)]
    const middle = begin + splitOf(end - begin)
    return first <= middle
      ? [...(await part(begin, middle, isWhole)), await rangeHash(middle, end, nodes)]
      : [...(await part(middle, end, false)), await rangeHash(begin, middle, nodes)]
  }
  return part(0, second, true)
}

const isOdd = (n: number) => n % 2 === 1
const half = (n: number) => Math.floor(n / 2)

/** §2.1.3.2 */
export function verifyInclusion(
  { index, size, root }: { index: number; size: number; root: Hash },
  leaf: Hash,
  proof: readonly Hash[],
): boolean {
  if (index < 0 || index >= size || leaf.length !== hashBytes || root.length !== hashBytes) return false
  let [fn, sn, node] = [index, size - 1, leaf]
  for (const step of proof) {
    if (sn === 0) return false
    if (isOdd(fn) || fn === sn) {
      node = nodeHash(step, node)
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)]
    } else node = nodeHash(node, step)
    ;[fn, sn] = [half(fn), half(sn)]
  }
  return sn === 0 && areEqual(node, root)
}

export type Head = { size: number; root: Hash }

/** §2.1.4.2; two heads of one size agree when they are one; an empty first tree shows nothing, so it agrees with none. */
export function verifyConsistency(first: Head, second: Head, proof: readonly Hash[]): boolean {
  if (first.size < 1 || first.size > second.size) return false
  if (first.size === second.size) return proof.length === 0 && areEqual(first.root, second.root)
  if (proof.length === 0) return false
  const [begin, ...rest] = Number.isInteger(Math.log2(first.size)) ? [first.root, ...proof] : proof
  let [fn, sn] = [first.size - 1, second.size - 1]
  while (isOdd(fn)) [fn, sn] = [half(fn), half(sn)]
  let [old, now] = [begin!, begin!]
  for (const step of rest) {
    if (sn === 0) return false
    if (isOdd(fn) || fn === sn) {
      old = nodeHash(step, old)
      now = nodeHash(step, now)
      while (!isOdd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)]
    } else now = nodeHash(now, step)
    ;[fn, sn] = [half(fn), half(sn)]
  }
  return sn === 0 && areEqual(old, first.root) && areEqual(now, second.root)
}
