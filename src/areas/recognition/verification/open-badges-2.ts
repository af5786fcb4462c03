/** Open Badges 2.0: an assertion holds where its address answers the same, or by a signature around it. */
import { Problem } from '#kernel/problem.ts'
import { canonicalJson } from '#codecs/jcs/canonical-json.ts'
import { checkSigned } from './open-badges-2-signed.ts'
import { unreachedCode } from './bounded-fetch.ts'
import { jsonAt, type World } from './find-keys.ts'
import { checkDates } from './data-model.ts'
import { failed, isObject, listOf, ok, textIn, unchecked, type Check, type Json } from './verification.ts'

/** §6: an assertion needs these. */
const needed = ['id', 'recipient', 'badge', 'verification', 'issuedOn']

/** `text`: the token that it came in. */
export async function checkSecondVersion(
  document: Json,
  text: string | undefined,
  world: World,
): Promise<{ checks: Check[]; issuer?: string | undefined }> {
  const missing = needed.find((name) => document[name] === undefined)
  const form = missing === undefined ? ok('wellFormed', 'ok') : failed('wellFormed', 'missing', { what: missing })
  const rest = [form, ok('context', 'ok'), checkDates(document, world.now)]
  const kinds = isObject(document.verification) ? listOf(document.verification.type) : []
  const isOf = (...names: string[]) => kinds.some((one) => names.includes(String(one)))
  if (text !== undefined && isOf('signed', 'SignedBadge')) {
    const { checks, issuer } = await checkSigned(document, text, world)
    return { checks: [...rest, ...checks], issuer }
  }
  if (text === undefined && isOf('hosted', 'HostedBadge'))
    return { checks: [...rest, ...(await checkHosted(document, world))] }
  // One that says that it is signed and comes without its signature, or the other way round.
  if (isOf('signed', 'SignedBadge')) return { checks: [...rest, failed('proof', 'none')] }
  const what = String(kinds[0] ?? 'Open Badges 2.0').slice(0, 100)
  return { checks: [...rest, unchecked('proof', 'suiteUnknown', { what })] }
}

async function checkHosted(document: Json, world: World): Promise<Check[]> {
  const address = textIn(document.id) ?? ''
  const host = URL.parse(address)?.host ?? ''
  if (document.revoked === true) return [failed('status', 'revoked')]
  if (!address.startsWith('https://')) return [failed('proof', 'malformedProof', { what: 'id' })]
  if (!world.fetch)
    return [unchecked('proof', 'offline', { what: host }), unchecked('status', 'offline', { what: host })]
  try {
    const hosted = await jsonAt(world.fetch, address)
    if (isObject(hosted) && hosted.revoked === true) return [failed('status', 'revoked')]
    const isSame = canonicalJson(hosted) === canonicalJson(document)
    return isSame
      ? [ok('proof', 'hosted', { what: host }), ok('issuer', 'web', { what: host }), ok('status', 'ok')]
      : [failed('proof', 'hostedDiffers', { what: host })]
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const code = unreachedCode(error)
    return [unchecked('proof', code, { what: address }), unchecked('status', code, { what: address })]
  }
}
