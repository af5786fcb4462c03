import type { Feature, Serving } from '#kernel/feature.ts'
import { eachApart } from '#kernel/jobs/each-apart.ts'
import { Problem } from '#kernel/problem.ts'
import { readMergeNote } from '#records/merged.ts'
import type { StoredRow } from '#records/store.ts'
import { importer } from '#records/sources/import.ts'
import { nameOf } from '#kernel/context.ts'
import { addAddition, listAdditions, removeAddition } from './additions/operations.ts'
import { personalData } from './additions/personal-data.ts'
import { additionsOnRecord, mountAdditions } from './additions/routes.ts'
import { noteFurtherWords } from '#search/further-words.ts'
import { additions } from './additions/store.ts'
import { additionsFoundMigration, wordsOfAdditions } from './additions/words.ts'
import { additionsMigration, additionsOrderMigration } from './additions/tables.ts'
import { finishHarvest, harvester, keepPage } from './keep.ts'
import * as mending from './mending.ts'
import * as operations from './operations.ts'
import { putSource } from './registry.ts'
import { removeHarvest, withdrawLeft, withdrawSome } from './removing.ts'
import { mountRemovingHarvest } from './removing.routes.ts'
import { mountHarvest } from './routes.ts'
import { goOnHarvesting } from './run.ts'
import { harvests } from './store.ts'
import { documentsMigration, harvestMigration, harvestRemovalMigration } from './tables.ts'

const additionOperations = [listAdditions, addAddition, removeAddition]
const minuteMs = 60_000
/** What has stood still for so long was left by a process that fell. */
const silentMs = 2 * minuteMs

/** Begins what is due, and goes on with what waited or was left. */
async function harvestDue({ perform, database, services, environment }: Serving): Promise<number> {
  const now = environment.now()
  let done = 0
  await eachApart(await harvests(database.read).all(), async ({ name, run, isPaused, dueAt, beatAt }) => {
    if (run ? now.getTime() - Date.parse(beatAt) < silentMs && !run.notBefore : isPaused || dueAt > now.toISOString())
      return
    if (!run) await perform(operations.runHarvest, harvester(name), { name, all: false, acceptLosses: false })
    await goOnHarvesting({ perform, db: database.read, services, environment }, name)
    done++
  })
  return done
}

/** Records that other repositories offer are brought here and kept up to date. */
export const harvest: Feature = {
  name: 'harvest',
  migrations: [
    harvestMigration,
    documentsMigration,
    additionsMigration,
    additionsFoundMigration,
    additionsOrderMigration,
    harvestRemovalMigration,
  ],
  operations: [
    ...Object.values(operations),
    removeHarvest,
    withdrawSome,
    ...Object.values(mending),
    keepPage,
    finishHarvest,
    ...additionOperations,
  ],
  furtherWords: wordsOfAdditions,
  slots: { record: additionsOnRecord },
  personalData,
  services: ({ database, services }) => {
    // Known a moment later: nothing asks before the node answers, and whoever asks for one source reads it.
    void harvests(database.read)
      .everyOne()
      .then((all) => all.forEach((one) => putSource(services, one)))
      .catch(() => {})
    return {}
  },
  jobs: [
    { name: 'harvest', everyMs: minuteMs, leaseMs: 60 * minuteMs, apart: true, work: (app) => () => harvestDue(app) },
    {
      name: 'harvest-removals',
      everyMs: minuteMs,
      leaseMs: 60 * minuteMs,
      apart: true,
      work: (app) => () => withdrawLeft(app),
    },
    {
      name: 'harvested-sources',
      everyMs: minuteMs,
      inEachProcess: true,
      work:
        ({ database, services }) =>
        async () =>
          (await harvests(database.read).everyOne()).forEach((one) => putSource(services, one)),
    },
  ],
  routes: [
    mountAdditions,
    (web, pageContext, mounted) => mountRemovingHarvest(web, pageContext, mounted),
    (web, pageContext, { perform, report, database, services, environment }) =>
      mountHarvest(
        web,
        pageContext,
        (name) =>
          void goOnHarvesting({ perform, db: database.read, services, environment }, name).catch((error: unknown) =>
            report(error, 'harvest'),
          ),
      ),
  ],
  hooks: {
    merged: async ({ db }, { from, into }) => {
      await additions(db).move(from, into)
      await noteFurtherWords(db, [from, into])
    },
    // What a source keeps up to date is its own: a change here would be lost or end the updates. Translations and withdrawing stay.
    changed: async (context, { action, before, after }) => {
      const collection = (before as StoredRow).origin?.collection
      if (action !== 'revise' || !collection || context.services.sources.get(collection)?.harvestedAt === undefined)
        return
      // Becoming one with another record leaves its own words.
      if (readMergeNote((after as StoredRow).note).words !== (after as StoredRow).note) return
      if (nameOf(context.actor) !== nameOf(importer(collection)))
        throw new Problem('harvestedRecord', { id: before.id, source: context.services.sources.get(collection)!.title })
    },
  },
}
