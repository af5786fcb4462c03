import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { Problem } from '#kernel/problem.ts'
import { mustEnd } from '../../../test/ends.ts'
import { dropDirectionalMarks, plainText } from './plain-text.ts'
import { readLinks, readRemarks } from './read-links.ts'

const list = `### Index

* [C\\#](#csharp)

### <a id="csharp"></a>C\\#

* [A [nested] title](https://example.org/a_(b)) - One, Two *(:construction: in process)* (PDF, [EPUB](https://example.org/e)) (CC BY)
[(MOBI)](https://example.org/m)
* [Empty]() - Nobody
`

test('links are read with their headings, and what follows them', () => {
  const [first, empty] = readLinks(list)

  assert.deepEqual(first!.headings, ['C#'])
  assert.equal(first!.title, 'A [nested] title')
  assert.equal(first!.address, 'https://example.org/a_(b)')
  assert.deepEqual(
    first!.further.map(({ address }) => address),
    ['https://example.org/e', 'https://example.org/m'],
  )
  assert.deepEqual(readRemarks(first!.rest), {
    who: 'One, Two',
    remarks: [':construction: in process'],
    brackets: ['PDF,', 'CC BY'],
  })
  assert.equal(empty!.address, '')
})

test('readers see text without tags, entities and marks', () => {
  assert.equal(plainText('<a id="x"></a>**C\\#** &amp; `code` [link](https://example.org)'), 'C# & code link')
  assert.equal(dropDirectionalMarks(plainText('\u202BC&rlm; نص')), 'C نص')
})

test('hostile lists end, and in nothing worse than a problem', () => {
  // If each bracket of a line were looked at from each other, these would take hours.
  mustEnd(() => readLinks(`* ${'['.repeat(15_000)}\n`.repeat(1_000)))
  mustEnd(() => readLinks(`* ${'[a]('.repeat(4_000)}\n`.repeat(1_000)))
  assert.throws(
    () => readLinks('aaaa', { bytes: 3 }),
    (problem: Problem) => problem.code === 'tooLarge',
  )
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('* ', '[', ']', '(', ')', '\\', '\n', '#', ' ', 'a', '*(')),
      (parts) => void readLinks(parts.join('')).map(({ rest }) => readRemarks(rest)),
    ),
  )
})
