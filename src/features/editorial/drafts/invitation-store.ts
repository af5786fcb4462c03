/** Who is asked to write a draft, and who has left it. No rules in here. */
import { sql, type Kysely } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

export type InvitationRow = {
  draftId: string
  /** As it was typed by the inviting author; whether it has an account is not disclosed. */
  email: string
  emailKey: string
  byId: string
  at: string
}
export type InvitationTables = {
  draft_invitation: InvitationRow
  draft_former_author: { draftId: string; accountId: string }
}

export const invitationMigration: Migration = {
  name: '0073-editorial-invitations',
  up: async (db) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      'create table draft_invitation ("draftId" text not null, email text not null, "emailKey" text not null, "byId" text not null, at text not null, primary key ("draftId", "emailKey"))',
    )
    await run('create index draft_invitation_by_email on draft_invitation ("emailKey")')
    await run(
      'create table draft_former_author ("draftId" text not null, "accountId" text not null, primary key ("draftId", "accountId"))',
    )
  },
}

export const invitations = (db: Kysely<unknown>) => {
  const own = db.withTables<InvitationTables>()
  return {
    ofDraft: (draftId: string) =>
      own.selectFrom('draft_invitation').selectAll().where('draftId', '=', draftId).orderBy('at').execute(),
    to: (emailKey: string) =>
      own
        .selectFrom('draft_invitation')
        .selectAll()
        .where('emailKey', '=', emailKey)
        .orderBy('at')
        .limit(100)
        .execute(),
    add: async (row: InvitationRow): Promise<void> => {
      await own
        .insertInto('draft_invitation')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },
    /** Whether there was one. */
    drop: async (draftId: string, emailKey: string): Promise<boolean> => {
      const gone = await own
        .deleteFrom('draft_invitation')
        .where('draftId', '=', draftId)
        .where('emailKey', '=', emailKey)
        .executeTakeFirst()
      return gone.numDeletedRows > 0n
    },
    /** Who was asked by somebody, and who is asked at their address, when they leave. */
    forget: async (accountId: string, emailKey: string): Promise<void> => {
      await own
        .deleteFrom('draft_invitation')
        .where(({ eb, or }) => or([eb('byId', '=', accountId), eb('emailKey', '=', emailKey)]))
        .execute()
    },
    dropOf: async (draftIds: readonly string[]): Promise<void> => {
      for (const table of ['draft_invitation', 'draft_former_author'] as const)
        await own.deleteFrom(table).where('draftId', 'in', draftIds).execute()
    },
    formerAuthors: async (draftId: string): Promise<string[]> =>
      (await own.selectFrom('draft_former_author').select('accountId').where('draftId', '=', draftId).execute()).map(
        ({ accountId }) => accountId,
      ),
    addFormer: async (draftId: string, accountId: string): Promise<void> => {
      await own
        .insertInto('draft_former_author')
        .values({ draftId, accountId })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },
  }
}
