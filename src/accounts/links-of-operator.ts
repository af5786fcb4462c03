/** Links that the person who runs the machine can make: who is at its command line needs no account. */
import type { Environment } from '#kernel/context.ts'
import type { Database } from '#kernel/database/database.ts'
import { linkPath, newLink } from './email-link.ts'
import { vouchedLink } from './manage-accounts.ts'
import { people } from './store.ts'

export const linksOfOperator = (database: Database, environment: Environment) => ({
  /** While nobody has an account: a link that makes its holder the operator. All end with the first account of an operator. */
  operatorLink: async (): Promise<string | null> => {
    if (!database.writable || !(await people(database.read).isEmpty())) return null
    return database.write(async (tx) => {
      return linkPath(await newLink({ db: tx, now: environment.now, random: environment.random }, 'operator', null))
    })
  },
  /** For somebody who can no longer sign in; null where no account has that address. */
  vouchedLink: async (email: string): Promise<string | null> =>
    database.write((db) => vouchedLink({ ...environment, db, actor: { kind: 'system', id: 'shell' } }, email)),
})
