/** Pictures without what cameras and programs write into them: where they were taken, when, with what, by whom. */

/**
 * A picture with its pixels untouched. Of a JPEG only which side is up stays; undefined where it is so damaged that its
 * parts cannot be told apart.
 */
export function withoutTraces(bytes: Buffer, mediaType: string): Buffer | undefined {
  if (mediaType === 'image/jpeg') return plainJpeg(bytes)
  if (mediaType === 'image/png') return plainPng(bytes)
  if (mediaType === 'image/webp') return plainWebp(bytes)
  return bytes
}

const SOS = 0xda
const EOI = 0xd9
const APP1 = 0xe1
/** Application data but JFIF (APP0), colour profiles (APP2) and Adobe’s colour transform (APP14), and comments. */
const isTrace = (marker: number) =>
  (marker >= 0xe0 && marker <= 0xef && ![0xe0, 0xe2, 0xee].includes(marker)) || marker === 0xfe

/** ITU-T T.81 §B.1.1.4: each segment says how long it is; from the first scan on, all is picture. */
function plainJpeg(bytes: Buffer): Buffer | undefined {
  const kept = [bytes.subarray(0, 2)]
  let turn = 1
  let at = 2
  for (;;) {
    if (at + 4 > bytes.length || bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1]!
    if (marker === SOS) break
    // Any number of these may stand before a marker.
    if (marker === 0xff) {
      at++
      continue
    }
    const end = at + 2 + bytes.readUInt16BE(at + 2)
    if (end > bytes.length || end < at + 4) return undefined
    if (!isTrace(marker)) kept.push(bytes.subarray(at, end))
    else if (marker === APP1) turn = turnIn(bytes.subarray(at + 4, end)) ?? turn
    at = end
  }
  const upright = turn > 1 ? [turned(turn)] : []
  // What stands behind the end of the picture is no picture, or another one with traces of its own.
  const end = endOfPicture(bytes, at)
  return end === undefined
    ? undefined
    : Buffer.concat([kept[0]!, ...upright, ...kept.slice(1), bytes.subarray(at, end)])
}

/**
 * Behind the first end marker (ITU-T T.81 §B.1.1.3) from this scan on. Within a scan 0xff stands only before 0x00 and the
 * marks that restart it; what stands between scans says how long it is.
 */
function endOfPicture(bytes: Buffer, scan: number): number | undefined {
  for (let at = scan; at + 1 < bytes.length;) {
    const marker = bytes[at + 1]!
    if (bytes[at] !== 0xff || marker === 0xff) at++
    else if (marker === EOI) return at + 2
    else if (marker === 0 || (marker >= 0xd0 && marker <= 0xd7)) at += 2
    else at = at + 4 > bytes.length ? bytes.length : at + 2 + bytes.readUInt16BE(at + 2)
  }
  return undefined
}

/** The tag Orientation (Exif 3.0 §4.6.5), 1 to 8. */
function turnIn(app1: Buffer): number | undefined {
  if (app1.toString('latin1', 0, 6) !== 'Exif\0\0' || app1.length < 16) return undefined
  const tiff = app1.subarray(6)
  const isLittle = tiff[0] === 0x49
  const two = (at: number) => (at + 2 <= tiff.length ? (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at)) : 0)
  const first = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  for (let entry = 0; entry < Math.min(two(first), 200); entry++) {
    const at = first + 2 + entry * 12
    const value = two(at + 8)
    if (two(at) === 0x0112) return value >= 1 && value <= 8 ? value : undefined
  }
  return undefined
}

const turned = (turn: number): Buffer =>
  Buffer.concat([
    Buffer.from([0xff, APP1, 0, 34]),
    Buffer.from('Exif\0\0MM\0*\0\0\0\x08', 'latin1'),
    Buffer.from([0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turn, 0, 0, 0, 0, 0, 0]),
  ])

const pngTraces = new Set(['eXIf', 'tEXt', 'zTXt', 'iTXt', 'tIME'])

/** PNG 3 §5.3: length, type, data, check. */
function plainPng(bytes: Buffer): Buffer | undefined {
  const kept = [bytes.subarray(0, 8)]
  for (let at = 8; ;) {
    if (at + 12 > bytes.length) return undefined
    const type = bytes.toString('latin1', at + 4, at + 8)
    const end = at + 12 + bytes.readUInt32BE(at)
    if (end > bytes.length) return undefined
    if (!pngTraces.has(type)) kept.push(bytes.subarray(at, end))
    if (type === 'IEND') return Buffer.concat(kept)
    at = end
  }
}

const webpTraces = new Set(['EXIF', 'XMP '])
const saysTraces = 0b0000_1100

/** RFC 9649 §2.3: chunks of even length; the first says which others there are. */
function plainWebp(bytes: Buffer): Buffer | undefined {
  const kept: Buffer[] = []
  const whole = Math.min(bytes.length, 8 + bytes.readUInt32LE(4))
  for (let at = 12; at + 8 <= whole;) {
    const type = bytes.toString('latin1', at, at + 4)
    const size = bytes.readUInt32LE(at + 4)
    const end = at + 8 + size + (size % 2)
    if (at + 8 + size > whole) return undefined
    const chunk = Buffer.from(bytes.subarray(at, Math.min(end, whole)))
    if (type === 'VP8X') chunk.writeUInt8(chunk.readUInt8(8) & ~saysTraces, 8)
    if (!webpTraces.has(type)) kept.push(chunk)
    at = end
  }
  const chunks = Buffer.concat(kept)
  const head = Buffer.from(bytes.subarray(0, 12))
  head.writeUInt32LE(chunks.length + 4, 4)
  return Buffer.concat([head, chunks])
}
