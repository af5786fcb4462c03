import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keysOf, labelReader } from './label-key.ts'
import { otherStem, withoutFleetingVowel } from './fleeting-vowels.ts'
import { wordSlot } from './query.ts'

const keyOf = (words: string) => keysOf(labelReader('ru')(words))[0]

test('a Russian noun has one key with and without the vowel that comes and goes', () => {
  for (const [one, other] of [
    ['девочки', 'девочек'],
    ['ребёнок', 'ребёнка'],
    ['интерактивная доска', 'интерактивных досок'],
    ['беженец', 'беженцев'],
    ['подросток', 'подростки'],
    ['урок', 'уроков'],
  ])
    assert.equal(keyOf(one!), keyOf(other!), one)
  assert.notEqual(keyOf('человек'), keyOf('челов'))
  assert.equal(withoutFleetingVowel('учител'), 'учител')
})

test('it is looked for by both of its stems', () => {
  assert.equal(otherStem('девочек'), 'девочк')
  assert.equal(otherStem('девочк'), 'девочек')
  assert.equal(otherStem('ошибк'), 'ошибок')
  assert.equal(otherStem('школ'), undefined)
  const found = (word: string, bases: string[]) => wordSlot(word, bases, 0)!.terms.map(({ term }) => term)
  assert.ok(found('девочек', ['ru']).some((term) => term.endsWith('девочк')))
  assert.ok(!found('girls', ['en', 'ru']).some((term) => term.endsWith('girlok')))
})
