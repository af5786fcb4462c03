/** The queries of the network of expertise. No rules in here. */
import type { Kysely } from 'kysely'
import type { CooperationTables, ExpertMessageRow, ExpertRow } from './tables.ts'

export const experts = (db: Kysely<unknown>) => {
  const own = db.withTables<CooperationTables>()
  return {
    all: (limit: number): Promise<ExpertRow[]> =>
      own
        .selectFrom('expert')
        .selectAll()
        .where('hiddenAt', 'is', null)
        .orderBy('changedAt', 'desc')
        .limit(limit)
        .execute(),
    byId: (id: string): Promise<ExpertRow | undefined> =>
      own.selectFrom('expert').selectAll().where('id', '=', id).executeTakeFirst(),
    ofAccount: (accountId: string): Promise<ExpertRow | undefined> =>
      own.selectFrom('expert').selectAll().where('accountId', '=', accountId).executeTakeFirst(),
    save: async (row: ExpertRow): Promise<void> => {
      const { profile, changedAt } = row
      await own
        .insertInto('expert')
        .values(row)
        .onConflict((conflict) => conflict.column('accountId').doUpdateSet({ profile, changedAt }))
        .execute()
    },
    hide: async (id: string, hiddenAt: string | null): Promise<void> => {
      await own.updateTable('expert').set({ hiddenAt }).where('id', '=', id).execute()
    },
    drop: async (accountId: string): Promise<void> => {
      await own.deleteFrom('expert').where('accountId', '=', accountId).execute()
    },
  }
}

export const expertMessages = (db: Kysely<unknown>) => {
  const own = db.withTables<CooperationTables>()
  return {
    byId: (id: string): Promise<ExpertMessageRow | undefined> =>
      own.selectFrom('expert_message').selectAll().where('id', '=', id).executeTakeFirst(),
    /** Sent and received, the newest first. */
    of: (accountId: string, limit: number): Promise<ExpertMessageRow[]> =>
      own
        .selectFrom('expert_message')
        .selectAll()
        .where(({ eb, or }) => or([eb('fromId', '=', accountId), eb('toId', '=', accountId)]))
        .orderBy('at', 'desc')
        .limit(limit)
        .execute(),
    add: async (row: ExpertMessageRow): Promise<void> => {
      await own.insertInto('expert_message').values(row).execute()
    },
    change: async (
      id: string,
      values: Partial<Pick<ExpertMessageRow, 'answer' | 'answeredAt' | 'result'>>,
    ): Promise<void> => {
      await own.updateTable('expert_message').set(values).where('id', '=', id).execute()
    },
    dropOf: async (accountId: string): Promise<void> => {
      for (const column of ['fromId', 'toId'] as const)
        await own.deleteFrom('expert_message').where(column, '=', accountId).execute()
    },
  }
}
