/** Keys for programs: each may do no more than it was made for, and can be ended at any time. */
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { closed, isNamedBy, operation, scopePattern, type AnyOperation } from '#kernel/operation.ts'
import { violation, ofOthers } from '#kernel/problem.ts'
import { newId } from '#records/identifier.ts'
import { noteEvent } from './audit.ts'
import { provenOperation } from './proof.ts'
import { digestOfSecret, newSecret } from './secret.ts'
import { personIn } from './sessions.ts'
import { people } from './store.ts'

const mostKeys = 20
/** More than there are beginnings of names, so that all of them can be ticked. */
const mostScopes = 200
const day = 24 * 60 * 60_000
/** By which a key is known as one of ours, in a log or a file that leaked. */
export const keyPrefix = 'qingdao_'

/** What a key may be made for: the beginnings of the names of all operations that are offered to programs. */
export const scopesOf = (operations: readonly Pick<AnyOperation, 'name'>[]): string[] =>
  [...new Set(operations.map(({ name }) => name.split('.')[0]!))].sort()

/** Whether there is anything that a key for it could do. */
export const isScope = (scope: string, operations: readonly Pick<AnyOperation, 'name'>[]): boolean =>
  operations.some(({ name }) => isNamedBy(scope, name))

const isPerson = ({ kind }: Context['actor']) => kind === 'person'

const KeyLine = Type.Object({
  id: Type.String(),
  name: Type.String(),
  scopes: Type.Array(Type.String()),
  createdAt: Type.String(),
  lastUsedAt: Type.Union([Type.String(), Type.Null()]),
  expiresAt: Type.Union([Type.String(), Type.Null()]),
})
export type KeyLine = Static<typeof KeyLine>

export const makeKey = provenOperation({
  name: 'keys.make',
  summary: 'Make a key for a program; it is shown this once',
  http: 'POST /keys',
  input: {
    name: Type.String({ minLength: 1, maxLength: 100, pattern: '\\S' }),
    scopes: Type.Array(Type.String({ pattern: scopePattern, maxLength: 60 }), {
      minItems: 1,
      maxItems: mostScopes,
      description: 'Names of operations, or what they begin with: `practices`, `records.translate`',
    }),
    days: Type.Integer({ minimum: 1, maximum: 730, default: 365 }),
  },
  output: Type.Object({ id: Type.String(), key: Type.String() }),
  run: async (context, { name, scopes, days }) => {
    const accountId = personIn(context)
    const store = people(context.db)
    const { now, random } = context
    if ((await store.keysOf(accountId)).length >= mostKeys) throw violation('name', 'tooManyKeys', { limit: mostKeys })
    const key = `${keyPrefix}${newSecret(random)}`
    const id = newId(random)
    await store.addKey({
      id,
      tokenHash: digestOfSecret(key),
      accountId,
      name: name.trim(),
      scopes: JSON.stringify([...new Set(scopes)]),
      createdAt: now().toISOString(),
      lastUsedAt: null,
      expiresAt: new Date(now().getTime() + days * day).toISOString(),
    })
    await noteEvent(context, 'key.made', accountId, name.trim())
    return { id, key }
  },
})

export const keys = operation({
  name: 'keys.list',
  summary: 'List one’s keys',
  http: 'GET /keys',
  isForPages: true,
  input: Type.Object({}, closed),
  output: Type.Object({ keys: Type.Array(KeyLine) }),
  allow: isPerson,
  run: async (context) => ({
    keys: (await people(context.db).keysOf(personIn(context))).map(
      ({ id, name, scopes, createdAt, lastUsedAt, expiresAt }) => ({
        id,
        name,
        scopes: JSON.parse(scopes) as string[],
        createdAt,
        lastUsedAt,
        expiresAt,
      }),
    ),
  }),
})

export const endKey = operation({
  name: 'keys.end',
  summary: 'End a key',
  http: 'DELETE /keys/:id',
  isForPages: true,
  input: Type.Object({ id: Type.String({ maxLength: 16 }) }, closed),
  output: Type.Object({ isEnded: Type.Boolean() }),
  allow: isPerson,
  run: async (context, { id }) => {
    const isEnded = await people(context.db).endKey(id, personIn(context))
    if (isEnded) await noteEvent(context, 'key.ended', personIn(context))
    else if (await people(context.db).isKey(id)) throw ofOthers('apiKey', id)
    return { isEnded }
  },
})
