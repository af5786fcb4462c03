/** A source is harvested no more, for good: what is known of it goes, and its records stay or are withdrawn. */
import { Type } from 'typebox'
import { nameOf } from '#kernel/context.ts'
import type { Running } from '#kernel/feature.ts'
import { eachApart } from '#kernel/jobs/each-apart.ts'
import { closed, operation } from '#kernel/operation.ts'
import { may } from '#kernel/permission.ts'
import { Done, done } from '#records/inputs.ts'
import { isOnlyTranslated } from '#records/sources/keep-translations.ts'
import { chunks, records } from '#records/store.ts'
import { change } from '#records/write.ts'
import { findHarvested, harvester, never } from './keep.ts'
import { kindHarvested, putSource } from './registry.ts'
import { harvests } from './store.ts'

export const removals = ['keep', 'withdraw'] as const
const readAtOnce = 1_000
const withdrawnAtOnce = 250

/** Its title, address and licence stay: its records say where they came from, and withdrawn ones come back if it is added again. */
export const removeHarvest = operation({
  name: 'harvest.remove',
  summary: 'Stop harvesting a source for good; its records stay as they are, or are withdrawn',
  http: 'DELETE /harvest/:name',
  changesPages: true,
  input: Type.Object(
    {
      name: Type.String({ maxLength: 100 }),
      records: Type.Enum([...removals], {
        default: 'keep',
        description: 'What becomes of its records; those that people here changed stay',
      }),
    },
    closed,
  ),
  output: Done,
  allow: (actor, { records: chosen }) =>
    may(actor, 'record.publish') && (chosen !== 'withdraw' || may(actor, 'record.withdraw')),
  run: async (context, { name, records: chosen }) => {
    const source = await findHarvested(context, name)
    const changes = {
      removedAt: context.now().toISOString(),
      withdraws: chosen === 'withdraw',
      mapping: {},
      isPaused: true,
      dueAt: never,
      run: null,
      // Whoever reads a page of it just now keeps nothing of that.
      step: source.step + 1,
      nextFrom: null,
      problem: null,
    }
    await harvests(context.db).forget(name)
    await harvests(context.db).change(name, changes)
    putSource(context.services, { ...source, ...changes })
    return done
  },
})

/** Some records of a source that is left, in one transaction. */
export const withdrawSome = operation({
  name: 'harvest.withdrawSome',
  summary: 'Withdraw some records of a source that is harvested no more',
  http: 'POST /harvest/:name/withdrawals',
  isForPages: true,
  changesPages: true,
  input: Type.Object(
    {
      name: Type.String(),
      ids: Type.Array(Type.String(), { maxItems: withdrawnAtOnce }),
      isLast: Type.Boolean(),
    },
    closed,
  ),
  output: Done,
  allow: (actor) => actor.kind === 'system',
  run: async (context, { name, ids, isLast }) => {
    const store = harvests(context.db)
    const source = (await store.everyOne()).find((one) => one.name === name)
    // It was added again meanwhile.
    if (!source?.withdraws) return done
    for (const before of (await records(context.db).findMany(ids)).values()) {
      const kind = context.services.kinds.get(before.kind)
      if (!kind || before.status !== 'published' || before.origin?.collection !== name) continue
      if (before.changedBy !== nameOf(context.actor) && !(await isOnlyTranslated(context, kind, before))) continue
      // Without its digest it is new to the source, were it added again. The note is in no language, as a record is read in each.
      const note = `${source.title} (${source.address})`
      await change(context, kind, before, 'withdraw', { status: 'withdrawn', digest: null, note })
    }
    if (isLast) await store.change(name, { withdraws: false })
    return done
  },
})

type Withdrawing = Pick<Running, 'database' | 'perform'>

async function withdrawAllOf({ database, perform }: Withdrawing, name: string): Promise<void> {
  const store = records(database.read)
  for (let after = 0, isLast = false; !isLast;) {
    const page = await store.list(kindHarvested, { after, limit: readAtOnce })
    isLast = page.length < readAtOnce
    after = page.at(-1)?.number ?? after
    const own = page.filter(({ origin }) => origin?.collection === name).map(({ id }) => id)
    for (const ids of chunks(own, withdrawnAtOnce))
      await perform(withdrawSome, harvester(name), { name, ids, isLast: false })
  }
  await perform(withdrawSome, harvester(name), { name, ids: [], isLast: true })
}

/** What was asked for since the last time, and what a process left behind that fell. */
export async function withdrawLeft(app: Withdrawing): Promise<void> {
  const leaving = (await harvests(app.database.read).everyOne()).filter(({ withdraws }) => withdraws)
  await eachApart(leaving, ({ name }) => withdrawAllOf(app, name))
}
