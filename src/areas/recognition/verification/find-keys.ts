/** Whose key a method of verification is: by the identifier itself, by the site of its owner, or by this node. */
import { parseStrictJson } from '#kernel/input-limits.ts'
import type { Outbound } from '#kernel/outbound.ts'
import { Problem } from '#kernel/problem.ts'
import { unreachedCode } from './bounded-fetch.ts'
import type { Anchors } from '#codecs/x509/certificates.ts'
import { publicKeyOfMultikey, type PublicKey } from '#codecs/data-integrity/multikey.ts'
import {
  addressOfDidWeb,
  keyOfMethod,
  ownKeyDocument,
  readKeyDocument,
  withoutFragment,
  type KeyDocument,
  type VerificationMethod,
} from '#codecs/did/did.ts'

/** What verifying works with; without `fetch` nothing is asked of anybody. */
export type World = {
  now: Date
  fetch?: Outbound
  /** The document of a DID that is this node’s own. */
  ownKeys?: (did: string) => Promise<KeyDocument | undefined>
  /** A status list of this node, by its address. */
  ownStatusList?: (address: string) => Promise<unknown>
  /** The current version of a credential of this node, by the address in it; null where it has none. */
  ownCurrent?: (address: string) => Promise<unknown>
  /** Certificates of the authorities that are trusted to say who sealed something. */
  authorities?: () => Promise<Anchors>
  /** By which list an issuer is recognised, or which lists could not be read. */
  recognised?: (
    issuer: string,
  ) => Promise<{ code: string; values: Record<string, string>; isListed: boolean } | undefined>
  /** Which quality decision stands behind what has one of these identifiers, and whether it counts today. */
  quality?: (
    identifiers: readonly string[],
  ) => Promise<{ code: string; values: Record<string, string>; counts: boolean } | undefined>
}

/** How the key of a method was found, and what that says. */
export type FoundKey =
  | {
      code: 'didKey' | 'web' | 'ownNode'
      document: KeyDocument
      method: VerificationMethod
      key: PublicKey | undefined
    }
  /** The key stands in its own name: signatures can be tried with it, but nobody says whose it is. */
  | { code: 'keyOnlyInside'; key: PublicKey }
  | {
      code: 'notListed' | 'offline' | 'unreachable' | 'tooManyAddresses' | 'methodUnknown'
      what: string
      key: PublicKey | undefined
    }

const limits = { bytes: 512 * 1024, timeMs: 10_000, redirects: 2 }
const jsonLimits = { bytes: limits.bytes, depth: 32 }

/** JSON from an address. @throws Problem where it cannot be had */
export async function jsonAt(goOut: Outbound, address: string, bytes = limits.bytes): Promise<unknown> {
  const answer = await goOut(
    address,
    { ...limits, bytes },
    { headers: { accept: 'application/json, application/did+json, */*;q=0.1' } },
  )
  if (answer.status !== 200) throw new Problem('fetchFailed', { url: address, reason: String(answer.status) })
  return parseStrictJson(answer.body, { ...jsonLimits, bytes })
}

/** The key that stands behind `#` in the name of a method, as samples of Open Badges have it. */
const keyInName = (method: string) => publicKeyOfMultikey(method.split('#')[1])

export async function findKey(method: string, world: World): Promise<FoundKey> {
  const owner = withoutFragment(method)
  const own = await world.ownKeys?.(owner)
  if (own) return listed(own, method, 'ownNode')
  if (owner.startsWith('did:key:') || owner.startsWith('did:jwk:')) {
    const document = ownKeyDocument(owner)
    // Some write the identifier alone, which has one key.
    return document
      ? listed(document, method === owner ? document.methods[0]!.id : method, 'didKey')
      : { code: 'methodUnknown', what: method, key: undefined }
  }
  const address = owner.startsWith('did:web:')
    ? addressOfDidWeb(owner)
    : owner.startsWith('https://')
      ? owner
      : undefined
  if (address === undefined) return inside(method) ?? { code: 'methodUnknown', what: method, key: undefined }
  if (!world.fetch) return inside(method) ?? { code: 'offline', what: new URL(address).host, key: undefined }
  try {
    const document = readKeyDocument(await jsonAt(world.fetch, address), owner)
    if (document) return listed(document, method, 'web')
    return { code: 'notListed', what: method, key: keyInName(method) }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return inside(method) ?? { code: unreachedCode(error), what: address, key: undefined }
  }
}

function inside(method: string): FoundKey | undefined {
  const key = keyInName(method)
  return key && { code: 'keyOnlyInside', key }
}

function listed(document: KeyDocument, method: string, code: 'didKey' | 'web' | 'ownNode'): FoundKey {
  const found = document.methods.filter((one) => one.id === method)
  // Of two keys under one name nobody could say which was meant.
  if (found.length !== 1) return { code: 'notListed', what: method, key: undefined }
  return { code, document, method: found[0]!, key: keyOfMethod(found[0]!) }
}
