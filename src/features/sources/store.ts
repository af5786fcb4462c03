/** The queries of runs of sources. No rules in here. */
import type { Kysely } from 'kysely'
import type { Told } from '#records/sources/source.ts'
import type { RunReport } from './shapes.ts'
import type { RunRow, RunState, RunTables } from './tables.ts'

export type RunHow = { told: Told; whole: boolean; acceptLosses: boolean }
export type SourceRun = Omit<RunRow, 'how' | 'report'> & { how: RunHow; report: RunReport }

const open = (row: RunRow): SourceRun => ({
  ...row,
  how: JSON.parse(row.how) as RunHow,
  report: JSON.parse(row.report) as RunReport,
})
const close = ({ how, report, ...rest }: Partial<SourceRun>): Partial<RunRow> => ({
  ...rest,
  ...(how && { how: JSON.stringify(how) }),
  ...(report && { report: JSON.stringify(report) }),
})

export const sourceRuns = (db: Kysely<unknown>) => {
  const own = db.withTables<RunTables>()
  return {
    add: async (run: SourceRun): Promise<void> => {
      await own
        .insertInto('source_run')
        .values(close(run) as RunRow)
        .execute()
    },
    find: async (id: string): Promise<SourceRun | undefined> => {
      const row = await own.selectFrom('source_run').selectAll().where('id', '=', id).executeTakeFirst()
      return row && open(row)
    },
    ofSource: async (source: string, limit: number): Promise<SourceRun[]> =>
      (
        await own
          .selectFrom('source_run')
          .selectAll()
          .where('source', '=', source)
          .orderBy('startedAt', 'desc')
          .orderBy('fromSeq', 'desc')
          .orderBy('id', 'desc')
          .limit(limit)
          .execute()
      ).map(open),
    /** The newest run of each source that was more than looked at. */
    newest: async (): Promise<SourceRun[]> =>
      (
        await own
          .selectFrom('source_run as run')
          .selectAll()
          .where('state', '<>', 'previewed')
          .where(({ not, exists, selectFrom }) =>
            not(
              exists(
                selectFrom('source_run as later')
                  .select('later.id')
                  .whereRef('later.source', '=', 'run.source')
                  .where('later.state', '<>', 'previewed')
                  .where((later) =>
                    later.or([
                      later('later.startedAt', '>', later.ref('run.startedAt')),
                      later.and([
                        later('later.startedAt', '=', later.ref('run.startedAt')),
                        later('later.fromSeq', '>', later.ref('run.fromSeq')),
                      ]),
                    ]),
                  ),
              ),
            ),
          )
          .execute()
      ).map(open),
    inStates: async (states: readonly RunState[], before: string): Promise<SourceRun[]> =>
      (
        await own
          .selectFrom('source_run')
          .selectAll()
          .where('state', 'in', states)
          .where('changedAt', '<', before)
          .execute()
      ).map(open),
    change: async (id: string, changes: Partial<SourceRun>): Promise<void> => {
      await own.updateTable('source_run').set(close(changes)).where('id', '=', id).execute()
    },
    remove: async (ids: readonly string[]): Promise<void> => {
      if (ids.length > 0) await own.deleteFrom('source_run').where('id', 'in', ids).execute()
    },
    isFileUsed: async (file: string): Promise<boolean> =>
      (await own
        .selectFrom('source_run')
        .select('id')
        .where('file', '=', file)
        .where('state', 'in', ['previewed', 'running'])
        .executeTakeFirst()) !== undefined,
    begunBy: async (byId: string): Promise<SourceRun[]> =>
      (await own.selectFrom('source_run').selectAll().where('byId', '=', byId).execute()).map(open),
    forgetPerson: async (byId: string): Promise<void> => {
      await own.updateTable('source_run').set({ byId: '' }).where('byId', '=', byId).execute()
    },
  }
}
