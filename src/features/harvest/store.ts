/** The queries of sources that are harvested. No rules in here. */
import { sql, type Kysely } from 'kysely'
import { chunks } from '#records/store.ts'
import { harvestDocuments } from './documents.ts'
import type { Mapping, Refused, Run, Settings, Unmapped } from './shapes.ts'
import type { HarvestRow, HarvestTables } from './tables.ts'

export type Harvested = Omit<HarvestRow, 'settings' | 'mapping' | 'isPaused' | 'run' | 'problem' | 'withdraws'> & {
  settings: Settings
  mapping: Mapping
  isPaused: boolean
  withdraws: boolean
  run: Run | null
  problem: { code: string; values: Record<string, string | number> } | null
}

const open = ({ settings, mapping, isPaused, run, problem, withdraws, ...row }: HarvestRow): Harvested => ({
  ...row,
  settings: { input: 'oai-pmh', ...(JSON.parse(settings) as Omit<Settings, 'input'>) },
  mapping: JSON.parse(mapping) as Mapping,
  isPaused: isPaused === 1,
  withdraws: withdraws === 1,
  run: run === null ? null : (JSON.parse(run) as Run),
  problem: problem === null ? null : (JSON.parse(problem) as Harvested['problem']),
})
const close = ({
  settings,
  mapping,
  isPaused,
  run,
  problem,
  withdraws,
  ...rest
}: Partial<Harvested>): Partial<HarvestRow> => ({
  ...rest,
  ...(settings && { settings: JSON.stringify(settings) }),
  ...(mapping && { mapping: JSON.stringify(mapping) }),
  ...(isPaused !== undefined && { isPaused: Number(isPaused) }),
  ...(withdraws !== undefined && { withdraws: Number(withdraws) }),
  ...(run !== undefined && { run: run && JSON.stringify(run) }),
  ...(problem !== undefined && { problem: problem && JSON.stringify(problem) }),
})

const unmappedKept = 2_000

export const harvests = (db: Kysely<unknown>) => {
  const own = db.withTables<HarvestTables>()
  return {
    all: async (): Promise<Harvested[]> => (await everyOne()).filter(({ removedAt }) => removedAt === null),
    /** With those that are harvested no more, whose records are here. */
    everyOne,
    find: async (name: string): Promise<Harvested | undefined> => {
      const row = await own
        .selectFrom('harvest_source')
        .selectAll()
        .where('name', '=', name)
        .where('removedAt', 'is', null)
        .executeTakeFirst()
      return row && open(row)
    },
    add: async (source: Harvested): Promise<void> => {
      await own
        .insertInto('harvest_source')
        .values(close(source) as HarvestRow)
        .execute()
    },
    change: async (name: string, changes: Partial<Harvested>): Promise<void> => {
      await own.updateTable('harvest_source').set(close(changes)).where('name', '=', name).execute()
    },
    /** All that was known of its documents, and what waits. */
    forget: async (name: string): Promise<void> => {
      await harvestDocuments(db, name).remove()
      await own.deleteFrom('harvest_unmapped').where('source', '=', name).execute()
      await own.deleteFrom('harvest_refused').where('source', '=', name).execute()
    },
    refusedOf: async (source: string, after: string, limit: number): Promise<Refused[]> =>
      (
        await own
          .selectFrom('harvest_refused')
          .selectAll()
          .where('source', '=', source)
          .where('identifier', '>', after)
          .orderBy('identifier')
          .limit(limit)
          .execute()
      ).map(({ values, ...row }) => ({ ...row, values: JSON.parse(values) as Refused['values'] })),
    refused: async (source: string, identifier: string): Promise<Refused | undefined> => {
      const row = await own
        .selectFrom('harvest_refused')
        .selectAll()
        .where('source', '=', source)
        .where('identifier', '=', identifier)
        .executeTakeFirst()
      return row && { ...row, values: JSON.parse(row.values) as Refused['values'] }
    },
    countRefused: async (): Promise<ReadonlyMap<string, number>> => {
      const rows = await own
        .selectFrom('harvest_refused')
        .select(({ fn }) => ['source', fn.countAll<number | string>().as('count')])
        .groupBy('source')
        .execute()
      return new Map(rows.map(({ source, count }) => [source, Number(count)]))
    },
    refuse: async (refused: readonly Refused[]): Promise<void> => {
      for (const { values, ...row } of refused)
        await own
          .insertInto('harvest_refused')
          .values({ ...row, values: JSON.stringify(values) })
          .onConflict((conflict) =>
            conflict
              .columns(['source', 'identifier'])
              .doUpdateSet({ code: row.code, values: JSON.stringify(values), bytes: row.bytes, at: row.at }),
          )
          .execute()
    },
    forgetRefused: async (source: string, identifiers: readonly string[]): Promise<void> => {
      for (const some of chunks(identifiers))
        await own.deleteFrom('harvest_refused').where('source', '=', source).where('identifier', 'in', some).execute()
    },
    unmappedOf: (source: string, limit: number): Promise<Omit<Unmapped, 'source'>[]> =>
      own
        .selectFrom('harvest_unmapped')
        .select(['field', 'value', 'count'])
        .where('source', '=', source)
        .orderBy('count', 'desc')
        .orderBy('field')
        .orderBy('value')
        .limit(limit)
        .execute(),
    addUnmapped: async (source: string, counts: readonly Omit<Unmapped, 'source'>[]): Promise<void> => {
      if (counts.length === 0) return
      const { held } = await own
        .selectFrom('harvest_unmapped')
        .select(({ fn }) => fn.countAll<number | string>().as('held'))
        .where('source', '=', source)
        .executeTakeFirstOrThrow()
      // Open lists of keywords have no end; the most usual are met first.
      if (Number(held) > unmappedKept) return
      for (const one of counts)
        await own
          .insertInto('harvest_unmapped')
          .values({ source, ...one })
          .onConflict((conflict) =>
            conflict
              .columns(['source', 'field', 'value'])
              .doUpdateSet({ count: sql<number>`harvest_unmapped.count + ${one.count}` }),
          )
          .execute()
    },
    clearUnmapped: async (source: string): Promise<void> => {
      await own.deleteFrom('harvest_unmapped').where('source', '=', source).execute()
    },
  }

  async function everyOne(): Promise<Harvested[]> {
    return (await own.selectFrom('harvest_source').selectAll().orderBy('title').execute()).map(open)
  }
}
