/** Passkeys: added after confirming one’s identity, used to sign in, and useless to anybody else. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { authenticator, type Quirks } from '../../test/authenticator.ts'
import { testApp, usualNow, type TestApp } from '../../test/app.ts'
import { password, person } from '../../test/people.ts'
import { visitor, type Visitor } from '../../test/visitor.ts'
import { people } from './store.ts'

type Authenticator = ReturnType<typeof authenticator>
const sameSite = { 'sec-fetch-site': 'same-origin' }
const markIn = (page: string) => /name="csrf" value="([^"]+)"/.exec(page)?.[1] ?? ''

/** What the page’s script does: asks for the options, has the browser make a passkey, sends its answer. */
async function add(browser: Visitor, key: Authenticator, quirks: Quirks = {}, proof = password) {
  await browser.open('/en/account')
  const csrf = markIn(browser.page)
  const asked = await browser.post('/en/account/passkeys/options', { csrf, passkeyPassword: proof }, sameSite)
  const { options, refused } = JSON.parse(asked.body)
  if (refused) return refused as string
  await browser.open('/en/account')
  const response = key.create(options, quirks)
  await browser.send('/account/passkeys', { passkeyName: 'my phone', response })
  return response
}

async function challengeOf(browser: Visitor) {
  const asked = await browser.post('/en/sign-in/passkey/options', {}, sameSite)
  return JSON.parse(asked.body).options as { challenge: string; rpId: string; userVerification: string }
}

async function signIn(node: TestApp, answer: (options: { challenge: string }) => string, next = '') {
  const browser = visitor(node)
  const options = await challengeOf(browser)
  await browser.open(`/en/sign-in${next && `?next=${encodeURIComponent(next)}`}`)
  await browser.send('/sign-in/passkey', { response: answer(options) })
  return browser
}

test('a passkey is added with the password, and then lets in without it, to where one was going', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const key = authenticator()
  await add(amina, key)
  assert.match(amina.page, /The passkey was added\.[^]*value="my phone"/)

  const elsewhere = await signIn(node, (options) => key.get(options), '/en/search?q=radio')
  assert.equal(elsewhere.at, '/en/search?q=radio')
  assert.match(elsewhere.page, /<bdi>Amina<\/bdi>/)
  assert.ok(elsewhere.cookie('device'))
  const events = await people(node.app.database.read).audited({ subject: amina.id, limit: 10 })
  assert.deepEqual(
    events.slice(0, 2).map(({ event, detail }) => [event, detail]),
    [
      ['session.opened', 'passkey'],
      ['passkey.added', 'my phone'],
    ],
  )
})

test('who forgot the password and has just come in with a passkey sets a new one without the old', async () => {
  let now = usualNow
  const node = await testApp({ now: () => now })
  const amina = await person(node, 'Amina')
  const key = authenticator()
  await add(amina, key)
  const byPasskey = await signIn(node, (options) => key.get(options))
  now = new Date(now.getTime() + 16 * 60_000)
  await byPasskey.open('/en/account')
  await byPasskey.send('/account/password', { password: '', newPassword: 'nine quiet radios' })
  assert.match(
    byPasskey.page,
    /Current password: is not correct/,
    'a quarter of an hour later somebody else may sit there',
  )

  const again = await signIn(node, (options) => key.get(options))
  await again.open('/en/account')
  await again.send('/account/password', { password: '', newPassword: 'nine quiet radios' })
  const door = visitor(node)
  await door.open('/en/sign-in')
  await door.send('/sign-in', { email: amina.email, password: 'nine quiet radios' })
  assert.equal(door.at, '/en/account')
})

test('the browser is asked for a passkey that it finds itself, and that makes sure who holds it', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  await amina.open('/en/account')
  const asked = await amina.post(
    '/en/account/passkeys/options',
    { csrf: markIn(amina.page), passkeyPassword: password },
    sameSite,
  )
  const { options } = JSON.parse(asked.body)
  assert.equal(options.rp.id, 'localhost')
  assert.equal(options.authenticatorSelection.residentKey, 'required')
  assert.equal(options.authenticatorSelection.userVerification, 'required')
  assert.ok(Buffer.from(options.challenge, 'base64url').length >= 32)
  const toSignIn = await challengeOf(visitor(node))
  assert.deepEqual([toSignIn.rpId, toSignIn.userVerification], ['localhost', 'required'])
  assert.notEqual(toSignIn.challenge, options.challenge)
})

test('without the password nobody adds a passkey, and guessing it there is held up', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  for (let i = 0; i < 6; i++) assert.equal(await add(amina, authenticator(), {}, `guess ${i}`), 'wrong')
  assert.equal(await add(amina, authenticator()), 'tooManyTries')
})

for (const [what, quirks] of Object.entries({
  'made for another site': { origin: 'https://evil.example' },
  'bound to another name': { rpId: 'evil.example' },
  'made without knowing who holds it': { isVerified: false },
  'of the wrong ceremony': { type: 'payment.get' },
}) as [string, Quirks][])
  test(`an answer ${what} is refused: to add a passkey, and to sign in with one`, async () => {
    const node = await testApp()
    const amina = await person(node, 'Amina')
    await add(amina, authenticator(), quirks)
    assert.match(amina.page, /was not accepted/)
    const key = authenticator()
    await add(amina, key)
    const stranger = await signIn(node, (options) => key.get(options, quirks))
    assert.match(stranger.page, /was not accepted/)
    assert.equal(stranger.cookie('session'), undefined)
  })

test('an answer counts once, for five minutes, and only for the challenge it was made for', async () => {
  let now = new Date('2026-01-02T00:00:00Z')
  const node = await testApp({ now: () => now })
  const amina = await person(node, 'Amina')
  const key = authenticator()
  const made = await add(amina, key)
  await amina.open('/en/account')
  await amina.send('/account/passkeys', { passkeyName: 'again', response: made })
  assert.match(amina.page, /was not accepted/)

  let answer = ''
  await signIn(node, (options) => (answer = key.get(options)))
  const replayed = await signIn(node, () => answer)
  assert.equal(replayed.cookie('session'), undefined)
  const own = await signIn(node, () => key.get({ challenge: 'x'.repeat(43) }))
  assert.equal(own.cookie('session'), undefined)

  const late = visitor(node)
  const options = await challengeOf(late)
  await late.open('/en/sign-in')
  now = new Date(now.getTime() + 5 * 60_000)
  await late.send('/sign-in/passkey', { response: key.get(options) })
  assert.equal(late.cookie('session'), undefined)
})

test('a challenge for adding a passkey signs nobody in, and one person’s is of no use to another', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const ben = await person(node, 'Ben')
  const key = authenticator()
  await add(amina, key)
  await ben.open('/en/account')
  const begun = await ben.post(
    '/en/account/passkeys/options',
    { csrf: markIn(ben.page), passkeyPassword: password },
    sameSite,
  )
  const { options } = JSON.parse(begun.body)
  assert.equal((await signIn(node, () => key.get(options))).cookie('session'), undefined)
  await amina.open('/en/account')
  await amina.send('/account/passkeys', { passkeyName: 'other', response: authenticator().create(options) })
  assert.match(amina.page, /was not accepted/)
})

test('a passkey whose counter does not grow may have been copied, and is refused', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const key = authenticator()
  await add(amina, key)
  assert.ok((await signIn(node, (options) => key.get(options, { counter: 9 }))).cookie('session'))
  for (const counter of [9, 3])
    assert.equal((await signIn(node, (options) => key.get(options, { counter }))).cookie('session'), undefined)
  assert.ok((await signIn(node, (options) => key.get(options, { counter: 4_294_967_295 }))).cookie('session'))
})

test('a passkey is renamed and removed by its owner alone, and then opens nothing', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const key = authenticator()
  await add(amina, key)
  await amina.open('/en/account')
  await amina.send('/account/passkeys/rename', { newPasskeyName: 'old phone' })
  assert.match(amina.page, /value="old phone"/)

  const ben = await person(node, 'Ben')
  await ben.open('/en/account')
  const csrf = markIn(ben.page)
  assert.equal(
    (await ben.post('/en/account/passkeys/rename', { csrf, id: key.id, newPasskeyName: 'mine' }, sameSite)).status,
    404,
  )
  const taken = { csrf, removedPasskey: key.id, removePassword: password }
  assert.equal((await ben.post('/en/account/passkeys/remove', taken, sameSite)).status, 422)
  assert.ok((await signIn(node, (options) => key.get(options))).cookie('session'))

  await amina.open('/en/account')
  await amina.send('/account/passkeys/remove', { removePassword: 'not this one' })
  assert.match(amina.page, /href="#f-removePassword"/, 'a session that was left open removes nothing')
  assert.ok((await signIn(node, (options) => key.get(options))).cookie('session'))
  await amina.open('/en/account')
  await amina.send('/account/passkeys/remove', { removePassword: password })
  assert.match(amina.page, /The passkey was removed/)
  assert.equal((await signIn(node, (options) => key.get(options))).cookie('session'), undefined)
})

test('a closed account is not opened by its passkey, and an erased one leaves none behind', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const key = authenticator()
  await add(amina, key)
  await node.app.database.write((tx) => people(tx).change(amina.id, { state: 'suspended' }))
  assert.equal((await signIn(node, (options) => key.get(options))).cookie('session'), undefined)
  await node.app.database.write((tx) => people(tx).change(amina.id, { state: 'active' }))

  await amina.open('/en/account')
  assert.match((await amina.open('/en/account/export.json')).body, /"passkeys": \[\s*\{\s*"name": "my phone"/)
  await amina.open('/en/account')
  await amina.send('/account/erase', { erasePassword: password })
  assert.match(amina.page, /was deleted/)
  assert.equal((await signIn(node, (options) => key.get(options))).cookie('session'), undefined)
})

test('whatever is sent for a passkey that is none is refused, and breaks nothing', async () => {
  const node = await testApp()
  for (const response of [
    '',
    '{',
    'null',
    '[]',
    '{"id":1}',
    '{"id":"x","response":{"clientDataJSON":"e30"}}',
    '9'.repeat(30_000),
  ]) {
    const browser = await signIn(node, () => response)
    assert.match(browser.page, /was not accepted/, response.slice(0, 40))
  }
  assert.deepEqual(node.reported, [])
})

test('without scripts the pages say plainly that a passkey needs one, and show no button that does nothing', async () => {
  const node = await testApp()
  const reader = visitor(node)
  const { body } = await reader.open('/en/sign-in')
  assert.match(body, /<p class="soft" data-passkey-needs>\s*Passkeys need JavaScript[^<]*http:\/\/localhost/)
  assert.match(body, /<form[^>]*action="\/en\/sign-in\/passkey"[^>]*\shidden\s/)
})
