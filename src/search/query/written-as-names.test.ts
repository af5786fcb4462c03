import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wordsAsNames } from './written-as-names.ts'

const surely = (text: string) => [...wordsAsNames(text).sure]
const likely = (text: string) => [...wordsAsNames(text).likely]

test('a word in letters that the question is not written in is a name', () => {
  assert.deepEqual(surely('обучение программированию младших школьников Scratch'), ['scratch'])
  assert.deepEqual(surely('استخدام Kolibri في المدارس'), ['kolibri'])
  assert.deepEqual(surely('初中 GeoGebra 教学'), ['geogebra'])
  assert.deepEqual(surely('обучение программированию'), [])
})

test('so is what has a capital within, and perhaps what begins with one amid small letters', () => {
  assert.deepEqual(surely('cheating with ChatGPT'), ['chatgpt'])
  assert.deepEqual(likely('coding for small children with Scratch'), ['scratch'])
  assert.deepEqual(likely('Coding With Scratch'), [], 'all is written so')
  assert.deepEqual(likely('Tablets in schools'), [], 'the first word of a sentence is')
})
