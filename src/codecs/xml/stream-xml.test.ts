import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { Problem } from '#kernel/problem.ts'
import { decodePieces } from './decode-pieces.ts'
import { readXml } from './read-xml.ts'
import { streamXml, usualStreamLimits, type Streamed } from './stream-xml.ts'

async function* inPieces(bytes: Uint8Array, size = 7) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
async function read(xml: string | Uint8Array, limits = usualStreamLimits): Promise<Streamed[]> {
  const bytes = typeof xml === 'string' ? Buffer.from(xml) : xml
  const parts: Streamed[] = []
  for await (const part of streamXml(decodePieces(inPieces(bytes), 'it'), limits)) parts.push(part)
  return parts
}
const problemOf = async (xml: string | Uint8Array, limits = usualStreamLimits) => {
  try {
    await read(xml, limits)
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
  return 'none'
}

test('the root comes first, then each child whole, with the line that it stands on', async () => {
  const parts = await read(
    '<?xml version="1.0"?>\n<r v="1">\n<a x="1">one <b>&amp;</b></a>\n<!-- no -->\n<c><![CDATA[<two>]]></c></r>',
  )
  assert.deepEqual(parts[0], { root: { name: 'r', attributes: { v: '1' }, children: [], text: '' } })
  assert.deepEqual(
    parts.slice(1).map((part) => 'child' in part && [part.child.name, part.line]),
    [
      ['a', 3],
      ['c', 5],
    ],
  )
  const [, a] = parts
  assert.deepEqual('child' in a! && a.child, readXml('<a x="1">one <b>&amp;</b></a>'))
})

test('broken and hostile files are refused: entities, depth, size, what is cut off, and bytes of another encoding', async () => {
  assert.equal(await problemOf('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'), 'doctypeRefused')
  assert.equal(await problemOf(`<r>${'<a>'.repeat(80)}${'</a>'.repeat(80)}</r>`), 'tooDeep')
  assert.equal(await problemOf('<r><a>one</a><a>tw'), 'malformedXml')
  assert.equal(await problemOf('<r>&nobody;</r>'), 'malformedXml')
  assert.equal(await problemOf(''), 'malformedXml')
  const small = { token: 100, child: 300, depth: 64 }
  assert.equal(await problemOf(`<r><a>${'x'.repeat(1_000)}</a></r>`, small), 'tooLarge')
  assert.equal(await problemOf(`<r><a b="${'x'.repeat(1_000)}"/></r>`, small), 'tooLarge')
  const long = await read(`<r><a>${'<b>some text</b>'.repeat(50)}</a><c/></r>`, small)
  assert.deepEqual(
    long.slice(1).map((part) => ('tooLarge' in part ? 'too large' : 'child' in part && part.child.name)),
    ['too large', 'c'],
  )
  assert.equal(await problemOf(Buffer.from('<r>é</r>', 'latin1')), 'wrongEncoding')
  assert.equal(await problemOf('<?xml version="1.0" encoding="klingon"?><r/>'), 'encodingUnknown')
  const latin = await read(Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><r><a>é</a></r>', 'latin1'))
  assert.equal('child' in latin[1]! && latin[1].child.text, 'é')
  const wide = await read(Buffer.from('\uFEFF<r><a>школа</a></r>', 'utf16le'))
  assert.equal('child' in wide[1]! && wide[1].child.text, 'школа')
})

test('no text whatever ends in anything but parts or a problem', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => void (await problemOf(`<r><a>${text}</a></r>`))),
    { numRuns: 60 },
  )
  await fc.assert(
    fc.asyncProperty(fc.uint8Array(), async (bytes) => void (await problemOf(bytes))),
    { numRuns: 60 },
  )
})
