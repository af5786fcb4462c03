import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { docx, jpeg, odt, pdf, png } from '../../../test/pictures.ts'
import { writeZip } from '../zip/write-zip.ts'
import { Problem } from '#kernel/problem.ts'
import { expectDrawable, sniff } from './sniff.ts'
import { withoutTraces } from './without-traces.ts'

test('files are known by their bytes, with the size of pictures', () => {
  assert.deepEqual(sniff(png(60, 40)), { mediaType: 'image/png', extension: 'png', width: 60, height: 40 })
  assert.deepEqual(sniff(jpeg()), { mediaType: 'image/jpeg', extension: 'jpg', width: 60, height: 40 })
  const gif = Buffer.concat([Buffer.from('GIF89a\x3c\0\x28\0', 'latin1'), Buffer.alloc(30)])
  assert.deepEqual(sniff(gif), { mediaType: 'image/gif', extension: 'gif', width: 60, height: 40 })
  assert.equal(sniff(pdf)?.extension, 'pdf')
  assert.equal(sniff(docx())?.extension, 'docx')
  assert.equal(sniff(odt())?.extension, 'odt')
})

test('what is not on the list, holds programs or is broken, is nothing', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
  const page = '<!doctype html><script>alert(1)</script>'
  for (const [what, bytes] of Object.entries({
    svg: Buffer.from(svg),
    page: Buffer.from(page),
    macros: docx({ macros: true }),
    'basic macros': writeZip([
      { name: 'mimetype', content: 'application/vnd.oasis.opendocument.text' },
      { name: 'Basic/Standard/Module1.xml', content: '' },
    ]),
    'a macro type': writeZip([
      {
        name: '[Content_Types].xml',
        content:
          'application/vnd.ms-word.document.macroEnabled.main+xml "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"',
      },
    ]),
    'any zip': writeZip([{ name: 'a.txt', content: 'a' }]),
    'half a PDF': pdf.subarray(0, 20),
    'a picture without a size': png(0, 0),
    nothing: Buffer.alloc(0),
  }))
    assert.equal(sniff(bytes), undefined, what)
})

test('a photograph loses where it was taken and by what, and stays upright; its pixels stay as they are', () => {
  const plain = withoutTraces(jpeg({ turn: 6 }), 'image/jpeg')!
  assert.doesNotMatch(plain.toString('latin1'), /GPS|phone|hidden/)
  assert.match(plain.toString('latin1'), /Exif\0\0MM/)
  assert.deepEqual(withoutTraces(plain, 'image/jpeg'), plain, 'doing it again changes nothing')
  assert.deepEqual(sniff(plain), sniff(jpeg()))
  assert.doesNotMatch(withoutTraces(jpeg({ turn: 1 }), 'image/jpeg')!.toString('latin1'), /Exif/)
  assert.deepEqual(withoutTraces(png(3, 2, { text: 'GPS' }), 'image/png'), png(3, 2))
})

test('a second picture behind the first, as telephones keep it, is left out with all its traces', () => {
  const first = jpeg({ turn: 1 })
  const both = Buffer.concat([first.subarray(0, first.lastIndexOf(Buffer.from([0xff, 0xd9])) + 2), jpeg({ turn: 3 })])
  assert.doesNotMatch(withoutTraces(both, 'image/jpeg')!.toString('latin1'), /GPS|phone/)
  const scan = Buffer.from([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 1, 0xff, 0, 0xd9, 0xff, 0xd0, 2])
  const table = Buffer.from([0xff, 0xc4, 0, 4, 0xff, 0xd9])
  const twoScans = Buffer.concat([Buffer.from([0xff, 0xd8]), scan, table, scan, Buffer.from([0xff, 0xd9])])
  assert.deepEqual(withoutTraces(twoScans, 'image/jpeg'), twoScans)
})

test('bytes changed anywhere make neither of them fail', () => {
  const given = [png(9, 9, { text: 'x' }), jpeg(), docx(), odt(), pdf]
  fc.assert(
    fc.property(fc.nat(given.length - 1), fc.nat(), fc.nat(255), fc.nat(), (which, at, byte, cut) => {
      const bytes = Buffer.from(given[which]!)
      bytes[at % bytes.length] = byte
      const some = bytes.subarray(0, cut % 3 === 0 ? at % bytes.length : bytes.length)
      const found = sniff(some)
      if (found) withoutTraces(some, found.mediaType)
    }),
    { numRuns: 3_000 },
  )
})

test('a picture of a few bytes that says to be very large is refused before it is kept, whatever its type', () => {
  const sized = (bytes: Buffer, write: (bytes: Buffer) => void) => {
    write(bytes)
    return bytes
  }
  const head = (text: string) => Buffer.concat([Buffer.from(text, 'latin1'), Buffer.alloc(40)])
  const frame = jpeg()
  const at = frame.indexOf(Buffer.from([0xff, 0xc0]))
  const large = {
    'PNG of 60,000 by 60,000': sized(
      png(3, 2),
      (one) => (one.writeUInt32BE(60_000, 16), one.writeUInt32BE(60_000, 20)),
    ),
    'PNG of 3,000,000,000': sized(png(3, 2), (one) => one.writeUInt32BE(3_000_000_000, 16)),
    'PNG of many pixels': sized(png(3, 2), (one) => (one.writeUInt32BE(9_000, 16), one.writeUInt32BE(9_000, 20))),
    JPEG: sized(frame, (one) => (one.writeUInt16BE(65_000, at + 5), one.writeUInt16BE(65_000, at + 7))),
    GIF: head('GIF89a\xff\xff\xff\xff'),
    WebP: sized(
      head('RIFF\0\0\0\0WEBPVP8X'),
      (one) => (one.writeUIntLE(0xfffffe, 24, 3), one.writeUIntLE(0xfffffe, 27, 3)),
    ),
    'lossless WebP': sized(head('RIFF\0\0\0\0WEBPVP8L'), (one) => one.writeUInt32LE(0x0fffffff, 21)),
    'lossy WebP': sized(
      head('RIFF\0\0\0\0WEBPVP8 '),
      (one) => (one.writeUInt16LE(0x3fff, 26), one.writeUInt16LE(0x3fff, 28)),
    ),
  }
  for (const [what, bytes] of Object.entries(large))
    assert.throws(
      () => expectDrawable(sniff(bytes)!),
      (error) => error instanceof Problem && error.code === 'pictureTooLarge',
      what,
    )
  expectDrawable(sniff(png(60, 40))!)
})
