/** Becoming somebody here: signing up by an e-mail, in and out, keys, taking one’s data along and being erased. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../test/app.ts'
import { lettersOf, linkIn, password, person } from '../../test/people.ts'
import { visitor } from '../../test/visitor.ts'
import { people } from './store.ts'

test('who signs up gets an e-mail, follows its link, chooses a password, and is in', async () => {
  const node = await testApp()
  const amina = visitor(node)
  await amina.open('/fr/sign-up')
  const sent = await amina.send('/sign-up', { name: 'Amina Diallo', email: 'Amina@Example.org' })
  assert.match(sent.body, /Consultez vos courriels/)

  const [letter] = await lettersOf(node)
  assert.match(letter!, /To: Amina@Example\.org/)
  assert.match(letter!, /^Bonjour,\r?$/m)
  assert.doesNotMatch(letter!, /Amina Diallo/, 'whoever typed the name may be a stranger to whoever reads it')
  await amina.open(linkIn(letter!))
  const inside = await amina.send(amina.at, { password })

  assert.equal(amina.at, '/fr/account')
  assert.match(inside.body, /<bdi>Amina Diallo<\/bdi>/)
  assert.equal(inside.headers['cache-control'], 'private, no-store')
  assert.match((await amina.open(linkIn(letter!))).body, /Ce lien ne fonctionne plus/)
})

test('who signs up without an address, or with half of one, is told so in plain words', async () => {
  const amina = visitor(await testApp())
  await amina.open('/fr/sign-up')
  const empty = await amina.send('/sign-up', { name: 'Amina Diallo', email: '' })
  assert.match(empty.body, /id="f-email-error">est vide</)
  const half = await amina.send('/sign-up', { name: 'Amina Diallo', email: 'a@' })
  assert.match(half.body, /id="f-email-error">[^<]*adresse électronique/)
})

test('the e-mail is gone from the node once it was sent, so its link can be read nowhere', async () => {
  const node = await testApp()
  const ben = visitor(node)
  await ben.open('/en/sign-up')
  await ben.send('/sign-up', { name: 'Ben', email: 'ben@example.org' })
  await lettersOf(node)
  const rows = await node.app.database.read
    .withTables<{ mail: { text: string; sentAt: string | null } }>()
    .selectFrom('mail')
    .selectAll()
    .execute()
  assert.deepEqual(
    rows.map(({ text, sentAt }) => [text, sentAt !== null]),
    [['', true]],
  )
})

test('nobody learns whether an address has an account', async () => {
  const node = await testApp()
  await person(node, 'Amina')
  const stranger = visitor(node)
  await stranger.open('/en/sign-up')
  const known = await stranger.send('/sign-up', { name: 'X', email: 'amina@example.org' })
  await stranger.open('/en/sign-up')
  const unknown = await stranger.send('/sign-up', { name: 'X', email: 'other@example.org' })
  assert.equal(known.body.replaceAll('amina@', 'other@'), unknown.body)
  await stranger.open('/en/forgot-password')
  const forgotten = await stranger.send('/forgot-password', { email: 'nobody@example.org' })
  assert.match(forgotten.body, /Check your email/)
  assert.match((await lettersOf(node)).join('\n'), /it already has one/)

  await stranger.open('/en/sign-in')
  const wrongPassword = await stranger.send('/sign-in', { email: 'amina@example.org', password: 'not this one at all' })
  await stranger.open('/en/sign-in')
  const noAccount = await stranger.send('/sign-in', { email: 'nobody@example.org', password: 'not this one at all' })
  assert.equal(wrongPassword.status, 422)
  assert.equal(wrongPassword.body.replaceAll('amina@', 'nobody@'), noAccount.body)
})

test('a password that others would try first is refused, with the reason at its field', async () => {
  const node = await testApp()
  const amina = visitor(node)
  await amina.open('/en/sign-up')
  await amina.send('/sign-up', { name: 'Amina Diallo', email: 'amina@example.org' })
  const link = linkIn((await lettersOf(node))[0]!)
  for (const [weak, why] of [
    ['short', /at least 10|shorter|10 characters/i],
    ['password123', /is too easy to guess/],
    ['aaaaaaaaaaaa', /repeats the same/],
    ['diallo2026', /your name or address/],
  ] as const) {
    await amina.open(link)
    const refused = await amina.send(amina.at, { password: weak })
    assert.equal(refused.status, 422, weak)
    assert.match(refused.body, why)
    assert.match(refused.body, /href="#f-password"/)
    assert.match(refused.body, /aria-invalid="true"/)
  }
})

test('signing in gives a new session each time, signing out ends it, and others can be ended', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const first = amina.cookie('session')!
  await amina.open('/en/account')
  const elsewhere = visitor(node)
  await elsewhere.open('/en/sign-in?next=/en/search%3Fq%3Dradio')
  await elsewhere.send('/sign-in', { email: 'AMINA@example.org', password })
  assert.equal(elsewhere.at, '/en/search?q=radio')
  assert.notEqual(elsewhere.cookie('session'), first)

  await amina.open('/en/account')
  const [, id] = /<button[^>]*name="id" value="([0-9a-z]{16})"/.exec(amina.page)!
  await amina.send('/account/sessions/end', { id: id! })
  assert.match(amina.page, /Current password: is not correct/, 'a session that was left open ends no others')
  assert.match((await elsewhere.open('/en/account')).body, /Your account/)
  await amina.send('/account/sessions/end', { id: id!, sessionsPassword: password })
  assert.match((await elsewhere.open('/en/account')).body, /<h1>Sign in/)

  for (const browser of [visitor(node), visitor(node)]) {
    await browser.open('/en/sign-in')
    await browser.send('/sign-in', { email: amina.email, password })
  }
  await amina.open('/en/account')
  await amina.send('/account/sessions/end', { id: 'others', sessionsPassword: password })
  assert.equal((await people(node.app.database.read).sessionsOf(amina.id)).length, 1)

  await amina.open('/en/account')
  await amina.send('/sign-out')
  assert.equal(amina.cookie('session'), undefined)
  amina.setCookie('session', first)
  assert.match(
    (await amina.open('/en/account')).body,
    /<h1>Sign in/,
    'an ended session is no more, whoever has its cookie',
  )
})

test('a session that was left open does not lend itself to guessing the password, by whichever form', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const forms: [string, Record<string, string>][] = [
    ['/account/password', { password: 'guess', newPassword: 'nine quiet radios' }],
    ['/account/email', { newEmail: 'thief@example.org', emailPassword: 'guess' }],
    ['/account/erase', { erasePassword: 'guess', keepName: 'false' }],
  ]
  for (const [action, values] of [...forms, ...forms]) {
    await amina.open('/en/account')
    await amina.send(action, values)
    assert.match(amina.page, /Current password: is not correct/, action)
  }
  const elsewhere = visitor(node)
  await elsewhere.open('/en/sign-in')
  await elsewhere.send('/sign-in', { email: amina.email, password })
  await amina.open('/en/account')
  await amina.send('/account/password', { password, newPassword: 'nine quiet radios' })
  assert.match(amina.page, /was entered incorrectly too often: wait 15 minutes/)

  await elsewhere.open('/en/account')
  await elsewhere.send('/account/sessions/end', { id: 'others', sessionsPassword: password })
  assert.match((await amina.open('/en/account')).body, /<h1>Sign in/, 'who holds it keeps its owner from nothing')
})

test('many who guess at the same moment are held up as well', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  await amina.open('/en/account')
  const csrf = /name="csrf" value="([^"]+)"/.exec(amina.page)![1]!
  const guess = (typed: string) =>
    amina.post(
      '/en/account/password',
      { csrf, password: typed, newPassword: 'nine quiet radios' },
      { 'sec-fetch-site': 'same-origin' },
    )
  const bodies = await Promise.all([...Array.from({ length: 14 }, (_, i) => `guess ${i}`), password].map(guess))
  assert.equal(bodies.filter(({ body }) => /Current password: is not correct/.test(body)).length, 6)
  const door = visitor(node)
  await door.open('/en/sign-in')
  await door.send('/sign-in', { email: amina.email, password })
  assert.equal(door.at, '/en/account', 'the password is as it was')
})

test('erasing without one’s name is still chosen after a password that was wrong', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  await amina.open('/en/account')
  await amina.send('/account/erase', { erasePassword: 'wrong', keepName: 'false' })
  assert.match(amina.page, /name="keepName" value="false"[^>]* checked/)
})

test('a session ends after a week without use, and after a month in any case', async () => {
  let now = new Date('2026-01-02T00:00:00Z')
  const node = await testApp({ now: () => now })
  const amina = await person(node, 'Amina')
  const days = (count: number) => (now = new Date(Date.parse('2026-01-02T00:00:00Z') + count * 86_400_000))
  for (const day of [6, 12, 18, 24, 29]) {
    days(day)
    assert.match((await amina.open('/en/account')).body, /Your account/, `day ${day}`)
    // The use is noted beside the answer.
    await new Promise((resume) => setTimeout(resume, 50))
  }
  days(30)
  assert.match((await amina.open('/en/account')).body, /<h1>Sign in/)
})

test('guessing is held up, and nobody can lock out another', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  await amina.open('/en/account')
  await amina.send('/sign-out')
  for (let i = 0; i < 40; i++) {
    const guesser = visitor(node, { remote: `192.0.2.${i}` })
    await guesser.open('/en/sign-in')
    await guesser.send('/sign-in', { email: amina.email, password: `guess number ${i}` })
  }
  const guesser = visitor(node, { remote: '192.0.2.99' })
  await guesser.open('/en/sign-in')
  const held = await guesser.send('/sign-in', { email: amina.email, password })
  assert.match(held.body, /Too many attempts/, 'even the right password does not help a stranger now')

  await amina.open('/en/sign-in')
  await amina.send('/sign-in', { email: amina.email, password })
  assert.equal(amina.at, '/en/account', 'her own browser is let in')
})

test('pages of other sites send nothing in: neither with her cookie nor without', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const change = { name: 'Mallory', language: 'en', affiliations: '' }
  const elsewhere: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': '', origin: 'https://evil.example' },
  ]
  for (const headers of elsewhere) assert.equal((await amina.post('/en/account', change, headers)).status, 403)
  const withoutMark = await amina.post('/en/account', change, { 'sec-fetch-site': 'same-origin' })
  assert.equal(withoutMark.status, 403)
  assert.match(withoutMark.body, /This form has expired/)
  assert.equal((await people(node.app.database.read).byId(amina.id))!.name, 'Amina')
})

test('where one comes from after signing in is never another site', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  for (const next of [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/%0d%0aX: y',
  ]) {
    await amina.open('/en/account')
    await amina.send('/sign-out')
    await amina.open(`/en/sign-in?next=${encodeURIComponent(next)}`)
    const seen = await amina.send('/sign-in', { email: amina.email, password })
    assert.ok(amina.at.startsWith('/') && !amina.at.startsWith('//') && !amina.at.includes('\\'), amina.at)
    assert.ok(!JSON.stringify(seen.headers).includes('evil'))
  }
})

test('a forgotten password is replaced by a link, and all sessions end', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const other = visitor(node)
  await other.open('/en/forgot-password')
  await other.send('/forgot-password', { email: amina.email })
  await other.open(linkIn((await lettersOf(node)).at(-1)!))
  await other.send(other.at, { password: 'nine louder radios' })
  assert.equal(other.at, '/en/account')
  assert.match((await amina.open('/en/account')).body, /<h1>Sign in/)
  const old = await amina.send('/sign-in', { email: amina.email, password })
  assert.equal(old.status, 422)
})

test('changing the password needs the old one, ends the other sessions, and is told by e-mail', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  await amina.open('/en/account')
  const wrong = await amina.send('/account/password', { password: 'not this one', newPassword: 'nine louder radios' })
  assert.equal(wrong.status, 422)
  assert.match(wrong.body, /Current password: is not correct/)
  await amina.send('/account/password', { password, newPassword: 'nine louder radios' })
  assert.match(amina.page, /Your password was changed/)
  assert.match((await lettersOf(node)).at(-1)!, /password.*was changed/i)
})

test('a key does what it was made for and nothing else, and ends when it is ended', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  await amina.open('/en/account')
  const made = await amina.send('/account/keys', {
    keyName: 'our catalogue',
    scopes: ['accounts.self'],
    days: '30',
    keyPassword: password,
  })
  const key = /qingdao_[\w-]+/.exec(made.body)![0]
  const request = (path: string, method: 'GET' | 'POST' = 'GET') =>
    node.web.fastify.inject({
      method,
      url: path,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(method === 'POST' && { payload: '{}' }),
    })
  const self = await request('/api/account')
  assert.equal(self.json().name, 'Amina')
  assert.equal(
    (await request('/api/practices', 'POST')).statusCode === 403 ||
      (await request('/api/practices', 'POST')).statusCode === 400,
    true,
  )
  assert.equal((await node.get('/api/account')).statusCode, 401)
  assert.equal(
    (await node.web.fastify.inject({ url: '/api/account', headers: { cookie: `session=${amina.cookie('session')}` } }))
      .statusCode,
    401,
    'the cookie is for pages only',
  )

  await amina.open('/en/account')
  assert.ok(!amina.page.includes(key), 'it was shown once')
  await amina.send('/account/keys/end')
  assert.equal((await request('/api/account')).statusCode, 401)
})

test('a person takes along what the node knows, then is erased; the name stays or goes as they wish', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const file = await amina.open('/en/account/export.json')
  assert.equal(JSON.parse(file.body).account.email, amina.email)

  await amina.open('/en/account')
  const gone = await amina.send('/account/erase', { erasePassword: password, keepName: 'false' })
  assert.match(gone.body, /was deleted/)
  const row = (await people(node.app.database.read).byId(amina.id))!
  assert.deepEqual([row.email, row.name, row.passwordHash, row.state], ['', '', null, 'erased'])
  const anew = await person(node, 'Amina')
  assert.notEqual(anew.id, amina.id, 'the address is free again')
})

test('the link of the first start makes an operator, once; later starts give none', async () => {
  const node = await testApp()
  const link = (await node.app.operatorLink())!
  // A second start beside the running node, or after it, leaves the first link as it is.
  const later = (await node.app.operatorLink())!
  const fatou = visitor(node)
  await fatou.open(`/en${link}`)
  await fatou.send(fatou.at, { name: 'Fatou', email: 'fatou@example.org', password })
  assert.equal(fatou.at, '/en/account')
  assert.match(fatou.page, /operator/)
  assert.equal(await node.app.operatorLink(), null)
  assert.equal((await visitor(node).open(`/en${later}`)).status, 410)
  await fatou.open('/en/account')
  const last = await fatou.send('/account/erase', { erasePassword: password })
  assert.match(last.body, /last operator/)
})

test('a page that was kept for all is not shown to who is signed in, nor the other way round', async () => {
  const node = await testApp()
  const amina = await person(node, 'Amina')
  const stranger = visitor(node)
  assert.match((await stranger.open('/en/about')).body, /Sign in/)
  assert.match((await amina.open('/en/about')).body, /Sign out/)
  const again = await stranger.open('/en/about')
  assert.match(again.body, /Sign in/)
  assert.ok(!again.body.includes('Amina'))
})
