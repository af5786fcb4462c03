/** The queries of credentials for contributions. No rules in here. */
import type { Kysely } from 'kysely'
import type { ContributionCredentialRow, ContributionTables } from './tables.ts'

export const contributionCredentials = (db: Kysely<unknown>) => {
  const own = db.withTables<ContributionTables>()
  return {
    of: (accountId: string): Promise<ContributionCredentialRow[]> =>
      own
        .selectFrom('contribution_credential')
        .selectAll()
        .where('accountId', '=', accountId)
        .orderBy('credentialId')
        .execute(),
    add: async (row: ContributionCredentialRow): Promise<void> => {
      await own.insertInto('contribution_credential').values(row).execute()
    },
    drop: async (credentialId: string): Promise<void> => {
      await own.deleteFrom('contribution_credential').where('credentialId', '=', credentialId).execute()
    },
  }
}
