import { Type } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { closed, operation, type AnyOperation } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { permission } from '#kernel/permission.ts'
import type { Kind } from './kind.ts'
import { checkBody, checkChange } from './check.ts'
import { recordId } from './fields.ts'
import { newId } from './identifier.ts'
import { add, change, expectRevision } from './write.ts'
import { StoredRecord, type Body } from './record.ts'
import { records } from './store.ts'

const authorsIn = ({ actor }: Context): string[] => (actor.kind === 'person' ? [actor.id] : [])

const Id = Type.String({ pattern: recordId, description: 'Identifier of the record' })

const made = new WeakMap<Kind, ReturnType<typeof operationsFor>>()

/** The operations of a kind, by what they do. */
export function kindOperations(kind: Kind): ReturnType<typeof operationsFor> {
  const known = made.get(kind) ?? operationsFor(kind)
  made.set(kind, known)
  return known
}

/** What every kind can do with no more code: share, list, revise. The rest is the same for all records. */
export function operationsOf(kind: Kind): AnyOperation[] {
  const { share, list, revise } = kindOperations(kind)
  return kind.isMadeBySystem ? [list] : [share, list, revise]
}

function operationsFor(kind: Kind) {
  const share = operation({
    name: `${kind.plural}.share`,
    summary: `Share a record of kind ${kind.name}`,
    http: `POST /${kind.plural}`,
    input: kind.body,
    output: StoredRecord,
    makes: ({ id }) => `/records/${id}`,
    allow: permission('record.publish'),
    run: async (context, input) => {
      const body = checkBody(kind, input)
      await context.services.hooks.proposed(context, body, authorsIn(context))
      const [kept] = await add(context, [{ id: newId(context.random), kind, body, origin: null }])
      return kept!
    },
  })

  const list = operation({
    name: `${kind.plural}.list`,
    summary: `List the records of kind ${kind.name}, in the order in which they came`,
    http: `GET /${kind.plural}`,
    input: Type.Object(
      {
        after: Type.Integer({
          minimum: 0,
          maximum: 2_147_483_647,
          default: 0,
          description: '`next` of the page before',
        }),
        limit: Type.Integer({ minimum: 1, maximum: 500, default: 50 }),
      },
      closed,
    ),
    output: Type.Object({ records: Type.Array(StoredRecord), next: Type.Union([Type.Integer(), Type.Null()]) }),
    allow: () => true,
    run: async ({ db }, { after, limit }) => {
      const found = await records(db).list(kind.name, { after, limit: limit + 1 })
      const page = found.slice(0, limit)
      return { records: page, next: found.length > limit ? page.at(-1)!.number : null }
    },
  })

  const revise = operation({
    name: `${kind.plural}.revise`,
    summary: `Make a new version of a record of kind ${kind.name}`,
    http: `PUT /${kind.plural}/:id`,
    input: Type.Object(
      {
        id: Id,
        revision: Type.Integer({
          minimum: 1,
          maximum: 2_147_483_647,
          description: 'The version that this change was made from',
        }),
        body: kind.body,
        note: Type.Optional(Type.String({ maxLength: 2_000, description: 'Why' })),
      },
      closed,
    ),
    output: StoredRecord,
    allow: permission('record.publish'),
    run: async (context, { id, revision, body: input, note = null }) => {
      const before = await records(context.db).find(id)
      if (!before || before.kind !== kind.name) throw new Problem('recordNotFound', { id })
      if (before.status === 'withdrawn') throw new Problem('withdrawn', { id, reason: before.note ?? '' })
      expectRevision(before, revision)
      const body: Body = checkChange(kind, before.body, input)
      await context.services.hooks.proposed(context, body, authorsIn(context))
      return change(context, kind, before, 'revise', { body, note })
    },
  })

  return { share, list, revise }
}
