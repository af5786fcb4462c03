import { join } from 'node:path'
import { journalMigration, pagesHeadMigration } from './database/migrate.ts'
import type { Feature } from './feature.ts'
import { dropKeysOf, dropOldKeys, idempotencyMigration } from './idempotency.ts'
import { jobMigration } from './jobs/jobs.ts'
import { bySmtp, forgetInFolder, intoFolder, senderOf } from './mail/carriers.ts'
import { marksOf } from './personal-data.ts'
import { deliverMail, forgetLettersTo, mailMigration, unsubscribeMigration } from './mail/mail.ts'

declare module './context.ts' {
  interface Services {
    /** The folder that letters are put into where there is no mail server. */
    outbox: string
  }
}

const outboxIn = (dataDir: string) => join(dataDir, 'outbox')
// Somebody waits for the link; to look whether one is due reads one line of an index.
const lettersEveryMs = 300

/** What every feature stands on: the journal, jobs and letters. */
export const kernel: Feature = {
  name: 'kernel',
  migrations: [
    journalMigration,
    jobMigration,
    mailMigration,
    unsubscribeMigration,
    idempotencyMigration,
    pagesHeadMigration,
  ],
  personalData: {
    columns: [
      {
        table: 'journal',
        column: 'actor',
        erased: false,
        exported: false,
        because: 'The history of records must stay whole; it has the identifier of an account, and no name',
      },
      {
        table: 'mail',
        column: 'to',
        erased: true,
        exported: false,
        because: 'It shows operators which letters left; what they said is not kept',
      },
      {
        table: 'idempotency',
        column: 'accountId',
        erased: true,
        exported: false,
        because: 'What requests were answered, for a day, so that they can be sent again',
      },
    ],
    erase: async ({ db, services }, leaving) => {
      await dropKeysOf(db, leaving.id)
      // Emails to others may name them.
      const marks = marksOf(leaving)
      await forgetLettersTo(db, leaving.email, marks)
      await forgetInFolder(services.outbox, leaving.email, marks)
    },
  },
  services: ({ dataDir }) => ({ outbox: outboxIn(dataDir) }),
  jobs: [
    {
      name: 'idempotency',
      everyMs: 60 * 60_000,
      leaseMs: 60_000,
      work:
        ({ database, environment }) =>
        () =>
          database.write((tx) => dropOldKeys(tx, environment.now())),
    },
    {
      name: 'mail',
      everyMs: lettersEveryMs,
      inEachProcess: true,
      work: ({ database, environment, services, settings }) => {
        // An operator may name the site anew while the node runs.
        const from = () => senderOf({ mailFrom: settings.mailFrom, siteName: services.site.name })
        const carry = settings.smtpUrl
          ? bySmtp(settings.smtpUrl, from)
          : intoFolder(outboxIn(settings.dataDir), from, environment.now)
        return () => deliverMail(database, carry, environment.now)
      },
    },
  ],
}
