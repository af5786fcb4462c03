import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { Problem } from '#kernel/problem.ts'
import { readStory } from './read-story.ts'

test('a story has a title, pages and a tail', () => {
  assert.deepEqual(
    readStory(
      '# Cow\n\n##\nA cow.\nIt eats.\n\n##\n&ldquo;Moo&rdquo;\n\n##\n* License: [CC-BY]\n* Text: A, B\n* Illustration: \n* Language: en\n',
    ),
    {
      title: 'Cow',
      pages: ['A cow.\nIt eats.', '“Moo”'],
      fields: [
        ['License', '[CC-BY]'],
        ['Text', 'A, B'],
        ['Language', 'en'],
      ],
    },
  )
})

test('a story without a title or a licence is refused', () => {
  const rule = (text: string) => {
    try {
      readStory(text)
    } catch (error) {
      if (error instanceof Problem) return error.values['rule'] ?? error.code
      throw error
    }
    return 'none'
  }
  assert.equal(rule('##\n* License: x'), 'title')
  assert.equal(rule('# Title\n##\nText'), 'licence')
  assert.equal(rule('# Title\n##\n* License: '), 'licence')
  assert.equal(rule('a'.repeat(2_000_000)), 'tooLarge')
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('# ', '##', '\n', '* License: x', 'a', '&#x110000;', '\\')),
      (parts) => void rule(parts.join('')),
    ),
  )
})

test('line ends of any system end a line, and every story that is read names its licence', () => {
  assert.deepEqual(readStory('# Cow\r\n##\rMoo\r\n##\n* License: [CC-BY]\r!\r\n* Text: A').fields, [
    ['License', '[CC-BY]'],
    ['Text', 'A'],
  ])
  const pieces = fc.constantFrom('# T', '\n', '\r', '\r\n', '\u2028', '##', '\n##\n', '* License: x', '* Text: y', '!')
  let read = 0
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      const text = `# T\n##\n${parts.join('')}\n* License: x`
      try {
        assert.ok(
          readStory(text).fields.some(([name]) => name === 'License'),
          JSON.stringify(text),
        )
        read++
      } catch (error) {
        if (!(error instanceof Problem)) throw error
      }
    }),
  )
  assert.ok(read > 10)
})
