import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatsIn } from './format.ts'

test('sentences stand after one another with a space, in Chinese without; what is not said leaves no gap', () => {
  assert.equal(formatsIn('en').sentences('It worked.', false, 'It was cheap.'), 'It worked. It was cheap.')
  assert.equal(formatsIn('zh').sentences('有效果。', '成本低。'), '有效果。成本低。')
  assert.equal(formatsIn('ar').sentences('نجح.', false), 'نجح.')
})
