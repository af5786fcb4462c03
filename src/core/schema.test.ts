import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Type } from 'typebox'
import { Problem } from './problem.ts'
import { fit, misfitsOf } from './schema.ts'

const Question = Type.Object({
  limit: Type.Integer({ minimum: 1, default: 20 }),
  exact: Type.Boolean({ default: false }),
  countries: Type.Optional(Type.Array(Type.String())),
  within: Type.Optional(Type.Object({ depth: Type.Integer({ default: 3 }) })),
})

test('what comes as text is read as the schema says, and what was given stays as it was', () => {
  const given = { limit: '5', countries: 'KE', within: { depth: '2' } }
  const before = structuredClone(given)
  assert.deepEqual(fit(Question, given, 'fromText'), {
    limit: 5,
    exact: false,
    countries: ['KE'],
    within: { depth: 2 },
  })
  assert.deepEqual(given, before)
})

test('what is usual is filled in at each depth, and not in what was given, which may be frozen', () => {
  const given = Object.freeze({ within: Object.freeze({}) })
  assert.deepEqual(fit(Question, given), { limit: 20, exact: false, within: { depth: 3 } })
  assert.deepEqual(given, { within: {} })
})

test('looking for misfits changes nothing either', () => {
  const given = { limit: 'many' }
  assert.deepEqual(
    misfitsOf(Question, given, 'fromText').map(({ place }) => place),
    ['limit'],
  )
  assert.deepEqual(given, { limit: 'many' })
})

test('a schema that fills nothing in hands on the very value, so that large answers are not copied', () => {
  const Plain = Type.Object({ rows: Type.Array(Type.Integer()) })
  const given = { rows: [1, 2, 3] }
  assert.equal(fit(Plain, given), given)
})

test('a name that reaches for the prototype is a name like any other', () => {
  const given = JSON.parse('{"limit": 2, "__proto__": {"exact": true}}') as unknown
  const Closed = Type.Object(Question.properties, { additionalProperties: false })
  assert.throws(
    () => fit(Closed, given),
    (error) => error instanceof Problem && error.code === 'invalid',
  )
  assert.equal(({} as { exact?: boolean }).exact, undefined)
})
