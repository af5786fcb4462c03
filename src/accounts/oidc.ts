/** The OpenID Connect provider that an operator may set, asked through the one way out. */
import type { Configuration, CustomFetch } from 'openid-client'
import { badSetting, type Settings } from '#kernel/config.ts'
import type { Environment } from '#kernel/context.ts'
import { Problem, noSuch } from '#kernel/problem.ts'

export type Provider = { issuer: string; clientId: string; clientSecret: string; name: string }

const largestAnswer = 500_000
const answerWithinMs = 10_000
/** How long the provider’s metadata is cached. */
const freshMs = 60 * 60_000

type Given = Pick<Settings, 'oidcIssuer' | 'oidcClientId' | 'oidcClientSecret' | 'oidcName'>

/** @throws Problem badSetting where the issuer is no address, or nothing says how it knows this node. */
export function providerOf({ oidcIssuer, oidcClientId, oidcClientSecret, oidcName }: Given): Provider | undefined {
  if (!oidcIssuer) return undefined
  const url = URL.parse(oidcIssuer)
  if (!url || !(url.protocol === 'https:' || isThisMachine(url))) throw badSetting('oidcIssuer', oidcIssuer)
  if (!oidcClientId) throw badSetting('oidcClientId', '')
  return { issuer: oidcIssuer, clientId: oidcClientId, clientSecret: oidcClientSecret, name: oidcName || url.hostname }
}

/** Only there may a provider be asked without TLS: to try it out. */
const isThisMachine = ({ protocol, hostname }: URL) =>
  protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname)

/** `fetch` as the library wants it, by the one way out; the provider’s own host may be one of a private network. */
export const fetchBy =
  (goOut: Environment['fetch'], issuer: string): CustomFetch =>
  async (url, { method, headers, body }) => {
    const answer = await goOut(
      url,
      { bytes: largestAnswer, timeMs: answerWithinMs, redirects: 0 },
      {
        method: method === 'POST' ? 'POST' : 'GET',
        headers,
        ...(body !== undefined && body !== null && { body: String(body) }),
        mayBePrivate: new URL(url).host === new URL(issuer).host,
      },
    )
    return new Response(new Uint8Array(answer.body), { status: answer.status, headers: answer.headers })
  }

/** Who asks in vain is not made to wait again at once, nor is the provider asked. */
const silentMs = 10_000
const silent = new WeakMap<Provider, { problem: Problem; at: number }>()
const known = new WeakMap<Provider, { config: Configuration; at: number }>()

/**
 * What the provider says of itself (OpenID Connect Discovery 1.0).
 * @throws Problem notFound where none is set, fetchFailed where it does not answer as one
 */
export async function configurationOf(
  provider: Provider | undefined,
  { fetch, now }: Pick<Environment, 'fetch' | 'now'>,
): Promise<Configuration> {
  if (!provider) throw noSuch('provider', 'provider')
  const kept = known.get(provider)
  if (kept && now().getTime() - kept.at < freshMs) return kept.config
  const failed = silent.get(provider)
  if (failed && now().getTime() - failed.at < silentMs) throw failed.problem
  const oidc = await import('openid-client')
  const url = new URL(provider.issuer)
  try {
    const config = await oidc.discovery(url, provider.clientId, provider.clientSecret || undefined, undefined, {
      [oidc.customFetch]: fetchBy(fetch, provider.issuer),
      // Over TLS the signature of an ID token need not be checked (OpenID Connect Core 1.0 §3.1.3.7); here it is.
      execute: [oidc.enableNonRepudiationChecks, ...(isThisMachine(url) ? [oidc.allowInsecureRequests] : [])],
    })
    known.set(provider, { config, at: now().getTime() })
    return config
  } catch (cause) {
    const problem = new Problem('fetchFailed', { url: provider.issuer, reason: String(cause) }, { cause })
    silent.set(provider, { problem, at: now().getTime() })
    throw problem
  }
}
