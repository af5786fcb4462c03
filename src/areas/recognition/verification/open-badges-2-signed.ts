/** Open Badges 2.0 with a signature (JWS, RFC 7515): the key by its address, its owner by the owner’s profile (§4.2, §5.8). */
import { Problem } from '#kernel/problem.ts'
import { isTokenSignature, keyOfPem } from '#codecs/vc-jwt/vc-jwt.ts'
import { unreachedCode } from './bounded-fetch.ts'
import { jsonAt, type World } from './find-keys.ts'
import { failed, idOf, isObject, listOf, ok, textIn, unchecked, type Check, type Json } from './verification.ts'

type Fetch = NonNullable<World['fetch']>

/** The checks `proof`, `issuer` and `status`, and who is named as issuer. */
export async function checkSigned(
  document: Json,
  text: string,
  world: World,
): Promise<{ checks: Check[]; issuer: string | undefined }> {
  const creator = textIn(isObject(document.verification) ? document.verification.creator : undefined) ?? ''
  if (!creator.startsWith('https://')) return { checks: [unchecked('proof', 'keyUnknown')], issuer: undefined }
  const host = URL.parse(creator)?.host ?? ''
  const { fetch: goOut } = world
  if (!goOut) {
    const names = ['proof', 'issuer', 'status'] as const
    return { checks: names.map((name) => unchecked(name, 'offline', { what: host })), issuer: undefined }
  }
  const listed = await objectAt(goOut, creator)
  if (typeof listed === 'string') return { checks: [unchecked('proof', listed, { what: creator })], issuer: undefined }
  const key = listed.id === creator ? keyOfPem(listed.publicKeyPem) : undefined
  if (!key) return { checks: [unchecked('proof', 'keyUnknown')], issuer: undefined }
  const isSound = await isTokenSignature(text, key)
  const proof = isSound ? ok('proof', 'ok', { what: 'JWS' }) : failed('proof', 'wrongSignature')
  const owner = textIn(listed.owner) ?? ''
  return { checks: [proof, ...(await checkOwner(document, { owner, creator }, goOut))], issuer: owner }
}

async function objectAt(goOut: Fetch, address: string): Promise<Json | 'unreachable' | 'tooManyAddresses'> {
  try {
    const value = address.startsWith('https://') ? await jsonAt(goOut, address) : undefined
    return isObject(value) ? value : 'unreachable'
  } catch (error) {
    if (error instanceof Problem) return unreachedCode(error)
    throw error
  }
}

/** The issuer that the badge names must own the key, and its own profile must list it. */
async function checkOwner(
  { id, badge }: Json,
  { owner, creator }: { owner: string; creator: string },
  goOut: Fetch,
): Promise<Check[]> {
  const described = isObject(badge) ? badge : await objectAt(goOut, textIn(badge) ?? '')
  if (typeof described === 'string') return [unchecked('issuer', described, { what: textIn(badge) ?? '' })]
  const issuer = idOf(described.issuer) ?? ''
  if (issuer !== owner) return [failed('issuer', 'notIssuers', { what: owner, issuer })]
  const profile = await objectAt(goOut, owner)
  if (typeof profile === 'string') return [unchecked('issuer', profile, { what: owner })]
  const isListed = profile.id === owner && listOf(profile.publicKey).some((one) => idOf(one) === creator)
  if (!isListed) return [failed('issuer', 'notListed', { what: creator })]
  return [ok('issuer', 'web', { what: URL.parse(owner)?.host ?? owner }), await checkRevoked(id, profile, goOut)]
}

/** §5.10: the issuer’s list of the assertions that it revoked. */
async function checkRevoked(id: unknown, profile: Json, goOut: Fetch): Promise<Check> {
  const address = idOf(profile.revocationList)
  if (address === undefined) return ok('status', 'noneNamed')
  const list = await objectAt(goOut, address)
  if (typeof list === 'string') return unchecked('status', list, { what: address })
  if (idOf(list.issuer) !== profile.id)
    return unchecked('status', 'listOfOthers', { what: idOf(list.issuer) ?? address })
  const isRevoked = listOf(list.revokedAssertions).some((one) => idOf(one) === id)
  return isRevoked ? failed('status', 'revoked') : ok('status', 'ok')
}
