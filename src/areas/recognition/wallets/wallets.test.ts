/** A learner takes a credential into a wallet (OpenID for Verifiable Credential Issuance 1.0), and what a wallet may not do. */
import assert from 'node:assert/strict'
import { createHash, createPrivateKey, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import { test } from 'node:test'
import { clientAuthenticationAnonymous, setGlobalConfig } from '@openid4vc/oauth2'
import { Openid4vciClient } from '@openid4vc/openid4vci'
import { didKeyOf } from '#codecs/did/did.ts'
import { multikeyOf } from '#codecs/data-integrity/multikey.ts'
import { testApp, usualNow } from '../../../../test/app.ts'
import { lettersOf } from '../../../../test/people.ts'
import { visitor } from '../../../../test/visitor.ts'

let clock = usualNow
const site = 'https://node.example.org'
const node = await testApp({ now: () => clock, address: site })
const curates = node.as('curator')
const minute = 60_000

const { id: achievement } = await curates('achievements.share', {
  title: { en: 'Teaching by radio' },
  originalLanguage: 'en',
  criteria: { en: 'Ten lessons' },
  achievementType: 'badge',
})
let number = 0
/** A credential of a learner, and the path of its page. */
const claimed = async (email = 'amal@example.org') => {
  const learner = { row: 1, name: 'Amal', number: String(++number), email, date: '2025-12-01' }
  const { credentials } = await curates<any>('credentials.award', {
    achievement,
    learners: [learner],
    canBeSuspended: true,
  })
  const [{ id, link }] = credentials
  return { id: id as string, path: new URL(link).pathname.slice(3) }
}
const plain = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')
/** What the page offers to a wallet, and the code of the email. */
const offered = async (path: string) => {
  const learner = visitor(node)
  await learner.open(`/en${path}`)
  await learner.send(`${path}/wallet`)
  const [, offer = ''] = /href="(openid-credential-offer:[^"]+)"/.exec(learner.page) ?? []
  assert.ok(offer, plain(learner.page))
  const letter = (await lettersOf(node)).at(-1) ?? ''
  return { offer, page: learner.page, letter, txCode: /^(\d{6})$/m.exec(letter)?.[1] }
}
/** As a wallet on the network reaches the node. */
const ask = async (method: 'GET' | 'POST', url: string, payload?: string, headers: Record<string, string> = {}) => {
  assert.equal(new URL(url).origin, site)
  const answer = await node.web.fastify.inject({
    method,
    url: url.slice(site.length),
    headers,
    ...(payload && { payload }),
  })
  return { status: answer.statusCode, headers: answer.headers, body: answer.body, json: () => JSON.parse(answer.body) }
}
const text = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A key of a wallet, under the identifier that holds it. */
const walletKey = (kind: 'did:key' | 'did:jwk', curve: 'ed25519' | 'P-256' = 'ed25519') => {
  const { publicKey, privateKey } =
    curve === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const multikey = multikeyOf(publicKey)
  const did = kind === 'did:key' ? didKeyOf(multikey) : `did:jwk:${text(publicKey.export({ format: 'jwk' }))}`
  const alg = curve === 'ed25519' ? 'EdDSA' : 'ES256'
  return { did, kid: `${did}#${kind === 'did:key' ? multikey : '0'}`, alg, privateKey }
}
type WalletKey = ReturnType<typeof walletKey>
const signed = (header: object, payload: object, key: KeyObject) => {
  const content = `${text(header)}.${text(payload)}`
  const isEc = key.asymmetricKeyType === 'ec'
  const bytes = sign(isEc ? 'sha256' : null, Buffer.from(content), isEc ? { key, dsaEncoding: 'ieee-p1363' } : key)
  return `${content}.${bytes.toString('base64url')}`
}

/** The other half of the library, as a wallet uses it, over the node’s own server. */
const walletOf = (key: WalletKey) =>
  new Openid4vciClient({
    callbacks: {
      fetch: async (input, init) => {
        const { status, headers, body } = await ask(
          (init?.method ?? 'GET') as 'GET',
          String(input),
          init?.body?.toString(),
          Object.fromEntries(new Headers(init?.headers as never).entries()),
        )
        return new Response(body, { status, headers: headers as Record<string, string> })
      },
      hash: (data, algorithm) => createHash(algorithm.replace('-', '')).update(data).digest(),
      generateRandom: (size) => randomBytes(size),
      clientAuthentication: clientAuthenticationAnonymous(),
      signJwt: async (_signer, { header, payload }) => ({
        jwt: signed(header, payload, key.privateKey),
        signerJwk: key.privateKey.export({ format: 'jwk' }) as never,
      }),
      verifyJwt: () => assert.fail('nothing is to be verified by it'),
    } as ConstructorParameters<typeof Openid4vciClient>[0]['callbacks'],
  })

test('the page offers the credential to a wallet, which fetches it bound to its key; it verifies, and can be revoked', async () => {
  setGlobalConfig({ allowInsecureUrls: false })
  for (const [kind, curve] of [
    ['did:key', 'ed25519'],
    ['did:jwk', 'P-256'],
  ] as const) {
    const { id, path } = await claimed()
    const { offer, page, letter, txCode } = await offered(path)
    assert.match(page, /<svg class="code-picture"/)
    assert.match(letter, /“Teaching by radio” was offered to a wallet/)
    assert.ok(!offer.includes(txCode!) && !page.includes(txCode!), 'who photographs the screen lacks the code')

    const key = walletKey(kind, curve)
    const wallet = walletOf(key)
    const credentialOffer = await wallet.resolveCredentialOffer(offer)
    const issuerMetadata = await wallet.resolveIssuerMetadata(credentialOffer.credential_issuer)
    const [credentialConfigurationId = ''] = credentialOffer.credential_configuration_ids
    assert.equal(issuerMetadata.knownCredentialConfigurations[credentialConfigurationId]!.format, 'ldp_vc')
    const { accessTokenResponse } = await wallet.retrievePreAuthorizedCodeAccessTokenFromOffer({
      credentialOffer,
      issuerMetadata,
      txCode: txCode!,
    })
    const { c_nonce: nonce } = await wallet.requestNonce({ issuerMetadata })
    const { jwt } = await wallet.createCredentialRequestJwtProof({
      issuerMetadata,
      credentialConfigurationId,
      signer: { method: 'did', didUrl: key.kid, alg: key.alg },
      nonce,
      issuedAt: clock,
    })
    const { credentialResponse } = await wallet.retrieveCredentials({
      issuerMetadata,
      credentialConfigurationId,
      accessToken: accessTokenResponse.access_token,
      proofs: { jwt: [jwt] },
    })
    const [{ credential }] = credentialResponse.credentials as { credential: any }[] as [{ credential: any }]
    assert.equal(credential.credentialSubject.id, key.did)
    assert.equal(credential.credentialSubject.achievement.name, 'Teaching by radio')
    assert.equal(credential.refreshService, undefined)
    const verify = async () => node.as()<any>('credentials.verify', { credential })
    assert.ok((await verify()).isVerified, JSON.stringify((await verify()).checks))
    assert.match(
      plain((await visitor(node).open(`/en${path}`)).body),
      /Put it into a wallet/,
      'for another wallet, too',
    )

    await curates('credentials.setStatus', { id, state: 'revoked', reason: 'Issued by mistake' })
    assert.equal((await verify()).checks.find(({ name }: { name: string }) => name === 'status').code, 'revoked')
    assert.doesNotMatch(plain((await visitor(node).open(`/en${path}`)).body), /Put it into a wallet/)
  }
})

const formOf = (values: Record<string, string>) => new URLSearchParams(values).toString()
const grantType = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'
const token = async (values: Record<string, string>) => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return ask('POST', `${site}/wallet/token`, formOf({ grant_type: grantType, ...values }), headers)
}
const offerBehind = (offer: string) => ask('GET', new URL(offer).searchParams.get('credential_offer_uri')!)
const codeIn = async (offer: string): Promise<string> =>
  (await offerBehind(offer)).json().grants[grantType]['pre-authorized_code']
const nonce = async (): Promise<string> => (await ask('POST', `${site}/wallet/nonce`)).json().c_nonce
const fetchWith = (accessToken: string | undefined, body: object | string, type = 'application/json') =>
  ask('POST', `${site}/wallet/credential`, typeof body === 'string' ? body : JSON.stringify(body), {
    'content-type': type,
    ...(accessToken && { authorization: `Bearer ${accessToken}` }),
  })
const proofOf = async (
  key: WalletKey,
  { header = {}, payload = {} }: { header?: object; payload?: object } = {},
): Promise<string> =>
  signed(
    { typ: 'openid4vci-proof+jwt', alg: key.alg, kid: key.kid, ...header },
    { aud: site, iat: clock.getTime() / 1000, nonce: await nonce(), ...payload },
    key.privateKey,
  )
const requestWith = (...jwt: string[]) => ({ credential_configuration_id: 'open-badge', proofs: { jwt } })
/** A token for a credential that nobody has fetched yet. */
const freshToken = async () => {
  const { path, id } = await claimed('')
  const { offer } = await offered(path)
  return { id, token: (await token({ 'pre-authorized_code': await codeIn(offer) })).json().access_token as string }
}
const errorOf = ({ status, json }: Awaited<ReturnType<typeof ask>>) => [status, json().error]

test('without an email address there is no code to type; the offer ends after ten minutes, and serves once', async () => {
  const { path } = await claimed('')
  const { offer, page } = await offered(path)
  assert.doesNotMatch(plain(page), /asks for a code/)
  assert.equal((await offerBehind(offer)).json().grants[grantType].tx_code, undefined)
  const code = await codeIn(offer)
  assert.deepEqual(errorOf(await token({ 'pre-authorized_code': code, tx_code: '123456' })), [400, 'invalid_request'])
  const first = await token({ 'pre-authorized_code': code })
  assert.equal(first.status, 200)
  assert.equal(first.headers['cache-control'], 'no-store')
  assert.equal((await offerBehind(offer)).status, 404, 'what was redeemed is offered no more')
  // Somebody else had the code: what the first one got opens nothing any more.
  assert.deepEqual(errorOf(await token({ 'pre-authorized_code': code })), [400, 'invalid_grant'])
  const proof = requestWith(await proofOf(walletKey('did:key')))
  assert.deepEqual(errorOf(await fetchWith(first.json().access_token, proof)), [401, 'invalid_token'])

  const late = await offered(path)
  const lateCode = await codeIn(late.offer)
  clock = new Date(usualNow.getTime() + 11 * minute)
  assert.deepEqual(errorOf(await token({ 'pre-authorized_code': lateCode })), [400, 'invalid_grant'])
  assert.equal((await offerBehind(late.offer)).status, 404)
  clock = usualNow
})

test('a transaction code can be tried five times, and the right one does not help after that', async () => {
  const { path } = await claimed()
  const { offer, txCode } = await offered(path)
  const code = await codeIn(offer)
  assert.deepEqual((await offerBehind(offer)).json().grants[grantType].tx_code, { input_mode: 'numeric', length: 6 })
  assert.deepEqual(errorOf(await token({ 'pre-authorized_code': code })), [400, 'invalid_request'])
  const wrong = txCode === '000000' ? '000001' : '000000'
  for (let tries = 0; tries < 5; tries++)
    assert.deepEqual(errorOf(await token({ 'pre-authorized_code': code, tx_code: wrong })), [400, 'invalid_grant'])
  assert.deepEqual(errorOf(await token({ 'pre-authorized_code': code, tx_code: txCode! })), [400, 'invalid_grant'])
  // Many guesses at once are no more than one after another.
  const other = await offered(path)
  const otherCode = await codeIn(other.offer)
  const guesses = Array.from({ length: 20 }, (_, at) =>
    String(Number(other.txCode) + at + 1)
      .padStart(6, '0')
      .slice(-6),
  )
  await Promise.all(guesses.map((tx) => token({ 'pre-authorized_code': otherCode, tx_code: tx })))
  const after = await token({ 'pre-authorized_code': otherCode, tx_code: other.txCode! })
  assert.deepEqual(errorOf(after), [400, 'invalid_grant'])
})

test('a learner is sent ten codes an hour at most; a claim that is revoked, ended or unknown offers nothing', async () => {
  const { id, path } = await claimed('')
  for (let at = 0; at < 10; at++) await offered(path)
  const press = async (at: string) =>
    (
      await node.web.fastify.inject({
        method: 'POST',
        url: `/en${at}/wallet`,
        payload: '',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
    ).statusCode
  assert.equal(await press(path), 429)
  clock = new Date(usualNow.getTime() + 61 * minute)
  const { offer } = await offered(path)
  const code = await codeIn(offer)
  const { access_token: accessToken } = (await token({ 'pre-authorized_code': code })).json()
  await curates('credentials.setStatus', { id, state: 'suspended', reason: 'Asked' })
  assert.equal(await press(path), 404)
  const proof = requestWith(await proofOf(walletKey('did:key')))
  assert.deepEqual(errorOf(await fetchWith(accessToken, proof)), [400, 'credential_request_denied'])
  clock = new Date(usualNow.getTime() + 91 * 24 * 60 * minute)
  assert.equal(await press(path), 404)
  assert.equal(await press(`/claim/${'x'.repeat(43)}`), 404)
  clock = usualNow
})

test('a proof that is not the wallet’s, not for this issuer, or not of now gets nothing, and the token stays good', async () => {
  const { token: accessToken } = await freshToken()
  const key = walletKey('did:key')
  const other = walletKey('did:key')
  const p256 = walletKey('did:jwk', 'P-256')
  const secretJwk = text(
    createPrivateKey(other.privateKey.export({ format: 'pem', type: 'pkcs8' }) as string).export({ format: 'jwk' }),
  )
  const [header, payload] = (await proofOf(key)).split('.') as [string, string]
  const old = await nonce()
  const hostile: [string, string, string][] = [
    ['of another issuer', await proofOf(key, { payload: { aud: 'https://other.example.org' } }), 'invalid_proof'],
    ['for nobody', await proofOf(key, { payload: { aud: undefined } }), 'invalid_proof'],
    [
      'for a list without this issuer',
      await proofOf(key, { payload: { aud: ['https://a.example', 'https://b.example'] } }),
      'invalid_proof',
    ],
    ['of another type', await proofOf(key, { header: { typ: 'JWT' } }), 'invalid_proof'],
    ['without a nonce', await proofOf(key, { payload: { nonce: undefined } }), 'invalid_proof'],
    ['with a nonce of its own', await proofOf(key, { payload: { nonce: 'a'.repeat(60) } }), 'invalid_nonce'],
    ['with a nonce that is no text', await proofOf(key, { payload: { nonce: { $gt: '' } } }), 'invalid_proof'],
    ['that has ended', await proofOf(key, { payload: { exp: clock.getTime() / 1000 - 1 } }), 'invalid_proof'],
    ['by another key', await proofOf({ ...key, privateKey: other.privateKey }), 'invalid_proof'],
    ['that names a key of another curve', await proofOf({ ...key, kid: p256.kid }), 'invalid_proof'],
    ['with an algorithm of another key', await proofOf(key, { header: { alg: 'ES256' } }), 'invalid_proof'],
    [
      'that is not signed',
      `${text({ typ: 'openid4vci-proof+jwt', alg: 'none', kid: key.kid })}.${payload}.`,
      'invalid_proof',
    ],
    ['with a shared secret', await proofOf(key, { header: { alg: 'HS256' } }), 'invalid_proof'],
    [
      'with a key beside the named one',
      await proofOf(key, { header: { jwk: other.privateKey.export({ format: 'jwk' }) } }),
      'invalid_proof',
    ],
    [
      'with a key and no name',
      await proofOf(key, { header: { kid: undefined, jwk: { kty: 'OKP' } } }),
      'invalid_proof',
    ],
    [
      'with a key from elsewhere',
      await proofOf(key, { header: { kid: 'did:web:wallet.example.org#1' } }),
      'invalid_proof',
    ],
    [
      'that gives a private key away',
      await proofOf(other, { header: { kid: `did:jwk:${secretJwk}#0` } }),
      'invalid_proof',
    ],
    [
      'with a header that must be understood',
      await proofOf(key, { header: { crit: ['b64'], b64: false } }),
      'invalid_proof',
    ],
    ['that was altered', `${header}.${text({ aud: site, iat: 0, nonce: await nonce() })}.AAAA`, 'invalid_proof'],
    ['of huge size', await proofOf(key, { payload: { more: 'x'.repeat(20_000) } }), 'invalid_proof'],
    ['that is no token', 'a.b.c', 'invalid_proof'],
  ]
  for (const [what, jwt, error] of hostile) {
    const answer = await fetchWith(accessToken, requestWith(jwt))
    assert.deepEqual(errorOf(answer), [400, error], `${what}: ${answer.body}`)
    assert.match(answer.json().error_description, /^[\x20\x21\x23-\x5b\x5d-\x7e]+$/)
  }
  clock = new Date(usualNow.getTime() + 6 * minute)
  const stale = await proofOf(key, { payload: { nonce: old } })
  assert.deepEqual(errorOf(await fetchWith(accessToken, requestWith(stale))), [400, 'invalid_nonce'])
  clock = usualNow

  const good = await proofOf(key)
  assert.equal((await fetchWith(accessToken, requestWith(good))).status, 200)
  assert.deepEqual(errorOf(await fetchWith(accessToken, requestWith(await proofOf(key)))), [401, 'invalid_token'])
  // The same proof with another token: its nonce was used.
  const { token: next } = await freshToken()
  assert.deepEqual(errorOf(await fetchWith(next, requestWith(good))), [400, 'invalid_nonce'])
})

test('a request that asks for something else, or is none, is told what is wrong', async () => {
  const { token: accessToken } = await freshToken()
  const jwt = await proofOf(walletKey('did:key'))
  for (const [request, error] of [
    [{ ...requestWith(jwt), credential_configuration_id: 'degree' }, 'unknown_credential_configuration'],
    [{ credential_identifier: 'x', proofs: { jwt: [jwt] } }, 'unknown_credential_identifier'],
    [{ proofs: { jwt: [jwt] } }, 'invalid_credential_request'],
    [{ ...requestWith(jwt), credential_configuration_id: ['open-badge'] }, 'invalid_credential_request'],
    [{ credential_configuration_id: 'open-badge' }, 'invalid_proof'],
    [requestWith(jwt, jwt), 'invalid_proof'],
    [{ ...requestWith(), proofs: { attestation: [jwt] } }, 'invalid_proof'],
    [{ ...requestWith(jwt), credential_response_encryption: { alg: 'ECDH-ES' } }, 'invalid_encryption_parameters'],
    ['[]', 'invalid_credential_request'],
  ] as const)
    assert.deepEqual(errorOf(await fetchWith(accessToken, request)), [400, error], JSON.stringify(request).slice(0, 80))
  assert.equal((await fetchWith(accessToken, `{"proofs":"${'x'.repeat(2 * 1024 * 1024)}"}`)).status, 413)
  assert.equal((await fetchWith(accessToken, `${'['.repeat(5_000)}${']'.repeat(5_000)}`)).status, 400)
  assert.equal((await fetchWith(accessToken, '{"proofs":1,"proofs":2}')).status, 400)
  assert.equal((await fetchWith(accessToken, formOf({ a: 'b' }), 'application/x-www-form-urlencoded')).status, 400)
  assert.equal((await fetchWith(undefined, requestWith(jwt))).status, 401)
  assert.deepEqual(errorOf(await fetchWith('x'.repeat(43), requestWith(jwt))), [401, 'invalid_token'])
  assert.match(String((await fetchWith('x'.repeat(43), requestWith(jwt))).headers['www-authenticate']), /invalid_token/)
  assert.equal((await fetchWith(accessToken, requestWith(jwt))).status, 200)

  for (const [values, error] of [
    [{}, 'invalid_request'],
    [{ 'pre-authorized_code': 'x'.repeat(43) }, 'invalid_grant'],
    [{ 'pre-authorized_code': 'no code' }, 'invalid_grant'],
    [{ grant_type: 'authorization_code', code: 'x' }, 'unsupported_grant_type'],
    [{ grant_type: 'password' }, 'unsupported_grant_type'],
  ] as [Record<string, string>, string][])
    assert.deepEqual(errorOf(await token(values)), [400, error])
  const twice = `grant_type=${grantType}&pre-authorized_code=a&pre-authorized_code=b`
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  assert.deepEqual(errorOf(await ask('POST', `${site}/wallet/token`, twice, form)), [400, 'invalid_request'])
  const json = { 'content-type': 'application/json' }
  assert.deepEqual(errorOf(await ask('POST', `${site}/wallet/token`, '{}', json)), [400, 'invalid_request'])
})

test('wallets in a browser may ask, and a session’s cookie changes nothing', async () => {
  for (const path of ['token', 'nonce', 'credential']) {
    const preflight = await node.web.fastify.inject({ method: 'OPTIONS', url: `/wallet/${path}` })
    assert.equal(preflight.headers['access-control-allow-methods'], 'POST')
    assert.match(String(preflight.headers['access-control-allow-headers']), /authorization/)
  }
  const answer = await ask('POST', `${site}/wallet/nonce`, undefined, { cookie: 'session=x' })
  assert.equal(answer.headers['access-control-allow-origin'], '*')
  // Elsewhere a token of a wallet is no key.
  assert.equal((await ask('GET', `${site}/api/records`, undefined, { authorization: 'Bearer x' })).status, 401)
  const { credential_issuer: issuer, credential_endpoint: endpoint } = (
    await ask('GET', `${site}/.well-known/openid-credential-issuer`)
  ).json()
  assert.deepEqual([issuer, endpoint], [site, `${site}/wallet/credential`])
  assert.equal((await ask('GET', `${site}/.well-known/oauth-authorization-server`)).json().issuer, site)
})

test('guessing tokens is held up by where it comes from', async () => {
  const values = { 'pre-authorized_code': 'x'.repeat(43) }
  let last = 0
  for (let at = 0; at < 700 && last !== 429; at++) last = (await token(values)).status
  assert.equal(last, 429)
})
