/** From what a request brings along to a person: a session's secret, or a key. */
import type { Kysely } from 'kysely'
import type { Database } from '#kernel/database/database.ts'
import { Problem } from '#kernel/problem.ts'
import type { Who } from '#kernel/http/server.ts'
import { keyPrefix } from './keys.ts'
import { digestOfSecret, formMarkOf, isSecret } from './secret.ts'
import { isAlive } from './sessions.ts'
import { people } from './store.ts'

/** So often it is written down that a session or key is in use: not at each page. */
const noticeEveryMs = 10 * 60_000

export type Noticed = { what: 'session' | 'key'; id: string }

/** `noticed` is told, now and then, that a session or a key is in use. */
export async function whoHasSession(
  db: Kysely<unknown>,
  secret: string | undefined,
  now: Date,
  noticed: (one: Noticed) => void,
): Promise<Who | undefined> {
  if (!isSecret(secret)) return undefined
  const session = await people(db).sessionBy(digestOfSecret(secret))
  if (!session || !isAlive(session, now)) return undefined
  const account = await people(db).byId(session.accountId)
  if (account?.state !== 'active') return undefined
  if (now.getTime() - Date.parse(session.seenAt) > noticeEveryMs) noticed({ what: 'session', id: session.id })
  return {
    by: 'session',
    actor: { kind: 'person', id: account.id, roles: account.roles },
    session: { id: session.id, csrf: formMarkOf(secret), name: account.name, email: account.email },
  }
}

/** Writes down that a session or key is in use. */
export const noteUse = (database: Database, { what, id }: Noticed, now: Date): Promise<void> =>
  database.write((tx) => people(tx)[what === 'session' ? 'seeSession' : 'seeKey'](id, now.toISOString()))

const bearer = /^Bearer +([A-Za-z0-9_-]{1,100})$/i

/** RFC 6750. @throws Problem badKey where the key is none, or no more. */
export async function whoHasKey(
  db: Kysely<unknown>,
  authorization: string,
  now: Date,
  noticed: (one: Noticed) => void,
): Promise<Who> {
  const [, secret = ''] = bearer.exec(authorization) ?? []
  const key = secret.startsWith(keyPrefix) ? await people(db).keyBy(digestOfSecret(secret)) : undefined
  const isOver = !key || (key.expiresAt !== null && key.expiresAt <= now.toISOString())
  const account = isOver ? undefined : await people(db).byId(key.accountId)
  if (isOver || account?.state !== 'active') throw new Problem('badKey')
  if (now.getTime() - Date.parse(key.lastUsedAt ?? key.createdAt) > noticeEveryMs || key.lastUsedAt === null)
    noticed({ what: 'key', id: key.id })
  return {
    by: 'key',
    actor: { kind: 'person', id: account.id, roles: account.roles, scopes: JSON.parse(key.scopes) as string[] },
  }
}
