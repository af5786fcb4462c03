/** A person’s passkeys: added after confirming their identity, named, removed. */
import { Type, type Static } from 'typebox'
import type { PublicKeyCredentialCreationOptionsJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import type { Context } from '#kernel/context.ts'
import { closed, operation, preparedOperation } from '#kernel/operation.ts'
import { ofOthers } from '#kernel/problem.ts'
import { noteEvent } from './audit.ts'
import { provenOperation } from './proof.ts'
import { passkeys, type PasskeyRow } from './passkey-store.ts'
import { personIn } from './sessions.ts'
import { people } from './store.ts'
import { isOpenChallenge, newChallenge, readAnswer, relyingParty, Response } from './webauthn.ts'

const mostPasskeys = 20
/** ES256, EdDSA, RS256: what authenticators have. */
const algorithms = [-7, -8, -257]
const Id = Type.String({ pattern: '^[A-Za-z0-9_-]{1,1400}$' })
const Name = Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' })

const isPerson = ({ kind }: Context['actor']) => kind === 'person'

const PasskeyLine = Type.Object({
  id: Type.String(),
  name: Type.String(),
  createdAt: Type.String(),
  lastUsedAt: Type.Union([Type.String(), Type.Null()]),
})
export type PasskeyLine = Static<typeof PasskeyLine>

export const listPasskeys = operation({
  name: 'passkeys.list',
  summary: 'List one’s passkeys',
  http: 'GET /passkeys',
  isForPages: true,
  input: Type.Object({}, closed),
  output: Type.Object({ passkeys: Type.Array(PasskeyLine) }),
  allow: isPerson,
  run: async (context) => ({
    passkeys: (await passkeys(context.db).of(personIn(context))).map(({ id, name, createdAt, lastUsedAt }) => ({
      id,
      name,
      createdAt,
      lastUsedAt,
    })),
  }),
})

const Refused = Type.Object({ refused: Type.Enum(['wrong', 'tooMany', 'known']) })
const refuse = <Why extends Static<typeof Refused>['refused']>(refused: Why) => ({ refused })

/** Another sign-in method is added only after confirming one’s identity again (OWASP ASVS 5.0, 7.5.1). */
export const beginPasskey = provenOperation({
  name: 'passkeys.begin',
  summary: 'Begin to add a passkey: what the browser is to be asked',
  http: 'POST /passkeys/challenges',
  input: {},
  output: Type.Union([
    Type.Object({ options: Type.Unsafe<PublicKeyCredentialCreationOptionsJSON>(Type.Object({})) }),
    Refused,
  ]),
  howMuch: 'all',
  run: async (context) => {
    const { db } = context
    const accountId = personIn(context)
    const [account, known] = [await people(db).byId(accountId), await passkeys(db).of(accountId)]
    if (known.length >= mostPasskeys) return refuse('tooMany')
    const { generateRegistrationOptions } = await import('@simplewebauthn/server')
    const { id: rpID, name: rpName } = relyingParty(context)
    const options = await generateRegistrationOptions({
      rpName,
      rpID,
      userName: account!.email,
      userDisplayName: account!.name,
      userID: new Uint8Array(Buffer.from(accountId)),
      challenge: await newChallenge(context, accountId),
      attestationType: 'none',
      excludeCredentials: known.map(({ id }) => ({ id })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      supportedAlgorithmIDs: algorithms,
    })
    return { options }
  },
})

type Made = Pick<PasskeyRow, 'id' | 'publicKey' | 'counter' | 'transports'>

/** WebAuthn Level 3 §7.1. What was answered is worth nothing a second time, whether it was right or not. */
export const addPasskey = preparedOperation({
  name: 'passkeys.add',
  summary: 'Add the passkey that the browser made',
  http: 'POST /passkeys',
  isForPages: true,
  input: Type.Object({ name: Name, response: Response }, closed),
  output: Type.Union([Type.Object({ id: Type.String() }), Refused]),
  allow: isPerson,
  prepare: async (context, { response }): Promise<{ challengeHash?: string; made?: Made }> => {
    const read = readAnswer<RegistrationResponseJSON>(response)
    if (!read) return {}
    const { verifyRegistrationResponse } = await import('@simplewebauthn/server')
    const { id: expectedRPID, origin: expectedOrigin } = relyingParty(context, read.origin)
    // Whatever the browser may have sent that does not fit is refused alike; the library says so by throwing.
    const found = await verifyRegistrationResponse({
      response: read.answer,
      expectedChallenge: isOpenChallenge(context, personIn(context)),
      expectedOrigin,
      expectedRPID,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    }).catch(() => undefined)
    const { challengeHash } = read
    if (!found?.verified) return { challengeHash }
    const { id, publicKey, counter, transports } = found.registrationInfo.credential
    const made = {
      id,
      publicKey: Buffer.from(publicKey).toString('base64url'),
      counter: String(counter),
      transports: JSON.stringify((transports ?? []).filter((one) => /^[a-z-]{1,20}$/.test(one)).slice(0, 10)),
    }
    return { challengeHash, made }
  },
  run: async (context, { name }, { challengeHash, made }) => {
    const { db, now } = context
    const accountId = personIn(context)
    const isFirst = challengeHash !== undefined && (await passkeys(db).useChallenge(challengeHash))
    if (!made || !isFirst) return refuse('wrong')
    const row = { ...made, accountId, name: name.trim(), createdAt: now().toISOString(), lastUsedAt: null }
    if (!(await passkeys(db).add(row))) return refuse('known')
    await noteEvent(context, 'passkey.added', accountId, name.trim())
    return { id: made.id }
  },
})

export const renamePasskey = operation({
  name: 'passkeys.rename',
  summary: 'Give a passkey another name',
  http: 'PUT /passkeys/:id',
  isForPages: true,
  input: Type.Object({ id: Id, name: Name }, closed),
  output: Type.Object({ id: Type.String() }),
  allow: isPerson,
  run: async (context, { id, name }) => {
    if (await passkeys(context.db).rename(id, personIn(context), name.trim())) return { id }
    throw ofOthers('passkey', id.slice(0, 100), (await passkeys(context.db).byId(id)) !== undefined)
  },
})

/** With a proof: a session that was left open takes no sign-in method away. */
export const removePasskey = provenOperation({
  name: 'passkeys.remove',
  summary: 'Remove a passkey: it opens nothing here any more',
  http: 'DELETE /passkeys/:id',
  input: { id: Id },
  output: Type.Object({ isRemoved: Type.Boolean() }),
  run: async (context, { id }) => {
    const accountId = personIn(context)
    const isRemoved = await passkeys(context.db).remove(id, accountId)
    if (isRemoved) await noteEvent(context, 'passkey.removed', accountId)
    else if (await passkeys(context.db).byId(id)) throw ofOthers('passkey', id.slice(0, 100))
    return { isRemoved }
  },
})
