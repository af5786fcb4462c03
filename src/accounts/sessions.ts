/** Sessions: how one is opened, which there are, and their end. */
import { Type, type Static } from 'typebox'
import type { Context, Actor } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { newId } from '#records/identifier.ts'
import { noteEvent } from './audit.ts'
import { digestOfSecret, newSecret } from './secret.ts'
import { people } from './store.ts'
import type { Way } from './tables.ts'

const day = 24 * 60 * 60_000
/** A session ends so long after it was last used, and so long after it began (OWASP ASVS 5.0, 7.3). */
export const idleMs = 7 * day
export const longestMs = 30 * day
/** So long a browser keeps the secret by which it is known as one that signed in. */
export const deviceMs = 365 * day

/** The secrets that the browser keeps: of the session, and of itself as one that signed in. */
export const Opened = Type.Object({ session: Type.String(), device: Type.String() })
export type Opened = Static<typeof Opened>

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
    way,
  })
  await people(db).addDevice({ tokenHash: digestOfSecret(device), accountId, createdAt: at })
  await noteEvent(context, 'session.opened', accountId, way)
  return { session, device }
}

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

export const signOut = operation({
  name: 'sessions.close',
  summary: 'Sign out',
  http: 'DELETE /session',
  isForPages: true,
  input: Type.Object({ session: Type.String({ maxLength: 16 }) }, closed),
  output: Type.Object({ cameBy: Type.Union([Type.String(), Type.Null()], { description: 'Null where it had ended' }) }),
  allow: signedIn,
  run: async (context, { session }) => {
    const store = people(context.db)
    const own = (await store.sessionsOf(personIn(context))).find(({ id }) => id === session)
    if (!own || !(await store.endSession(session, personIn(context)))) return { cameBy: null }
    await noteEvent(context, 'session.ended', personIn(context))
    return { cameBy: own.way }
  },
})

export const isAlive = ({ createdAt, seenAt }: { createdAt: string; seenAt: string }, now: Date): boolean =>
  now.getTime() - Date.parse(seenAt) < idleMs && now.getTime() - Date.parse(createdAt) < longestMs
