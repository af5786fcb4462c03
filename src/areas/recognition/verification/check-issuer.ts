/** Whether the key that signed is one of the issuer’s, and was in force. */
import type { FoundKey, World } from './find-keys.ts'
import { failed, ok, unchecked, type Check } from './verification.ts'
import { withoutFragment } from '#codecs/did/did.ts'

/**
 * The check `issuer` for one key: it must belong to the very identifier that is named as issuer, be listed for statements,
 * and not have ended before the signature.
 */
export function checkIssuer(issuer: string, method: string, found: FoundKey, world: World, signedAt?: string): Check {
  const owner = withoutFragment(method)
  if (owner !== issuer) return failed('issuer', 'notIssuers', { what: owner, issuer })
  if (found.code === 'keyOnlyInside')
    return unchecked('issuer', world.fetch ? 'keyOnlyInside' : 'offline', { what: issuer })
  if (found.code === 'notListed') return failed('issuer', 'notListed', { what: found.what })
  if (!('document' in found)) return unchecked('issuer', found.code, { what: found.what })
  const { document, method: listed } = found
  if (listed.controller !== issuer) return failed('issuer', 'notIssuers', { what: listed.controller, issuer })
  if (!document.assertionMethod.includes(listed.id)) return failed('issuer', 'notForStatements', { what: listed.id })
  // What was signed before a key ended stays signed; who says nothing of when is taken to sign now.
  const at = signedAt === undefined ? world.now.getTime() : Date.parse(signedAt)
  for (const ended of [listed.revoked, listed.expires])
    if (ended !== undefined && !(at <= Date.parse(ended)))
      return failed('issuer', 'keyEnded', { what: listed.id, until: ended })
  if (found.code === 'web') return ok('issuer', 'web', { what: hostOf(issuer) })
  return ok('issuer', found.code, { what: issuer })
}

const hostOf = (issuer: string) =>
  issuer.startsWith('did:web:') ? decodeURIComponent(issuer.split(':')[2] ?? '') : (URL.parse(issuer)?.host ?? issuer)
