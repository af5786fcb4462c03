/** The queries of batches, of what was issued for which achievement, and of credentials that wait for their learner. */
import type { Kysely } from 'kysely'
import { chunks } from '#records/store.ts'
import type { AwardRow, BatchPartRow, BatchRow, ClaimRow, RecognitionTables } from '../tables.ts'

export const batches = (db: Kysely<unknown>) => {
  const own = db.withTables<RecognitionTables>()
  return {
    add: async (row: BatchRow): Promise<void> => {
      await own.insertInto('credential_batch').values(row).execute()
    },
    addPart: async (row: BatchPartRow): Promise<void> => {
      await own.insertInto('credential_batch_part').values(row).execute()
    },
    find: (id: string): Promise<BatchRow | undefined> =>
      own.selectFrom('credential_batch').selectAll().where('id', '=', id).executeTakeFirst(),
    change: async (id: string, change: Partial<BatchRow>): Promise<void> => {
      await own.updateTable('credential_batch').set(change).where('id', '=', id).execute()
    },
    /** The newest first; of all, or of these organisations. */
    newest: (limit: number, organisations?: readonly string[]): Promise<BatchRow[]> => {
      const all = own.selectFrom('credential_batch').selectAll()
      const some = organisations ? all.where('organisationId', 'in', organisations) : all
      return some.orderBy('createdAt', 'desc').orderBy('id').limit(limit).execute()
    },
    running: (since: string): Promise<BatchRow[]> =>
      own
        .selectFrom('credential_batch')
        .selectAll()
        .where('state', '=', 'running')
        .where('changedAt', '<', since)
        .execute(),
    /** Checked and never begun, since before that time. */
    forgotten: (before: string): Promise<BatchRow[]> =>
      own
        .selectFrom('credential_batch')
        .selectAll()
        .where('state', '=', 'checked')
        .where('changedAt', '<', before)
        .limit(100)
        .execute(),
    nextPart: (batchId: string): Promise<BatchPartRow | undefined> =>
      own
        .selectFrom('credential_batch_part')
        .selectAll()
        .where('batchId', '=', batchId)
        .orderBy('part')
        .limit(1)
        .executeTakeFirst(),
    dropPart: async (batchId: string, part: number): Promise<void> => {
      await own.deleteFrom('credential_batch_part').where('batchId', '=', batchId).where('part', '=', part).execute()
    },
    dropParts: async (batchId: string): Promise<void> => {
      await own.deleteFrom('credential_batch_part').where('batchId', '=', batchId).execute()
    },
    drop: async (id: string): Promise<void> => {
      await own.deleteFrom('credential_batch_part').where('batchId', '=', id).execute()
      await own.deleteFrom('credential_batch').where('id', '=', id).execute()
    },
    /** Digests of those of a batch that were not revoked yet, after an id. */
    notRevoked: (batchId: string, after: string, limit: number): Promise<{ id: string; sha256: string }[]> =>
      own
        .selectFrom('issued_credential')
        .innerJoin('credential_award', 'credential_award.credentialId', 'issued_credential.id')
        .where('batchId', '=', batchId)
        .where('state', '!=', 'revoked')
        .where('id', '>', after)
        .select(['id', 'sha256'])
        .orderBy('id')
        .limit(limit)
        .execute(),
    /** All of a batch that were not revoked yet. */
    revokeAll: async (batchId: string, change: { reason: string; changedAt: string }): Promise<void> => {
      const ofBatch = own.selectFrom('credential_award').select('credentialId').where('batchId', '=', batchId)
      await own
        .updateTable('issued_credential')
        .set({ state: 'revoked', ...change })
        .where('id', 'in', ofBatch)
        .where('state', '!=', 'revoked')
        .execute()
      await own.updateTable('credential_award').set({ learnerKey: null }).where('batchId', '=', batchId).execute()
    },
  }
}

type OfAchievement = Pick<AwardRow, 'achievementId' | 'organisationId' | 'period'>

export const awards = (db: Kysely<unknown>) => {
  const own = db.withTables<RecognitionTables>()
  return {
    addMany: async (rows: readonly AwardRow[]): Promise<void> => {
      await own.insertInto('credential_award').values(rows).execute()
    },
    find: (credentialId: string): Promise<AwardRow | undefined> =>
      own.selectFrom('credential_award').selectAll().where('credentialId', '=', credentialId).executeTakeFirst(),
    /** What these credentials are of, by their identifiers. */
    achievementsOf: async (credentialIds: readonly string[]): Promise<Map<string, string>> => {
      const found = new Map<string, string>()
      for (const some of chunks(credentialIds))
        for (const { credentialId, achievementId } of await own
          .selectFrom('credential_award')
          .select(['credentialId', 'achievementId'])
          .where('credentialId', 'in', some)
          .execute())
          found.set(credentialId, achievementId)
      return found
    },
    /** Those of these learners who have one already. */
    known: async (
      { achievementId, organisationId, period }: OfAchievement,
      keys: readonly string[],
    ): Promise<Map<string, string>> => {
      const rows = await own
        .selectFrom('credential_award')
        .select(['learnerKey', 'credentialId'])
        .where('achievementId', '=', achievementId)
        .where('organisationId', '=', organisationId)
        .where('period', '=', period)
        .where('learnerKey', 'in', keys)
        .execute()
      return new Map(rows.map(({ learnerKey, credentialId }) => [learnerKey!, credentialId]))
    },
    /** All that one learner has; of one issuer alone where it is said which. */
    ofLearner: (learnerKey: string, organisationId?: string): Promise<AwardRow[]> => {
      const all = own.selectFrom('credential_award').selectAll().where('learnerKey', '=', learnerKey)
      const some = organisationId === undefined ? all : all.where('organisationId', '=', organisationId)
      return some.orderBy('credentialId').execute()
    },

    /** So that the same learner can get it anew. */
    release: async (credentialId: string): Promise<void> => {
      await own
        .updateTable('credential_award')
        .set({ learnerKey: null })
        .where('credentialId', '=', credentialId)
        .execute()
    },
    /** Those of a batch after a row, in the order of the table. */
    ofBatch: (batchId: string, after: number, limit: number): Promise<AwardRow[]> =>
      own
        .selectFrom('credential_award')
        .selectAll()
        .where('batchId', '=', batchId)
        .where('row', '>', after)
        .orderBy('row')
        .limit(limit)
        .execute(),
    learnerSecret: async (): Promise<string | undefined> =>
      (await own.selectFrom('learner_secret').select('closed').where('number', '=', 1).executeTakeFirst())?.closed,
    keepLearnerSecret: async (closed: string): Promise<void> => {
      await own
        .insertInto('learner_secret')
        .values({ number: 1, closed })
        .onConflict((conflict) => conflict.column('number').doNothing())
        .execute()
    },
  }
}

export const claims = (db: Kysely<unknown>) => {
  const own = db.withTables<RecognitionTables>()
  return {
    addMany: async (rows: readonly ClaimRow[]): Promise<void> => {
      await own.insertInto('credential_claim').values(rows).execute()
    },
    bySecret: (secretHash: string): Promise<ClaimRow | undefined> =>
      own.selectFrom('credential_claim').selectAll().where('secretHash', '=', secretHash).executeTakeFirst(),
    byShown: (shownHash: string): Promise<ClaimRow | undefined> =>
      own.selectFrom('credential_claim').selectAll().where('shownHash', '=', shownHash).executeTakeFirst(),
    ofCredentials: (ids: readonly string[]): Promise<ClaimRow[]> =>
      own.selectFrom('credential_claim').selectAll().where('credentialId', 'in', ids).execute(),
    renew: async (credentialId: string, change: Omit<ClaimRow, 'credentialId' | 'keptUntil'>): Promise<void> => {
      await own.updateTable('credential_claim').set(change).where('credentialId', '=', credentialId).execute()
    },
    drop: async (credentialId: string): Promise<void> => {
      await own.deleteFrom('credential_claim').where('credentialId', '=', credentialId).execute()
    },
    dropBefore: async (at: string): Promise<void> => {
      await own.deleteFrom('credential_claim').where('keptUntil', '<', at).execute()
    },
  }
}
