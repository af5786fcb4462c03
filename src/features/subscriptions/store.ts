/** The queries of what people watch. No rules in here. */
import type { Kysely } from 'kysely'
import type { Rhythm, SubscriptionRow, SubscriptionTables } from './tables.ts'

export const subscriptionStore = (db: Kysely<unknown>) => {
  const own = db.withTables<SubscriptionTables>()
  return {
    /** In the order in which it was begun; what was ended is left out. */
    of: (accountId: string): Promise<SubscriptionRow[]> =>
      own
        .selectFrom('watch')
        .selectAll()
        .where('accountId', '=', accountId)
        .where('endedAt', 'is', null)
        .orderBy('createdAt')
        .orderBy('id')
        .execute(),
    ofMany: (accountIds: readonly string[]): Promise<SubscriptionRow[]> =>
      own
        .selectFrom('watch')
        .selectAll()
        .where('accountId', 'in', accountIds)
        .where('endedAt', 'is', null)
        .orderBy('createdAt')
        .orderBy('id')
        .execute(),
    find: (accountId: string, id: string): Promise<SubscriptionRow | undefined> =>
      own.selectFrom('watch').selectAll().where('id', '=', id).where('accountId', '=', accountId).executeTakeFirst(),
    /** Whoever’s it is. */
    isThere: async (id: string): Promise<boolean> =>
      (await own.selectFrom('watch').select('id').where('id', '=', id).executeTakeFirst()) !== undefined,
    bySubject: (accountId: string, subject: string): Promise<SubscriptionRow | undefined> =>
      own
        .selectFrom('watch')
        .selectAll()
        .where('accountId', '=', accountId)
        .where('subject', '=', subject)
        .executeTakeFirst(),
    add: async (row: SubscriptionRow): Promise<void> => {
      await own.insertInto('watch').values(row).execute()
    },
    change: async (id: string, values: Partial<SubscriptionRow>): Promise<void> => {
      await own.updateTable('watch').set(values).where('id', '=', id).execute()
    },
    remove: async (id: string): Promise<void> => {
      await own.deleteFrom('watch').where('id', '=', id).execute()
    },
    removeEndedBefore: async (at: string): Promise<void> => {
      await own.deleteFrom('watch').where('endedAt', '<', at).execute()
    },
    ofRecord: (recordId: string): Promise<SubscriptionRow[]> =>
      own.selectFrom('watch').selectAll().where('recordId', '=', recordId).execute(),

    /** Moves the place up to which e-mails told; false where somebody else did before. */
    told: async (
      { id, toldSeq }: Pick<SubscriptionRow, 'id' | 'toldSeq'>,
      upTo: number,
      at: string,
    ): Promise<boolean> =>
      (
        await own
          .updateTable('watch')
          .set({ toldSeq: upTo, toldAt: at })
          .where('id', '=', id)
          .where('toldSeq', '=', toldSeq)
          .executeTakeFirst()
      ).numUpdatedRows > 0n,
    sawAll: async (accountId: string, upTo: number, at: string): Promise<void> => {
      await own
        .updateTable('watch')
        .set({ seenSeq: upTo, seenAt: at })
        .where('accountId', '=', accountId)
        .where('seenSeq', '<', upTo)
        .execute()
    },
    /** Stops e-mails about one or all, but of none whose owner said how often after that time. */
    quiet: async (accountId: string, { id, before, at }: { id?: string | undefined; before: string; at: string }) => {
      let query = own
        .updateTable('watch')
        .set({ often: 'never' satisfies Rhythm, oftenAt: at })
        .where('accountId', '=', accountId)
        .where('oftenAt', '<=', before)
      if (id !== undefined) query = query.where('id', '=', id)
      await query.execute()
    },

    watcher: (accountId: string) =>
      own.selectFrom('watcher').selectAll().where('accountId', '=', accountId).executeTakeFirst(),
    watcherByFeed: (feedHash: string) =>
      own.selectFrom('watcher').selectAll().where('feedHash', '=', feedHash).executeTakeFirst(),
    addWatcher: async (accountId: string, lookedAt: string): Promise<void> => {
      await own
        .insertInto('watcher')
        .values({ accountId, lookedAt, feedHash: null })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },
    setFeed: async (accountId: string, feedHash: string | null): Promise<void> => {
      await own.updateTable('watcher').set({ feedHash }).where('accountId', '=', accountId).execute()
    },
    /** Accounts whose e-mail is due, longest waiting first. */
    due: async (before: string, limit: number): Promise<string[]> =>
      (
        await own
          .selectFrom('watcher')
          .select('accountId')
          .where('lookedAt', '<=', before)
          .orderBy('lookedAt')
          .limit(limit)
          .execute()
      ).map(({ accountId }) => accountId),
    looked: async (accountIds: readonly string[], at: string): Promise<void> => {
      await own.updateTable('watcher').set({ lookedAt: at }).where('accountId', 'in', accountIds).execute()
    },

    addLetter: async (row: SubscriptionTables['watch_letter']): Promise<void> => {
      await own.insertInto('watch_letter').values(row).execute()
    },
    letter: (tokenHash: string) =>
      own.selectFrom('watch_letter').selectAll().where('tokenHash', '=', tokenHash).executeTakeFirst(),
    dropLettersBefore: async (at: string): Promise<void> => {
      await own.deleteFrom('watch_letter').where('createdAt', '<', at).execute()
    },

    removeAllOf: async (accountId: string): Promise<void> => {
      for (const table of ['watch_letter', 'watcher', 'watch'] as const)
        await own.deleteFrom(table).where('accountId', '=', accountId).execute()
    },
  }
}
