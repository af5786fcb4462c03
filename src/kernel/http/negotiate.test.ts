import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { negotiateEncoding, negotiateType } from './negotiate.ts'

const offered = ['text/html', 'application/json', 'application/ld+json'] as const

test('the type wanted most is given; among equals the first offered', () => {
  assert.equal(negotiateType(undefined, offered), 'text/html')
  assert.equal(negotiateType('*/*', offered), 'text/html')
  assert.equal(negotiateType('application/json;q=0.5, text/html;q=0.4', offered), 'application/json')
  assert.equal(negotiateType('application/*', offered), 'application/json')
  assert.equal(negotiateType('text/html;q=0, */*;q=0.1', offered), 'application/json')
  assert.equal(negotiateType('image/png', offered), undefined)
})

test('an encoding that is refused is not used', () => {
  assert.equal(negotiateEncoding('gzip, br'), 'br')
  assert.equal(negotiateEncoding('br;q=0, gzip'), 'gzip')
  assert.equal(negotiateEncoding(undefined), 'identity')
})

test('any header gives one of the offered types or none', () => {
  fc.assert(
    fc.property(fc.string(), (header) => {
      const found = negotiateType(header, offered)
      assert.ok(found === undefined || offered.includes(found))
    }),
  )
})

test('a type asked for alone is found whatever stands around it', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...offered),
      fc.array(fc.constantFrom('image/png', 'x/y;q=0.9', ';;;', 'nonsense', '')),
      (wanted, around) => {
        assert.equal(negotiateType([...around, wanted].join(','), offered), wanted)
      },
    ),
  )
})
