/** The owner of a record is told of what others do with it: answers and endorsements, changes, withdrawal. Translations are told by their feature. */
import type { Kysely } from 'kysely'
import type { Context } from '#kernel/context.ts'
import type { Changed, Merged, WrittenRecord } from '#kernel/hooks.ts'
import { notify, type Notice } from '#accounts/notices/notify.ts'
import { people } from '#accounts/store.ts'
import { linksOf } from '#records/check.ts'
import type { Body } from '#records/record.ts'
import { records } from '#records/store.ts'
import type { CareTables } from './tables.ts'

/** By the link that leads to the record: what its owner is told. */
const answers: Readonly<Record<string, Notice['about']>> = {
  endorses: 'endorsed',
  confirms: 'confirmed',
  contradicts: 'contradicted',
  tried: 'tried',
  learnedFrom: 'lessonAdded',
  submitsNationally: 'submittedNationally',
}
const actions: Partial<Record<Changed['action'], Notice['about']>> = {
  revise: 'recordChanged',
  withdraw: 'recordWithdrawn',
  restore: 'recordRestored',
}

const ownersOf = async (db: Kysely<unknown>, ids: readonly string[]): Promise<Map<string, string>> => {
  if (ids.length === 0) return new Map()
  const rows = await db
    .withTables<CareTables>()
    .selectFrom('care')
    .select(['recordId', 'ownerId'])
    .where('recordId', 'in', ids)
    .execute()
  return new Map(rows.map(({ recordId, ownerId }) => [recordId, ownerId]))
}

async function nameOfActor({ db, actor }: Context): Promise<string> {
  return actor.kind === 'person' ? ((await people(db).byId(actor.id))?.name ?? '') : ''
}

/** What people publish here, not what is imported, which comes by thousands. */
export async function tellOfAnswers(context: Context, added: readonly WrittenRecord[]): Promise<void> {
  const { db, services, actor } = context
  if (actor.kind !== 'person') return
  for (const { kind, body, id } of added) {
    const known = services.kinds.get(kind)
    const all = known ? linksOf(known, body as Body) : []
    // A response names where its own finding comes from: that is no further lesson.
    const links = all.filter(({ rel }) => answers[rel] && !(known?.isUnreviewed && rel === 'learnedFrom'))
    const owners = await ownersOf(db, [...new Set(links.map(({ toId }) => toId))])
    if (owners.size === 0) continue
    const found = await records(db).findMany([...owners.keys()])
    const person = await nameOfActor(context)
    for (const { rel, toId } of links) {
      const record = found.get(toId)
      if (record && owners.has(toId))
        await notify(context, [owners.get(toId)!], {
          about: answers[rel]!,
          topic: 'own',
          path: `/records/${id}`,
          of: record.body,
          person,
        })
    }
  }
}

export async function tellOfChange(context: Context, { action, after, told }: Changed): Promise<void> {
  const about = actions[action]
  if (!about || context.actor.kind === 'anyone') return
  const owner = (await ownersOf(context.db, [after.id])).get(after.id)
  if (owner === undefined || told.includes(owner)) return
  const { note } = after as { note?: string | null }
  await notify(context, [owner], {
    about,
    topic: 'own',
    path: action === 'revise' ? `/records/${after.id}/history` : `/records/${after.id}`,
    of: after.body as Body,
    person: await nameOfActor(context),
    ...(note && { note }),
  })
}

/** Who looks after either of two records that became one; before the one that goes loses its owner. */
export async function tellOfMerge(context: Context, { from, into }: Merged): Promise<void> {
  const owners = await ownersOf(context.db, [from, into])
  const found = await records(context.db).findMany([...owners.keys()])
  const person = await nameOfActor(context)
  const told = new Set<string>()
  for (const [id, owner] of owners) {
    if (told.has(owner) || !found.has(id)) continue
    told.add(owner)
    const of = found.get(id)!.body
    await notify(context, [owner], { about: 'recordMerged', topic: 'own', path: `/records/${into}`, of, person })
  }
}
