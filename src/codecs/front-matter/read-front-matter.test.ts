import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { Problem } from '#kernel/problem.ts'
import { readFrontMatter, readYaml } from './read-front-matter.ts'

const code = (run: () => unknown) => {
  try {
    run()
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
  return 'none'
}

test('front matter is read, a repeated key is told and its last value holds', () => {
  const read = readFrontMatter('---\ntitle: A\ntags: [x, y]\ntags: [z]\n---\n\nBody\n')

  assert.deepEqual(read, { value: { title: 'A', tags: ['z'] }, repeatedKeys: [{ key: 'tags', line: 4 }], body: 'Body' })
})

test('alias bombs, depth, poison and broken YAML are refused', () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
    .split('')
    .map((name, n) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[n]}`).join(',')}]`)
    .join('\n')}`
  assert.equal(
    code(() => readYaml(bomb)),
    'invalid',
  )
  assert.equal(
    code(() => readYaml('['.repeat(100_000))),
    'tooDeep',
  )
  assert.equal(
    code(() => readYaml('__proto__: {admin: true}')),
    'invalid',
  )
  assert.equal(
    code(() => readYaml('a: [1')),
    'invalid',
  )
  assert.equal(
    code(() => readYaml('a: *nobody')),
    'invalid',
  )
  assert.equal(
    code(() => readFrontMatter('# no front matter')),
    'invalid',
  )
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom(
          '- ',
          'a',
          ': ',
          '[',
          ']',
          '{',
          '}',
          '&a ',
          '*a',
          '\n',
          '  ',
          '"',
          "'",
          '|',
          '? ',
          '!',
          '%',
          '<<',
        ),
      ),
      (parts) => void code(() => readYaml(parts.join(''))),
    ),
    { numRuns: 1_000 },
  )
})
