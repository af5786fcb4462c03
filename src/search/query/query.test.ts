import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { mostTerms, parseQuery, slotsIn } from './query.ts'

const sizeOf = (text: string, languages: string[] = []) => {
  const { required, excluded } = parseQuery(text, languages)
  return [...required, ...excluded].reduce((sum, { any }) => sum + slotsIn(any), 0)
}

const typed = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: fc.constantFrom(...'ab é"“”«»「」-−–\' \t\u0000\u202E\u200F教育مدкт学'), maxLength: 300 }),
)

test('whatever is typed is understood, within bounds', () => {
  fc.assert(
    fc.property(typed, fc.array(fc.string(), { maxLength: 3 }), (text, languages) => {
      const { words } = parseQuery(text, languages)
      assert.ok(words.every((word) => word.length > 0))
      assert.ok(sizeOf(text, languages) <= mostTerms)
    }),
    { numRuns: 500 },
  )
})

const hostile: Record<string, string> = {
  'a very long word': 'a'.repeat(100_000),
  'ten thousand words': Array.from({ length: 10_000 }, (_, i) => `word${i}`).join(' '),
  'nothing but quotes': '"'.repeat(100_000),
  'nothing but dashes': '-'.repeat(100_000),
  'open quotes between words': '“a '.repeat(33_000),
  'a chain of hyphens': 'a-'.repeat(50_000),
  apostrophes: "l'".repeat(50_000),
  'Chinese without an end': '教育平台'.repeat(25_000),
  'Thai without an end': 'การศึกษา'.repeat(12_000),
  'letters that unfold': 'ﷺ'.repeat(100_000),
  'marks upon marks': `e${'\u0301'.repeat(100_000)}`,
}

for (const [name, text] of Object.entries(hostile)) {
  test(`${name} makes a small query`, () => {
    const size = sizeOf(
      text,
      Array.from({ length: 5_000 }, (_, i) => `x${i}`),
    )

    assert.ok(size <= mostTerms)
  })
}

test('words, phrases and exclusions are told apart', () => {
  const { words, required, excluded } = parseQuery('Radio "rural  schools" -games -"video games" e-learning', [])

  assert.deepEqual(words, ['radio', 'rural schools', '-games', '-video games', 'e-learning'])
  assert.equal(required.length, 3)
  assert.equal(excluded.length, 2)
})

test('a word is looked for in its forms, a quoted word as it stands', () => {
  const termsOf = (text: string) => {
    const [branch] = parseQuery(text, []).required[0]!.any
    return 'phrase' in branch! ? branch.phrase[0]!.terms.map(({ term }) => term) : []
  }

  assert.deepEqual(termsOf('teachers').slice(0, 3), ['teachers', '\u0001teacher', 'teacher'])
  assert.deepEqual(termsOf('"teachers"'), ['teachers'])
})
