import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { checkXml, checkYaml, parseJson } from './input-limits.ts'
import { Problem } from './problem.ts'

const code = (run: () => unknown) => {
  try {
    run()
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
  return 'none'
}

test('JSON within the limits is what JSON.parse says', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 10 }), (text) => {
      const answer = code(() => parseJson(text))
      if (answer === 'none') assert.deepEqual(parseJson(text), JSON.parse(text))
      else assert.equal(answer, 'malformedJson')
    }),
  )
})

test('a broken JSON text is refused with its line and column', () => {
  assert.throws(
    () => parseJson('{\n  "a": 1,\n  "b": ]\n}'),
    (problem: Problem) =>
      problem.code === 'malformedJson' && problem.values['line'] === 3 && problem.values['column'] === 8,
  )
  assert.equal(
    code(() => parseJson('[1')),
    'malformedJson',
  )
})

test('nesting and size are bounded before anything is parsed', () => {
  const began = performance.now()
  assert.equal(
    code(() => parseJson('['.repeat(200_000) + ']'.repeat(200_000))),
    'tooDeep',
  )
  assert.ok(performance.now() - began < 100)
  assert.equal(
    code(() => parseJson('['.repeat(64) + ']'.repeat(64))),
    'none',
  )
  assert.equal(
    code(() => parseJson('['.repeat(65) + ']'.repeat(65))),
    'tooDeep',
  )
  assert.equal(
    code(() => parseJson(JSON.stringify('['.repeat(1000) + '"['))),
    'none',
  )
  assert.equal(
    code(() => parseJson('[1,2,3]', { bytes: 5 })),
    'tooLarge',
  )
})

test('keys that would reach into every object are refused, however they are spelt', () => {
  assert.equal(
    code(() => parseJson('{"a":{"__proto__":{"admin":true}}}')),
    'malformedJson',
  )
  assert.equal(
    code(() => parseJson('{"\\u005f_proto__":1}')),
    'malformedJson',
  )
  assert.equal(
    code(() => parseJson('[{"constructor":{"prototype":1}}]')),
    'malformedJson',
  )
  assert.deepEqual(parseJson('{"a":"the constructor and \\"__proto__\\""}'), { a: 'the constructor and "__proto__"' })
})

test('a document type, deep nesting and unending markup in XML are refused', () => {
  assert.equal(
    code(() => checkXml('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')),
    'doctypeRefused',
  )
  assert.equal(
    code(() => checkXml('<!doctype html><a/>')),
    'doctypeRefused',
  )
  assert.equal(
    code(() => checkXml('<a>'.repeat(100_000))),
    'tooDeep',
  )
  assert.equal(
    code(() => checkXml('<a/>'.repeat(1000))),
    'none',
  )
  assert.equal(
    code(() => checkXml('<a b=">/"><!-- <!DOCTYPE a> --><![CDATA[<!DOCTYPE]]></a>')),
    'none',
  )
  assert.equal(
    code(() => checkXml('<a b="')),
    'malformedXml',
  )
  assert.equal(
    code(() => checkXml('<a/>', { bytes: 2 })),
    'tooLarge',
  )
})

test('deep YAML is refused, by brackets, by dashes and by indentation', () => {
  assert.equal(
    code(() => checkYaml('a: ' + '['.repeat(100_000))),
    'tooDeep',
  )
  assert.equal(
    code(() => checkYaml('- '.repeat(100_000) + 'x')),
    'tooDeep',
  )
  assert.equal(
    code(() => checkYaml(Array.from({ length: 500 }, (_, n) => `${' '.repeat(n)}a:`).join('\n'))),
    'tooDeep',
  )
  assert.equal(
    code(() => checkYaml('a:\n  - b: [1, {c: 2}]\n  - d\n'.repeat(2000))),
    'none',
  )
})

test('no text makes a gate fail with anything but a problem', () => {
  const markup = fc.array(
    fc.constantFrom(
      '<',
      '>',
      '<!',
      '<!--',
      '-->',
      '<?',
      '?>',
      '"',
      "'",
      '</',
      '/>',
      '[',
      '{',
      '}',
      ':',
      '- ',
      '\n',
      'a',
      '\\',
      '\\u',
    ),
  )
  for (const gate of [parseJson, checkXml, checkYaml])
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          markup.map((parts) => parts.join('')),
        ),
        (text) => {
          code(() => gate(text))
        },
      ),
      { numRuns: 500 },
    )
})
