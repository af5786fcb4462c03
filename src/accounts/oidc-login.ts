/** Signing in at the provider: code flow with PKCE, state and nonce (OpenID Connect Core 1.0 §3.1, RFC 9700). */
import { Type } from 'typebox'
import type { IDToken } from 'openid-client'
import type { Context } from '#kernel/context.ts'
import { languages } from '#kernel/i18n/languages.ts'
import { closed, preparedOperation, type Preparing } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { noteEvent } from './audit.ts'
import { Email, emailKeyOf } from './email.ts'
import { validate } from '#kernel/schema.ts'
import { identities, type TryRow } from './identity-store.ts'
import { From, nameFrom } from './inputs.ts'
import { newAccount } from './email-link.ts'
import { configurationOf } from './oidc.ts'
import { digestOfSecret, isSecret, newSecret } from './secret.ts'
import { Opened, openSession } from './sessions.ts'
import { openOrAsk, Waiting } from './second-step.ts'
import { people } from './store.ts'
import type { Account } from './tables.ts'
import { countTry, isLetPass } from './rate-limit.ts'

const tryMs = 10 * 60_000
const joinMs = 15 * 60_000
const Secret = Type.String({ maxLength: 100 })

/** Where the provider sends people back to; the operator tells it this address. */
export const callbackPath = '/sign-in/provider/callback'
const callbackOf = ({ services: { site } }: Pick<Context, 'services'>) => `${site.address}${callbackPath}`

export const beginAtProvider = preparedOperation({
  name: 'sessions.beginAtProvider',
  summary: 'Begin to sign in at the provider: where to go',
  http: 'POST /sessions/provider-tries',
  isOpen: true,
  isForPages: true,
  input: Type.Object(
    { next: Type.String({ maxLength: 2_000 }), language: Type.Enum([...languages]), remote: From.remote },
    closed,
  ),
  output: Type.Object({ address: Type.String(), browser: Secret }),
  allow: () => true,
  prepare: async (context, { remote }) => {
    if (!(await isLetPass(context.db, 'challengesFrom', remote, context.now()))) throw new Problem('tooManyTries')
    return configurationOf(context.services.provider, context)
  },
  run: async (context, { next, language, remote }, config) => {
    const { db, now, random } = context
    const { buildAuthorizationUrl, calculatePKCECodeChallenge } = await import('openid-client')
    const [state, nonce, verifier, browser] = [0, 1, 2, 3].map(() => newSecret(random)) as [
      string,
      string,
      string,
      string,
    ]
    await countTry(db, 'challengesFrom', remote, now())
    await identities(db).dropOld(now().toISOString())
    await identities(db).addTry({
      stateHash: digestOfSecret(state),
      browserHash: digestOfSecret(browser),
      verifier,
      nonce,
      next,
      language,
      expiresAt: new Date(now().getTime() + tryMs).toISOString(),
    })
    const address = buildAuthorizationUrl(config, {
      redirect_uri: callbackOf(context),
      scope: 'openid email profile',
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    })
    return { address: address.href, browser }
  },
})

type Claims = {
  issuer: string
  subject: string
  email: string | undefined
  name: string
  /** It asked for two factors itself (`mfa` among the `amr` of RFC 8176 §2). */
  isTwofold: boolean
}
type Checked = { begun?: TryRow; claims?: Claims }

/** What the provider says of them; of the address only what it has verified. */
function claimsOf(id: IDToken, more: Record<string, unknown>): Claims {
  const said = { ...more, ...id } as Record<string, unknown>
  const email = String(said.email ?? '')
  const isVerified = said.email_verified === true && isEmail(email)
  return {
    isTwofold: Array.isArray(id.amr) && id.amr.includes('mfa'),
    issuer: id.iss,
    subject: id.sub,
    email: isVerified ? email : undefined,
    name: nameFrom(said.name, email.split('@')[0]!),
  }
}

function isEmail(text: string): boolean {
  try {
    validate(Email, text)
    return true
  } catch {
    return false
  }
}

/** Checks all that came back (OpenID Connect Core 1.0 §3.1.2.7 to §3.1.3.8), of the browser that began it alone. */
async function check(context: Preparing, query: string, browser: string): Promise<Checked> {
  const state = new URLSearchParams(query).get('state') ?? ''
  const begun = isSecret(state) ? await identities(context.db).tryBy(digestOfSecret(state)) : undefined
  if (!begun || begun.expiresAt <= context.now().toISOString()) return {}
  if (!isSecret(browser) || begun.browserHash !== digestOfSecret(browser)) return {}
  const config = await configurationOf(context.services.provider, context)
  const { authorizationCodeGrant, fetchUserInfo } = await import('openid-client')
  try {
    const tokens = await authorizationCodeGrant(config, new URL(`${callbackOf(context)}?${query}`), {
      pkceCodeVerifier: begun.verifier,
      expectedState: state,
      expectedNonce: begun.nonce,
      idTokenExpected: true,
    })
    const id = tokens.claims()!
    const isEnough = id.email !== undefined || !config.serverMetadata().userinfo_endpoint
    const more = isEnough ? {} : await fetchUserInfo(config, tokens.access_token, id.sub)
    return { begun, claims: claimsOf(id, more) }
  } catch (error) {
    // That it cannot be reached is a fault to report; that it said no, or sent what does not fit, is an answer.
    if (error instanceof Problem) throw error
    if (error instanceof Error && error.cause instanceof Problem) throw error.cause
    return { begun }
  }
}

const Spoken = {
  language: Type.Union([Type.Enum([...languages]), Type.Null()], { description: 'In which it was begun' }),
}
const refuse = <Why extends 'provider' | 'unverified' | 'closed'>(refused: Why) => ({ refused })

export const openAtProvider = preparedOperation({
  name: 'sessions.openAtProvider',
  summary: 'Sign in with what the provider said',
  http: 'POST /sessions/providers',
  isOpen: true,
  isForPages: true,
  input: Type.Object({ query: Type.String({ maxLength: 8_000 }), browser: Secret, agent: From.agent }, closed),
  output: Type.Union([
    Type.Object({ opened: Type.Union([Opened, Waiting]), next: Type.String(), ...Spoken }),
    Type.Object({ toJoin: Type.Literal(true), ...Spoken }),
    Type.Object({ refused: Type.Enum(['provider', 'unverified', 'closed', 'tooManyCodes']), ...Spoken }),
  ]),
  allow: () => true,
  prepare: (context, { query, browser }) => check(context, query, browser),
  run: async (context, { browser, agent }, { begun, claims }) => {
    const { db } = context
    const language = begun?.language ?? null
    const isFirst = begun !== undefined && (await identities(db).useTry(begun.stateHash))
    const found = isFirst && claims ? await accountFor(context, claims, begun.language) : refuse('provider')
    if ('refused' in found) {
      await noteEvent(context, 'session.refused', '', 'provider')
      return { ...found, language }
    }
    if ('toJoin' in found) {
      await keepForJoining(context, claims!, found.toJoin, browser)
      return { toJoin: true as const, language }
    }
    const opened = claims!.isTwofold
      ? await openSession(context, found.account.id, agent, 'provider')
      : await openOrAsk(context, found.account, agent, 'provider')
    return 'refused' in opened ? { ...opened, language } : { opened, next: begun!.next, language }
  },
})

type Found = { account: Account } | { toJoin: Account } | { refused: 'unverified' | 'closed' }

/** By issuer and subject; an address alone opens nothing that was there before (OpenID Connect Core 1.0 §5.7). */
async function accountFor(context: Context, claims: Claims, language: string): Promise<Found> {
  const { db, now } = context
  const store = people(db)
  const identity = await identities(db).find(claims.issuer, claims.subject)
  if (identity) {
    const account = await store.byId(identity.accountId)
    return account?.state === 'active' ? { account } : refuse('closed')
  }
  const { email } = claims
  if (email === undefined) return refuse('unverified')
  const known = await store.byEmail(emailKeyOf(email))
  if (known?.state === 'suspended') return refuse('closed')
  if (known?.state === 'active') return { toJoin: known }
  // Somebody asked for the account and never confirmed it; its address is confirmed now.
  const account = known ?? newAccount(context, { name: claims.name, email, language })
  const at = now().toISOString()
  if (!known) await store.add(account)
  await store.dropLinks({ accountId: account.id })
  await store.change(account.id, { name: claims.name, state: 'active', confirmedAt: at })
  await identities(db).add({ issuer: claims.issuer, subject: claims.subject, accountId: account.id, createdAt: at })
  await noteEvent(context, 'identity.made', account.id, new URL(claims.issuer).hostname)
  return { account }
}

const keepForJoining = ({ db, now }: Context, { issuer, subject }: Claims, { id }: Account, browser: string) =>
  identities(db).addJoin({
    browserHash: digestOfSecret(browser),
    issuer,
    subject,
    accountId: id,
    expiresAt: new Date(now().getTime() + joinMs).toISOString(),
  })
