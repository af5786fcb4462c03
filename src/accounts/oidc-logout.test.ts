/** Signing out here and at the provider, each of which the other hears of. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { generateKeyPair, SignJWT } from 'jose'
import { outbound } from '#kernel/outbound.ts'
import { freeAddress } from '../../test/browser.ts'
import { testApp } from '../../test/app.ts'
import { isInside, person } from '../../test/people.ts'
import { clientSecret, testProvider } from '../../test/provider.ts'
import { visitor } from '../../test/visitor.ts'
import { people } from './store.ts'

const claims = { amina: { email: 'amina@example.org', email_verified: true, name: 'Amina Diallo' } }

/** A node that is registered with a provider, and Amina who signed in there. */
async function aminaByProvider() {
  const address = await freeAddress()
  const elsewhere = await testProvider(
    claims,
    `${address}/sign-in/provider/callback`,
    `${address}/sign-in/provider/ended`,
  )
  const provider = { issuer: elsewhere.issuer, clientId: 'qingdao', clientSecret, name: 'University' }
  const node = await testApp({ provider, address, fetch: outbound(), now: () => new Date() })
  const amina = visitor(node)
  await amina.open('/en/sign-in')
  await amina.send('/sign-in/provider')
  const there = /<a class="button" href="([^"]+)"/.exec(amina.page)![1]!.replaceAll('&amp;', '&')
  await amina.open((await elsewhere.signIn(there, 'amina')).replace(address, ''))
  assert.match(amina.page, /<bdi>Amina Diallo<\/bdi>/)
  return { app: node, elsewhere, amina }
}
test('who came by the provider is told, after signing out, that they are still in there, and how to sign out there too', async () => {
  const { app: node, elsewhere, amina } = await aminaByProvider()
  await amina.send('/sign-out')
  assert.match(amina.page, /You are signed out[^]*still be signed in at University/)
  assert.doesNotMatch(amina.page, /<bdi>Amina Diallo/)
  const there = /<a class="button" href="([^"]+)"/.exec(amina.page)![1]!.replaceAll('&amp;', '&')
  assert.ok(there.startsWith(`${elsewhere.issuer}/`))
  assert.ok(!(await isInside(amina)))
  await elsewhere.signOut(there, 'amina')

  const ben = await person(node, 'Ben')
  await ben.send('/sign-out')
  assert.equal(ben.at, '/en', 'who came by a password goes on as ever')
})

test('who signs out at the provider is out here too; sessions that came by another door go on', async () => {
  const { app: node, elsewhere, amina } = await aminaByProvider()
  const store = people(node.app.database.read)
  const { id } = (await store.byEmail('amina@example.org'))!
  const ben = await person(node, 'Ben')
  await elsewhere.signOut(`${elsewhere.issuer}/session/end?client_id=qingdao`, 'amina')
  assert.ok(!(await isInside(amina)))
  assert.ok(await isInside(ben))
  const [last] = await store.audited({ subject: id, limit: 1 })
  assert.deepEqual([last!.event, last!.detail], ['session.ended', 'provider'])
})

test('a word that is not the provider’s, not for this node, not of now, or about something else ends nothing', async () => {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  const other = await generateKeyPair('RS256')
  const jwk = { ...(await crypto.subtle.exportKey('jwk', publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }
  const server = createServer((request, response) => {
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const told = request.url === '/jwks' ? { keys: [jwk] } : metadata(issuer)
    response.setHeader('content-type', 'application/json').end(JSON.stringify(told))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  after(() => server.close())
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = { issuer, clientId: 'qingdao', clientSecret, name: 'University' }
  const node = await testApp({ provider, fetch: outbound(), now: () => new Date() })

  const now = Math.floor(Date.now() / 1_000)
  const events = { 'http://schemas.openid.net/event/backchannel-logout': {} }
  const usual = { iss: issuer, aud: 'qingdao', sub: 'amina', iat: now, exp: now + 60, jti: 'a', events }
  const send = async (token: string) => {
    const payload = new URLSearchParams({ logout_token: token }).toString()
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return (await node.web.fastify.inject({ method: 'POST', url: '/sign-in/provider/ended', headers, payload }))
      .statusCode
  }
  const signed = (more: object, key = privateKey) =>
    new SignJWT({ ...usual, ...more }).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(key)

  assert.equal(await send(await signed({})), 200, 'taken, also of somebody who is not known here')
  const wrong: Record<string, string> = {
    'of another key': await signed({}, other.privateKey),
    'of another provider': await signed({ iss: 'https://elsewhere.example' }),
    'for another house': await signed({ aud: 'another' }),
    'of an hour ago': await signed({ iat: now - 3_600, exp: now + 60 }),
    'run out': await signed({ exp: now - 120 }),
    'about something else': await signed({ events: {} }),
    'an ID token': await signed({ nonce: 'a' }),
    'about nobody': await signed({ sub: undefined }),
    unsigned: `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(usual)).toString('base64url')}.`,
    nothing: '',
  }
  for (const [what, token] of Object.entries(wrong)) assert.equal(await send(token), 400, what)
})

const metadata = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/auth`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/jwks`,
  response_types_supported: ['code'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
})
