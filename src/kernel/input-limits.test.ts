import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { checkEscapes, checkXml, checkYaml, parseJson, parseStrictJson } from './input-limits.ts'
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

test('nesting and size are bounded before anything is parsed', (t) => {
  const parsing = t.mock.method(JSON, 'parse')
  assert.equal(
    code(() => parseJson('['.repeat(200_000) + ']'.repeat(200_000))),
    'tooDeep',
  )
  assert.equal(parsing.mock.callCount(), 0)
  parseJson('[]')
  assert.equal(parsing.mock.callCount(), 1, 'JSON.parse is what parses')
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

test('JSON of a request says one thing to every reader: names once, numbers that keep their digits, UTF-8', () => {
  const refused: [string | Uint8Array, string, string][] = [
    ['{"a":1,"a":2}', 'duplicateName', '1:8'],
    ['{"a":1,"b":{"c":1,\n"c":2}}', 'duplicateName', '2:1'],
    ['{"a":1,"\\u0061":2}', 'duplicateName', '1:8'],
    ['[{"x":[]},{"x":1, "x" : 2}]', 'duplicateName', '1:19'],
    ['{"a":9007199254740993}', 'unsafeNumber', '1:6'],
    ['[-9007199254740993]', 'unsafeNumber', '1:2'],
    ['[1e999]', 'unsafeNumber', '1:2'],
    [`[${'9'.repeat(400)}]`, 'unsafeNumber', '1:2'],
    [Buffer.from([0x22, 0xff, 0x22]), 'notUtf8', ''],
    [Buffer.from([0x22, 0xc0, 0xaf, 0x22]), 'notUtf8', ''],
    [Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), 'notUtf8', ''],
    [`${'['.repeat(100)}${']'.repeat(100)}`, 'tooDeep', '1:65'],
    ['{"a":1,}', 'malformedJson', '1:8'],
  ]
  for (const [text, code, place] of refused)
    assert.throws(
      () => parseStrictJson(text),
      (error) =>
        error instanceof Problem &&
        error.code === code &&
        (place === '' || `${error.values.line}:${error.values.column}` === place),
      String(text).slice(0, 40),
    )
  const sound = '{"a":{"a":{"b":[1,-0.5,1e20,9007199254740991,"\\"a\\":","a","a"]}},"":{},"\\"":2}'
  assert.deepEqual(parseStrictJson(sound), JSON.parse(sound))
})

test('any JSON that a program writes is read as it was meant', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      const text = JSON.stringify(value)
      fc.pre(!/__proto__|"constructor"|\\u0000/.test(text) && !/\d{16}/.test(text))
      assert.deepEqual(parseStrictJson(Buffer.from(text)), JSON.parse(text))
    }),
  )
})

test('what an address or a form escapes is UTF-8, and a percent sign alone is one', () => {
  for (const text of ['q=%ff', 'q=%E9cole', 'a=1&b=%C0%AF', '%ED%A0%80'])
    assert.throws(
      () => checkEscapes(text),
      (error) => error instanceof Problem && error.code === 'notUtf8',
      text,
    )
  for (const text of ['q=%C3%A9cole', 'q=100%', 'q=%zz', 'q=école', '']) checkEscapes(text)
})
