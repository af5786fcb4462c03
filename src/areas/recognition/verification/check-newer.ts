/** Whether the issuer offers a newer version of a credential, at the address that it names (Open Badges 3.0, refreshService). */
import { Problem } from '#kernel/problem.ts'
import { canonicalJson } from '#codecs/jcs/canonical-json.ts'
import { refreshType } from '../refresh/refresh-service.ts'
import { unreachedCode } from './bounded-fetch.ts'
import type { Proven } from './check-status.ts'
import { typesOf } from './data-model.ts'
import type { World } from './find-keys.ts'
import { credentialLimits } from './read-document.ts'
import { failed, idOf, isObject, listOf, ok, unchecked, type Check, type Json } from './verification.ts'

/** The check `newer`; nothing where the credential names no such address. */
export async function checkNewer(document: Json, world: World, proven: Proven): Promise<Check[]> {
  const services = listOf(document.refreshService).filter(isObject)
  const address = idOf(services.find((one) => typesOf(one).includes(refreshType)))
  if (address === undefined) return []
  const given = await currentAt(address, world)
  if (typeof given === 'string') return [unchecked('newer', given, { what: address })]
  const current = given.credential === null ? undefined : await proven(given.credential)
  if (!current) return [unchecked('newer', 'noneOffered', { what: address })]
  // Anybody who answers there could sign something: it counts only from the issuer.
  if (!current.isProven || idOf(current.document.issuer) !== idOf(document.issuer))
    return [unchecked('newer', 'unproven', { what: address })]
  if (current.document.id !== document.id) return [failed('newer', 'replaced', { what: address })]
  const isSame = canonicalJson(withoutProof(current.document)) === canonicalJson(withoutProof(document))
  return [ok('newer', isSame ? 'current' : 'newer', { what: address })]
}

const withoutProof = ({ proof: _, ...rest }: Json & { proof?: unknown }): Json => rest

type Unreached = 'offline' | 'unreachable' | 'tooManyAddresses'

async function currentAt(address: string, world: World): Promise<{ credential: unknown } | Unreached> {
  const own = await world.ownCurrent?.(address)
  if (own !== undefined) return { credential: own }
  const { fetch: goOut } = world
  if (!goOut) return 'offline'
  if (!address.startsWith('https://')) return 'unreachable'
  try {
    const { status, body } = await goOut(
      address,
      { bytes: credentialLimits.bytes, timeMs: 10_000, redirects: 2 },
      { headers: { accept: 'application/vc, application/json, text/plain' } },
    )
    if (status === 404 || status === 410) return { credential: null }
    return status === 200 ? { credential: Buffer.from(body).toString('utf8') } : 'unreachable'
  } catch (error) {
    if (error instanceof Problem) return unreachedCode(error)
    throw error
  }
}
