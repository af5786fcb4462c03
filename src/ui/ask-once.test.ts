/** Pages that many open ask the same: it is asked once, for all of them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Type } from 'typebox'
import { operation } from '#kernel/operation.ts'
import { askingOnce } from './ask-once.ts'
import type { PageContext } from './page-context.ts'

const count = operation({
  name: 'test.count',
  summary: 'Counts',
  http: 'GET /test/count',
  input: Type.Object({ of: Type.String() }),
  output: Type.Object({ total: Type.Integer() }),
  allow: () => true,
  run: () => Promise.resolve({ total: 0 }),
})

/** Answers one after another, and what was asked. */
function asked(...answers: (object | Error)[]) {
  const questions: unknown[] = []
  const ask = ((_operation: unknown, raw: unknown) => {
    const answer = answers[questions.push(raw) - 1]!
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
  }) as PageContext['ask']
  return { ...askingOnce(ask), questions }
}

test('two who ask the same at once are given the answer to one question', async () => {
  const { askOnce, questions } = asked({ total: 3 }, { total: 4 })
  const [one, other] = await Promise.all([askOnce(count, { of: 'lessons' }), askOnce(count, { of: 'lessons' })])
  assert.deepEqual([one, other], [{ total: 3 }, { total: 3 }])
  assert.deepEqual(questions, [{ of: 'lessons' }])
  assert.deepEqual(await askOnce(count, { of: 'lessons' }), { total: 3 }, 'and so is who comes later')
  assert.deepEqual(await askOnce(count, { of: 'practices' }), { total: 4 }, 'another question is another one')
})

test('an error reaches all who asked, and the next asks anew', async () => {
  const { askOnce, questions } = asked(new Error('the database is busy'), { total: 3 })
  const both = await Promise.allSettled([askOnce(count, { of: 'lessons' }), askOnce(count, { of: 'lessons' })])
  assert.deepEqual(
    both.map(({ status }) => status),
    ['rejected', 'rejected'],
  )
  assert.deepEqual(await askOnce(count, { of: 'lessons' }), { total: 3 })
  assert.equal(questions.length, 2)
})

test('what is said while search is made anew, and what was said before a change, is not said again', async () => {
  const { askOnce, forget } = asked({ total: 1, rebuilding: { done: 1, of: 2 } }, { total: 3 }, { total: 4 })
  assert.equal((await askOnce(count, { of: 'lessons' })).total, 1)
  assert.equal((await askOnce(count, { of: 'lessons' })).total, 3)
  forget()
  assert.equal((await askOnce(count, { of: 'lessons' })).total, 4)
})
