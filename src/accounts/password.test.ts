import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import type { Services } from '#kernel/context.ts'
import type { Outbound } from '#kernel/outbound.ts'
import { Problem } from '#kernel/problem.ts'
import { breachedAt, isAnswering } from './breached-passwords.ts'
import { hashPassword, isPassword, violationsOfPassword } from './password.ts'

/** A node that asks nobody. */
const alone = {
  fetch: () => Promise.reject(new Error('asked')),
  services: { site: { name: 'Qingdao', address: '' }, breachedPasswords: '' } as Services,
}
const hash = (password: string) => hashPassword(password, (size) => randomBytes(size))

test('a password is kept as Argon2id, salted, with the costs that OWASP asks for', async () => {
  const [one, other] = [await hash('seven quiet radios'), await hash('seven quiet radios')]
  assert.match(one, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  assert.notEqual(one, other)
  assert.ok(await isPassword('seven quiet radios', one))
  assert.equal(await isPassword('Seven quiet radios', one), false)
  assert.equal(await isPassword('seven quiet radios', null), false)
})

test('any characters will do, of any script, to 200 of them, each of which counts, in whatever form a keyboard gives them', async () => {
  // A text that is repeated is refused however long it is, so this one counts.
  const long200 = Array.from({ length: 50 }, (_, at) => String(((at * 7_919) % 8_999) + 1_000)).join('')
  for (const password of [
    'ключі від радіо',
    '七台安静的收音机都在唱歌呢',
    'سبعة أجهزة راديو هادئة',
    ' spaces around ',
    long200,
  ])
    assert.deepEqual(await violationsOfPassword(alone, password, []), [], password)
  assert.equal((await violationsOfPassword(alone, 'ab1 '.repeat(51), []))[0]!.rule, 'maxLength')
  const long = await hash(`${'ab1 '.repeat(49)}last`)
  assert.equal(await isPassword(`${'ab1 '.repeat(49)}lost`, long), false)
  assert.ok(await isPassword('radios \u0065\u0301teintes', await hash('radios \u00e9teintes')))
})

/** A service of stolen passwords that knows one, and what it was asked. */
function service(answer: (rest: string) => string) {
  const asked: { url: string; headers: unknown }[] = []
  const digest = createHash('sha1').update('seven quiet radios').digest('hex').toUpperCase()
  const fetch: Outbound = async (url, _limits, sent) => {
    asked.push({ url, headers: sent?.headers })
    const isIts = url.endsWith(digest.slice(0, 5))
    return { status: 200, headers: {}, url, body: Buffer.from(isIts ? answer(digest.slice(5)) : `${'0'.repeat(35)}:3`) }
  }
  const services = { ...alone.services, breachedPasswords: 'https://stolen.example/range/' }
  return {
    asked,
    digest,
    ask: (password: string) => violationsOfPassword({ fetch, services }, password, []),
    fetch,
    services,
  }
}
const rulesOf = (violations: { rule: string }[]) => violations.map(({ rule }) => rule)

test('a stolen password is refused; the service is told five letters of a digest, and no more', async () => {
  const stolen = service((rest) => `${'A'.repeat(35)}:12\r\n${rest.toLowerCase()}:7\r\n${'B'.repeat(35)}:0`)
  assert.deepEqual(rulesOf(await stolen.ask('seven quiet radios')), ['breachedPassword'])
  assert.deepEqual(rulesOf(await stolen.ask('eight quiet radios')), [])
  assert.deepEqual(stolen.asked[0], {
    url: `https://stolen.example/range/${stolen.digest.slice(0, 5)}`,
    headers: { 'add-padding': 'true' },
  })
  assert.deepEqual(rulesOf(await stolen.ask('password12')), ['commonPassword'])
  assert.equal(stolen.asked.length, 2, 'what the house knows itself is asked of nobody')
  const padded = service((rest) => `${rest}:0`)
  assert.deepEqual(rulesOf(await padded.ask('seven quiet radios')), [], 'a line of padding is no theft')
})

test('where the service is silent, the lists of the node still hold, and people can go on', async () => {
  const fetch: Outbound = () => Promise.reject(new Problem('fetchFailed', { url: '', reason: 'silent' }))
  const { services } = service(() => '')
  assert.deepEqual(await violationsOfPassword({ fetch, services }, 'seven quiet radios', []), [])
  assert.deepEqual(rulesOf(await violationsOfPassword({ fetch, services }, 'password12', [])), ['commonPassword'])
  assert.equal(await isAnswering(services.breachedPasswords, fetch), false)
  assert.equal(await isAnswering(services.breachedPasswords, service(() => '').fetch), true)
})

test('an address that no path can be put after is told at the start', () => {
  assert.equal(breachedAt(''), '')
  for (const address of ['api.example/range/', 'ftp://a/range/', 'https://api.example/range'])
    assert.throws(() => breachedAt(address), { code: 'badSetting' }, address)
})

test('the name of the node is no password either', async () => {
  assert.deepEqual(rulesOf(await violationsOfPassword(alone, 'Qingdao2026', [])), ['sitePassword'])
  assert.deepEqual(rulesOf(await violationsOfPassword(alone, 'a radio in Qingdao for all', [])), [])
})

test('long passwords that others try first are refused, and each is told why', async () => {
  const about = ['Amina Diallo', 'amina.diallo@education.sn']
  const cases = {
    ownPassword: [
      'amina.diallo@education.sn',
      'AminaDiallo',
      'amina-diallo-2026',
      'Amina123456',
      'diallo diallo',
      'Diallo!Amina!Diallo',
    ],
    sitePassword: ['qingdao-qingdao', 'Qingdao12345', 'QINGDAO qingdao', 'qingdao2026!'],
    sequencePassword: [
      'abcdefghijkl',
      'zyxwvutsrqponm',
      'qwertyuiop[]',
      'poiuytrewq',
      '1q2w3e4r5t6y',
      '1qaz2wsx3edc',
      'azertyuiopqsd',
      'йцукенгшщзх',
      'абвгдежзийкл',
      'ضصثقفغعهخحج',
      'asdfghjkl123',
      '123456789012',
    ],
    repeatedPassword: [
      'radio radio radio',
      'radio-kite-radio-kite',
      'ab1 '.repeat(40),
      'aaaaaaaaaaaa',
      '七台七台七台七台七台',
      'xyzzy xyzzy xyzzy',
    ],
  }
  for (const [rule, passwords] of Object.entries(cases))
    for (const one of passwords) assert.deepEqual(rulesOf(await violationsOfPassword(alone, one, about)), [rule], one)
  for (const one of [
    'amina likes seven radios',
    'a school in qingdao by the sea',
    'seven quiet radios',
    'tr0ub4dor&3xkcd',
    'لا أحد يعرف هذه الكلمات',
    'один журавль в руках',
  ])
    assert.deepEqual(await violationsOfPassword(alone, one, about), [], one)
})
