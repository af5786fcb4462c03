/** What a file is, by its bytes alone: pictures, PDF, and the documents of ODF and OOXML without programs in them. */
import { readZip, type ZipEntry } from '../zip/read-zip.ts'
import { Problem } from '#kernel/problem.ts'

export type Sniffed = { mediaType: string; extension: string; width?: number; height?: number }

const startsWith = (bytes: Buffer, text: string, at = 0) => bytes.toString('latin1', at, at + text.length) === text

/** As many pixels take four bytes each to draw, on a small telephone too. */
export const pictureLimits = { side: 16_384, megapixels: 64 }

/** @throws Problem pictureTooLarge, by what the picture says of itself: nothing is unpacked for it. */
export function expectDrawable({ width = 0, height = 0 }: Sniffed): void {
  const { side, megapixels } = pictureLimits
  if (Math.max(width, height) > side || width * height > megapixels * 1_000_000)
    throw new Problem('pictureTooLarge', { width, height, side, megapixels })
}

/** Undefined for all that is not on the list. */
export function sniff(bytes: Buffer): Sniffed | undefined {
  const picture = pictureIn(bytes)
  if (picture) return picture.width > 0 && picture.height > 0 ? picture : undefined
  if (startsWith(bytes, '%PDF-') && bytes.subarray(-2_048).includes('%%EOF'))
    return { mediaType: 'application/pdf', extension: 'pdf' }
  if (startsWith(bytes, 'PK\x03\x04')) return documentIn(bytes)
  return undefined
}

type Picture = Required<Sniffed>

function pictureIn(bytes: Buffer): Picture | undefined {
  if (bytes.length < 30) return undefined
  if (startsWith(bytes, '\x89PNG\r\n\x1a\n'))
    return { mediaType: 'image/png', extension: 'png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
  if (startsWith(bytes, 'GIF87a') || startsWith(bytes, 'GIF89a'))
    return { mediaType: 'image/gif', extension: 'gif', width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }
  if (startsWith(bytes, 'RIFF') && startsWith(bytes, 'WEBP', 8))
    return { mediaType: 'image/webp', extension: 'webp', ...sizeOfWebp(bytes) }
  if (startsWith(bytes, '\xff\xd8\xff')) return { mediaType: 'image/jpeg', extension: 'jpg', ...sizeOfJpeg(bytes) }
  return undefined
}

const none = { width: 0, height: 0 }

/** RFC 9649 §2.5 to §2.7: lossy, lossless, extended. */
function sizeOfWebp(bytes: Buffer): { width: number; height: number } {
  if (startsWith(bytes, 'VP8X', 12)) return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 }
  if (startsWith(bytes, 'VP8L', 12)) {
    const packed = bytes.readUInt32LE(21)
    return { width: (packed & 0x3fff) + 1, height: ((packed >> 14) & 0x3fff) + 1 }
  }
  if (!startsWith(bytes, 'VP8 ', 12)) return none
  return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff }
}

/** The frame header (ITU-T T.81 §B.2.2), wherever it stands among the segments. */
function sizeOfJpeg(bytes: Buffer): { width: number; height: number } {
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff;) {
    const marker = bytes[at + 1]!
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) }
    at += 2 + bytes.readUInt16BE(at + 2)
  }
  return none
}

const documents: Record<string, string> = {
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods',
  'application/vnd.oasis.opendocument.presentation': 'odp',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
}
/** Where such documents keep programs and things of other programs. */
const program = /(^|\/)(vbaProject|vbaData|macros?|activeX|oleObject|Basic|Scripts)[^/]*(\/|\.|$)/i
const largestList = 1024 * 1024

function documentIn(bytes: Buffer): Sniffed | undefined {
  const entries = entriesOf(bytes)
  if (!entries || entries.some(({ name }) => program.test(name))) return undefined
  const mediaType = typeOfOdf(entries) ?? typeOfOoxml(entries) ?? ''
  const extension = documents[mediaType]
  return extension === undefined ? undefined : { mediaType, extension }
}

function entriesOf(bytes: Buffer): ZipEntry[] | undefined {
  try {
    return readZip(bytes)
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}

function contentOf(entries: readonly ZipEntry[], name: string): string | undefined {
  try {
    const bytes = entries.find((one) => one.name === name)?.bytes()
    return bytes && bytes.length <= largestList ? bytes.toString('utf8') : undefined
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}

/** OpenDocument 1.3 part 2 §3.3: the first file says it. */
const typeOfOdf = (entries: readonly ZipEntry[]) =>
  entries[0]?.name === 'mimetype' ? contentOf(entries, 'mimetype')?.trim() : undefined

/** ECMA-376 part 2: the type of the main part; those with macros have types of their own. */
function typeOfOoxml(entries: readonly ZipEntry[]): string | undefined {
  const types = contentOf(entries, '[Content_Types].xml')
  if (types === undefined || /macroEnabled/i.test(types)) return undefined
  return Object.keys(documents).find((type) => types.includes(`"${type}.main+xml"`))
}
