import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { nameOf, ownIdIn } from './names.ts'

const same = (name: string, ...others: string[]) => {
  for (const other of others) assert.equal(nameOf(other), nameOf(name), other)
  assert.notEqual(nameOf(name), null)
}

test('a DOI is the same however it is written', () =>
  same(
    '10.1000/ABC.1',
    '10.1000/abc.1',
    'doi:10.1000/abc.1',
    'https://doi.org/10.1000/abc.1',
    'http://dx.doi.org/10.1000/ABC.1',
    'doi.org/10.1000/abc.1',
    '(10.1000/abc.1).',
  ))

test('an ISBN is the same with and without hyphens, in ten digits and in thirteen', () => {
  same(
    '978-0-306-40615-7',
    '9780306406157',
    'ISBN 978 0 306 40615 7',
    '0-306-40615-2',
    'isbn:0306406152',
    'urn:isbn:9780306406157',
  )
  assert.notEqual(nameOf('9780306406158'), nameOf('9780306406157'))
  assert.doesNotMatch(nameOf('9780306406158')!, /^isbn:/)
  same('080442957X', '080442957x', '9780804429573')
})

test('a ROR identifier is the same alone and as an address', () =>
  same('https://ror.org/04h4z8k05', '04h4z8k05', 'ror.org/04H4Z8K05', 'ROR 04h4z8k05'))

test('an address is the same without its scheme’s letters, www, and the slash at its end', () =>
  same('https://www.example.org/a/', 'http://example.org/a', 'EXAMPLE.org/a', 'www.example.org/a/?utm_source=x'))

test('what stands after the sign # tells one address from another', () => {
  assert.notEqual(nameOf('https://example.org/list#one'), nameOf('https://example.org/list#two'))
  assert.notEqual(nameOf('https://example.org/?id=1'), nameOf('https://example.org/?id=2'))
})

test('words are no names', () => {
  for (const text of ['teacher', 'teacher training 2015', '', 'ab', 'C++']) assert.equal(nameOf(text), null, text)
})

test('an identifier of this node is known alone and in its address', () => {
  assert.equal(ownIdIn(' 0123456789abcdef '), '0123456789abcdef')
  assert.equal(ownIdIn('https://node.example/fr/records/0123456789abcdef'), '0123456789abcdef')
  assert.equal(ownIdIn('https://node.example/records/0123456789abcdef.json'), '0123456789abcdef')
  assert.equal(ownIdIn('digital literacy'), null)
})

test('every ISBN-10 and its ISBN-13 are one', () => {
  const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 9, maxLength: 9 })
  fc.assert(
    fc.property(digits, (nine) => {
      const ten = (11 - (nine.reduce((sum, digit, i) => sum + digit * (10 - i), 0) % 11)) % 11
      const twelve = [9, 7, 8, ...nine]
      const thirteen = (10 - (twelve.reduce((sum, digit, i) => sum + digit * (i % 2 ? 3 : 1), 0) % 10)) % 10
      assert.equal(nameOf(`${nine.join('')}${ten === 10 ? 'X' : ten}`), `isbn:${twelve.join('')}${thirteen}`)
    }),
  )
})

test('no text breaks it', () => {
  fc.assert(fc.property(fc.string({ maxLength: 600, unit: 'binary' }), (text) => void [nameOf(text), ownIdIn(text)]))
})
