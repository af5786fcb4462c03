/** Tables and queries of what people prove themselves with beside a password: a program that makes codes, codes on paper. No rules in here. */
import { sql, type Kysely } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

export type AppRow = {
  accountId: string
  /** Encrypted with a key outside the database, so that a copy of the database makes no codes. */
  secret: string
  createdAt: string
  /** Null until a first code has shown that the program holds the secret. */
  confirmedAt: string | null
  /** The step of the last code that was taken: none is taken twice. */
  lastStep: number
}
type FactorTables = { code_app: AppRow; recovery_code: { codeHash: string; accountId: string } }

export const factorMigration: Migration = {
  name: '0071-house-factors',
  up: async (db) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      'create table code_app ("accountId" text primary key references account (id), secret text not null, "createdAt" text not null, "confirmedAt" text, "lastStep" integer not null)',
    )
    await run(
      'create table recovery_code ("codeHash" text primary key, "accountId" text not null references account (id))',
    )
    await run('create index recovery_code_by_account on recovery_code ("accountId")')
    // How a session was opened, since some methods prove more than others.
    await run(`alter table session add column way text not null default 'password'`)
  },
}

export const factors = (db: Kysely<unknown>) => {
  const own = db.withTables<FactorTables>()
  return {
    /** The program, confirmed or not. */
    app: (accountId: string) =>
      own.selectFrom('code_app').selectAll().where('accountId', '=', accountId).executeTakeFirst(),
    /** Any one. */
    anyApp: () => own.selectFrom('code_app').selectAll().limit(1).executeTakeFirst(),
    /** In the place of one that was there. */
    putApp: async (row: AppRow): Promise<void> => {
      await own.deleteFrom('code_app').where('accountId', '=', row.accountId).execute()
      await own.insertInto('code_app').values(row).execute()
    },
    /** False where this code, or a later one, was taken meanwhile. */
    useApp: async (accountId: string, lastStep: number, confirmedAt: string): Promise<boolean> =>
      (
        await own
          .updateTable('code_app')
          .set({ lastStep, confirmedAt })
          .where('accountId', '=', accountId)
          .where('lastStep', '<', lastStep)
          .executeTakeFirst()
      ).numUpdatedRows > 0n,
    removeApp: async (accountId: string): Promise<boolean> =>
      (await own.deleteFrom('code_app').where('accountId', '=', accountId).executeTakeFirst()).numDeletedRows > 0n,

    codesLeft: async (accountId: string): Promise<number> => {
      const { count } = await own
        .selectFrom('recovery_code')
        .select(({ fn }) => fn.countAll().as('count'))
        .where('accountId', '=', accountId)
        .executeTakeFirstOrThrow()
      return Number(count)
    },
    /** In the place of those that were there. */
    putCodes: async (accountId: string, hashes: readonly string[]): Promise<void> => {
      await own.deleteFrom('recovery_code').where('accountId', '=', accountId).execute()
      if (hashes.length > 0)
        await own
          .insertInto('recovery_code')
          .values(hashes.map((codeHash) => ({ codeHash, accountId })))
          .execute()
    },
    /** Takes the code away; false where it is none of theirs, or somebody else was first. */
    useCode: async (accountId: string, codeHash: string): Promise<boolean> =>
      (
        await own
          .deleteFrom('recovery_code')
          .where('codeHash', '=', codeHash)
          .where('accountId', '=', accountId)
          .executeTakeFirst()
      ).numDeletedRows > 0n,
  }
}

/** All that an account proves itself with beside a password goes. */
export async function dropFactors(db: Kysely<unknown>, accountId: string): Promise<void> {
  await factors(db).removeApp(accountId)
  await factors(db).putCodes(accountId, [])
}
