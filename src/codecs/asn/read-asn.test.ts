import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Problem } from '#kernel/problem.ts'
import { readAsn } from './read-asn.ts'

const type = (name: string) => ({
  'http://www.w3.org/1999/02/22-rdf-syntax-ns#type': [{ value: `http://purl.org/ASN/schema/core/${name}` }],
})

test('a document and its statements are read', () => {
  const { document, statements } = readAsn(
    JSON.stringify({
      'http://x/D': {
        ...type('StandardDocument'),
        'http://purl.org/dc/elements/1.1/title': [{ value: 'Science', lang: 'en-US' }],
        'http://purl.org/dc/terms/tableOfContents': [{ value: 'http://x/S' }],
      },
      'http://x/D.json': { 'http://creativecommons.org/ns#license': [{ value: 'http://l' }] },
      'http://x/S': {
        ...type('Statement'),
        'http://purl.org/dc/terms/description': [{ value: 'Know', lang: 'en-US' }, { wrong: 1 }],
        'http://purl.org/dc/terms/educationLevel': [{ value: 'http://l/K' }],
      },
    }),
  )

  assert.deepEqual(
    [document.title, document.licence, document.children],
    [{ 'en-US': 'Science' }, 'http://l', ['http://x/S']],
  )
  assert.deepEqual(statements, [
    {
      uri: 'http://x/S',
      subjects: [],
      text: { 'en-US': 'Know' },
      grades: ['K'],
      children: [],
      topics: [],
      identifiers: [],
    },
  ])
})

test('anything else is refused', () => {
  const refuses = (text: string, code: string) =>
    assert.throws(
      () => readAsn(text),
      (problem: Problem) => problem.code === code,
    )
  refuses('[]', 'invalid')
  refuses('{"a":{"b":"c"}}', 'invalid')
  refuses('{', 'malformedJson')
  refuses('['.repeat(100_000), 'tooDeep')
})
