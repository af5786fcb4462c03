/** What somebody meant who typed a word that nothing is found by. */
import assert from 'node:assert/strict'
import test from 'node:test'
import * as fc from 'fast-check'
import { buildSegment } from '../index/builder.ts'
import { tableOf } from '../index/facets.ts'
import { pack } from '../index/packed.ts'
import { partOf, withDeleted } from '../index/part.ts'
import type { SearchDocument } from '../contract.ts'
import { searchParts } from '../index/search.ts'
import { lexiconOf } from './lexicon.ts'
import { scriptOf } from './near-terms.ts'
import { queryOf, unitsOf } from './query.ts'
import { understand } from './understand.ts'
import {
  byLikelihood,
  farLessLikely,
  lettersAstray,
  likelihood,
  longEnoughForMore,
  mend,
  mostVariants,
  variantsOf,
  type Variant,
} from './spelling.ts'

const written = (number: number, text: string, language = 'en'): SearchDocument => ({
  number,
  title: '',
  texts: [{ text, language, weight: 'text' }],
  values: {},
  year: null,
  changedAt: number,
})
const partWith = (...texts: [text: string, language: string][]) =>
  partOf(
    1,
    pack(
      buildSegment(
        texts.map(([text, language], place) => written(place + 1, text, language)),
        tableOf([]),
      ),
    ),
  )

const library = partWith(
  ['Digital literacy for teachers', 'en'],
  ['Mathematics and technologie', 'fr'],
  ['Matemática y educación', 'es'],
  ['Образование и учитель', 'ru'],
  ['التعلم الرقمي', 'ar'],
  ['Elimu ya watoto vitabuni', 'sw'],
  ['विद्यालय', 'hi'],
)

const ways = (text: string, language: string, parts = [library]) =>
  mend(queryOf(unitsOf(text, [language])), parts).ways.map(({ kind, typed, words }) => `${kind} ${typed} → ${words}`)

const everything = { filters: {}, sort: 'relevance' as const, limit: 0, facets: [], facetLimit: 0 }

const slips: [typed: string, language: string, meant: string[]][] = [
  ['digtal litercy', 'en', ['spelling digtal → digital', 'spelling litercy → literacy']],
  ['tehnologie', 'fr', ['spelling tehnologie → technologie']],
  ['образвание', 'ru', ['spelling образвание → образование']],
  ['учитиль', 'ru', ['spelling учитиль → учитель']],
  ['elmu', 'sw', ['spelling elmu → elimu']],
  ['tecahers', 'en', ['spelling tecahers → teachers']],
  ['oteachers', 'en', ['spelling oteachers → teachers']],
]
for (const [typed, language, meant] of slips)
  test(`“${typed}” is taken for ${meant.map((way) => way.split(' ').at(-1)).join(' ')}`, () => {
    assert.deepEqual(ways(typed, language), meant)
  })

test('a correct word that no record has is not taken for another', () => {
  const many = (text: string, language: string) => Array.from({ length: 9 }, () => [text, language] as [string, string])
  const part = partWith(...many('continue interaction serious', 'en'), ...many('местность научные', 'ru'))
  for (const [text, language] of [
    ['cantine', 'fr'],
    ['честность', 'ru'],
    ['наличные', 'ru'],
  ] as const)
    assert.deepEqual(ways(text, language, [part]), [], text)
  assert.deepEqual(ways('interactoin', 'en', [part]), ['spelling interactoin → interaction'])
  assert.deepEqual(ways('intterractin', 'en', [part]), [])
  assert.deepEqual(ways('interacttiion', 'en', [part]), ['spelling interacttiion → interaction'])
})

test('a short word is not taken for its neighbours, nor any word for one that hardly any record has', () => {
  const many = (text: string, language: string) => Array.from({ length: 9 }, () => [text, language] as [string, string])
  const rare = Array.from({ length: 40_000 }, () => ['other', 'en'] as [string, string])
  const part = partWith(...many('open pie school', 'en'), ...many('Куба полюс', 'ru'))
  for (const [text, language] of [
    ['oyen', 'es'],
    ['pide', 'es'],
    ['куда', 'ru'],
    ['плюс', 'ru'],
  ] as const)
    assert.deepEqual(ways(`${text} other`, language, [part]), [], text)
  assert.deepEqual(ways('shool', 'en', [part]), ['spelling shool → school'])
  const large = partWith(...rare, ['nuwe прекращается', 'ru'])
  assert.deepEqual(ways('nube other', 'es', [large]), [])
  assert.deepEqual(ways('превращается other', 'ru', [large]), [])
})

test('a form of a word that has a meaning is no slip', () => {
  const part = partWith(...Array.from({ length: 9 }, () => ['масе', 'ru'] as [string, string]))
  const { query } = understand('сообщения маме', ['ru'], { lexicon: lexiconOf([]) })
  assert.deepEqual(
    mend(query, [part]).ways.filter(({ kind }) => kind === 'spelling'),
    [],
  )
})

test('one word alone is not widened to a name that a great part of all records have; beside others it is', () => {
  const simulations = Array.from({ length: 60 }, () => ['interactive simulation', 'en'] as [string, string])
  const part = partWith(['virtual labs', 'en'], ['physics simulation', 'en'], ...simulations)
  const found = (text: string) =>
    searchParts([part], tableOf([]), {
      ...everything,
      query: understand(text, ['en'], { lexicon: lexiconOf([]) }).query,
    }).total
  assert.equal(found('virtual labs'), 1)
  assert.equal(found('virtual labs physics'), 1)
  assert.equal(found('simulation'), 62)
})

test('what is spelled otherwise by rule alone needs no guess', () => {
  for (const [text, language] of [
    ['matematica', 'es'],
    ['التعلم الرقمى', 'ar'],
    ['Teacher', 'en'],
  ] as const)
    assert.deepEqual(ways(text, language), [])
})

test('the last word may be a beginning, and any word of a language without rules for its forms', () => {
  assert.deepEqual(ways('digital lite', 'en'), ['prefix lite → literacy'])
  assert.deepEqual(ways('lite digital', 'en'), [])
  assert.deepEqual(ways('vitabu elimu', 'sw'), ['prefix vitabu → vitabuni'])
  assert.deepEqual(ways('विद्याल', 'hi').at(-1), 'prefix विद्याल → विद्यालय')
})

test('a word that is known is left alone, however near it is to one more frequent', () => {
  const part = partWith(
    ...Array.from({ length: 300 }, () => ['school', 'en'] as [string, string]),
    ...Array.from({ length: 3 }, () => ['schools schol', 'en'] as [string, string]),
  )

  assert.deepEqual(ways('schol', 'en', [part]), [])
})

test('a word met but once is joined by one that is far more frequent, and still counts most', () => {
  const frequent = Array.from({ length: 300 }, () => ['digital', 'en'] as [string, string])
  const part = partWith(...frequent, ['digtal', 'en'])

  const { required, ways: found } = mend(queryOf(unitsOf('digtal', ['en'])), [part])

  assert.deepEqual(found, [{ kind: 'spelling', typed: 'digtal', words: 'digital' }])
  assert.equal(required[0]!.any[0]!.weight, 1)
  assert.ok(required[0]!.any[1]!.weight < 1)
})

test('a name that is known is left alone, though it be in one record; one that is not may be a slip', () => {
  const frequent = Array.from({ length: 300 }, () => ['ndiye', 'sw'] as [string, string])
  const part = partWith(...frequent, ['Ndiaye Awa', 'fr'])
  for (const name of ['Ndiaye', 'Awa Ndiaye', 'Ndiaye Awa']) assert.deepEqual(ways(name, 'en', [part]), [], name)
  assert.deepEqual(ways('ndiaye', 'en', [part]), ['spelling ndiaye → ndiye'])
  assert.deepEqual(ways('Awa Ndiaya', 'en', [part])[0], 'spelling Ndiaya → ndiaye')
})

test('what was withdrawn or replaced counts for nothing, whether or not it is still in the index', () => {
  const replaced = Array.from({ length: 300 }, () => ['digtal', 'en'] as [string, string])
  const part = partWith(['digital', 'en'], ...replaced)
  assert.deepEqual(ways('digtal', 'en', [part]), [], 'a word of many records is no slip')
  const living = withDeleted(
    part,
    replaced.map((_, at) => at + 1),
  )
  assert.deepEqual(ways('digtal', 'en', [living]), ['spelling digtal → digital'])
})

test('quoted, excluded, numeric, short and Chinese words are meant as they are', () => {
  for (const text of ['"digtal"', '-digtal', 'digital2', 'dgital1', 'lit3racy', 'te', '教肓'])
    assert.deepEqual(ways(text, 'en'), [], text)
})

/** The textbook’s distance, with neighbours changing places counted as one. */
function distanceOf(left: string, right: string): number {
  const [a, b] = [[...left], [...right]]
  const table = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (__, j) => i + j))
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const changed = table[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      let least = Math.min(changed, table[i - 1]![j]! + 1, table[i]![j - 1]! + 1)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, table[i - 2]![j - 2]! + 1)
      table[i]![j] = least
    }
  return table[a.length]![b.length]!
}

function bruteForce(word: string, frequencies: Map<string, number>, most: number): Variant[] {
  return [...frequencies].flatMap(([other, frequency]) => {
    const distance = distanceOf(word, other)
    const isSameStart = [...word][0] === [...other][0]
    const isNear = distance > 0 && distance <= (isSameStart ? most : 1)
    if (!isNear || (!isSameStart && !scriptOf(word).test(other))) return []
    return [{ word: other, frequency, price: distance + (isSameStart ? 0 : 0.5) }]
  })
}

// Letters of one, two and three bytes.
const latin = fc.array(fc.constantFrom(...'aabbcdɓꜻ'), { minLength: 1, maxLength: 11 })
const cyrillic = fc.array(fc.constantFrom(...'ааббвг'), { minLength: 1, maxLength: 11 })
const someWord = fc.oneof({ arbitrary: latin, weight: 4 }, cyrillic).map((letters) => letters.join(''))

test('the variants are those that comparing with every word would find', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(someWord, { minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 3 }),
      someWord,
      (texts, word) => {
        const parts = texts.map((words) => partWith(...words.map((one) => [one, 'und'] as [string, string])))
        const frequencies = new Map<string, number>()
        for (const one of texts.flat()) frequencies.set(one, (frequencies.get(one) ?? 0) + 1)
        const within = (most: number) => bruteForce(word, frequencies, most).sort(byLikelihood)
        const most = lettersAstray(word)
        const nearest = most === 0 ? [] : within(most)
        const all = nearest.length === 0 && most === 1 && [...word].length >= longEnoughForMore ? within(2) : nearest
        const expected = all.filter((one) => likelihood(one) > likelihood(all[0]!) - farLessLikely)

        assert.deepEqual(variantsOf(word, parts), expected.slice(0, mostVariants))
      },
    ),
    { numRuns: 400 },
  )
})
