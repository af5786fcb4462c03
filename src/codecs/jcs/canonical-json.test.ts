import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { canonicalJson } from './canonical-json.ts'

test('the example of the standard has the text that it prints (RFC 8785 §3.2.3)', () => {
  const value = JSON.parse(
    String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
  ) as unknown
  assert.equal(
    canonicalJson(value),
    String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
  )
})

test('names stand in the order of their code units, those that are numbers and those that objects keep apart too', () => {
  const text = '{"2":1,"10":2,"":3,"-1":4,"__proto__":5,"\u{1F600}":6,"\uFB33":7,"a":{"9":[],"1a":null}}'
  assert.equal(
    canonicalJson(JSON.parse(text)),
    '{"":3,"-1":4,"10":2,"2":1,"__proto__":5,"a":{"1a":null,"9":[]},"\u{1F600}":6,"\uFB33":7}',
  )
})

/** The rules of the standard, one by one. */
function byTheRules(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(byTheRules).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${byTheRules(member)}`).join(',')}}`
}

test('any JSON has the text that the rules give it, which reads as the same value', () => {
  const names = fc.oneof(fc.string(), fc.nat().map(String), fc.constantFrom('__proto__', '0', '-0', '1e3', 'toJSON'))
  const json = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.jsonValue(),
      fc.array(tie('value'), { maxLength: 4 }),
      fc
        .array(fc.tuple(names, tie('value')), { maxLength: 5 })
        .map((members) => JSON.parse(`{${members.map(([a, b]) => `${JSON.stringify(a)}:${JSON.stringify(b)}`)}}`)),
    ),
  })).value
  fc.assert(
    fc.property(json, (value) => {
      const text = canonicalJson(value)
      assert.equal(text, byTheRules(value))
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)))
    }),
  )
})
