/** Two-factor authentication: an authenticator app, and recovery codes. */
import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { sql } from 'kysely'
import decodeQR from 'qr/decode.js'
import { hotp, stepAt } from '#codecs/otp/index.ts'
import { testApp, usualNow, type TestApp } from '../../test/app.ts'
import { atTheDoor, fromBase32, isInside, lettersOf, linkIn, password, person, type Person } from '../../test/people.ts'
import { visitor } from '../../test/visitor.ts'

const secretOn = (page: string) => /name="secret" value="([A-Z2-7]{32})"/.exec(page)![1]!
const codesOn = (page: string) => [...page.matchAll(/<li><code>([0-9A-Z-]{29})<\/code>/g)].map(([, code]) => code!)

/** A clock that goes on when told, and a node that goes by it. */
async function appWithClock(options: Parameters<typeof testApp>[0] = {}) {
  let now = usualNow
  const node = await testApp({ ...options, now: () => now })
  return { app: node, pass: (seconds: number) => (now = new Date(now.getTime() + seconds * 1_000)), now: () => now }
}

/** Connects a program as people do: from the account page to the codes for paper. */
async function connect(somebody: Person, now: () => Date) {
  await somebody.open('/en/account')
  await somebody.send('/account/second-step', { factorPassword: password, does: 'connect' })
  const secret = fromBase32(secretOn(somebody.page))
  const code = () => hotp(secret, stepAt(now()))
  await somebody.send('/account/second-step/code', { code: code() })
  return { code, recovery: codesOn(somebody.page) }
}

/** The link of the newest e-mail, opened by somebody who reads the box. */
async function forgets(node: TestApp, email: string) {
  const browser = visitor(node)
  await browser.open('/en/forgot-password')
  await browser.send('/forgot-password', { email })
  await browser.open(linkIn((await lettersOf(node)).at(-1)!))
  return browser
}

test('a program is connected by a picture, a link or by typing, and from then on its code is asked after the password', async () => {
  const { app: node, pass, now } = await appWithClock()
  const amina = await person(node, 'Amina')
  const elsewhere = await atTheDoor(node, amina.email)
  assert.ok(await isInside(elsewhere))
  await amina.open('/en/account')
  assert.match(amina.page, /You sign in with your password only/)
  await amina.send('/account/second-step', { factorPassword: 'something else', does: 'connect' })
  assert.match(amina.page, /Current password: is not correct/)
  await amina.send('/account/second-step', { factorPassword: password, does: 'connect' })
  const secret = secretOn(amina.page)
  assert.match(
    amina.page,
    new RegExp(`href="otpauth://totp/Qingdao:amina%40example.org\\?secret=${secret}&amp;issuer=Qingdao"`),
  )
  assert.equal(scan(amina.page), `otpauth://totp/Qingdao:amina%40example.org?secret=${secret}&issuer=Qingdao`)

  await amina.send('/account/second-step/code', { code: '000000' })
  assert.match(amina.page, /is not correct\. Use the newest code/)
  const code = () => hotp(fromBase32(secret), stepAt(now()))
  await amina.send('/account/second-step/code', { code: code() })
  assert.equal(codesOn(amina.page).length, 8)
  assert.match((await lettersOf(node)).at(-1)!, /Two-step verification was set up/)
  assert.ok(!(await isInside(elsewhere)), 'who came in without it is out')
  assert.match(
    (await amina.open('/en/account')).body,
    /You have used an authenticator app since .*8 recovery codes are left/,
  )

  const door = await atTheDoor(node, amina.email)
  assert.match(door.page, /Open your authenticator app/)
  await door.send('/sign-in/code', { code: code() })
  assert.match(door.page, /is not correct/, 'the code that connected it is used up')
  pass(30)
  const used = code()
  await door.send('/sign-in/code', { code: used })
  assert.ok(await isInside(door))
  const again = await atTheDoor(node, amina.email)
  await again.send('/sign-in/code', { code: used })
  assert.ok(!(await isInside(again)), 'a code is good once')
})

/** What a camera makes of the picture. */
function scan(page: string): string {
  const [, side, path] = /class="code-picture" viewBox="0 0 (\d+) \d+"[^]*?fill="#000" d="([^"]+)"/.exec(page)!
  const scale = 4
  const width = Number(side) * scale
  const data = new Uint8Array(width * width * 4).fill(255)
  for (const [, x, y] of path!.matchAll(/M(\d+) (\d+)h1v1h-1z/g))
    for (let dy = 0; dy < scale; dy++)
      for (let dx = 0; dx < scale; dx++)
        data.fill(
          0,
          ((Number(y) * scale + dy) * width + Number(x) * scale + dx) * 4,
          ((Number(y) * scale + dy) * width + Number(x) * scale + dx) * 4 + 3,
        )
  return decodeQR({ width, height: width, data })
}

test('codes are not guessed by beginning many sign-ins before the first code', async () => {
  const { app: node, pass, now } = await appWithClock()
  const amina = await person(node, 'Amina')
  const { code } = await connect(amina, now)
  pass(60)
  const doors = await Promise.all(Array.from({ length: 10 }, () => atTheDoor(node, amina.email)))
  for (const door of doors.slice(0, 7))
    for (let tries = 0; tries < 5 && /name="code"/.test(door.page); tries++)
      await door.send('/sign-in/code', { code: '000000' })
  await doors[9]!.send('/sign-in/code', { code: code() })
  assert.match(doors[9]!.page, /too often/)
  assert.match((await atTheDoor(node, amina.email)).page, /Too many codes/)
})

test('a session that was left open for long changes nothing of the second step, even with the password', async () => {
  const { app: node, pass, now } = await appWithClock()
  const amina = await person(node, 'Amina')
  const { code } = await connect(amina, now)
  pass(16 * 60)
  for (const does of ['disconnect', 'codes']) {
    await amina.open('/en/account')
    await amina.send('/account/second-step', { factorPassword: password, does })
    assert.match(amina.page, /Sign out and in again, and do this within 15 minutes/)
  }
  await amina.open('/en/account')
  await amina.send('/account/email', { newEmail: 'new@example.org', emailPassword: password })
  assert.match(amina.page, /Sign out and in again[^]*value="new@example.org"/, 'what was typed is kept')
  const anew = await atTheDoor(node, amina.email)
  await anew.send('/sign-in/code', { code: code() })
  await anew.open('/en/account')
  await anew.send('/account/second-step', { factorPassword: password, does: 'disconnect' })
  assert.match(anew.page, /The authenticator app was removed/)
})

test('a page of codes that is asked for again, as in another language, leads to the account', async () => {
  const { app: node } = await appWithClock()
  const amina = await person(node, 'Amina')
  for (const path of ['/account/second-step', '/account/second-step/code', '/account/sessions/end']) {
    await amina.open(`/fr${path}`)
    assert.equal(amina.at, '/fr/account')
  }
})

test('a recovery code opens once where the phone is not at hand, and its owner is told', async () => {
  const { app: node, now } = await appWithClock()
  const amina = await person(node, 'Amina')
  const { recovery } = await connect(amina, now)
  const typed = recovery[0]!.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')
  const door = await atTheDoor(node, amina.email)
  await door.send('/sign-in/code', { code: typed })
  assert.ok(await isInside(door), 'as people type it')
  assert.match((await lettersOf(node)).at(-1)!, /A recovery code was used[^]*7 are left/)
  const again = await atTheDoor(node, amina.email)
  await again.send('/sign-in/code', { code: recovery[0]! })
  assert.ok(!(await isInside(again)))

  await door.open('/en/account')
  await door.send('/account/second-step', { factorPassword: password, does: 'codes' })
  assert.equal(codesOn(door.page).length, 8)
  const [newer] = codesOn(door.page)
  const third = await atTheDoor(node, amina.email)
  await third.send('/sign-in/code', { code: recovery[1]! })
  assert.ok(!(await isInside(third)), 'earlier ones are good no more')
  const last = await atTheDoor(node, amina.email)
  await last.send('/sign-in/code', { code: newer! })
  assert.ok(await isInside(last))
})

test('the letter of a forgotten password is no way around a program: its code, or one on paper, is asked too', async () => {
  const { app: node, pass, now } = await appWithClock()
  const amina = await person(node, 'Amina')
  const { code, recovery } = await connect(amina, now)
  pass(30)
  const thief = await forgets(node, amina.email)
  assert.match(thief.page, /the link in the email is not enough/)
  const used = recovery.length
  for (let tries = 0; tries < 10; tries++) {
    await thief.send(thief.at, { password: 'nine quiet radios', code: '000000' })
    assert.match(thief.page, /is not correct\. Use the newest code/)
  }
  await thief.send(thief.at, { password: 'nine quiet radios', code: code() })
  assert.match(thief.page, /was entered incorrectly too often/)
  assert.ok(!(await isInside(thief)))
  const door = await atTheDoor(node, amina.email)
  await door.send('/sign-in/code', { code: code() })
  assert.ok(await isInside(door), 'the password is as it was, and its owner is not locked out')

  pass(25 * 60 * 60)
  const owner = await forgets(node, amina.email)
  await owner.send(owner.at, { password: 'nine quiet radios', code: recovery[used - 1]! })
  assert.ok(await isInside(owner))
})

test('where the node asks for a second step by letter, the letter of a forgotten password asks for a code that came by none', async () => {
  const { app: node } = await appWithClock({ secondStep: 'roles' })
  const chen = await person(node, 'Chen', { roles: ['curator'] })
  assert.match((await chen.open('/en/account')).body, /security codes by email.*Create recovery codes: without them/s)
  const without = await forgets(node, chen.email)
  assert.match(without.page, /you cannot set a new password by email alone, and you have no recovery codes/)
  assert.doesNotMatch(without.page, /name="password"/)
  const { status } = await without.post(
    without.at,
    { password: 'nine quiet radios' },
    { 'sec-fetch-site': 'same-origin' },
  )
  assert.equal(status, 200)
  assert.ok(!(await isInside(without)), 'nor by sending what the page does not offer')

  await chen.open('/en/account')
  await chen.send('/account/second-step', { factorPassword: password, does: 'codes' })
  const [code] = codesOn(chen.page)
  const owner = await forgets(node, chen.email)
  await owner.send(owner.at, { password: 'nine quiet radios', code: code! })
  assert.ok(await isInside(owner))

  const amina = await person(node, 'Amina')
  const plain = await forgets(node, amina.email)
  await plain.send(plain.at, { password: 'nine quiet radios' })
  assert.ok(await isInside(plain), 'of whom no second step is asked, the letter is enough')
})

test('who lost everything is let in by an operator who knows them; nobody lets in themselves', async () => {
  const { app: node, now } = await appWithClock()
  const amina = await person(node, 'Amina')
  const fatou = await person(node, 'Fatou', { roles: ['operator'] })
  await connect(amina, now)
  await fatou.open(`/en/people/${amina.id}`)
  await fatou.send(`/people/${amina.id}/vouch`)
  assert.match(fatou.page, /Current password: is not correct/, 'a session that was left open vouches for nobody')
  await fatou.send(`/people/${amina.id}/vouch`, { vouchPassword: password })
  assert.match(fatou.page, /We have emailed them a link/)
  assert.match(fatou.page, /was sent a sign-in link by an operator/)
  const letter = (await lettersOf(node)).at(-1)!
  assert.match(letter, /To: .*amina@example\.org[^]*you do not need a code/)
  const lost = visitor(node)
  await lost.open(linkIn(letter))
  await lost.send(lost.at, { password: 'nine quiet radios' })
  assert.match(
    (await lost.open('/en/account')).body,
    /You sign in with your password only.*You have no recovery codes/s,
  )

  assert.doesNotMatch((await fatou.open(`/en/people/${fatou.id}`)).body, /\/vouch"/)
  await assert.rejects(
    node.app.perform(
      node.app.operation('accounts.vouch')!,
      { kind: 'person', id: fatou.id, roles: ['operator'] },
      { id: fatou.id, password, session: '' },
    ),
    { code: 'forbidden' },
  )
  const link = await node.app.vouchedLink('FATOU@example.org')
  const machine = visitor(node)
  await machine.open(`/en${link}`)
  await machine.send(machine.at, { password: 'nine quiet radios' })
  assert.ok(await isInside(machine), 'who runs the machine may, by the command line')
  assert.equal(await node.app.vouchedLink('nobody@example.org'), null)
})

test('a program is given up with the password, by e-mail told; then the password alone is enough again', async () => {
  const { app: node, now } = await appWithClock()
  const amina = await person(node, 'Amina')
  await connect(amina, now)
  await amina.open('/en/account')
  for (let tries = 0; tries < 6; tries++)
    await amina.send('/account/second-step', { factorPassword: 'guessing', does: 'disconnect' })
  await amina.send('/account/second-step', { factorPassword: password, does: 'disconnect' })
  assert.match(amina.page, /was entered incorrectly too often/, 'a session that was taken does not guess the password')

  const ben = await person(node, 'Ben')
  await connect(ben, now)
  await ben.open('/en/account')
  await ben.send('/account/second-step', { factorPassword: password, does: 'disconnect' })
  assert.match(ben.page, /The authenticator app was removed/)
  assert.match((await lettersOf(node)).at(-1)!, /was turned off/)
  assert.ok(await isInside(await atTheDoor(node, ben.email)))
})

test('a program that shows no code within a quarter of an hour is not connected', async () => {
  const { app: node, pass, now } = await appWithClock()
  const amina = await person(node, 'Amina')
  await amina.open('/en/account')
  await amina.send('/account/second-step', { factorPassword: password, does: 'connect' })
  const secret = fromBase32(secretOn(amina.page))
  pass(16 * 60)
  await amina.send('/account/second-step/code', { code: hotp(secret, stepAt(now())) })
  assert.match(amina.page, /It took too long/)
  assert.ok(await isInside(await atTheDoor(node, amina.email)))
})

test('the database alone makes no codes: secrets are closed with a key that lies beside it, codes on paper are digests', async () => {
  const { app: node, now } = await appWithClock()
  const amina = await person(node, 'Amina')
  await amina.open('/en/account')
  await amina.send('/account/second-step', { factorPassword: password, does: 'connect' })
  const secret = secretOn(amina.page)
  await amina.send('/account/second-step/code', { code: hotp(fromBase32(secret), stepAt(now())) })
  const codes = codesOn(amina.page)
  const { read } = node.app.database
  const rows = JSON.stringify([
    (await sql`select * from code_app`.execute(read)).rows,
    (await sql`select * from recovery_code`.execute(read)).rows,
  ])
  for (const one of [
    secret,
    fromBase32(secret).toString('base64'),
    ...codes,
    ...codes.map((code) => code.replaceAll('-', '')),
  ])
    assert.ok(!rows.includes(one))
  const path = join(node.folder, 'keys', 'factors.key')
  assert.equal(statSync(path).mode & 0o777, 0o600)
  assert.equal(Buffer.from(readFileSync(path, 'utf8'), 'base64').length, 32)
  assert.ok(!rows.includes(readFileSync(path, 'utf8').trim()))
})

test('what is known of a second step is taken along, and goes with the account', async () => {
  const { app: node, now } = await appWithClock()
  const amina = await person(node, 'Amina')
  await connect(amina, now)
  const { body } = await amina.open('/en/account/export.json')
  assert.deepEqual(JSON.parse(body).secondStep, { appSince: now().toISOString(), recoveryCodesLeft: 8 })
  await amina.open('/en/account')
  await amina.send('/account/erase', { erasePassword: password, keepName: 'false' })
  const { read } = node.app.database
  for (const table of ['code_app', 'recovery_code'])
    assert.equal((await sql`select * from ${sql.table(table)}`.execute(read)).rows.length, 0)
})
