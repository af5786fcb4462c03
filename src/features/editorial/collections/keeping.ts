/** Collections as readers see them, and their curators. */
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { closed, operation } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { curatedCollection } from '../collection.ts'
import { may, mayWithin, permission } from '#kernel/permission.ts'
import { waitingStates } from '../drafts/states.ts'
import { isOf, keptOf } from '#records/kind.ts'
import { noteEvent } from '#accounts/audit.ts'
import { NameOrAddress, personMeant } from '#accounts/find-people.ts'
import { notify } from '#accounts/notices/notify.ts'
import { people } from '#accounts/store.ts'
import { Done, done, Id } from '#records/inputs.ts'
import { records } from '#records/store.ts'
import { curation } from './store.ts'

/** @throws Problem recordNotFound where there is no such collection, or no more. */
export async function findCollection({ db }: Pick<Context, 'db'>, id: string): Promise<Collection> {
  const found = await records(db).find(id)
  if (found?.status === 'published') {
    const { digest: _, ...record } = found
    if (isOf(curatedCollection)(record)) return record
  }
  throw new Problem('recordNotFound', { id })
}

export const CollectionLine = Type.Object({
  collection: keptOf(curatedCollection),
  members: Type.Integer({ description: 'Records in it' }),
  waiting: Type.Integer({ description: 'Submissions that wait for review or a decision' }),
})
export type CollectionLine = Static<typeof CollectionLine>
type Collection = CollectionLine['collection']

async function linesOf({ db }: Pick<Context, 'db'>, found: readonly Collection[]): Promise<CollectionLine[]> {
  const ids = found.map(({ id }) => id)
  const store = curation(db)
  const [members, waiting] = [await store.countMembers(ids), await store.countWaiting(ids, waitingStates)]
  return found.map((collection) => ({
    collection,
    members: members.get(collection.id) ?? 0,
    waiting: waiting.get(collection.id) ?? 0,
  }))
}

export const listCollections = operation({
  name: 'collections.list',
  summary: 'List the collections of this node, with how many records are in each and how many wait',
  http: 'GET /collections',
  input: Type.Object(
    {
      after: Type.Integer({ minimum: 0, maximum: 2_147_483_647, default: 0 }),
      limit: Type.Integer({ minimum: 1, maximum: 100, default: 50 }),
    },
    closed,
  ),
  output: Type.Object({ collections: Type.Array(CollectionLine), next: Type.Union([Type.Integer(), Type.Null()]) }),
  allow: () => true,
  run: async (context, { after, limit }) => {
    const found = await records(context.db).list(curatedCollection.name, { after, limit: limit + 1 })
    const shown = found.slice(0, limit).filter(isOf(curatedCollection))
    return {
      collections: await linesOf(context, shown),
      next: found.length > limit ? shown.at(-1)!.number : null,
    }
  },
})

export const CollectionBoard = Type.Object({
  ...CollectionLine.properties,
  curators: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
  mayCurate: Type.Boolean({ description: 'You may invite records and decide on submissions' }),
  mayAppoint: Type.Boolean(),
})
export type CollectionBoard = Static<typeof CollectionBoard>

export const readSource = operation({
  name: 'collections.read',
  summary: 'Read a collection: its policy, its curators, how much is in it and how much waits',
  http: 'GET /collections/:id',
  input: Type.Object({ id: Id }, closed),
  output: CollectionBoard,
  allow: () => true,
  run: async (context, { id }) => {
    const [line] = await linesOf(context, [await findCollection(context, id)])
    const ids = (await curation(context.db).curators([id])).map(({ accountId }) => accountId)
    const names = await people(context.db).byIds(ids)
    return {
      ...line!,
      curators: ids.flatMap((one) => {
        const { state, name = '' } = names.get(one) ?? {}
        return state === 'active' ? [{ id: one, name }] : []
      }),
      mayCurate: mayWithin(context.actor, 'collection.invite', ids),
      mayAppoint: may(context.actor, 'collection.appoint'),
    }
  },
})

async function tellCurator(context: Context, accountId: string, id: string, about: 'curatorOf' | 'curatorNoMore') {
  const { actor, db } = context
  const person = actor.kind === 'person' ? ((await people(db).byId(actor.id))?.name ?? '') : ''
  const { body } = await findCollection(context, id)
  await notify(context, [accountId], { about, topic: 'account', path: `/records/${id}`, of: body, person })
}

export const appoint = operation({
  name: 'collections.appoint',
  summary: 'Make somebody who has an account a curator of a collection',
  http: 'POST /collections/:id/curators',
  changesPages: true,
  input: Type.Object({ id: Id, email: Type.Optional(NameOrAddress), account: Type.Optional(Id) }, closed),
  output: Done,
  allow: permission('collection.appoint'),
  run: async (context, { id, email, account: chosen }) => {
    await findCollection(context, id)
    const account = await personMeant(context.db, { account: chosen, email })
    await curation(context.db).appoint(id, account.id)
    await tellCurator(context, account.id, id, 'curatorOf')
    await noteEvent(context, 'curator.appointed', account.id, id)
    return done
  },
})

export const dismiss = operation({
  name: 'collections.dismiss',
  summary: 'Let somebody be a curator of a collection no longer',
  http: 'DELETE /collections/:id/curators/:account',
  changesPages: true,
  input: Type.Object({ id: Id, account: Id }, closed),
  output: Done,
  allow: permission('collection.appoint'),
  run: async (context, { id, account }) => {
    await findCollection(context, id)
    await curation(context.db).dismiss(id, account)
    await tellCurator(context, account, id, 'curatorNoMore')
    await noteEvent(context, 'curator.dismissed', account, id)
    return done
  },
})
