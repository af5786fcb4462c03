/** The library that speaks with wallets, loaded when the first of them asks. */
import { createHash, randomBytes } from 'node:crypto'
import { isTokenSignature } from '#codecs/vc-jwt/vc-jwt.ts'
import { keyOfMethod, ownKeyDocument, withoutFragment, type KeyDocument } from '#codecs/did/did.ts'

/** The key of a wallet, by an identifier that holds it. */
export function holderOf(didUrl: string) {
  const did = withoutFragment(didUrl)
  const document: KeyDocument | undefined = ownKeyDocument(did)
  const [method] = document?.methods ?? []
  // Some write the identifier alone, which has one key.
  if (!method || (didUrl !== did && didUrl !== method.id)) return undefined
  const key = keyOfMethod(method)?.key
  return key && { did, key }
}

export async function library(address: string) {
  const [{ Openid4vciIssuer, Openid4vciVersion }, oauth] = await Promise.all([
    import('@openid4vc/openid4vci'),
    import('@openid4vc/oauth2'),
  ])
  // The standard wants HTTPS; a node that is tried out at home has none.
  if (address.startsWith('http:')) oauth.setGlobalConfig({ allowInsecureUrls: true })
  const callbacks = {
    hash: (data: Uint8Array, algorithm: string) =>
      createHash(algorithm.replace('-', '')).update(data).digest() as Uint8Array,
    generateRandom: (bytes: number) => randomBytes(bytes) as Uint8Array,
    clientAuthentication: oauth.clientAuthenticationNone({ clientId: '' }),
    signJwt: () => {
      throw new Error('nothing is signed here by the library')
    },
    verifyJwt: async (
      signer: { method: string; didUrl?: string },
      { compact }: { compact: string },
    ): Promise<{ verified: false } | { verified: true; signerJwk: never }> => {
      const holder = signer.method === 'did' ? holderOf(signer.didUrl ?? '') : undefined
      if (!holder || !(await isTokenSignature(compact, holder.key))) return { verified: false }
      return { verified: true, signerJwk: holder.key.export({ format: 'jwk' }) as never }
    },
  }
  return {
    issuer: new Openid4vciIssuer({ callbacks }),
    server: new oauth.Oauth2AuthorizationServer({ callbacks }),
    version: Openid4vciVersion.V1,
    Refused: oauth.Oauth2ServerErrorResponseError,
    decodeJwt: oauth.decodeJwt,
  }
}
