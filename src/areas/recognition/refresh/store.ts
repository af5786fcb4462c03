/** The queries of which credential took the place of which. */
import type { Kysely } from 'kysely'
import type { RecognitionTables } from '../tables.ts'

export const replacements = (db: Kysely<unknown>) => {
  const own = db.withTables<RecognitionTables>()
  return {
    of: async (credentialId: string): Promise<string | undefined> => {
      const found = own
        .selectFrom('credential_replacement')
        .select('replacedBy')
        .where('credentialId', '=', credentialId)
      return (await found.executeTakeFirst())?.replacedBy
    },
    add: async (credentialId: string, replacedBy: string): Promise<void> => {
      await own.insertInto('credential_replacement').values({ credentialId, replacedBy }).execute()
    },
  }
}
