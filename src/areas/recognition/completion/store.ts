/** The queries of completions. No rules in here. */
import type { Kysely } from 'kysely'
import type { CompletionClaimRow, CompletionOfferRow, CompletionTables, LearningProgressRow } from './tables.ts'

export const offers = (db: Kysely<unknown>) => {
  const own = db.withTables<CompletionTables>()
  return {
    find: (achievementId: string): Promise<CompletionOfferRow | undefined> =>
      own.selectFrom('completion_offer').selectAll().where('achievementId', '=', achievementId).executeTakeFirst(),
    set: async (row: CompletionOfferRow): Promise<void> => {
      await offers(db).drop(row.achievementId)
      await own.insertInto('completion_offer').values(row).execute()
    },
    drop: async (achievementId: string): Promise<void> => {
      await own.deleteFrom('completion_offer').where('achievementId', '=', achievementId).execute()
    },
    /** One organisation became part of another. */
    pass: async (from: string, into: string): Promise<void> => {
      const change = { organisationId: into }
      await own.updateTable('completion_offer').set(change).where('organisationId', '=', from).execute()
      await own.updateTable('completion_claim').set(change).where('organisationId', '=', from).execute()
    },
  }
}

export const progress = (db: Kysely<unknown>) => {
  const own = db.withTables<CompletionTables>()
  return {
    of: (accountId: string, recordId?: string): Promise<LearningProgressRow[]> => {
      const all = own.selectFrom('learning_progress').selectAll().where('accountId', '=', accountId)
      const some = recordId === undefined ? all : all.where('recordId', '=', recordId)
      return some.orderBy('recordId').orderBy('step').execute()
    },
    add: async (rows: readonly LearningProgressRow[]): Promise<void> => {
      if (rows.length > 0) await own.insertInto('learning_progress').values(rows).execute()
    },
    drop: async (accountId: string, recordId?: string): Promise<void> => {
      const all = own.deleteFrom('learning_progress').where('accountId', '=', accountId)
      await (recordId === undefined ? all : all.where('recordId', '=', recordId)).execute()
    },
  }
}

export const completions = (db: Kysely<unknown>) => {
  const own = db.withTables<CompletionTables>()
  return {
    add: async (row: CompletionClaimRow): Promise<void> => {
      await own.insertInto('completion_claim').values(row).execute()
    },
    find: (id: string): Promise<CompletionClaimRow | undefined> =>
      own.selectFrom('completion_claim').selectAll().where('id', '=', id).executeTakeFirst(),
    of: (accountId: string): Promise<CompletionClaimRow[]> =>
      own
        .selectFrom('completion_claim')
        .selectAll()
        .where('accountId', '=', accountId)
        .orderBy('askedAt')
        .orderBy('id')
        .execute(),
    ofAchievement: (accountId: string, achievementId: string): Promise<CompletionClaimRow | undefined> =>
      own
        .selectFrom('completion_claim')
        .selectAll()
        .where('accountId', '=', accountId)
        .where('achievementId', '=', achievementId)
        .executeTakeFirst(),
    /** The oldest first, of these organisations; the site itself is the empty one. */
    waiting: (organisations: readonly string[], limit: number): Promise<CompletionClaimRow[]> =>
      own
        .selectFrom('completion_claim')
        .selectAll()
        .where('state', '=', 'waiting')
        .where('organisationId', 'in', organisations)
        .orderBy('askedAt')
        .orderBy('id')
        .limit(limit)
        .execute(),
    change: async (id: string, change: Partial<CompletionClaimRow>): Promise<void> => {
      await own.updateTable('completion_claim').set(change).where('id', '=', id).execute()
    },
    drop: async (id: string): Promise<void> => {
      await own.deleteFrom('completion_claim').where('id', '=', id).execute()
    },
    /** Those that nobody decided on since before a time. */
    dropWaiting: async (before: string): Promise<void> => {
      await own.deleteFrom('completion_claim').where('state', '!=', 'issued').where('askedAt', '<', before).execute()
    },
  }
}
