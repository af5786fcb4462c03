/** Verifying as people and programs do: on the page, by the API, as other software asks, and at the command line. */
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import { languages } from '#kernel/i18n/languages.ts'
import { hasMessage, messagesIn } from '#kernel/i18n/messages.ts'
import { signEddsaJcs } from '#codecs/data-integrity/jcs-suites.ts'
import { multikeyOf } from '#codecs/data-integrity/multikey.ts'
import { limits } from '#accounts/rate-limit.ts'
import { bakePng, pngOfSquares } from '#codecs/open-badges/png.ts'
import { freshFolder, testApp } from '../../../test/app.ts'
import { visitor } from '../../../test/visitor.ts'
import { checkNames, occasionalChecks } from './verification/verification.ts'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const multikey = multikeyOf(publicKey)
const did = `did:key:${multikey}`
const unsigned = {
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  type: ['VerifiableCredential'],
  issuer: did,
  validFrom: '2025-01-01T00:00:00Z',
  credentialSubject: { id: 'urn:uuid:1', name: 'Wanjiru <b>' },
}
const options = {
  created: '2025-01-02T03:04:05Z',
  verificationMethod: `${did}#${multikey}`,
  proofPurpose: 'assertionMethod',
}
const signed = signEddsaJcs(unsigned, options, privateKey)
const altered = { ...signed, validFrom: '2020-01-01T00:00:00Z' }
const picture = bakePng(pngOfSquares([[true]], 8), JSON.stringify(signed))!
const node = await testApp()
/** What is seen between the tags. */
const seen = (html: string) => html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ')

test('for programs, a check that had nothing to look at is passed, as it was', async () => {
  const { failed, unchecked, isVerified, checks } = await node.as()('credentials.verify', {
    credential: JSON.stringify(signed),
  })
  assert.deepEqual([failed, unchecked, isVerified], [0, 2, true])
  assert.equal(checks.find(({ name }: any) => name === 'status').state, 'ok')
})

test('the page lists each check with its result and reason, for pasted text and a picture, in the reader’s language', async () => {
  const reader = visitor(node)
  await reader.open('/en/verify')
  const pasted = await reader.send('/verify', { credential: JSON.stringify(signed) }, { files: {} })
  assert.equal(pasted.status, 200)
  const text = seen(pasted.body)
  assert.match(text, /No check failed, and 5 could not be made/)
  assert.match(text, /Passed: 4\. Failed: 0\. Could not be checked: 5\./)
  assert.match(
    text,
    /Identity of the issuer Could not be checked The issuer is known by its key alone .* Nobody says who/,
  )
  assert.match(text, /Withdrawn or suspended Could not be checked The issuer names no list/)
  assert.match(text, /Completeness Could not be checked It names no schema/)
  assert.match(text, /Signature Passed The content has not been changed since it was signed \(eddsa-jcs-2022\)/)
  assert.match(text, /Recognition of the issuer Could not be checked The issuer is on no list/)
  assert.ok(!pasted.body.includes('Wanjiru <b>'), 'what stands in a credential is text')
  await reader.open('/fr/verify')
  const sent = await reader.send(
    '/verify',
    {},
    { files: { file: { name: 'a.png', content: picture, type: 'image/png' } } },
  )
  assert.match(seen(sent.body), /Signature Réussie/)
  await reader.open('/ar/verify')
  const wrong = await reader.send('/verify', { credential: JSON.stringify(altered) }, { files: {} })
  assert.match(seen(wrong.body), /التوقيع فشل عُدّل المحتوى أو التوقيع/)
})

test('what cannot be read is said beside its field, and what was typed is still there', async () => {
  const reader = visitor(node)
  await reader.open('/en/verify')
  const nothing = await reader.send('/verify', {}, { files: {} })
  assert.equal(nothing.status, 422)
  assert.match(seen(nothing.body), /Choose a file, paste the text or enter a web address/)
  const broken = await reader.send('/verify', { credential: '{"a":1,"a":2}' }, { files: {} })
  assert.match(seen(broken.body), /“a” is there twice/)
  assert.ok(broken.body.includes('{&quot;a&quot;:1,&quot;a&quot;:2}'))
  const away = await reader.send('/verify', { credential: '', address: 'https://nowhere.example/x' }, { files: {} })
  assert.equal(away.status, 422)
})

test('the API answers the same list, and other software is answered as the VC-API says', async () => {
  const { web } = node
  const ask = (url: string, body: unknown) =>
    web.fastify.inject({
      method: 'POST',
      url,
      payload: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    })
  const told = (await ask('/api/credentials/verify', { credential: signed })).json()
  assert.deepEqual(
    told.checks.map(({ name }: { name: string }) => name),
    checkNames.filter((name) => !occasionalChecks.includes(name)),
  )
  assert.deepEqual([told.isVerified, told.failed], [true, 0])
  const file = (await ask('/api/credentials/verify', { file: picture.toString('base64') })).json()
  assert.deepEqual([file.isVerified, file.carrier], [true, 'png'])
  assert.equal((await ask('/api/credentials/verify', {})).statusCode, 400)

  const good = await ask('/credentials/verify', { verifiableCredential: signed, options: {} })
  assert.deepEqual([good.statusCode, good.json().verified, good.json().errors], [200, true, []])
  for (const [body, code] of [
    [{ verifiableCredential: altered }, 'proof.wrongSignature'],
    [{ verifiableCredential: unsigned }, 'proof.none'],
    [{ verifiableCredential: { ...signed, type: 'VerifiableCredential', issuer: 'me' } }, 'wellFormed.wrong'],
    [{ verifiableCredential: 5 }, 'badRequest'],
    [{}, 'badRequest'],
  ] as const) {
    const bad = await ask('/credentials/verify', body)
    assert.deepEqual([bad.statusCode, bad.json().verified], [400, false])
    assert.ok(
      bad.json().errors.some((one: { code: string }) => one.code === code),
      code,
    )
    for (const { title, detail } of bad.json().errors) assert.match(`${title}: ${detail}`, /^[A-Za-z].+: .*[a-z]/)
  }
  const presentation = {
    '@context': unsigned['@context'],
    type: ['VerifiablePresentation'],
    holder: did,
    verifiableCredential: [signed],
  }
  const shown = signEddsaJcs(presentation, { ...options, proofPurpose: 'authentication', challenge: 'c1' }, privateKey)
  const answered = await ask('/presentations/verify', { verifiablePresentation: shown, options: { challenge: 'c1' } })
  assert.deepEqual([answered.statusCode, answered.json().credentialResults.length], [200, 1])
  assert.equal(
    (await ask('/presentations/verify', { verifiablePresentation: shown, options: { challenge: 'c2' } })).statusCode,
    400,
  )
})

test('one client verifies so often and no more: page, API and VC-API are counted together, and say when to come again', async () => {
  const reader = visitor(node, { remote: '203.0.113.99' })
  await reader.open('/en/verify')
  const [body, api, vcApi] = [{ credential: 'x' }, '/api/credentials/verify', '/credentials/verify'] as const
  const ask = (url: string, payload: object, remoteAddress = '203.0.113.99') =>
    node.web.fastify.inject({ method: 'POST', url, payload, remoteAddress })
  for (let at = 0; at < limits.verifyingFrom.most; at++) assert.equal((await ask(api, body)).statusCode, 200)
  const refused = await ask(api, body)
  assert.deepEqual([refused.statusCode, refused.headers['retry-after']], [429, '900'])
  assert.equal(refused.json().next, 'Wait 15 minutes and try again.')
  for (const url of [vcApi, '/presentations/verify']) {
    const other = await ask(url, { verifiableCredential: signed, verifiablePresentation: signed })
    assert.deepEqual([other.statusCode, other.headers['retry-after'], other.json().verified], [429, '900', false])
    assert.match(other.json().errors[0].detail, /limited.* Wait 15 minutes/)
  }
  const page = await reader.send('/verify', { credential: JSON.stringify(signed) }, { files: {} })
  assert.equal(page.status, 429)
  assert.match(seen(page.body), /Too many requests .*Wait 15 minutes and try again/)
  assert.equal((await ask(api, body, '203.0.113.98')).statusCode, 200, 'others are not held up')
})

test('at the command line a file is verified without a network', async () => {
  const { runShell } = await import('../../commands/shell.ts')
  const folder = freshFolder()
  const said: string[] = []
  const stream = new Writable({ write: (chunk, _encoding, done) => (said.push(String(chunk)), done()) }) as never
  const environment = {
    now: () => new Date('2026-01-02T03:04:05Z'),
    random: (size: number) => new Uint8Array(size),
    fetch: async () => assert.fail('the network was asked'),
  }
  const run = (...words: string[]) =>
    runShell(['verify', ...words], { env: { LANG: 'en' }, out: stream, err: stream, environment })
  const at = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }
  assert.equal(await run(at('a.json', JSON.stringify(signed))), 0, said.join(''))
  assert.match(said.join(''), /✓ Signature: The content has not been changed/)
  assert.match(said.join(''), /\? Recognition of the issuer: /)
  assert.equal(await run(at('a.png', picture)), 0)
  said.length = 0
  assert.equal(await run(at('b.json', JSON.stringify(altered))), 1)
  assert.match(said.join(''), /✗ Signature: The content or the signature has been changed/)
})

test('every reason has its words in every language', () => {
  const keys = new Set<string>()
  for (const name of checkNames) {
    keys.add(`credentialCheck.${name}`)
    if (!occasionalChecks.includes(name)) keys.add(`credentialCheck.${name}.notReached`)
  }
  for (const key of keys) assert.ok(hasMessage(key), key)
  for (const language of languages) assert.ok(messagesIn(language)('credentialState.unchecked').length > 1)
})
