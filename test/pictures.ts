/** Pictures and documents as small as they can be, made by the standards’ own rules. */
import { crc32, deflateSync } from 'node:zlib'
import { writeZip } from '#codecs/zip/write-zip.ts'

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, check])
}

/** One colour; `text` is what a program wrote into it. */
export function png(width: number, height: number, { colour = 120, text = '' } = {}): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 0, 0, 0, 0], 8)
  const lines = Buffer.alloc((width + 1) * height, colour)
  for (let line = 0; line < height; line++) lines[line * (width + 1)] = 0
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    ...(text ? [chunk('tEXt', Buffer.from(`Comment\0${text}`, 'latin1'))] : []),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const segment = (marker: number, data: Buffer): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(data.length + 2, 2)
  return Buffer.concat([head, data])
}

/** As a telephone makes it: turned, with the place where it was taken. Its picture is not one that could be shown. */
export function jpeg({ turn = 6, place = 'GPS 36.0671 N' } = {}): Buffer {
  const entry = Buffer.from([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, turn, 0, 0])
  const tiff = Buffer.concat([Buffer.from('MM\0*\0\0\0\x08\0\x01', 'latin1'), entry, Buffer.alloc(4)])
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1')),
    segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.from(place)])),
    segment(0xfe, Buffer.from('Amina’s phone')),
    segment(0xc0, Buffer.from([8, 0, 40, 0, 60, 1, 1, 0x11, 0])),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([0x12, 0x34, 0xff, 0xd9]),
    Buffer.from('and what was hidden behind its end'),
  ])
}

export const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')

const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
export const docx = ({ macros = false } = {}): Buffer =>
  writeZip([
    { name: '[Content_Types].xml', content: `<Types><Override ContentType="${word}.main+xml"/></Types>` },
    { name: 'word/document.xml', content: '<document/>' },
    ...(macros ? [{ name: 'word/vbaProject.bin', content: 'Sub AutoOpen()' }] : []),
  ])

export const odt = (): Buffer =>
  writeZip([
    { name: 'mimetype', content: 'application/vnd.oasis.opendocument.text' },
    { name: 'content.xml', content: '<office:document-content/>' },
  ])
