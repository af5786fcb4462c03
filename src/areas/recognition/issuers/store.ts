/** The queries of who may issue in the name of which organisation. No rules in here. */
import type { Kysely } from 'kysely'
import type { IssuerMemberRow, IssuerRow, RecognitionTables } from '../tables.ts'

export const issuers = (db: Kysely<unknown>) => {
  const own = db.withTables<RecognitionTables>()
  return {
    all: (): Promise<IssuerRow[]> =>
      own.selectFrom('issuer').selectAll().orderBy('verifiedAt').orderBy('organisationId').execute(),
    find: (organisationId: string): Promise<IssuerRow | undefined> =>
      own.selectFrom('issuer').selectAll().where('organisationId', '=', organisationId).executeTakeFirst(),
    add: async (row: IssuerRow): Promise<void> => {
      await own
        .insertInto('issuer')
        .values(row)
        .onConflict((conflict) => conflict.column('organisationId').doNothing())
        .execute()
    },
    drop: async (organisationId: string): Promise<boolean> => {
      const gone = await own.deleteFrom('issuer').where('organisationId', '=', organisationId).executeTakeFirst()
      return Number(gone.numDeletedRows) > 0
    },
    membersOf: (organisationId: string): Promise<IssuerMemberRow[]> =>
      own
        .selectFrom('issuer_member')
        .selectAll()
        .where('organisationId', '=', organisationId)
        .orderBy('at')
        .orderBy('accountId')
        .execute(),
    organisationsOf: (accountId: string): Promise<IssuerMemberRow[]> =>
      own.selectFrom('issuer_member').selectAll().where('accountId', '=', accountId).execute(),
    addMember: async (row: IssuerMemberRow): Promise<void> => {
      await own
        .insertInto('issuer_member')
        .values(row)
        .onConflict((conflict) => conflict.columns(['organisationId', 'accountId']).doNothing())
        .execute()
    },
    dropMember: async (organisationId: string, accountId: string): Promise<boolean> => {
      const gone = await own
        .deleteFrom('issuer_member')
        .where('organisationId', '=', organisationId)
        .where('accountId', '=', accountId)
        .executeTakeFirst()
      return Number(gone.numDeletedRows) > 0
    },
    dropMembersOf: async (organisationId: string): Promise<void> => {
      await own.deleteFrom('issuer_member').where('organisationId', '=', organisationId).execute()
    },
    forgetPerson: async (accountId: string): Promise<void> => {
      await own.deleteFrom('issuer_member').where('accountId', '=', accountId).execute()
    },
    /** One organisation became part of another: whoever issued for it issues for that. */
    pass: async (from: string, into: string): Promise<void> => {
      const [row] = await own.selectFrom('issuer').selectAll().where('organisationId', '=', from).execute()
      if (!row) return
      const members = await own.selectFrom('issuer_member').selectAll().where('organisationId', '=', from).execute()
      await issuers(db).add({ ...row, organisationId: into })
      for (const one of members) await issuers(db).addMember({ ...one, organisationId: into })
      await issuers(db).dropMembersOf(from)
      await issuers(db).drop(from)
    },
  }
}
