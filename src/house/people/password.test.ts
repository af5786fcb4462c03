import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { hashPassword, isPassword, misfitsOfPassword } from './password.ts'

const hash = (password: string) => hashPassword(password, (size) => randomBytes(size))

test('a password is kept as Argon2id, salted, with the costs that OWASP asks for', async () => {
  const [one, other] = [await hash('seven quiet radios'), await hash('seven quiet radios')]
  assert.match(one, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  assert.notEqual(one, other)
  assert.ok(await isPassword('seven quiet radios', one))
  assert.equal(await isPassword('Seven quiet radios', one), false)
  assert.equal(await isPassword('seven quiet radios', null), false)
})

test('any letters will do, of any script, to 200 of them, each of which counts, in whatever form a keyboard gives them', async () => {
  for (const password of [
    'ключі від радіо',
    '七台安静的收音机都在唱歌呢',
    'سبعة أجهزة راديو هادئة',
    ' spaces around ',
    'ab1 '.repeat(50),
  ])
    assert.deepEqual(await misfitsOfPassword(password, []), [], password)
  assert.equal((await misfitsOfPassword('ab1 '.repeat(51), []))[0]!.rule, 'maxLength')
  const long = await hash(`${'ab1 '.repeat(49)}last`)
  assert.equal(await isPassword(`${'ab1 '.repeat(49)}lost`, long), false)
  assert.ok(await isPassword('radios \u0065\u0301teintes', await hash('radios \u00e9teintes')))
})
