import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Problem } from '#kernel/problem.ts'
import { readCase } from './read-case.ts'

test('a package has its document, items and associations', () => {
  const read = readCase(
    JSON.stringify({
      CFDocument: { uri: 'http://x/d', title: 'Standards', adoptionStatus: 'Draft' },
      CFItems: [
        { uri: 'http://x/i', fullStatement: 'Understand', humanCodingScheme: 'A.1', educationLevel: ['06', '07'] },
        { uri: 'http://x/empty' },
      ],
      CFAssociations: [
        {
          uri: 'http://x/a',
          associationType: 'isChildOf',
          originNodeURI: { uri: 'http://x/i' },
          destinationNodeURI: 'http://x/d',
        },
        {},
      ],
    }),
  )

  assert.deepEqual(read, {
    document: { uri: 'http://x/d', title: 'Standards', adoptionStatus: 'Draft', subjects: [] },
    items: [{ uri: 'http://x/i', statement: 'Understand', code: 'A.1', grades: '06, 07' }],
    associations: [{ uri: 'http://x/a', type: 'isChildOf', origin: 'http://x/i', destination: 'http://x/d' }],
  })
})

test('anything else is refused', () => {
  const refuses = (text: string, code: string) =>
    assert.throws(
      () => readCase(text),
      (problem: Problem) => problem.code === code,
    )
  refuses('{}', 'invalid')
  refuses('{"CFDocument":{"__proto__":1}}', 'malformedJson')
  refuses('['.repeat(100_000), 'tooDeep')
})
