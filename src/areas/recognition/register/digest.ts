import { createHash } from 'node:crypto'
import { canonicalJson } from '#codecs/jcs/canonical-json.ts'

/** The digest by which a credential is known: of its canonical JSON (RFC 8785), or of the token as it is. */
export const credentialDigest = (credential: object | string): string =>
  createHash('sha256')
    .update(typeof credential === 'string' ? credential : canonicalJson(credential))
    .digest('hex')
