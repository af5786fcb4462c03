/** ZIP (APPNOTE 6.3), written: names and contents in their order. */
import { crc32, deflateRawSync } from 'node:zlib'

const utf8Names = 0x0800
const stored = 0
const deflated = 8
/** The first of January 1980: the same contents make the same bytes. */
const noTime = 0x0021_0000

export function writeZip(
  files: readonly { name: string; content: string | Uint8Array }[],
  { packs = true } = {},
): Buffer {
  const parts: Buffer[] = []
  const list: Buffer[] = []
  let at = 0
  for (const { name, content } of files) {
    const bytes = Buffer.from(content as string)
    const packed = packs ? deflateRawSync(bytes) : bytes
    const title = Buffer.from(name)
    const shared = Buffer.alloc(26)
    shared.writeUInt16LE(20, 0)
    shared.writeUInt16LE(utf8Names, 2)
    shared.writeUInt16LE(packs ? deflated : stored, 4)
    shared.writeUInt32LE(noTime, 6)
    shared.writeUInt32LE(crc32(bytes), 10)
    shared.writeUInt32LE(packed.length, 14)
    shared.writeUInt32LE(bytes.length, 18)
    shared.writeUInt16LE(title.length, 22)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(at, 10)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, title, packed])
    list.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), shared, rest, title]))
    parts.push(local)
    at += local.length
  }
  const directory = Buffer.concat(list)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, directory, end])
}
