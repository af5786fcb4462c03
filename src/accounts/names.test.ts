/** What strangers type reaches nobody by e-mail, and a name holds nothing but a name. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../test/app.ts'
import { lettersOf, linkIn, password, person } from '../../test/people.ts'
import { visitor } from '../../test/visitor.ts'
import { nameFrom } from './inputs.ts'

const messages = [
  'You won! Go to https://evil.example/prize',
  'Claim at evil.example',
  'Claim at EVIL.COM now',
  'See ｅｖｉｌ．ｅｘａｍｐｌｅ',
  'www.evil',
  'write to prize@evil.example',
  'Amina\nYou won a prize',
  'Amina\u2028You won a prize',
  'Amina \u202egnihtemos',
  'Very '.repeat(17),
  ' ',
]
const people = [
  'J.R.R. Tolkien',
  'Dr.Amina Diallo',
  'Ravi s/o Kumar',
  'Nguyễn Thị Minh Khai',
  'د. آمنة',
  '欧阳娜娜',
  'O’Brien-Smith',
]

test('a name that could carry a message is refused at its field, in plain words, and no e-mail goes', async () => {
  const node = await testApp()
  for (const name of messages) {
    const stranger = visitor(node)
    await stranger.open('/en/sign-up')
    const refused = await stranger.send('/sign-up', { name, email: 'victim@example.org' })
    assert.equal(refused.status, 422, JSON.stringify(name))
    assert.match(refused.body, /Your name: (must be one line|is longer than 80 characters)/, JSON.stringify(name))
  }
  assert.deepEqual(await lettersOf(node), [])
})

test('names of people are taken as they are written', async () => {
  const node = await testApp()
  for (const [at, name] of people.entries()) {
    const one = visitor(node)
    await one.open('/en/sign-up')
    const sent = await one.send('/sign-up', { name, email: `someone${at}@example.org` })
    assert.match(sent.body, /Check your email/, name)
  }
})

test('who has an account cannot give it such a name either', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  await amina.open('/en/account')
  const refused = await amina.send('/account', { name: 'Prizes at evil.example' })
  assert.equal(refused.status, 422)
  assert.match(refused.body, /must be one line, without a web or email address/)
})

test('e-mails to an address that nobody confirmed hold nothing that was typed by whoever asked for them', async () => {
  const node = await testApp()
  const stranger = visitor(node)
  await stranger.open('/en/sign-up')
  await stranger.send('/sign-up', { name: 'Send me money', email: 'victim@example.org' })
  await stranger.open('/en/sign-up')
  await stranger.send('/sign-up', { name: 'Send more money', email: 'victim@example.org' })
  await stranger.open('/en/forgot-password')
  await stranger.send('/forgot-password', { email: 'victim@example.org' })
  const account = visitor(node)
  await account.open('/en/sign-up')
  await account.send('/sign-up', { name: 'Last money', email: 'thief@example.org' })
  const own = (await lettersOf(node)).find((letter) => letter.includes('To: thief@example.org'))!
  await account.open(linkIn(own))
  await account.send(account.at, { password })
  await account.open('/en/account')
  await account.send('/account/email', { newEmail: 'victim2@example.org', emailPassword: password })
  const letters = (await lettersOf(node)).filter((letter) => /To: victim/.test(letter))
  assert.equal(letters.length, 4)
  for (const letter of letters) assert.doesNotMatch(letter, /money/)
})

test('what a provider calls somebody is cut to a name, or left for their mailbox', () => {
  assert.equal(nameFrom(' Amina Diallo ', 'amina'), 'Amina Diallo')
  assert.equal(nameFrom('x'.repeat(300), 'amina'), 'x'.repeat(80))
  assert.equal(nameFrom('Prizes at evil.example', 'amina'), 'amina')
  assert.equal(nameFrom(undefined, 'amina'), 'amina')
})
