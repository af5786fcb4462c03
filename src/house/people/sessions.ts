/** Signing in and out with a password, and what sessions there are. */
import { Type, type Static } from 'typebox'
import type { Context, Actor } from '#core/context.ts'
import { closed, operation, preparedOperation, type Preparing } from '#core/operation.ts'
import { Problem } from '#core/problem.ts'
import { newId } from '../record/identifier.ts'
import { noteEvent } from './audit.ts'
import { emailKeyOf } from './email.ts'
import { isPassword, longestPassword } from './password.ts'
import { digestOfSecret, isSecret, newSecret } from './secret.ts'
import { people } from './store.ts'
import { countTry, dropOldTries, forgetTries, isLetPass } from './tries.ts'

const day = 24 * 60 * 60_000
/** A session ends so long after it was last used, and so long after it began (OWASP ASVS 5.0, 7.3). */
export const idleMs = 7 * day
export const longestMs = 30 * day

/** The secrets that the browser keeps: of the session, and of itself as one that signed in. */
export const Opened = Type.Object({ session: Type.String(), device: Type.String() })
export type Opened = Static<typeof Opened>

/** How somebody came in, as the audit trail tells. */
export type Way = 'password' | 'link' | 'passkey' | 'provider'

/** A new session with a new secret: what the browser held before is worth nothing for it. */
export async function openSession(
  context: Pick<Context, 'db' | 'now' | 'random' | 'actor'>,
  accountId: string,
  agent: string,
  way: Way,
): Promise<Opened> {
  const { db, now, random } = context
  const [session, device] = [newSecret(random), newSecret(random)]
  const at = now().toISOString()
  await people(db).addSession({
    id: newId(random),
    tokenHash: digestOfSecret(session),
    accountId,
    createdAt: at,
    seenAt: at,
    agent,
  })
  await people(db).addDevice({ tokenHash: digestOfSecret(device), accountId, createdAt: at })
  await noteEvent(context, 'session.opened', accountId, way)
  return { session, device }
}

const SignIn = Type.Object(
  {
    email: Type.String({ maxLength: 254 }),
    password: Type.String({ maxLength: longestPassword * 4 }),
    remote: Type.String({ maxLength: 100 }),
    agent: Type.String({ maxLength: 200 }),
    device: Type.Optional(Type.String({ maxLength: 100 })),
  },
  closed,
)
type SignIn = Static<typeof SignIn>

/** Where tries are counted: a browser that signed in to this account before has a count of its own. */
async function placesOf({ db }: Preparing, { email, remote, device }: SignIn) {
  const emailKey = emailKeyOf(email)
  const account = await people(db).byEmail(emailKey)
  const isKnown = account && isSecret(device) ? await people(db).isDeviceOf(digestOfSecret(device), account.id) : false
  const here = isKnown ? `device ${digestOfSecret(device!)}` : `${remote} ${emailKey}`
  return { account, here, anywhere: isKnown ? undefined : emailKey }
}

async function isHeldUp({ db, now }: Preparing, { remote }: SignIn, here: string, anywhere: string | undefined) {
  if (!(await isLetPass(db, 'signInHere', here, now()))) return true
  if (anywhere === undefined) return false
  return !(
    (await isLetPass(db, 'signInAnywhere', anywhere, now())) && (await isLetPass(db, 'signInFrom', remote, now()))
  )
}

/** A sign-in that fails is an answer and no problem: what was tried must be written down. */
export const signIn = preparedOperation({
  name: 'sessions.open',
  summary: 'Sign in with address and password',
  http: 'POST /sessions',
  isOpen: true,
  isForPages: true,
  input: SignIn,
  output: Type.Union([Opened, Type.Object({ refused: Type.Enum(['wrong', 'tooManyTries']) })]),
  allow: () => true,
  prepare: async (context, input) => {
    const { account, here, anywhere } = await placesOf(context, input)
    if (await isHeldUp(context, input, here, anywhere)) return { outcome: 'tooManyTries' as const }
    const isRight = await isPassword(input.password, account?.state === 'active' ? account.passwordHash : null)
    return { outcome: isRight ? ('right' as const) : ('wrong' as const), here, anywhere, accountId: account?.id }
  },
  run: async (context, { remote, agent }, tried) => {
    const { db, now } = context
    if (tried.outcome === 'tooManyTries') return { refused: 'tooManyTries' as const }
    const { here, anywhere, accountId } = tried
    // The account may have been closed while the password was checked.
    const account = accountId === undefined ? undefined : await people(db).byId(accountId)
    if (tried.outcome === 'wrong' || account?.state !== 'active') {
      await countTry(db, 'signInHere', here, now())
      if (anywhere !== undefined) {
        await countTry(db, 'signInAnywhere', anywhere, now())
        await countTry(db, 'signInFrom', remote, now())
      }
      await noteEvent(context, 'session.refused', accountId ?? '', 'password')
      return { refused: 'wrong' as const }
    }
    await forgetTries(db, 'signInHere', here)
    await dropOldTries(db, now())
    return openSession(context, account.id, agent, 'password')
  },
})

const signedIn = (actor: Actor): actor is Extract<Actor, { kind: 'person' }> => actor.kind === 'person'
/** @throws Problem unauthenticated */
export function personIn({ actor }: Pick<Context, 'actor'>): string {
  if (!signedIn(actor)) throw new Problem('unauthenticated')
  return actor.id
}

const SessionLine = Type.Object({
  id: Type.String(),
  createdAt: Type.String(),
  seenAt: Type.String(),
  agent: Type.String(),
})
export type SessionLine = Static<typeof SessionLine>

export const sessions = operation({
  name: 'sessions.list',
  summary: 'List where one is signed in',
  http: 'GET /sessions',
  isForPages: true,
  input: Type.Object({}, closed),
  output: Type.Object({ sessions: Type.Array(SessionLine) }),
  allow: signedIn,
  run: async (context) => {
    const found = await people(context.db).sessionsOf(personIn(context))
    const alive = found.filter((one) => isAlive(one, context.now()))
    return { sessions: alive.map(({ id, createdAt, seenAt, agent }) => ({ id, createdAt, seenAt, agent })) }
  },
})

export const endSession = operation({
  name: 'sessions.end',
  summary: 'End one of one’s sessions, here or elsewhere',
  http: 'DELETE /sessions/:id',
  isForPages: true,
  input: Type.Object({ id: Type.String({ maxLength: 16 }) }, closed),
  output: Type.Object({ isEnded: Type.Boolean() }),
  allow: signedIn,
  run: async (context, { id }) => {
    const isEnded = await people(context.db).endSession(id, personIn(context))
    if (isEnded) await noteEvent(context, 'session.ended', personIn(context))
    return { isEnded }
  },
})

export const isAlive = ({ createdAt, seenAt }: { createdAt: string; seenAt: string }, now: Date): boolean =>
  now.getTime() - Date.parse(seenAt) < idleMs && now.getTime() - Date.parse(createdAt) < longestMs
