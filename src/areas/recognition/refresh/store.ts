/** The queries of which credential took the place of which. */
import type { Kysely } from 'kysely'
import type { RecognitionTables } from '../tables.ts'

export const replacements = (db: Kysely<unknown>) => {
  const own = db.withTables<RecognitionTables>()
  return {
    of: async (credentialId: string): Promise<string | undefined> => {
      const found = own.selectFrom('credential_replacement').select('nextId').where('credentialId', '=', credentialId)
      return (await found.executeTakeFirst())?.nextId
    },
    add: async (credentialId: string, nextId: string): Promise<void> => {
      await own.insertInto('credential_replacement').values({ credentialId, nextId }).execute()
    },
  }
}
