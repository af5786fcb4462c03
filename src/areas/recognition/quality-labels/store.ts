/** The queries of quality labels. No rules in here. */
import type { Kysely } from 'kysely'
import type { QualityLabelRow, QualityLabelTables } from './tables.ts'

export const qualityLabels = (db: Kysely<unknown>) => {
  const own = db.withTables<QualityLabelTables>()
  return {
    add: async (row: QualityLabelRow): Promise<void> => {
      await own.insertInto('quality_label').values(row).execute()
    },
    find: (credentialId: string): Promise<QualityLabelRow | undefined> =>
      own.selectFrom('quality_label').selectAll().where('credentialId', '=', credentialId).executeTakeFirst(),
    /** The oldest first. */
    ofDecisions: (decisionIds: readonly string[]): Promise<QualityLabelRow[]> =>
      own
        .selectFrom('quality_label')
        .selectAll()
        .where('decisionId', 'in', decisionIds)
        .orderBy('at')
        .orderBy('credentialId')
        .execute(),
    /** One record became part of another. */
    pass: async (from: string, into: string): Promise<void> => {
      await own.updateTable('quality_label').set({ targetId: into }).where('targetId', '=', from).execute()
      await own.updateTable('quality_label').set({ organisationId: into }).where('organisationId', '=', from).execute()
    },
  }
}
