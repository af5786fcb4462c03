/** Another address for an account. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../test/app.ts'
import { lettersOf, password, person } from '../../test/people.ts'
import { visitor } from '../../test/visitor.ts'

const linkOf = (letter: string) => /http:\/\/[^/]+(\/[a-z]{2}\/account\/email\/[\w-]+)/.exec(letter)![1]!
const addressOf = (letter: string) => /^To: (.*)$/m.exec(letter)![1]

test('a new address is confirmed by the e-mail that went to it, and the old one is told', async () => {
  const app = await testApp()
  const amina = await person(app, 'Amina')
  await amina.open('/en/account')
  const wrong = await amina.send('/account/email', { newEmail: 'new@example.org', emailPassword: 'not this one' })
  assert.equal(wrong.status, 422)
  assert.match(wrong.body, /Current password: is not correct/)
  await amina.send('/account/email', { newEmail: 'new@example.org', emailPassword: password })
  assert.match(amina.page, /new@example\.org/)
  const letter = (await lettersOf(app)).at(-1)!
  assert.equal(addressOf(letter), 'new@example.org')

  await amina.open('/en/account')
  assert.match(amina.page, /Your current email address is[^]*amina@example\.org/, 'nothing has changed yet')
  await amina.open(linkOf(letter))
  await amina.open('/en/account')
  assert.match(amina.page, /amina@example\.org/, 'to open the link is not enough: programs that read mail do so too')
  await amina.open(linkOf(letter))
  await amina.send(linkOf(letter).slice(3))
  assert.match(amina.page, /Your email address was changed[^]*new@example\.org/)
  const told = (await lettersOf(app)).at(-1)!
  assert.equal(addressOf(told), 'amina@example.org')
  assert.match(told, /now has another email address/)
  assert.equal((await amina.open(linkOf(letter))).status, 410, 'a link works once')

  const elsewhere = visitor(app, { remote: '198.51.100.7' })
  await elsewhere.open('/en/sign-in')
  await elsewhere.send('/sign-in', { email: 'new@example.org', password })
  await elsewhere.open('/en/account')
  assert.match(elsewhere.page, /Amina/)
})

test('whether an address has an account is not told to whoever asks for it; its holder is', async () => {
  const app = await testApp()
  const amina = await person(app, 'Amina')
  const ben = await person(app, 'Ben')
  await ben.open('/en/account')
  await ben.send('/account/email', { newEmail: amina.email, emailPassword: password })
  assert.match(ben.page, /amina@example\.org/)
  const letter = (await lettersOf(app)).at(-1)!
  assert.equal(addressOf(letter), 'amina@example.org')
  assert.doesNotMatch(letter, /account\/email\//)
})

test('the link to a new address ends after two hours', async () => {
  let now = new Date('2026-01-02T00:00:00Z')
  const app = await testApp({ now: () => now })
  const amina = await person(app, 'Amina')
  await amina.open('/en/account')
  await amina.send('/account/email', { newEmail: 'new@example.org', emailPassword: password })
  const letter = (await lettersOf(app)).at(-1)!
  now = new Date('2026-01-02T02:00:01Z')
  assert.equal((await amina.open(linkOf(letter))).status, 410)
})
