/** Signing in with a passkey: the browser knows whose it is, so no address is asked for. */
import { Type } from 'typebox'
import type { AuthenticationResponseJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server'
import { closed, operation, preparedOperation, type Preparing } from '#kernel/operation.ts'
import { noteEvent } from './audit.ts'
import { From } from './inputs.ts'
import { passkeys, type PasskeyRow } from './passkey-store.ts'
import { Opened, openSession } from './sessions.ts'
import { people } from './store.ts'
import { countTry, isLetPass } from './rate-limit.ts'
import { isOpenChallenge, newChallenge, readAnswer, relyingParty, Response } from './webauthn.ts'

const Refused = Type.Object({ refused: Type.Enum(['wrong', 'tooManyTries']) })
const refuse = <Why extends 'wrong' | 'tooManyTries'>(refused: Why) => ({ refused })

export const challengeSignIn = operation({
  name: 'sessions.challenge',
  summary: 'Begin to sign in with a passkey: what the browser is to be asked',
  http: 'POST /sessions/challenges',
  isOpen: true,
  isForPages: true,
  input: Type.Object({ remote: From.remote }, closed),
  output: Type.Union([
    Type.Object({ options: Type.Unsafe<PublicKeyCredentialRequestOptionsJSON>(Type.Object({})) }),
    Refused,
  ]),
  allow: () => true,
  run: async (context, { remote }) => {
    const { db, now } = context
    if (!(await isLetPass(db, 'challengesFrom', remote, now()))) return refuse('tooManyTries')
    await countTry(db, 'challengesFrom', remote, now())
    const { generateAuthenticationOptions } = await import('@simplewebauthn/server')
    const options = await generateAuthenticationOptions({
      rpID: relyingParty(context).id,
      challenge: await newChallenge(context, null),
      userVerification: 'required',
    })
    return { options }
  },
})

type Checked = { challengeHash?: string; passkey?: PasskeyRow; newCounter?: number }

/** WebAuthn Level 3 §7.2; a counter that does not grow is refused, as a copy of the passkey may be about (§6.1.1). */
async function check(context: Preparing, text: string): Promise<Checked> {
  const read = readAnswer<AuthenticationResponseJSON>(text)
  if (!read) return {}
  const { answer, challengeHash } = read
  const passkey = await passkeys(context.db).byId(answer.id)
  const isSameHolder =
    !answer.response.userHandle ||
    Buffer.from(answer.response.userHandle, 'base64url').toString() === passkey?.accountId
  if (!passkey || !isSameHolder) return { challengeHash }
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server')
  const { id: expectedRPID, origin: expectedOrigin } = relyingParty(context, read.origin)
  const found = await verifyAuthenticationResponse({
    response: answer,
    expectedChallenge: isOpenChallenge(context, null),
    expectedOrigin,
    expectedRPID,
    requireUserVerification: true,
    credential: {
      id: passkey.id,
      publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
      counter: Number(passkey.counter),
    },
  }).catch(() => undefined)
  return found?.verified
    ? { challengeHash, passkey, newCounter: found.authenticationInfo.newCounter }
    : { challengeHash, passkey }
}

/** As with passwords, what fails is an answer and no problem: that it was tried must be written down. */
export const signInByPasskey = preparedOperation({
  name: 'sessions.openByPasskey',
  summary: 'Sign in with a passkey',
  http: 'POST /sessions/passkeys',
  isOpen: true,
  isForPages: true,
  input: Type.Object({ response: Response, remote: From.remote, agent: From.agent }, closed),
  output: Type.Union([Opened, Refused]),
  allow: () => true,
  prepare: async (context, { response, remote }): Promise<Checked | 'tooManyTries'> =>
    (await isLetPass(context.db, 'signInFrom', remote, context.now())) ? check(context, response) : 'tooManyTries',
  run: async (context, { remote, agent }, checked) => {
    const { db, now } = context
    if (checked === 'tooManyTries') return refuse('tooManyTries')
    const { challengeHash, passkey, newCounter } = checked
    const isFirst = challengeHash !== undefined && (await passkeys(db).useChallenge(challengeHash))
    const account = passkey && (await people(db).byId(passkey.accountId))
    const isRight =
      isFirst &&
      newCounter !== undefined &&
      account?.state === 'active' &&
      (await passkeys(db).use(passkey!, newCounter, now().toISOString()))
    if (!isRight) {
      await countTry(db, 'signInFrom', remote, now())
      await noteEvent(context, 'session.refused', passkey?.accountId ?? '', 'passkey')
      return refuse('wrong')
    }
    return openSession(context, account.id, agent, 'passkey')
  },
})
