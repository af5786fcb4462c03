/** Who one is at the provider: joined to an account by who is in it, listed, and removed. */
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { noteEvent } from './audit.ts'
import { identities } from './identity-store.ts'
import { provenOperation } from './proof.ts'
import { digestOfSecret, isSecret } from './secret.ts'
import { personIn } from './sessions.ts'

const Text = Type.String({ maxLength: 500 })
const isPerson = ({ kind }: Context['actor']) => kind === 'person'
const hostOf = (issuer: string) => URL.parse(issuer)?.hostname ?? issuer

const IdentityLine = Type.Object({
  issuer: Type.String(),
  host: Type.String(),
  subject: Type.String(),
  createdAt: Type.String(),
})
export type IdentityLine = Static<typeof IdentityLine>

export const listIdentities = operation({
  name: 'identities.list',
  summary: 'List by which providers one can sign in',
  http: 'GET /identities',
  isForPages: true,
  input: Type.Object({}, closed),
  output: Type.Object({ identities: Type.Array(IdentityLine) }),
  allow: isPerson,
  run: async (context) => ({
    identities: (await identities(context.db).of(personIn(context))).map(({ issuer, subject, createdAt }) => ({
      issuer,
      host: hostOf(issuer),
      subject,
      createdAt,
    })),
  }),
})

/** Only in the browser that was at the provider, and only to the account of that address. */
export const joinIdentity = provenOperation({
  name: 'identities.join',
  summary: 'Join to one’s account who one is at the provider',
  http: 'POST /identities',
  input: { browser: Type.String({ maxLength: 100 }) },
  output: Type.Object({ isJoined: Type.Boolean() }),
  howMuch: 'recent',
  run: async (context, { browser }) => {
    const { db, now } = context
    const accountId = personIn(context)
    const at = now().toISOString()
    const waiting = isSecret(browser) ? await identities(db).joinBy(digestOfSecret(browser)) : undefined
    if (!waiting || waiting.accountId !== accountId || waiting.expiresAt <= at) return { isJoined: false }
    const { issuer, subject, browserHash } = waiting
    await identities(db).dropJoin(browserHash)
    if (await identities(db).find(issuer, subject)) return { isJoined: false }
    await identities(db).add({ issuer, subject, accountId, createdAt: at })
    await noteEvent(context, 'identity.joined', accountId, hostOf(issuer))
    return { isJoined: true }
  },
})

/** With a proof: a session that was left open takes no sign-in method away. */
export const removeIdentity = provenOperation({
  name: 'identities.remove',
  summary: 'Part one’s account from who one is at a provider',
  http: 'DELETE /identities',
  input: { issuer: Text, subject: Text },
  output: Type.Object({ isRemoved: Type.Boolean() }),
  run: async (context, { issuer, subject }) => {
    const accountId = personIn(context)
    const isRemoved = await identities(context.db).remove({ issuer, subject, accountId })
    if (isRemoved) await noteEvent(context, 'identity.removed', accountId, hostOf(issuer))
    return { isRemoved }
  },
})
