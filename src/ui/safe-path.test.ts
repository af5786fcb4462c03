import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { safePath } from './form-post.ts'

const base = 'https://qingdao.example.org'
/** Where a browser goes that is sent there, also when the language before it was taken away or put before it. */
const placesOf = (path: string) => [path, path.replace(/^\/[a-z]{2}(?=\/)/, ''), `/fr${path}`]
const staysHere = (path: string) => placesOf(path).every((one) => new URL(one, base).origin === base)

test('no address leads elsewhere by way of us', () => {
  const hostile = [
    '/.//evil.example',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '\t//evil.example',
    '/en/.//evil.example',
    '/en//evil.example',
    '/en/..//evil.example',
    '/%2e//evil.example',
    '/x/%2e%2e//evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    '/\u0000/evil.example',
    '',
    null,
    `/${'x'.repeat(3_000)}`,
  ]
  for (const path of hostile) assert.equal(safePath(path), '/', String(path))
})

test('addresses of ours are what they were', () => {
  for (const path of [
    '/',
    '/en/search?q=radio&country=KE',
    '/fr/drafts/0123456789abcdef/step',
    '/search?next=//evil.example',
    '/%2F%2Fevil.example',
  ])
    assert.equal(safePath(path), path)
})

test('whatever is asked for, one stays here', () => {
  const pieces = ['/', '//', '\\', '.', '..', '%2f', '%5c', '%2e', '\t', '\n', '\r', ' ', ':', '@', '?', '#', 'en']
  const piece = fc.constantFrom(...pieces, 'evil.example', 'https:', '\u3002', '／', 'x')
  const asked = fc.oneof(
    fc.string(),
    fc.array(piece, { maxLength: 8 }).map((some) => `/${some.join('')}`),
  )
  fc.assert(
    fc.property(asked, (path) => {
      const safe = safePath(path)
      assert.ok(staysHere(safe), `${JSON.stringify(path)} → ${JSON.stringify(safe)}`)
      assert.equal(safePath(safe), safe)
    }),
    { numRuns: 3_000 },
  )
})
