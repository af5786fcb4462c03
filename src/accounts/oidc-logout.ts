/** Signing out at the provider too, and hearing from it that somebody signed out there. */
import type { JWTVerifyGetKey } from 'jose'
import { Type } from 'typebox'
import { closed, operation, preparedOperation, type Preparing } from '#kernel/operation.ts'
import { noSuch } from '#kernel/problem.ts'
import { noteEvent } from './audit.ts'
import { identities } from './identity-store.ts'
import { configurationOf, fetchBy, type Provider } from './oidc.ts'
import { dropSteps } from './second-step.ts'
import { people } from './store.ts'

/** The operator tells the provider this address. */
export const endedPath = '/sign-in/provider/ended'
const endedEvent = 'http://schemas.openid.net/event/backchannel-logout'
/** So old a token may be, and so far clocks may differ (OpenID Connect Back-Channel Logout 1.0 §2.6). */
const oldestSeconds = 120
const clocksDifferSeconds = 60

export const readEndAtProvider = operation({
  name: 'sessions.readEndAtProvider',
  summary: 'Tell where one signs out at the provider (OpenID Connect RP-Initiated Logout 1.0 §2)',
  http: 'GET /sessions/provider-end',
  isForPages: true,
  input: Type.Object({}, closed),
  output: Type.Object({ address: Type.Union([Type.String(), Type.Null()]) }),
  allow: () => true,
  run: async (context) => {
    const config = await configurationOf(context.services.provider, context)
    if (!config.serverMetadata().end_session_endpoint) return { address: null }
    const { buildEndSessionUrl } = await import('openid-client')
    return { address: buildEndSessionUrl(config).href }
  },
})

const keySets = new WeakMap<Provider, JWTVerifyGetKey>()

/** The provider’s keys, cached, so that tokens sent to us do not each cause a request to the provider. */
async function keysAt(address: string, provider: Provider, { fetch: goOut }: Pick<Preparing, 'fetch'>) {
  const { createRemoteJWKSet, customFetch } = await import('jose')
  const known = keySets.get(provider)
  if (known) return known
  const goTo = fetchBy(goOut, provider.issuer)
  const keys = createRemoteJWKSet(new URL(address), {
    [customFetch]: (url: string) => goTo(url, { method: 'GET', headers: {}, redirect: 'manual', body: null }),
  })
  keySets.set(provider, keys)
  return keys
}

/** The person whose sessions ended at the provider; undefined for a token that is not from this provider, not for this client, or expired. */
async function subjectOf(context: Preparing, token: string): Promise<{ issuer: string; subject: string } | undefined> {
  const { provider } = context.services
  const { issuer, jwks_uri: keys } = (await configurationOf(provider, context)).serverMetadata()
  if (!keys) throw noSuch('providerKeys', 'jwks_uri')
  const { errors, jwtVerify } = await import('jose')
  try {
    const { payload } = await jwtVerify(token, await keysAt(keys, provider!, context), {
      issuer,
      audience: provider!.clientId,
      maxTokenAge: oldestSeconds,
      clockTolerance: clocksDifferSeconds,
      currentDate: context.now(),
      requiredClaims: ['iat', 'jti', 'sub'],
    })
    const { sub: subject, events, nonce } = payload
    const isEnded = typeof events === 'object' && events !== null && endedEvent in events && nonce === undefined
    return isEnded && subject ? { issuer, subject } : undefined
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined
    throw error
  }
}

export const endByProvider = preparedOperation({
  name: 'sessions.endByProvider',
  summary: 'Hear that somebody signed out at the provider (OpenID Connect Back-Channel Logout 1.0 §2.5)',
  http: 'POST /sessions/provider-ends',
  isOpen: true,
  isForPages: true,
  input: Type.Object({ token: Type.String({ maxLength: 8_000 }) }, closed),
  output: Type.Object({ isTaken: Type.Boolean() }),
  allow: () => true,
  prepare: (context, { token }) => subjectOf(context, token),
  run: async (context, _, found) => {
    if (!found) return { isTaken: false }
    const identity = await identities(context.db).find(found.issuer, found.subject)
    if (identity) await dropSteps(context.db, identity.accountId)
    if (identity && (await people(context.db).endSessionsBy('provider', identity.accountId)))
      await noteEvent(context, 'session.ended', identity.accountId, 'provider')
    return { isTaken: true }
  },
})
