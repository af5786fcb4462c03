import type { Feature } from '#core/feature.ts'
import { mountAccounts } from '../../web/accounts.ts'
import { mountPeople } from '../../web/people.ts'
import { mountSignIn } from '../../web/sign-in.ts'
import { auditLinesMigration, tellAudit } from './audit-lines.ts'
import { emailChangeMigration } from './email-change.ts'
import { factorMigration } from './factor-store.ts'
import { identityMigration } from './identity-store.ts'
import { peopleOperations } from './index.ts'
import { passkeyMigration } from './passkey-store.ts'
import { personalData } from './personal-data.ts'
import { secondStepMigration } from './second-step.ts'
import { peopleMigration } from './tables.ts'
import type { Provider } from './provider.ts'
import type { Sealing } from './sealing.ts'
import type { SecondStep } from './second-step.ts'

declare module '#core/context.ts' {
  interface Services {
    /** Where people may sign in beside here, if the operator set one. */
    provider: Provider | undefined
    /** Of whom a code from their letters is asked, too. */
    secondStep: SecondStep
    /** Where to ask which passwords were stolen somewhere; nowhere when empty. */
    breachedPasswords: string
    /** Closes secrets that must be read again, with a key that is not in the database. */
    sealing: Sealing
  }
}

const auditEveryMs = 2_000

/** The people of the house: who they are, how they sign in, what they may do. */
export const accounts: Feature = {
  name: 'accounts',
  migrations: [
    peopleMigration,
    passkeyMigration,
    identityMigration,
    emailChangeMigration,
    secondStepMigration,
    factorMigration,
    auditLinesMigration,
  ],
  operations: peopleOperations,
  jobs: [
    {
      name: 'audit',
      everyMs: auditEveryMs,
      inEachProcess: true,
      isWanted: ({ auditLines }) => auditLines,
      work:
        ({ database, say }) =>
        () =>
          tellAudit(database, say),
    },
  ],
  routes: [mountSignIn, mountAccounts, mountPeople],
  personalData,
}
