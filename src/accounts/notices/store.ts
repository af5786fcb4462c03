/** The queries of notices. No rules in here. */
import type { Kysely } from 'kysely'
import type { Frequency, NoticeRow, NoticeTables, StopRow, Topic } from './tables.ts'

/** Curators and reviewers have a day's work in one e-mail; what concerns somebody alone comes at once. */
export const usual: Readonly<Record<Topic, Frequency>> = { own: 'immediately', queue: 'daily' }

export const notices = (db: Kysely<unknown>) => {
  const own = db.withTables<NoticeTables>()
  return {
    add: async (row: Omit<NoticeRow, 'number'>): Promise<void> => {
      await own.insertInto('notice').values(row).execute()
    },
    of: async (accountId: string): Promise<NoticeRow[]> =>
      (await own
        .selectFrom('notice')
        .selectAll()
        .where('accountId', '=', accountId)
        .orderBy('number')
        .limit(500)
        .execute()) as NoticeRow[],
    drop: async (numbers: readonly number[]): Promise<void> => {
      if (numbers.length > 0) await own.deleteFrom('notice').where('number', 'in', numbers).execute()
    },
    /** Those for whom something waits, by the time of what has waited longest. */
    waiting: async (): Promise<string[]> =>
      (await own.selectFrom('notice').select('accountId').distinct().orderBy('accountId').execute()).map(
        ({ accountId }) => accountId,
      ),
    choices: async (accountId: string): Promise<Record<Topic, Frequency>> => {
      const rows = await own.selectFrom('notice_choice').selectAll().where('accountId', '=', accountId).execute()
      return { ...usual, ...Object.fromEntries(rows.map(({ topic, frequency }) => [topic, frequency])) }
    },
    /** @param before where given, what was chosen after that time stays */
    choose: async (accountId: string, topic: Topic, frequency: Frequency, at: string, before?: string) => {
      await own
        .insertInto('notice_choice')
        .values({ accountId, topic, frequency, changedAt: at })
        .onConflict((conflict) => {
          const update = conflict.columns(['accountId', 'topic']).doUpdateSet({ frequency, changedAt: at })
          return before === undefined ? update : update.where('notice_choice.changedAt', '<=', before)
        })
        .execute()
    },
    addStop: async (row: StopRow): Promise<void> => {
      await own.insertInto('notice_stop').values(row).execute()
    },
    stop: (tokenHash: string) =>
      own.selectFrom('notice_stop').selectAll().where('tokenHash', '=', tokenHash).executeTakeFirst(),
    dropStopsBefore: async (at: string): Promise<void> => {
      await own.deleteFrom('notice_stop').where('createdAt', '<', at).execute()
    },
    removeAllOf: async (accountId: string): Promise<void> => {
      for (const table of ['notice', 'notice_choice', 'notice_stop'] as const)
        await own.deleteFrom(table).where('accountId', '=', accountId).execute()
    },
  }
}
