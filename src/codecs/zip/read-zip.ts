/** ZIP (APPNOTE 6.3): the list of what is in it, and its contents, with a limit on everything that it says of itself. */
import { inflateRawSync } from 'node:zlib'
import { Problem } from '#kernel/problem.ts'

export type ZipLimits = { entries: number; unpackedBytes: number; ratio: number }
export type ZipEntry = { name: string; bytes: () => Buffer }

const usual: ZipLimits = { entries: 2_000, unpackedBytes: 150 * 1024 * 1024, ratio: 250 }
const ZIP64_LOCATOR = 0x07064b50
const LISTED = 0x02014b50
const LOCAL = 0x04034b50
const endBytes = 22
const listedBytes = 46
const localBytes = 30
const locatorBytes = 20
const longestComment = 65_535
/** Small files pack well; nobody is harmed by them. */
const harmlessBytes = 1024 * 1024

const broken = (cause?: unknown): never => {
  throw new Problem('malformedZip', {}, { cause })
}

type Listed = { name: string; method: number; packed: number; unpacked: number; at: number }

/**
 * What the central directory (§4.3.12) lists. Encrypted files, ZIP64 and parts that lie over one another are refused:
 * no document needs them, and bombs do.
 * @throws Problem malformedZip
 */
export function readZip(zip: Buffer, limits: ZipLimits = usual): ZipEntry[] {
  const { count, at } = endOf(zip)
  if (count > limits.entries) broken()
  const listed: Listed[] = []
  let next = at
  for (let i = 0; i < count; i++) {
    const one = listedAt(zip, next)
    listed.push(one.listed)
    next = one.next
  }
  checkSizes(listed, at, limits)
  return listed.map((one) => ({ name: one.name, bytes: () => unpack(zip, one) }))
}

/**
 * The last record of an end, and the only one: other readers, to which these bytes are handed on, stop at it too. What it
 * says must be said once (§4.3.16), and no ZIP64 locator (§4.3.15) may stand before it: they would follow that instead.
 */
function endOf(zip: Buffer): { count: number; at: number } {
  const i = zip.length < endBytes ? -1 : zip.lastIndexOf('PK\x05\x06', zip.length - endBytes, 'latin1')
  if (i < 0 || i < zip.length - endBytes - longestComment) return broken()
  if (i >= locatorBytes && zip.readUInt32LE(i - locatorBytes) === ZIP64_LOCATOR) return broken()
  const count = zip.readUInt16LE(i + 10)
  const at = zip.readUInt32LE(i + 16)
  return count === zip.readUInt16LE(i + 8) && count !== 0xffff && at <= i ? { count, at } : broken()
}

function listedAt(zip: Buffer, at: number): { listed: Listed; next: number } {
  if (at + listedBytes > zip.length || zip.readUInt32LE(at) !== LISTED) broken()
  const isEncrypted = (zip.readUInt16LE(at + 8) & 1) === 1
  const method = zip.readUInt16LE(at + 10)
  if (isEncrypted || (method !== 0 && method !== 8)) broken()
  const nameBytes = zip.readUInt16LE(at + 28)
  const next = at + listedBytes + nameBytes + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  const listed = {
    name: zip.toString('utf8', at + listedBytes, at + listedBytes + nameBytes),
    method,
    packed: zip.readUInt32LE(at + 20),
    unpacked: zip.readUInt32LE(at + 24),
    at: zip.readUInt32LE(at + 42),
  }
  return { listed, next }
}

function checkSizes(listed: readonly Listed[], end: number, { unpackedBytes, ratio }: ZipLimits): void {
  const unpacked = listed.reduce((sum, one) => sum + one.unpacked, 0)
  if (unpacked > unpackedBytes) broken()
  if (listed.some((one) => one.unpacked > harmlessBytes && one.unpacked > one.packed * ratio)) broken()
  let free = 0
  for (const { at, packed } of listed.toSorted((a, b) => a.at - b.at)) {
    if (at < free || at + localBytes + packed > end) broken()
    free = at + localBytes + packed
  }
}

/** What is unpacked is never more than was said. */
function unpack(zip: Buffer, { at, method, packed, unpacked }: Listed): Buffer {
  if (zip.readUInt32LE(at) !== LOCAL) broken()
  const from = at + localBytes + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28)
  const data = zip.subarray(from, from + packed)
  if (data.length !== packed) broken()
  if (method === 0) return packed === unpacked ? data : broken()
  try {
    const bytes = inflateRawSync(data, { maxOutputLength: Math.max(1, unpacked) })
    return bytes.length === unpacked ? bytes : broken()
  } catch (cause) {
    return broken(cause)
  }
}
