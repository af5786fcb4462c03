/** Looking after records: each that was published here has an owner, a day to look at it again, and says when it passed. */
import { Type, type Static } from 'typebox'
import { sql, type Kysely } from 'kysely'
import { hasRole, type Context } from '#kernel/context.ts'
import { compiledOnce } from '#kernel/database/compiled.ts'
import { closed, operation } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { may } from '#kernel/permission.ts'
import { personIn } from '#accounts/sessions.ts'
import { notify } from '#accounts/notices/notify.ts'
import { people } from '#accounts/store.ts'
import { Done, done, Id } from '#records/inputs.ts'
import type { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { begunBy, nextLook, stageOf, stages, type Stage } from './rules.ts'
import type { CareTables } from './tables.ts'

const rowsIn = (db: Kysely<unknown>) => db.withTables<CareTables>()
const careOf = compiledOnce((own: Kysely<CareTables>, recordId: string) =>
  own.selectFrom('care').selectAll().where('recordId', '=', recordId),
)

/** From now on this person looks after the record; it is fresh. */
export async function assignSteward(
  { db, now }: Pick<Context, 'db' | 'now'>,
  of: string,
  ownerId: string,
): Promise<void> {
  const row = { ownerId, lookAgainOn: nextLook(now()), toldOf: 'fresh' as const }
  await rowsIn(db)
    .insertInto('care')
    .values({ recordId: of, ...row })
    .onConflict((conflict) => conflict.column('recordId').doUpdateSet(row))
    .execute()
}

/** The steward of a merged record becomes the steward of the one that stays, unless it has one. */
export async function passStewardship({ db }: Pick<Context, 'db'>, from: string, to: string): Promise<void> {
  const row = await rowsIn(db).selectFrom('care').selectAll().where('recordId', '=', from).executeTakeFirst()
  if (!row) return
  await rowsIn(db).deleteFrom('care').where('recordId', '=', from).execute()
  await rowsIn(db)
    .insertInto('care')
    .values({ ...row, recordId: to })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Who looks after a record; nobody where it was not published by people here. */
export const ownerOf = async (db: Kysely<unknown>, id: string): Promise<string | undefined> =>
  (await rowsIn(db).selectFrom('care').select('ownerId').where('recordId', '=', id).executeTakeFirst())?.ownerId

const mostOwned = 1_000

/** What somebody looks after, the latest first. */
export const ownedBy = async (db: Kysely<unknown>, ownerId: string): Promise<string[]> =>
  (
    await rowsIn(db)
      .selectFrom('care')
      .select('recordId')
      .where('ownerId', '=', ownerId)
      .orderBy('lookAgainOn', 'desc')
      .limit(mostOwned)
      .execute()
  ).map(({ recordId: id }) => id)

export const Stewardship = Type.Object({
  stage: Type.Enum([...stages]),
  owner: Type.String({ description: 'Name of who looks after it; empty where nobody here does' }),
  ownerId: Type.Union([Type.String(), Type.Null()]),
  lookAgainOn: Type.Union([Type.String(), Type.Null()]),
})
export type Stewardship = Static<typeof Stewardship>

export const stewardshipOf = operation({
  name: 'stewardship.read',
  summary: 'Tell who looks after a record, and when it must be looked at again',
  http: 'GET /records/:id/stewardship',
  input: Type.Object({ id: Id }, closed),
  output: Stewardship,
  allow: () => true,
  run: async ({ db, now }, { id }): Promise<Stewardship> => {
    const [row] = await careOf(rowsIn(db), id)
    if (!row) return { stage: 'fresh', owner: '', ownerId: null, lookAgainOn: null }
    const owner = await people(db).byId(row.ownerId)
    return {
      stage: stageOf(row.lookAgainOn, now()),
      owner: owner?.name ?? '',
      ownerId: row.ownerId,
      lookAgainOn: row.lookAgainOn,
    }
  },
})

export const confirmStillTrue = operation({
  name: 'stewardship.confirm',
  summary: 'Say that a record is true still; it is fresh for another year',
  http: 'POST /records/:id/stewardship',
  changesPages: true,
  input: Type.Object({ id: Id }, closed),
  output: Done,
  allow: (actor) => actor.kind === 'person',
  run: async (context, { id }) => {
    const row = await rowsIn(context.db).selectFrom('care').selectAll().where('recordId', '=', id).executeTakeFirst()
    if (!row) throw new Problem('recordNotFound', { id })
    if (row.ownerId !== personIn(context) && !may(context.actor, 'record.publish'))
      throw new Problem('forbidden', { operation: 'stewardship.confirm' })
    await assignSteward(context, id, row.ownerId)
    return done
  },
})

const atOnce = 200

/** The oldest whose owners do not know yet at which stage they are; those told already stand in nobody’s way. */
function untold(db: Kysely<unknown>, now: Date) {
  const { due, stale, archived } = begunBy(now)
  const stage = sql<Stage>`case when "lookAgainOn" <= ${archived} then 'archived' when "lookAgainOn" <= ${stale} then 'stale' else 'due' end`
  return rowsIn(db)
    .selectFrom('care')
    .selectAll()
    .where('lookAgainOn', '<=', due)
    .where('toldOf', '!=', stage)
    .orderBy('lookAgainOn')
    .limit(atOnce)
    .execute()
}

/** Reminds owners, once at each stage; answers how many e-mails were written. */
export const remind = operation({
  name: 'stewardship.remind',
  summary: 'Remind owners of records that must be looked at again',
  http: 'POST /stewardship/reminders',
  changesPages: true,
  input: Type.Object({}, closed),
  output: Type.Object({ reminded: Type.Integer() }),
  allow: (actor) => hasRole(actor, 'operator'),
  run: async (context) => {
    const { db, now } = context
    const late = await untold(db, now())
    const found = await records(db).findMany(late.map((row) => row.recordId))
    const owners = await people(db).byIds([...new Set(late.map(({ ownerId }) => ownerId))])
    let reminded = 0
    for (const row of late) {
      const stage = stageOf(row.lookAgainOn, now())
      await rowsIn(db).updateTable('care').set({ toldOf: stage }).where('recordId', '=', row.recordId).execute()
      const owner = owners.get(row.ownerId)
      const record = found.get(row.recordId)
      if (stage === 'fresh' || owner?.state !== 'active' || record?.status !== 'published') continue
      await tellOwner(context, owner.id, record, stage)
      reminded++
    }
    return { reminded }
  },
})

const abouts = { due: 'careDue', stale: 'careStale', archived: 'careArchived' } as const

const tellOwner = (
  context: Context,
  ownerId: string,
  { id, body }: Pick<StoredRecord, 'id' | 'body'>,
  stage: keyof typeof abouts,
): Promise<void> => notify(context, [ownerId], { about: abouts[stage], topic: 'own', path: `/records/${id}`, of: body })

export const stewardshipOperations = [stewardshipOf, confirmStillTrue, remind]
