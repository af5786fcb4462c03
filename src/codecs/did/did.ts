/** Decentralised identifiers (W3C DID 1.0): did:key, did:jwk, did:web, and the documents that list keys. */
import { parseStrictJson } from '#kernel/input-limits.ts'
import { Problem } from '#kernel/problem.ts'
import { publicKeyOfJwk, publicKeyOfMultikey, type PublicKey } from '#codecs/data-integrity/multikey.ts'

/** A method of verification as a document lists it. */
export type VerificationMethod = {
  id: string
  controller: string
  publicKeyMultibase?: string
  publicKeyJwk?: Readonly<Record<string, unknown>>
  revoked?: string
  expires?: string
}
export type KeyDocument = {
  id: string
  methods: readonly VerificationMethod[]
  /** Ids of methods that may make statements. */
  assertionMethod: readonly string[]
}

const longestId = 2_048

/** The part before `#`, which names who holds the key. */
export const withoutFragment = (id: string): string => id.split('#', 1)[0]!

/** did:key holds its one key itself (§ did:key v0.9, Ed25519, P-256, P-384); undefined where it is none. */
export function didKeyDocument(did: string): KeyDocument | undefined {
  const multibase = /^did:key:(z[1-9A-HJ-NP-Za-km-z]{40,100})$/.exec(did)?.[1]
  if (!multibase || !publicKeyOfMultikey(multibase)) return undefined
  const id = `${did}#${multibase}`
  return { id: did, methods: [{ id, controller: did, publicKeyMultibase: multibase }], assertionMethod: [id] }
}

const longestJwk = 1_000

/** did:jwk is its one key, a public JWK as base64url (did:jwk method); undefined where it is none, or one that only encrypts. */
export function didJwkDocument(did: string): KeyDocument | undefined {
  const encoded = /^did:jwk:([A-Za-z0-9_-]+)$/.exec(did)?.[1]
  if (!encoded || encoded.length > longestJwk) return undefined
  const jwk = jwkIn(encoded)
  if (!jwk || jwk.use === 'enc' || !publicKeyOfJwk(jwk)) return undefined
  const id = `${did}#0`
  return { id: did, methods: [{ id, controller: did, publicKeyJwk: jwk }], assertionMethod: [id] }
}

function jwkIn(encoded: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = parseStrictJson(Buffer.from(encoded, 'base64url'), { bytes: longestJwk, depth: 4 })
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}

/** An identifier that holds its one key itself. */
export const ownKeyDocument = (did: string): KeyDocument | undefined => didKeyDocument(did) ?? didJwkDocument(did)

export const didKeyOf = (multikey: string): string => `did:key:${multikey}`

/**
 * Where the document of a did:web lies (did:web method §3.2): always over HTTPS, on a host with a name. Undefined where it
 * is no did:web, or its host is an address of numbers.
 */
export function addressOfDidWeb(did: string): string | undefined {
  if (did.length > longestId) return undefined
  const [, name = ''] = /^did:web:([A-Za-z0-9._%:-]+)$/.exec(did) ?? []
  const [host = '', ...folders] = name.split(':')
  const named = /^([a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*)(?:%3A(\d{1,5}))?$/i.exec(host)
  if (!named || /^[\d.]+$/.test(named[1]!)) return undefined
  const isPath = folders.every((one) => /^[A-Za-z0-9._-]+$/.test(one) && !/^\.+$/.test(one))
  if (!isPath) return undefined
  const origin = `https://${named[1]!}${named[2] ? `:${named[2]}` : ''}`
  return folders.length === 0 ? `${origin}/.well-known/did.json` : `${origin}/${folders.join('/')}/did.json`
}

/** The did:web of the node at this address. */
export function didWebOf(address: string): string {
  const { host, pathname } = new URL(address)
  const folders = pathname.split('/').filter(Boolean)
  return `did:web:${[encodeURIComponent(host), ...folders].join(':')}`
}

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= longestId
const listOf = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value]

/**
 * What a document says of its keys. Ids may be relative to the document. Undefined where it is not the document of this
 * id: one that names another holds nobody's keys but its own.
 */
export function readKeyDocument(value: unknown, id: string): KeyDocument | undefined {
  if (typeof value !== 'object' || value === null || (value as { id?: unknown }).id !== id) return undefined
  const document = value as Record<string, unknown>
  const absolute = (one: string) => (one.startsWith('#') ? `${id}${one}` : one)
  const methods: VerificationMethod[] = []
  const take = (one: unknown): string | undefined => {
    if (isText(one)) return absolute(one)
    if (typeof one !== 'object' || one === null) return undefined
    const { id: own, controller, publicKeyMultibase, publicKeyJwk, revoked, expires } = one as Record<string, unknown>
    if (!isText(own) || !isText(controller)) return undefined
    methods.push({
      id: absolute(own),
      controller,
      ...(isText(publicKeyMultibase) && { publicKeyMultibase }),
      ...(typeof publicKeyJwk === 'object' &&
        publicKeyJwk !== null && { publicKeyJwk: publicKeyJwk as object as Record<string, unknown> }),
      ...(isText(revoked) && { revoked }),
      ...(isText(expires) && { expires }),
    })
    return absolute(own)
  }
  for (const one of listOf(document.verificationMethod).slice(0, mostMethods)) take(one)
  const assertionMethod = listOf(document.assertionMethod)
    .slice(0, mostMethods)
    .flatMap((one) => take(one) ?? [])
  return { id, methods, assertionMethod }
}
const mostMethods = 200

/** The key of a method, as a document lists it; undefined where it is of no kind that is read here, or there are two. */
export function keyOfMethod({ publicKeyMultibase, publicKeyJwk }: VerificationMethod): PublicKey | undefined {
  if (publicKeyMultibase !== undefined && publicKeyJwk !== undefined) return undefined
  return publicKeyMultibase === undefined ? publicKeyOfJwk(publicKeyJwk) : publicKeyOfMultikey(publicKeyMultibase)
}
