/** The keys that sign for this node: made here or brought, closed in the database, each listed for ever. */
import { createPublicKey, type KeyObject } from 'node:crypto'
import { Type } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { permission } from '#kernel/permission.ts'
import { Problem, violation } from '#kernel/problem.ts'
import { noteEvent } from '#accounts/audit.ts'
import { multikeyOf, privateKeyOfMultikey, privateKeyOfSeed, seedOf } from '#codecs/data-integrity/multikey.ts'
import { didWebOf, readKeyDocument, type KeyDocument } from '#codecs/did/did.ts'
import { issuing } from './store.ts'

type Reading = Pick<Context, 'db' | 'services'>
type Writing = Pick<Context, 'db' | 'services' | 'now' | 'random'>
const seedBytes = 32
/** What a closed key belongs to: it opens as nothing else. */
const about = (publicKey: string) => `issuing-key ${publicKey}`

export const ownDid = ({ services }: Pick<Context, 'services'>): string => didWebOf(services.site.address)

async function keep({ db, services, now }: Writing, key: KeyObject): Promise<string> {
  const publicKey = multikeyOf(createPublicKey(key))
  const row = {
    publicKey,
    closed: await services.secretBox.close(seedOf(key), about(publicKey)),
    since: now().toISOString(),
  }
  await issuing(db).addKey({ ...row, until: null })
  return publicKey
}

/** Where there is no key yet, it is made. */
export async function expectKey(context: Writing): Promise<void> {
  const keys = await issuing(context.db).keys()
  if (!keys.some(({ until }) => until === null)) await keep(context, privateKeyOfSeed(context.random(seedBytes)))
}

/** The key that signs now. @throws Problem unavailable where there is none; secretLost where it cannot be opened */
export async function signingKey(context: Reading): Promise<{ key: KeyObject; method: string }> {
  const row = (await issuing(context.db).keys()).findLast(({ until }) => until === null)
  if (!row) throw new Problem('unavailable', { what: 'issuing key' })
  const seed = await context.services.secretBox.open(row.closed, about(row.publicKey))
  if (!seed) throw new Problem('secretLost')
  return { key: privateKeyOfSeed(seed), method: `${ownDid(context)}#${row.publicKey}` }
}

/** Which key signs now, and since when. */
export async function currentKey(context: Reading): Promise<{ method: string; since: string }> {
  const row = (await issuing(context.db).keys()).findLast(({ until }) => until === null)
  return { method: `${ownDid(context)}#${row?.publicKey ?? ''}`, since: row?.since ?? '' }
}

/** The document of this node’s DID (W3C DID 1.0): all keys there were, so that what they signed still verifies. */
export async function didDocument(context: Reading): Promise<object> {
  const id = ownDid(context)
  const keys = await issuing(context.db).keys()
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id,
    verificationMethod: keys.map(({ publicKey, until }) => ({
      id: `${id}#${publicKey}`,
      type: 'Multikey',
      controller: id,
      publicKeyMultibase: publicKey,
      ...(until !== null && { expires: until }),
    })),
    assertionMethod: keys.map(({ publicKey }) => `${id}#${publicKey}`),
  }
}

/** The same as verifying reads it; undefined for another’s DID. */
export async function ownKeys(context: Reading, did: string): Promise<KeyDocument | undefined> {
  return did === ownDid(context) ? readKeyDocument(await didDocument(context), did) : undefined
}

export const readDidDocument = operation({
  name: 'credentials.keys',
  summary: 'Read the keys that sign credentials of this node, as the document of its DID',
  http: 'GET /credentials/keys',
  input: Type.Object({}, closed),
  output: Type.Object({ id: Type.String() }, { additionalProperties: true }),
  allow: permission('published.read'),
  run: async (context) => (await didDocument(context)) as { id: string },
})

export const ensureKey = operation({
  name: 'credentials.ensureKey',
  summary: 'Make the first key that signs credentials, where there is none',
  http: 'POST /credentials/first-key',
  isForPages: true,
  input: Type.Object({}, closed),
  output: Type.Object({ method: Type.String() }),
  allow: permission('people.manage'),
  run: async (context) => {
    await expectKey(context)
    return { method: (await signingKey(context)).method }
  },
})

export const rotateKey = operation({
  name: 'credentials.rotateKey',
  summary: 'Sign credentials with a new key; what older keys signed still verifies',
  http: 'POST /credentials/keys',
  changesPages: true,
  input: Type.Object(
    {
      secretKey: Type.Optional(
        Type.String({
          maxLength: 200,
          description: 'An Ed25519 key of one’s own as secretKeyMultibase; best from standard input: --json -',
        }),
      ),
    },
    closed,
  ),
  output: Type.Object({ method: Type.String({ description: 'The id of the new key' }) }),
  allow: permission('people.manage'),
  run: async (context, { secretKey }) => {
    const key = secretKey === undefined ? privateKeyOfSeed(context.random(seedBytes)) : privateKeyOfMultikey(secretKey)
    if (!key) throw violation('secretKey', 'notKey')
    const publicKey = multikeyOf(createPublicKey(key))
    const store = issuing(context.db)
    if ((await store.keys()).some((one) => one.publicKey === publicKey)) throw violation('secretKey', 'keyUsed')
    await store.endKeys(context.now().toISOString())
    await keep(context, key)
    await noteEvent(context, 'issuingKey.rotated', context.actor.kind === 'person' ? context.actor.id : '', publicKey)
    return { method: `${ownDid(context)}#${publicKey}` }
  },
})
