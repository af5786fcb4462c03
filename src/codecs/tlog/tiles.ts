/** The files of a transparency log: tiles of hashes and bundles of entries (https://c2sp.org/tlog-tiles). */
import { Problem } from '#kernel/problem.ts'
import { hashBytes, nodeHash, type Hash, type Nodes } from '../merkle/merkle.ts'

export const tileWidth = 256
const tileHeight = 8
const longestEntry = 0xffff

export type TileName = { level: number | 'entries'; n: number; width: number }

/** `tile/0/x001/067`, `tile/entries/000.p/5`. */
export function tilePath({ level, n, width }: TileName): string {
  const digits = String(n).padStart(Math.ceil(String(n).length / 3) * 3, '0')
  const parts = digits.match(/\d{3}/g)!
  const index = parts.map((part, i) => (i < parts.length - 1 ? `x${part}` : part)).join('/')
  return `tile/${level}/${index}${width === tileWidth ? '' : `.p/${width}`}`
}

const tileForm = /^tile\/(entries|0|[1-9]\d?)\/((?:x\d{3}\/){0,4}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/

/** Undefined for what is no name of a tile, or not the one way to write it. */
export function parseTilePath(path: string): TileName | undefined {
  const [, level, index, partial] = tileForm.exec(path) ?? []
  if (level === undefined || index === undefined) return undefined
  const width = partial === undefined ? tileWidth : Number(partial)
  const name: TileName = {
    level: level === 'entries' ? level : Number(level),
    n: Number(index.replaceAll(/[x/]/g, '')),
    width,
  }
  const fits = (name.level === 'entries' || name.level <= 63) && (partial === undefined || width < tileWidth)
  return fits && tilePath(name) === path ? name : undefined
}

/** How many hashes stand at one level of tiles in a tree of a size. */
const hashesAt = (level: number, size: number) => Math.floor(size / tileWidth ** level)

/** How wide a tile is in a tree of a size; 0 when it is not in it. */
export const widthIn = (size: number, { level, n }: Pick<TileName, 'level' | 'n'>): number =>
  Math.max(0, Math.min(tileWidth, hashesAt(level === 'entries' ? 0 : level, size) - n * tileWidth))

/** Every tile and bundle of a tree of a size, from the first. */
export function* tilesOf(size: number): Generator<TileName> {
  for (const level of ['entries', 0] as const) yield* levelOf(level, size)
  for (let level = 1; hashesAt(level, size) > 0; level++) yield* levelOf(level, size)
}

export function* levelOf(level: TileName['level'], size: number): Generator<TileName> {
  for (let n = 0, width; (width = widthIn(size, { level, n })) > 0; n++) yield { level, n, width }
}

/** The partial tile at each level, which the next entry changes. */
export const edgeOf = (size: number): TileName[] => {
  const edge: TileName[] = []
  for (let level = 0; hashesAt(level, size) > 0; level++)
    if (hashesAt(level, size) % tileWidth > 0)
      edge.push({ level, n: Math.floor(hashesAt(level, size) / tileWidth), width: hashesAt(level, size) % tileWidth })
  return edge
}

export const joinHashes = (hashes: readonly Hash[]): Uint8Array => new Uint8Array(Buffer.concat(hashes))

/** @throws Problem malformedLog when it is not so many hashes. */
export function splitHashes(bytes: Uint8Array, { width, ...name }: TileName): Hash[] {
  if (bytes.length !== width * hashBytes) throw new Problem('malformedLog', { what: tilePath({ ...name, width }) })
  return Array.from({ length: width }, (_, i) => bytes.subarray(i * hashBytes, (i + 1) * hashBytes))
}

/** The root of a complete subtree given by its 2^h lowest hashes. */
export function combine(hashes: readonly Hash[]): Hash {
  let row = hashes
  while (row.length > 1) row = Array.from({ length: row.length / 2 }, (_, i) => nodeHash(row[2 * i]!, row[2 * i + 1]!))
  return row[0]!
}

/** Hashes of complete subtrees of a tree of one size, from its tiles. */
export function nodesFromTiles(size: number, tile: (name: TileName) => Promise<readonly Hash[]>): Nodes {
  const read = new Map<string, Promise<readonly Hash[]>>()
  return async (height, index) => {
    const level = Math.floor(height / tileHeight)
    const count = 2 ** (height % tileHeight)
    const first = index * count
    const n = Math.floor(first / tileWidth)
    const key = `${level}/${n}`
    const found = read.get(key) ?? tile({ level, n, width: widthIn(size, { level, n }) })
    read.set(key, found)
    return combine((await found).slice(first % tileWidth, (first % tileWidth) + count))
  }
}

/** Entries one after another, each with its length before it as a big-endian uint16. */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  const parts = entries.flatMap((entry) => {
    if (entry.length > longestEntry) throw new Problem('tooLarge', { limit: longestEntry })
    return [Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry]
  })
  return new Uint8Array(Buffer.concat(parts))
}

/** @throws Problem malformedLog when a length leads beyond the end. */
export function decodeBundle(bytes: Uint8Array, what: string): Uint8Array[] {
  const entries: Uint8Array[] = []
  for (let at = 0; at < bytes.length;) {
    const length = at + 2 <= bytes.length ? bytes[at]! * 256 + bytes[at + 1]! : Infinity
    if (at + 2 + length > bytes.length) throw new Problem('malformedLog', { what })
    entries.push(bytes.subarray(at + 2, at + 2 + length))
    at += 2 + length
  }
  return entries
}
