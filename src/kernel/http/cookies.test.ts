import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cookieIn, cookieName, setCookie } from './cookies.ts'

test('over TLS a cookie is bound to this host, read by no script, and sent along by no form of another site', () => {
  assert.equal(
    setCookie('session', 'x', 60, true),
    '__Host-session=x; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure',
  )
  assert.doesNotMatch(setCookie('session', 'x', 60, false), /Secure|__Host-/)
})

test('a cookie that is there twice is none, whatever stands around it', () => {
  fc.assert(
    fc.property(fc.string(), fc.string({ maxLength: 50 }), (noise, value) => {
      fc.pre(!/[;=]/.test(noise) && !value.includes(';'))
      const name = cookieName('session', true)
      assert.equal(cookieIn(`${noise}; ${name}=${value}`, name), value.trim())
      assert.equal(cookieIn(`${name}=${value}; ${noise}; ${name}=other`, name), undefined)
    }),
  )
})
