/** Two-factor sign-in: a code by e-mail, for those of whom the operator requires it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { outbound } from '#kernel/outbound.ts'
import { testApp, usualNow, type TestApp } from '../../test/app.ts'
import { atTheDoor, isInside, lettersOf, linkIn, password, person } from '../../test/people.ts'
import { clientSecret, testProvider } from '../../test/provider.ts'
import { visitor } from '../../test/visitor.ts'

const codeIn = (letter: string): string => /^(\d{6})\r?$/m.exec(letter)![1]!
const lastCode = async (app: TestApp): Promise<string> => codeIn((await lettersOf(app)).at(-1)!)
/** Another code than this. */
const not = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

test('who has a role types the code of an e-mail after the password, and comes to where they were going', async () => {
  const app = await testApp({ secondStep: 'roles' })
  const { email } = await person(app, 'Chen', { roles: ['curator'] })
  const chen = await atTheDoor(app, email, '/en/queue')
  assert.match(chen.page, /Enter your security code/)
  assert.match(chen.page, /<input[^>]* name="code"[^>]* autocomplete="one-time-code"/)
  const code = await lastCode(app)
  assert.match((await lettersOf(app)).at(-1)!, /Your security code for Qingdao[^]*valid for 10 minutes/)
  await chen.send('/sign-in/code', { code: not(code) })
  assert.match(chen.page, /is not correct. Use the code in the newest email/)
  assert.doesNotMatch(chen.page, /Sign out/)
  const again = await atTheDoor(app, email, '/en/queue')
  const newer = await lastCode(app)
  await again.send('/sign-in/code', { code: ` ${newer.slice(0, 3)} ${newer.slice(3)} ` })
  assert.equal(again.at, '/en/queue', 'typed in groups it is the same')
})

test('who has no role comes in with the password alone, unless it is asked of everyone', async () => {
  const app = await testApp({ secondStep: 'roles' })
  const { email } = await person(app, 'Amina')
  assert.ok(await isInside(await atTheDoor(app, email)))

  const strict = await testApp({ secondStep: 'everyone' })
  const ben = await person(strict, 'Ben')
  const door = await atTheDoor(strict, ben.email)
  assert.match(door.page, /Enter your security code/)
  const easternDigits = [...(await lastCode(strict))].map((digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)]).join('')
  await door.send('/sign-in/code', { code: easternDigits })
  assert.ok(await isInside(door), 'the digits of an Arabic keyboard are digits')
})

test('a code is good once, for ten minutes, for the browser that asked, and not for long guessing', async () => {
  let now = usualNow
  const app = await testApp({ secondStep: 'everyone', now: () => now })
  const { email } = await person(app, 'Amina')

  const guessing = await atTheDoor(app, email)
  const code = await lastCode(app)
  for (let tries = 1; tries < 5; tries++) {
    await guessing.send('/sign-in/code', { code: not(code) })
    assert.match(guessing.page, /Enter your security code/)
  }
  await guessing.send('/sign-in/code', { code: not(code) })
  assert.match(guessing.page, /was entered incorrectly too often/)

  const [here, elsewhere] = [await atTheDoor(app, email), await atTheDoor(app, email)]
  const both = (await lettersOf(app)).slice(-2).map(codeIn)
  if (both[0] !== both[1]) {
    await elsewhere.send('/sign-in/code', { code: both[0]! })
    assert.ok(!(await isInside(elsewhere)), 'the code of another browser opens nothing')
  }
  const form = /name="step" value="([^"]+)"/.exec(here.page)![1]!
  await here.send('/sign-in/code', { code: both[0]! })
  assert.ok(await isInside(here))
  const replayed = await atTheDoor(app, email)
  await replayed.send('/sign-in/code', { step: form, code: both[0]! })
  assert.ok(!(await isInside(replayed)), 'once only')

  const late = await atTheDoor(app, email)
  now = new Date(now.getTime() + 11 * 60_000)
  await late.send('/sign-in/code', { code: await lastCode(app) })
  assert.match(late.page, /The code has expired/)
})

test('e-mails with codes have a limit, which only who knows the password can reach; what happens is written down', async () => {
  let now = usualNow
  const app = await testApp({ secondStep: 'everyone', now: () => now })
  const { email, id } = await person(app, 'Amina')
  let guessing: ReturnType<typeof visitor> | undefined
  const stranger = visitor(app)
  for (let tries = 0; tries < 5; tries++) {
    await stranger.open('/en/forgot-password')
    await stranger.send('/forgot-password', { email })
  }
  for (let asked = 0; asked < 12; asked++)
    await (await atTheDoor(app, email)).send('/sign-in/code', { code: await lastCode(app) })
  for (let asked = 0; asked < 10; asked++) assert.match((await atTheDoor(app, email)).page, /Enter your security code/)
  assert.match((await atTheDoor(app, email)).page, /Too many codes/)
  now = new Date(now.getTime() + 61 * 60_000)
  const door = await atTheDoor(app, email)
  await door.send('/sign-in/code', { code: not(await lastCode(app)) })
  await door.send('/sign-in/code', { code: await lastCode(app) })
  const { events } = await app.as('operator')('audit.list', { subject: id, limit: 3 })
  assert.deepEqual(
    events.map(({ event, detail }: any) => [event, detail]),
    [
      ['session.opened', 'password'],
      ['session.refused', 'code'],
      ['code.sent', 'password'],
    ],
  )
  for (let guesses = 0; guesses < 30; guesses++) {
    if (guesses % 4 === 0) await atTheDoor(app, email).then((next) => (guessing = next))
    await guessing!.send('/sign-in/code', { code: not(await lastCode(app)) })
    if (guesses % 8 === 7) now = new Date(now.getTime() + 61 * 60_000)
  }
  assert.match((await atTheDoor(app, email)).page, /Too many codes/, 'a million is not guessed by patience')
  now = new Date(now.getTime() + 24 * 60 * 60_000)
  assert.match((await atTheDoor(app, email)).page, /Enter your security code/)
})

test('a new password, another address and a closed account end what waits for a code', async () => {
  const app = await testApp({ secondStep: 'everyone' })
  const amina = await person(app, 'Amina')
  const operator = await person(app, 'Fatou', { roles: ['operator'] })
  const waits = async () => {
    const door = await atTheDoor(app, amina.email)
    return { door, code: await lastCode(app) }
  }
  const isOver = async ({ door, code }: Awaited<ReturnType<typeof waits>>) => {
    await door.send('/sign-in/code', { code })
    assert.match(door.page, /The code has expired/)
  }
  const first = await waits()
  await amina.open('/en/account')
  await amina.send('/account/password', { password, newPassword: 'eight quiet radios' })
  await isOver(first)
  await amina.send('/account/password', { password: 'eight quiet radios', newPassword: password })
  const second = await waits()
  await operator.open(`/en/people/${amina.id}`)
  await operator.send(`/people/${amina.id}/vouch`, { vouchPassword: password })
  await amina.open(linkIn((await lettersOf(app)).at(-1)!))
  await amina.send(amina.at, { password })
  await isOver(second)
  const third = await waits()
  await operator.open(`/en/people/${amina.id}`)
  await operator.send(`/people/${amina.id}`, { state: 'suspended', managePassword: password })
  await isOver(third)
})

test('who gets a first role signs in anew, with the code', async () => {
  const app = await testApp({ secondStep: 'roles' })
  const amina = await person(app, 'Amina')
  const operator = await person(app, 'Fatou', { roles: ['operator'] })
  await operator.open(`/en/people/${amina.id}`)
  await operator.send(`/people/${amina.id}`, { roles: ['contributor', 'curator'], managePassword: password })
  assert.ok(!(await isInside(amina)))
  assert.match((await atTheDoor(app, amina.email)).page, /Enter your security code/)
  assert.ok(await isInside(operator), 'who had one before stays in')
})

test('beginning anew at the code keeps the way back and what was typed', async () => {
  const app = await testApp({ secondStep: 'everyone' })
  const { email } = await person(app, 'Amina')
  const browser = visitor(app)
  await browser.open('/en/desk')
  const lost = await person(app, 'Ben')
  await lost.open('/en/share')
  lost.dropCookie('session')
  await lost.send('/share', { kind: 'lesson', language: 'en' })
  await lost.send('/sign-in', { email, password })
  assert.match(lost.page, /Enter your security code/)
  await lost.send('/sign-in/again')
  await lost.send('/sign-in', { email, password })
  await lost.send('/sign-in/code', { code: await lastCode(app) })
  assert.match(lost.page, /<textarea hidden name="kind">\nlesson</, 'the form is sent again')
  assert.equal((await browser.open('/en/sign-in/code')).status, 200)
  assert.equal(browser.at, '/en/sign-in')
})

test('a provider that asked for two factors itself is believed; from one that did not, the code is asked too', async () => {
  const callback = 'http://localhost:8080/sign-in/provider/callback'
  const elsewhere = await testProvider(
    {
      amina: { email: 'amina@example.org', email_verified: true, name: 'Amina', amr: ['pwd', 'otp', 'mfa'] },
      ben: { email: 'ben@example.org', email_verified: true, name: 'Ben', amr: ['pwd'] },
    },
    callback,
  )
  const provider = { issuer: elsewhere.issuer, clientId: 'qingdao', clientSecret, name: 'University' }
  const app = await testApp({ provider, secondStep: 'everyone', fetch: outbound(), now: () => new Date() })
  const comes = async (login: string) => {
    const browser = visitor(app)
    await browser.open('/en/sign-in')
    await browser.send('/sign-in/provider')
    const there = /<a class="button" href="([^"]+)"/.exec(browser.page)![1]!.replaceAll('&amp;', '&')
    await browser.open((await elsewhere.signIn(there, login)).replace('http://localhost:8080', ''))
    return browser
  }
  assert.ok(await isInside(await comes('amina')))
  const ben = await comes('ben')
  assert.match(ben.page, /Enter your security code/)
  await ben.send('/sign-in/code', { code: await lastCode(app) })
  assert.ok(await isInside(ben))
})
