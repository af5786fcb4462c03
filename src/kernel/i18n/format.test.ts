import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatsIn } from './format.ts'
import { languages } from './languages.ts'

test('sentences stand after one another with a space, in Chinese without; what is not said leaves no gap', () => {
  assert.equal(formatsIn('en').sentences('It worked.', false, 'It was cheap.'), 'It worked. It was cheap.')
  assert.equal(formatsIn('zh').sentences('有效果。', '成本低。'), '有效果。成本低。')
  assert.equal(formatsIn('ar').sentences('نجح.', false), 'نجح.')
})

test('a tag that names no one language is told as that, and not as the root of all', () => {
  assert.equal(formatsIn('en').languageName('und'), 'language not stated')
  assert.equal(formatsIn('fr').languageName('und'), 'langue non indiquée')
  assert.equal(formatsIn('ru').languageName('mul'), 'несколько языков')
  for (const language of languages)
    for (const tag of ['und', 'mul', 'mis', 'zxx'])
      assert.doesNotMatch(formatsIn(language).languageName(tag), /root|^(und|mul|mis|zxx)$/i)
})

test('a number below zero has a minus, and effects beside one another have their sign and two decimals', () => {
  const told = [0.3, -0.16, 0.001, 1234.5].map(formatsIn('fr').signed)
  assert.deepEqual(told, ['+0,30', '−0,16', '0,00', '+1\u202f234,50'])
  assert.equal(formatsIn('ar').signed(-0.3).replaceAll('\u200e', ''), '−0.30')
  assert.equal(formatsIn('en').decimal(-2.5), '−2.5')
  assert.equal(formatsIn('es').percent(-0.12), '−12\u00a0%')
})
