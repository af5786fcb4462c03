/** What passkeys need of WebAuthn Level 3: challenges that count once, and whose answers are taken. */
import { Type } from 'typebox'
import type { Context } from '#kernel/context.ts'
import type { Preparing } from '#kernel/operation.ts'
import { passkeys } from './passkey-store.ts'
import { digestOfSecret, isSecret, newSecret } from './secret.ts'

const lifeMs = 5 * 60_000
const longestResponse = 20_000

/** What the browser answers, as JSON; the library reads it with care. */
export const Response = Type.String({ maxLength: longestResponse })

const onThisMachine = /^http:\/\/localhost(?::\d{1,5})?$/

/**
 * The site that passkeys belong to: its public address, whatever a request says. A node without one is on the machine of
 * its reader, where any port may lead to it; the name `localhost` is the only one of such a machine that WebAuthn Level 3
 * (§5.1.2) takes for a domain.
 */
export function relyingParty({ services: { site } }: Pick<Context, 'services'>, answered = '') {
  const { origin, hostname } = new URL(site.address)
  const isLocal = onThisMachine.test(origin) && onThisMachine.test(answered)
  return { origin: isLocal ? answered : origin, id: hostname, name: site.name }
}

/** Where passkeys work for who reads this page, at the port by which they came. */
export function passkeyOrigin(siteAddress: string, pageAddress: string): string {
  const { origin } = new URL(siteAddress)
  const page = new URL(pageAddress)
  if (!onThisMachine.test(origin) || !['localhost', '127.0.0.1', '[::1]'].includes(page.hostname)) return origin
  return `http://localhost${page.port && `:${page.port}`}`
}

/** A challenge of 256 bits (WebAuthn Level 3 §13.4.3), kept for five minutes and taken once. */
export async function newChallenge(
  { db, now, random }: Pick<Context, 'db' | 'now' | 'random'>,
  accountId: string | null,
): Promise<Uint8Array<ArrayBuffer>> {
  const challenge = newSecret(random)
  await passkeys(db).dropOldChallenges(now().toISOString())
  await passkeys(db).addChallenge({
    challengeHash: digestOfSecret(challenge),
    accountId,
    expiresAt: new Date(now().getTime() + lifeMs).toISOString(),
  })
  return new Uint8Array(Buffer.from(challenge, 'base64url'))
}

/** Whether a challenge is one of ours, for this account or for nobody’s, and not too old. */
export const isOpenChallenge =
  ({ db, now }: Pick<Preparing, 'db' | 'now'>, accountId: string | null) =>
  async (challenge: string): Promise<boolean> => {
    const known = isSecret(challenge) ? await passkeys(db).challenge(digestOfSecret(challenge)) : undefined
    return known !== undefined && known.accountId === accountId && known.expiresAt > now().toISOString()
  }

type Answered = { id: string; response: { clientDataJSON: string } }

/** The JSON of a browser; undefined where it is none, or names no challenge. */
export function readAnswer<Answer extends Answered>(
  text: string,
): { answer: Answer; challengeHash: string; origin: string } | undefined {
  try {
    const answer = JSON.parse(text) as Answer
    const client = JSON.parse(Buffer.from(answer.response.clientDataJSON, 'base64url').toString()) as {
      challenge?: unknown
      origin?: unknown
    }
    return typeof client.challenge === 'string' && typeof answer.id === 'string'
      ? { answer, challengeHash: digestOfSecret(client.challenge), origin: String(client.origin) }
      : undefined
  } catch {
    return undefined
  }
}
