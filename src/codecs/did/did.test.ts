import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressOfDidWeb, didJwkDocument, didKeyDocument, didWebOf, keyOfMethod, readKeyDocument } from './did.ts'

const multikey = 'z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2'

test('did:key holds its key itself', () => {
  const { id, methods, assertionMethod } = didKeyDocument(`did:key:${multikey}`)!
  assert.equal(id, `did:key:${multikey}`)
  assert.deepEqual(assertionMethod, [`${id}#${multikey}`])
  assert.equal(keyOfMethod(methods[0]!)!.curve, 'Ed25519')
  for (const wrong of ['did:key:', 'did:key:z6Mk', `did:key:${multikey}x`, `did:key:u${multikey}`, 'did:web:x'])
    assert.equal(didKeyDocument(wrong), undefined, wrong)
})

test('did:jwk is its key: a public one that signs, and no private one', () => {
  const did = (jwk: unknown) => `did:jwk:${Buffer.from(JSON.stringify(jwk)).toString('base64url')}`
  // The example of the method’s specification.
  const jwk = {
    crv: 'P-256',
    kty: 'EC',
    x: 'acbIQiuMs3i8_uszEjJ2tpTtRM4EU3yz91PH6CdH2V0',
    y: '_KcyLj9vWMptnmKtm46GqDz8wf74I5LKgrl2GzH3nSE',
  }
  const { methods, assertionMethod } = didJwkDocument(did(jwk))!
  assert.deepEqual(assertionMethod, [`${did(jwk)}#0`])
  assert.equal(keyOfMethod(methods[0]!)!.curve, 'P-256')
  for (const wrong of [
    did({ ...jwk, d: jwk.x }),
    did({ ...jwk, use: 'enc' }),
    did({ ...jwk, y: jwk.x }),
    did({ kty: 'oct', k: 'AAAA' }),
    did([jwk]),
    did('x'.repeat(2_000)),
    'did:jwk:',
    'did:jwk:e30=',
    `did:jwk:${Buffer.from('{"kty":"EC","kty":"EC"}').toString('base64url')}`,
  ])
    assert.equal(didJwkDocument(wrong), undefined, wrong)
})

test('the document of a did:web lies where its method says, and never at an address of numbers', () => {
  for (const [did, address] of [
    ['did:web:w3c-ccg.github.io', 'https://w3c-ccg.github.io/.well-known/did.json'],
    ['did:web:w3c-ccg.github.io:user:alice', 'https://w3c-ccg.github.io/user/alice/did.json'],
    ['did:web:example.com%3A3000:user:alice', 'https://example.com:3000/user/alice/did.json'],
    ['did:web:127.0.0.1', undefined],
    ['did:web:2130706433', undefined],
    ['did:web:example.com:..:secret', undefined],
    ['did:web:example.com%2F..%2Fx', undefined],
    ['did:web:user%40example.com', undefined],
    ['did:web:example.com#key', undefined],
    ['did:web:[::1]', undefined],
    [`did:web:${'a'.repeat(3000)}`, undefined],
  ] as const)
    assert.equal(addressOfDidWeb(did), address, did)
  assert.equal(didWebOf('https://node.example.org'), 'did:web:node.example.org')
  assert.equal(didWebOf('http://localhost:8080'), 'did:web:localhost%3A8080')
})

test('a document of keys is read as that of its own id, with relative names and embedded methods', () => {
  const id = 'did:web:example.com'
  const method = { id: '#a', type: 'Multikey', controller: id, publicKeyMultibase: multikey }
  const read = readKeyDocument(
    { id, verificationMethod: [method], assertionMethod: ['#a', { ...method, id: `${id}#b` }] },
    id,
  )!
  assert.deepEqual(read.assertionMethod, [`${id}#a`, `${id}#b`])
  assert.deepEqual(
    read.methods.map((one) => one.id),
    [`${id}#a`, `${id}#b`],
  )
  assert.equal(readKeyDocument({ id: 'did:web:other.example' }, id), undefined)
  for (const wrong of [null, [], 'x', {}]) assert.equal(readKeyDocument(wrong, id), undefined)
  assert.deepEqual(readKeyDocument({ id, verificationMethod: [5, {}, null] }, id), {
    id,
    methods: [],
    assertionMethod: [],
  })
  assert.equal(keyOfMethod({ ...method, publicKeyJwk: { kty: 'OKP' } }), undefined, 'two keys in one method')
})
