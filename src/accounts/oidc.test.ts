/** Signing in at a provider elsewhere, a real one: made, found again, joined, and refused. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { outbound } from '#kernel/outbound.ts'
import { Problem } from '#kernel/problem.ts'
import { testApp, problemOf } from '../../test/app.ts'
import { lettersOf, password, person } from '../../test/people.ts'
import { clientSecret, testProvider } from '../../test/provider.ts'
import { visitor, type Visitor } from '../../test/visitor.ts'
import { configurationOf, providerOf } from './oidc.ts'
import { people } from './store.ts'

const callback = 'http://localhost:8080/sign-in/provider/callback'
const claims = {
  amina: { email: 'amina@example.org', email_verified: true, name: 'Amina Diallo' },
  ben: { email: 'ben@example.org', email_verified: false, name: 'Ben' },
  carla: { name: 'Carla' },
}

async function appWithProvider() {
  const elsewhere = await testProvider(claims, callback)
  const provider = { issuer: elsewhere.issuer, clientId: 'qingdao', clientSecret, name: 'University of Dakar' }
  const asked: string[] = []
  const goOut = outbound()
  const fetch: typeof goOut = (url, ...more) => {
    asked.push(new URL(url).pathname)
    return goOut(url, ...more)
  }
  return { elsewhere, asked, app: await testApp({ provider, fetch, now: () => new Date() }) }
}

/** Presses the button, and answers where it leads. */
async function go(browser: Visitor, next = ''): Promise<string> {
  await browser.open(`/en/sign-in${next && `?next=${encodeURIComponent(next)}`}`)
  assert.match(browser.page, /Sign in with University of Dakar/)
  await browser.send('/sign-in/provider')
  return /<a class="button" href="([^"]+)"/.exec(browser.page)![1]!.replaceAll('&amp;', '&')
}
const back = (browser: Visitor, address: string) => browser.open(address.replace('http://localhost:8080', ''))

test('who is new comes in with a verified address, has an account, and is found again by who they are there', async () => {
  const { elsewhere, app: node, asked } = await appWithProvider()
  const amina = visitor(node)
  await back(amina, await elsewhere.signIn(await go(amina, '/en/search?q=radio'), 'amina'))
  assert.deepEqual(
    asked.sort(),
    ['/.well-known/openid-configuration', '/jwks', '/me', '/token'],
    'all that was asked went by the one way out',
  )
  assert.equal(amina.at, '/en/search?q=radio')
  assert.match(amina.page, /<bdi>Amina Diallo<\/bdi>/)
  const account = (await people(node.app.database.read).byEmail('amina@example.org'))!
  assert.deepEqual([account.state, account.roles, account.passwordHash], ['active', ['contributor'], null])

  await node.app.database.write((tx) =>
    people(tx).change(account.id, { email: 'new@example.org', emailKey: 'new@example.org' }),
  )
  const again = visitor(node)
  await back(again, await elsewhere.signIn(await go(again), 'amina'))
  assert.match(again.page, /Your account[^]*new@example\.org/)
  assert.match(again.page, /You do not have a password/)
})

test('what is asked of the provider has PKCE, state and nonce, each new; the way there is a page and no redirect of a form', async () => {
  const { app: node } = await appWithProvider()
  const [one, other] = [new URL(await go(visitor(node))), new URL(await go(visitor(node)))]
  assert.equal(one.searchParams.get('code_challenge_method'), 'S256')
  assert.equal(one.searchParams.get('redirect_uri'), callback)
  for (const name of ['code_challenge', 'state', 'nonce']) {
    assert.ok(one.searchParams.get(name)!.length >= 43, name)
    assert.notEqual(one.searchParams.get(name), other.searchParams.get(name))
  }
})

test('an account with that address is joined only by who can sign in to it, in the browser that was there', async () => {
  const { elsewhere, app: node } = await appWithProvider()
  const amina = await person(node, 'Amina')
  const there = visitor(node)
  await back(there, await elsewhere.signIn(await go(there), 'amina'))
  assert.match(there.page, /There is already an account with your email address/)
  assert.equal(there.cookie('session'), undefined)

  await amina.open('/en/account/join')
  await amina.send('/account/join')
  assert.match(amina.page, /could not be linked/, 'another browser, though it is hers, was not there')

  await there.send('/sign-in', { email: amina.email, password })
  assert.equal(there.at, '/en/account/join')
  await there.send('/account/join')
  assert.match(there.page, /Linked\./)
  const again = visitor(node)
  await back(again, await elsewhere.signIn(await go(again), 'amina'))
  assert.equal(again.at, '/en/account')

  await again.send('/account/identities/remove', { identityPassword: 'not this one' })
  assert.match(again.page, /href="#f-identityPassword"/, 'a session that was left open unlinks nothing')
  assert.doesNotMatch(again.page, /Unlinked\./)
  await again.send('/account/identities/remove', { identityPassword: password })
  assert.match(again.page, /Unlinked\./)
  const parted = visitor(node)
  await back(parted, await elsewhere.signIn(await go(parted), 'amina'))
  assert.match(parted.page, /There is already an account with your email address/)
})

test('somebody else who is in cannot join it to theirs', async () => {
  const { elsewhere, app: node } = await appWithProvider()
  await person(node, 'Amina')
  const mallory = await person(node, 'Mallory')
  await mallory.open('/en/account')
  await mallory.send('/sign-out')
  await back(mallory, await elsewhere.signIn(await go(mallory), 'amina'))
  await mallory.send('/sign-in', { email: mallory.email, password })
  await mallory.send('/account/join')
  assert.match(mallory.page, /could not be linked/)
})

for (const who of ['ben', 'carla'])
  test(`an address that the provider has not verified makes no account and opens none (${who})`, async () => {
    const { elsewhere, app: node } = await appWithProvider()
    const ben = await person(node, 'Ben')
    const browser = visitor(node)
    await back(browser, await elsewhere.signIn(await go(browser), who))
    assert.match(browser.page, /has not been verified there/)
    assert.equal(browser.cookie('session'), undefined)
    assert.equal((await people(node.app.database.read).list({ after: 0, limit: 9, words: '' })).length, 1, ben.id)
  })

test('what comes back counts once, and only in the browser that began it', async () => {
  const { elsewhere, app: node } = await appWithProvider()
  const mallory = visitor(node)
  const address = await elsewhere.signIn(await go(mallory), 'amina')
  const victim = visitor(node)
  await go(victim)
  await back(victim, address)
  assert.equal(victim.cookie('session'), undefined, 'nobody is signed in to an account of somebody else')

  const amina = visitor(node)
  const own = await elsewhere.signIn(await go(amina), 'amina')
  const secret = amina.cookie('provider')!
  await back(amina, own)
  assert.ok(amina.cookie('session'))
  const replay = visitor(node)
  replay.setCookie('provider', secret)
  await back(replay, own)
  assert.match(replay.page, /was not completed/)
})

test('what was changed on the way back is refused, as is a “no” of the provider', async () => {
  const { elsewhere, app: node } = await appWithProvider()
  for (const change of [
    (query: URLSearchParams) => query.set('code', 'another'),
    (query: URLSearchParams) => query.set('iss', 'https://evil.example'),
    (query: URLSearchParams) => query.set('state', 'x'.repeat(43)),
    (query: URLSearchParams) => {
      query.delete('code')
      query.set('error', 'access_denied')
    },
  ]) {
    const browser = visitor(node)
    const url = new URL(await elsewhere.signIn(await go(browser), 'amina'))
    change(url.searchParams)
    await back(browser, url.href)
    assert.match(browser.page, /was not completed/)
    assert.equal(browser.cookie('session'), undefined)
  }
})

test('a closed account is not opened by way of the provider', async () => {
  const { elsewhere, app: node } = await appWithProvider()
  const amina = visitor(node)
  await back(amina, await elsewhere.signIn(await go(amina), 'amina'))
  const { id } = (await people(node.app.database.read).byEmail('amina@example.org'))!
  await node.app.database.write((tx) => people(tx).change(id, { state: 'suspended' }))
  const again = visitor(node)
  await back(again, await elsewhere.signIn(await go(again), 'amina'))
  assert.match(again.page, /account is closed/)
})

test('an account asked for by somebody else, and never confirmed, is its address’s owner’s now', async () => {
  const { elsewhere, app: node } = await appWithProvider()
  const mallory = visitor(node)
  await mallory.open('/en/sign-up')
  await mallory.send('/sign-up', { name: 'Mallory', email: 'amina@example.org' })
  const [letter] = await lettersOf(node)
  const amina = visitor(node)
  await back(amina, await elsewhere.signIn(await go(amina), 'amina'))
  assert.match(amina.page, /<bdi>Amina Diallo<\/bdi>/)
  const path = /http:\/\/[^/]+(\/[a-z]{2}\/account\/link\/[\w-]+)/.exec(letter!)![1]!
  assert.match((await mallory.open(path)).body, /does not work any more|no longer works/)
})

test('who has no password erases the account when they have just come in', async () => {
  const { elsewhere, app: node } = await appWithProvider()
  const amina = visitor(node)
  await back(amina, await elsewhere.signIn(await go(amina), 'amina'))
  await amina.send('/account/erase', { keepName: 'false' })
  assert.match(amina.page, /was deleted/)
  const anew = visitor(node)
  await back(anew, await elsewhere.signIn(await go(anew), 'amina'))
  assert.match(anew.page, /Your account/, 'a new account, as for anybody')
})

test('without a provider there is no such button and no such door', async () => {
  const node = await testApp()
  const reader = visitor(node)
  assert.doesNotMatch((await reader.open('/en/sign-in')).body, /sign-in\/provider/)
  assert.equal((await reader.open('/sign-in/provider/callback?code=x&state=y')).status, 404)
})

test('settings that cannot be are refused at the start, and a provider that does not answer is a fault that is told', async () => {
  const given = { oidcIssuer: '', oidcClientId: 'x', oidcClientSecret: '', oidcName: '' }
  assert.equal(providerOf(given), undefined)
  for (const wrong of [
    { ...given, oidcIssuer: 'no address' },
    { ...given, oidcIssuer: 'http://login.example.org' },
    { ...given, oidcIssuer: 'https://login.example.org', oidcClientId: '' },
  ])
    assert.throws(() => providerOf(wrong), { code: 'badSetting' })
  const provider = providerOf({ ...given, oidcIssuer: 'https://login.example.org' })
  assert.equal(provider!.name, 'login.example.org')
  const fetch = async () => {
    throw new Problem('fetchFailed', { url: 'x', reason: 'down' })
  }
  assert.equal(await problemOf(configurationOf(provider, { fetch, now: () => new Date() })), 'fetchFailed')
})
