/** What is in a collection: taken in with what was submitted to it, or invited, and then for its owner to say yes. */
import { Type, type Static } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { bestText, type Language } from '#kernel/i18n/languages.ts'
import { closed, operation } from '#kernel/operation.ts'
import { violation, Problem, noSuch } from '#kernel/problem.ts'
import { ownedBy, ownerOf } from '#features/stewardship/stewardship.ts'
import { mayWithin } from '#kernel/permission.ts'
import { personIn } from '#accounts/sessions.ts'
import { notify, oneLine } from '#accounts/notices/notify.ts'
import { people } from '#accounts/store.ts'
import { Done, done, Id } from '#records/inputs.ts'
import { StoredRecord, type Body } from '#records/record.ts'
import { records, type StoredRow } from '#records/store.ts'
import { findCollection } from './keeping.ts'
import { curation } from './store.ts'

const open = ({ digest: _, ...record }: StoredRow): StoredRecord => record

/** Nobody is asked the same again before. */
const silentDays = 90
const dayMs = 86_400_000

const isCurator = async ({ db, actor }: Pick<Context, 'db' | 'actor'>, id: string): Promise<boolean> =>
  mayWithin(
    actor,
    'collection.invite',
    (await curation(db).curators([id])).map(({ accountId }) => accountId),
  )

export const inviteRecord = operation({
  name: 'collections.invite',
  summary:
    'Invite a record into a collection; its owner is asked, after a no not again for 90 days, and one that nobody owns is taken in at once',
  http: 'POST /collections/:id/records',
  changesPages: true,
  input: Type.Object({ id: Id, record: Id, note: Type.String({ maxLength: 2_000, default: '' }) }, closed),
  output: Type.Object({ state: Type.Enum(['invited', 'member']) }),
  allow: (actor) => actor.kind !== 'anyone',
  run: async (context, { id, record: of, note }) => {
    const { db, now } = context
    const collection = await findCollection(context, id)
    if (!(await isCurator(context, id))) throw new Problem('forbidden', { operation: 'collections.invite' })
    const record = await records(db).find(of)
    if (record?.status !== 'published' || record.kind === 'curated-collection') throw violation('record', 'recordLink')
    const store = curation(db)
    const known = await store.member(id, of)
    if (known && known.state !== 'declined') return { state: known.state }
    const byId = personIn(context)
    const owner = await ownerOf(db, of)
    const account = owner === undefined ? undefined : await people(db).byId(owner)
    const isAsked = account?.state === 'active' && account.id !== byId
    const againAt = known && Date.parse(known.at) + silentDays * dayMs
    if (isAsked && againAt !== undefined && now().getTime() < againAt)
      throw violation('record', 'askedBefore', { day: new Date(againAt).toISOString().slice(0, 10) })
    const state = isAsked ? ('invited' as const) : ('member' as const)
    await store.putMember({ collectionId: id, recordId: of, state, at: now().toISOString(), byId })
    if (isAsked) await askOwner(context, account, { collection, record, note })
    return { state }
  },
})

type InvitationText = { collection: { body: Body }; record: { body: Body }; note: string }

const titleIn = ({ title, originalLanguage }: Body, language: Language) =>
  oneLine(bestText(title, language, originalLanguage).text)

async function askOwner(context: Context, { id }: { id: string }, { collection, record, note }: InvitationText) {
  await notify(context, [id], {
    about: 'collection',
    topic: 'own',
    path: '/collections',
    of: record.body,
    person: (await people(context.db).byId(personIn(context)))?.name ?? '',
    note,
    values: (_t, language) => ({ collection: titleIn(collection.body, language) }),
  })
}

export const answerInvitation = operation({
  name: 'collections.answer',
  summary: 'Say as the owner of a record whether a collection may take it in',
  http: 'POST /collections/:id/records/:record/answer',
  changesPages: true,
  input: Type.Object({ id: Id, record: Id, accepts: Type.Boolean() }, closed),
  output: Done,
  allow: (actor) => actor.kind === 'person',
  run: async (context, { id, record, accepts }) => {
    const store = curation(context.db)
    const invited = await store.member(id, record)
    if (invited?.state !== 'invited' || (await ownerOf(context.db, record)) !== personIn(context))
      throw noSuch('invitation', record)
    await store.putMember({ ...invited, state: accepts ? 'member' : 'declined', at: context.now().toISOString() })
    await tellOf(context, [invited.byId], { id, record, about: accepts ? 'joined' : 'joinsNot' })
    return done
  },
})

type MemberNews = { id: string; record: string; about: 'joined' | 'joinsNot' | 'takenOut' }

async function tellOf(context: Context, ids: readonly string[], { id, record, about }: MemberNews): Promise<void> {
  const found = await records(context.db).findMany([id, record])
  const collection = found.get(id)?.body
  const { name: person = '' } = (await people(context.db).byId(personIn(context))) ?? {}
  await notify(context, ids, {
    about,
    topic: 'own',
    path: `/records/${record}`,
    ...(found.has(record) && { of: found.get(record)!.body }),
    person,
    values: (_t, language) => ({ collection: collection ? titleIn(collection, language) : '…' }),
  })
}

export const takeOut = operation({
  name: 'collections.remove',
  summary: 'Take a record out of a collection, as its curator or as the owner of the record',
  http: 'DELETE /collections/:id/records/:record',
  changesPages: true,
  input: Type.Object({ id: Id, record: Id }, closed),
  output: Done,
  allow: (actor) => actor.kind === 'person',
  run: async (context, { id, record }) => {
    const isOwn = (await ownerOf(context.db, record)) === personIn(context)
    const mayCurate = await isCurator(context, id)
    if (!isOwn && !mayCurate) throw new Problem('forbidden', { operation: 'collections.remove' })
    const store = curation(context.db)
    const known = await store.member(id, record)
    // That its owner was asked, or does not want it there, is remembered: it must not be forgotten by taking it out.
    if (known?.state === 'invited') await store.putMember({ ...known, state: 'declined' })
    else if (known?.state === 'member' && !mayCurate)
      await store.putMember({ ...known, state: 'declined', at: context.now().toISOString() })
    else if (known?.state === 'member') {
      await store.dropMember(id, record)
      await tellOf(context, [(await ownerOf(context.db, record)) ?? ''], { id, record, about: 'takenOut' })
    }
    return done
  },
})

export const membersOf = operation({
  name: 'collections.members',
  summary: 'List the records of a collection, the latest first; for its curators, also those that are invited',
  http: 'GET /collections/:id/records',
  input: Type.Object(
    {
      id: Id,
      state: Type.Enum(['member', 'invited'], { default: 'member' }),
      after: Type.Integer({ minimum: 0, maximum: 1_000_000, default: 0 }),
      limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
    },
    closed,
  ),
  output: Type.Object({ records: Type.Array(StoredRecord), next: Type.Union([Type.Integer(), Type.Null()]) }),
  allow: () => true,
  run: async (context, { id, state, after, limit }) => {
    await findCollection(context, id)
    if (state === 'invited' && !(await isCurator(context, id)))
      throw new Problem('forbidden', { operation: 'collections.members' })
    const rows = await curation(context.db).members(id, state, { after, limit: limit + 1 })
    const found = await records(context.db).findMany(rows.slice(0, limit).map(({ recordId }) => recordId))
    const shown = rows.slice(0, limit).flatMap(({ recordId }) => found.get(recordId) ?? [])
    return {
      records: shown.filter(({ status }) => status === 'published').map(open),
      next: rows.length > limit ? after + limit : null,
    }
  },
})

const Named = Type.Object({
  id: Type.String(),
  title: Type.Record(Type.String(), Type.String()),
  originalLanguage: Type.String(),
})
export type Named = Static<typeof Named>
const named = ({ id, body: { title, originalLanguage } }: StoredRecord): Named => ({ id, title, originalLanguage })

export const collectionsOf = operation({
  name: 'collections.ofRecord',
  summary: 'List the collections that a record is in',
  http: 'GET /records/:id/collections',
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({ collections: Type.Array(Named) }),
  allow: () => true,
  run: async ({ db }, { id }) => {
    const ids = await curation(db).collectionsOf(id)
    const found = await records(db).findMany(ids)
    const all = ids.flatMap((one) => found.get(one) ?? [])
    return { collections: all.filter(({ status }) => status === 'published').map(named) }
  },
})

export const Invitation = Type.Object({ collection: Named, record: Named, at: Type.String() })
export type Invitation = Static<typeof Invitation>

export const invitations = operation({
  name: 'collections.invitations',
  summary: 'List the collections that would like to have a record of one’s own',
  http: 'GET /invitations',
  input: Type.Object({}, closed),
  output: Type.Object({ invitations: Type.Array(Invitation) }),
  allow: (actor) => actor.kind === 'person',
  run: async (context) => {
    const { db } = context
    const rows = await curation(db).invitedOf(await ownedBy(db, personIn(context)))
    const found = await records(db).findMany([
      ...new Set(rows.flatMap(({ collectionId, recordId }) => [collectionId, recordId])),
    ])
    return {
      invitations: rows.flatMap(({ collectionId, recordId, at }) => {
        const [collection, record] = [found.get(collectionId), found.get(recordId)]
        return collection?.status === 'published' && record?.status === 'published'
          ? [{ collection: named(collection), record: named(record), at }]
          : []
      }),
    }
  },
})
