/** What this node says of itself to wallets (OpenID4VCI 1.0 §12.2; RFC 8414). */
import { Type } from 'typebox'
import { closed, operation } from '#kernel/operation.ts'
import { languages } from '#kernel/i18n/languages.ts'
import { messagesIn } from '#kernel/i18n/messages.ts'
import { siteIn, type Site } from '#accounts/mail-text.ts'
import { badgeContexts } from '../achievements/badge.ts'
import { library } from './library.ts'

export const walletPath = '/wallet'
export const issuerPath = '/.well-known/openid-credential-issuer'
export const serverPath = '/.well-known/oauth-authorization-server'

/** The one sort of credential that wallets get: as RDF, which is what `ldp_vc` is for (Appendix A.1.2). */
export const configurationId = 'open-badge'
export const suiteForWallets = 'eddsa-rdfc-2022'
/** Of the signatures by which a wallet shows that it has a key. */
export const proofAlgorithms = ['EdDSA', 'Ed25519', 'ES256', 'ES384']
export const preAuthorized = 'urn:ietf:params:oauth:grant-type:pre-authorized_code'

export async function issuerMetadata(site: Site) {
  const { issuer } = await library(site.address)
  return issuer.createCredentialIssuerMetadata({
    credential_issuer: site.address,
    credential_endpoint: `${site.address}${walletPath}/credential`,
    nonce_endpoint: `${site.address}${walletPath}/nonce`,
    display: languages.map((locale) => ({ name: siteIn(site, locale).name, locale })),
    credential_configurations_supported: {
      [configurationId]: {
        format: 'ldp_vc',
        credential_definition: { '@context': badgeContexts, type: ['VerifiableCredential', 'OpenBadgeCredential'] },
        cryptographic_binding_methods_supported: ['did:key', 'did:jwk'],
        credential_signing_alg_values_supported: [suiteForWallets],
        proof_types_supported: { jwt: { proof_signing_alg_values_supported: proofAlgorithms } },
        credential_metadata: {
          display: languages.map((locale) => ({ name: messagesIn(locale)('wallet.credential'), locale })),
        },
      },
    },
  })
}

/** The node authorises what it issues itself. Wallets need not register (`pre-authorized_grant_anonymous_access_supported`). */
export async function serverMetadata({ address }: Pick<Site, 'address'>) {
  const { server } = await library(address)
  return server.createAuthorizationServerMetadata({
    issuer: address,
    token_endpoint: `${address}${walletPath}/token`,
    grant_types_supported: [preAuthorized],
    response_types_supported: [],
    token_endpoint_auth_methods_supported: ['none'],
    'pre-authorized_grant_anonymous_access_supported': true,
  })
}

/** The same in the form that the library asks with. */
export async function toldToLibrary(site: Site) {
  const [{ issuer, version }, credentialIssuer] = [await library(site.address), await issuerMetadata(site)]
  return {
    credentialIssuer,
    originalDraftVersion: version,
    authorizationServers: [await serverMetadata(site)],
    knownCredentialConfigurations: issuer.getKnownCredentialConfigurationsSupported(credentialIssuer),
  }
}

const Metadata = Type.Object({}, { additionalProperties: true })

export const readIssuerMetadata = operation({
  name: 'wallets.issuer',
  summary: 'Read what this node issues to wallets, and where',
  http: 'GET /wallets/issuer',
  isForPages: true,
  input: Type.Object({}, closed),
  output: Metadata,
  allow: () => true,
  run: ({ services }) => issuerMetadata(services.site),
})

export const readServerMetadata = operation({
  name: 'wallets.server',
  summary: 'Read where wallets give a code for a token',
  http: 'GET /wallets/server',
  isForPages: true,
  input: Type.Object({}, closed),
  output: Metadata,
  allow: () => true,
  run: ({ services }) => serverMetadata(services.site),
})
