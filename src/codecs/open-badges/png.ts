/** Credentials baked into PNG pictures (Open Badges 3.0 §5.3.1, 2.0 “Baking”): an `iTXt` chunk with a name of its own. */
import { crc32, deflateSync, inflateSync } from 'node:zlib'

const signature = Buffer.from('89504e470d0a1a0a', 'hex')
export const isPng = (bytes: Uint8Array): boolean => Buffer.compare(bytes.subarray(0, 8), signature) === 0

/** The keyword of version 3.0, and that of 1.0 and 2.0. */
const keywords = ['openbadgecredential', 'openbadges'] as const
const longestText = 2 * 1024 * 1024
const mostChunks = 10_000

type Chunk = { type: string; data: Buffer; whole: Buffer }

/** Undefined where its parts cannot be told apart. */
function chunksOf(bytes: Uint8Array): Chunk[] | undefined {
  if (!isPng(bytes)) return undefined
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const chunks: Chunk[] = []
  for (let at = 8; at < file.length && chunks.length < mostChunks;) {
    if (at + 12 > file.length) return undefined
    const end = at + 12 + file.readUInt32BE(at)
    if (end > file.length) return undefined
    const type = file.toString('latin1', at + 4, at + 8)
    chunks.push({ type, data: file.subarray(at + 8, end - 4), whole: file.subarray(at, end) })
    if (type === 'IEND') return chunks
    at = end
  }
  return undefined
}

/** What is baked into a picture; `'several'` where it is more than one, so that nobody is shown another than was checked. */
export function readPng(bytes: Uint8Array): string | 'several' | undefined {
  const texts = (chunksOf(bytes) ?? []).flatMap(({ type, data }) => bakedIn(type, data) ?? [])
  return texts.length > 1 ? 'several' : texts[0]
}

/** PNG (ISO/IEC 15948) §11.3.4: `iTXt` with or without compression, and `tEXt`, which version 1.0 allowed. */
function bakedIn(type: string, data: Buffer): string | undefined {
  if (type !== 'iTXt' && type !== 'tEXt') return undefined
  const end = data.indexOf(0)
  const keyword = data.toString('latin1', 0, Math.max(0, end))
  if (!keywords.some((one) => one === keyword)) return undefined
  if (type === 'tEXt') return data.toString('latin1', end + 1).slice(0, longestText)
  const [isPacked, method] = [data[end + 1], data[end + 2]]
  const language = data.indexOf(0, end + 3)
  const translated = language < 0 ? -1 : data.indexOf(0, language + 1)
  if (translated < 0) return undefined
  const text = data.subarray(translated + 1)
  if (isPacked === 0) return text.length <= longestText ? text.toString('utf8') : undefined
  if (method !== 0) return undefined
  try {
    return inflateSync(text, { maxOutputLength: longestText }).toString('utf8')
  } catch {
    return undefined
  }
}

function chunk(type: string, data: Uint8Array): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt32BE(data.length)
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([head, named, sum])
}

/** The picture with this credential and no other in it; undefined where it is no PNG. */
export function bakePng(bytes: Uint8Array, credential: string): Buffer | undefined {
  const chunks = chunksOf(bytes)
  if (!chunks) return undefined
  const baked = chunk('iTXt', Buffer.from(`${keywords[0]}\0\0\0\0\0${credential}`, 'utf8'))
  const kept = chunks.filter(({ type, data }) => bakedIn(type, data) === undefined).map(({ whole }) => whole)
  return Buffer.concat([signature, kept[0]!, baked, ...kept.slice(1)])
}

/** A picture of dark and light squares, such as a QR code, `scale` pixels each, as a PNG of one bit a pixel. */
export function pngOfSquares(rows: readonly (readonly boolean[])[], scale: number): Buffer {
  const side = rows.length * scale
  const bytesInLine = Math.ceil(side / 8)
  const lines = rows.flatMap((row) => {
    const line = Buffer.alloc(bytesInLine + 1)
    for (let x = 0; x < side; x++) if (!row[Math.floor(x / scale)]) line[1 + (x >> 3)]! |= 0x80 >> (x & 7)
    return Array.from({ length: scale }, () => line)
  })
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  // One bit a pixel, grey.
  header[8] = 1
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(lines))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
