/** The queries of who speaks for which organisation. No rules in here. */
import type { Kysely } from 'kysely'
import type { AccountabilityTables, MemberRow } from './tables.ts'

export const members = (db: Kysely<unknown>) => {
  const own = db.withTables<AccountabilityTables>()
  const remove = (accountId: string) => own.deleteFrom('organisation_member').where('accountId', '=', accountId)
  return {
    of: (organisationId: string): Promise<MemberRow[]> =>
      own
        .selectFrom('organisation_member')
        .selectAll()
        .where('organisationId', '=', organisationId)
        .orderBy('at')
        .execute(),
    organisationsOf: (accountId: string): Promise<MemberRow[]> =>
      own.selectFrom('organisation_member').selectAll().where('accountId', '=', accountId).execute(),
    add: async (row: MemberRow): Promise<void> => {
      await own
        .insertInto('organisation_member')
        .values(row)
        .onConflict((conflict) => conflict.columns(['accountId', 'organisationId']).doNothing())
        .execute()
    },
    drop: async (accountId: string, organisationId: string): Promise<boolean> => {
      const gone = await remove(accountId).where('organisationId', '=', organisationId).executeTakeFirst()
      return Number(gone.numDeletedRows) > 0
    },
    dropAllOf: async (accountId: string): Promise<void> => {
      await remove(accountId).execute()
    },
    /** One organisation became part of another: who spoke for it speaks for that. */
    pass: async (from: string, into: string): Promise<void> => {
      const rows = await own.selectFrom('organisation_member').selectAll().where('organisationId', '=', from).execute()
      if (rows.length === 0) return
      await own
        .insertInto('organisation_member')
        .values(rows.map((row) => ({ ...row, organisationId: into })))
        .onConflict((conflict) => conflict.columns(['accountId', 'organisationId']).doNothing())
        .execute()
      await own.deleteFrom('organisation_member').where('organisationId', '=', from).execute()
    },
  }
}
