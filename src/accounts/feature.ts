import type { Feature } from '#kernel/feature.ts'
import { mountAccounts } from './accounts.routes.ts'
import { mountNotices } from './notices.routes.ts'
import { readChoices } from './notices/choices.ts'
import { sendNotices } from './notices/digest.ts'
import { noticeMigration } from './notices/tables.ts'
import { noticesPart } from './pages/notices.ts'
import { mountPeople } from './manage-accounts.routes.ts'
import { mountSignIn } from './login.routes.ts'
import { auditLinesMigration, tellAudit } from './audit-lines.ts'
import { dropWhatIsOver } from './drop-over.ts'
import { emailChangeMigration } from './email-change.ts'
import { factorMigration } from './factor-store.ts'
import { identityMigration } from './identity-store.ts'
import { peopleOperations } from './index.ts'
import { passkeyMigration } from './passkey-store.ts'
import { formerEmailMigration } from './former-emails.ts'
import { personalData } from './personal-data.ts'
import { secondStepMigration } from './second-step.ts'
import { linkNextMigration, nameKeyMigration, peopleMigration } from './tables.ts'
import type { Provider } from './oidc.ts'
import type { SecretBox } from './secret-box.ts'
import type { SecondStep } from './second-step.ts'

declare module '#kernel/context.ts' {
  interface Services {
    /** The OpenID Connect provider that people may also sign in at, if the operator set one. */
    provider: Provider | undefined
    /** Who must also enter a code that is sent by e-mail. */
    secondStep: SecondStep
    /** The service that is asked for breached passwords; none when empty. */
    breachedPasswords: string
    /** Closes secrets that must be read again, with a key that is not in the database. */
    secretBox: SecretBox
  }
}

const auditEveryMs = 2_000
const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** The people of the node: who they are, how they sign in, what they may do. */
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
    noticeMigration,
    linkNextMigration,
    formerEmailMigration,
    nameKeyMigration,
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
    {
      name: 'past-sign-ins',
      everyMs: hourMs,
      leaseMs: minuteMs,
      work:
        ({ database, environment }) =>
        () =>
          database.write((tx) => dropWhatIsOver(tx, environment.now())),
    },
    {
      name: 'notices',
      everyMs: hourMs,
      leaseMs: hourMs,
      work:
        ({ perform }) =>
        () =>
          perform(sendNotices, { kind: 'system', id: 'notices' }, {}),
    },
  ],
  routes: [mountSignIn, mountAccounts, mountPeople, mountNotices],
  slots: {
    account: async ({ askAs, view }, request, { refused }) =>
      noticesPart(view(request), await askAs(request.who, readChoices, {}), refused),
  },
  personalData,
}
