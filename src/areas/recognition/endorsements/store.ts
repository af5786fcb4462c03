/** The queries of endorsements. No rules in here. */
import type { Kysely } from 'kysely'
import type { EndorsementRow, EndorsementTables } from './tables.ts'

export const endorsements = (db: Kysely<unknown>) => {
  const own = db.withTables<EndorsementTables>()
  return {
    add: async (row: EndorsementRow): Promise<void> => {
      await own.insertInto('endorsement_credential').values(row).execute()
    },
    find: (credentialId: string): Promise<EndorsementRow | undefined> =>
      own.selectFrom('endorsement_credential').selectAll().where('credentialId', '=', credentialId).executeTakeFirst(),
    /** The oldest first. */
    of: (targetId: string): Promise<EndorsementRow[]> =>
      own
        .selectFrom('endorsement_credential')
        .selectAll()
        .where('targetId', '=', targetId)
        .orderBy('at')
        .orderBy('credentialId')
        .execute(),
  }
}
