import { join } from 'node:path'
import { journalMigration } from './database/migrate.ts'
import type { Feature } from './feature.ts'
import { jobMigration } from './jobs/jobs.ts'
import { bySmtp, intoFolder } from './mail/carriers.ts'
import { deliverMail, mailMigration, unsubscribeMigration } from './mail/mail.ts'

const lettersEveryMs = 2_000

/** What every feature stands on: the journal, jobs and letters. */
export const kernel: Feature = {
  name: 'kernel',
  migrations: [journalMigration, jobMigration, mailMigration, unsubscribeMigration],
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
        erased: false,
        exported: false,
        because: 'It shows operators which letters left; what they said is not kept',
      },
    ],
  },
  jobs: [
    {
      name: 'mail',
      everyMs: lettersEveryMs,
      inEachProcess: true,
      work: ({ database, world, settings }) => {
        const carry = settings.smtpUrl
          ? bySmtp(settings.smtpUrl, settings.mailFrom)
          : intoFolder(join(settings.dataDir, 'outbox'), settings.mailFrom, world.now)
        return () => deliverMail(database, carry, world.now)
      },
    },
  ],
}
