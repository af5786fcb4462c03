import type { Feature } from '#kernel/feature.ts'
import { mountFiles } from './routes.ts'
import { clearFiles, leaveFiles } from './clear.ts'
import { expectFiles, violationsOfFiles, putFiles } from './named.ts'
import { fileOperations } from './operations.ts'
import { attachedFiles } from './store.ts'
import { fileMigration } from './tables.ts'
import type { FileStore } from '#kernel/file-store.ts'
import type { Scanner } from '#kernel/scanner.ts'

declare module '#kernel/context.ts' {
  interface Services {
    /** What people brought, by what is in it. */
    files: FileStore
    /** Looks through files that people bring, if the operator has one. */
    scanner: Scanner | undefined
  }
}

const hourMs = 60 * 60_000

/** Pictures and documents that people attach to what they describe. */
export const attachments: Feature = {
  name: 'attachments',
  migrations: [fileMigration],
  operations: fileOperations,
  jobs: [
    {
      name: 'files',
      everyMs: 12 * hourMs,
      leaseMs: hourMs,
      work: (app) => () => clearFiles(app),
    },
  ],
  hooks: {
    checked: violationsOfFiles,
    proposed: ({ db }, body, authors) => expectFiles(db, body, authors),
    written: putFiles,
  },
  routes: [(web, pageContext, { services }) => mountFiles(web, pageContext, services.files)],
  personalData: {
    columns: [
      {
        table: 'file_owner',
        column: 'ownerId',
        erased: true,
        exported: true,
      },
    ],
    erase: leaveFiles,
    exportOf: async ({ db, services }, { id }) => ({
      files: (await attachedFiles(db).ofPerson(id)).map((one) => ({
        ...one,
        address: `${services.site.address}/files/${one.file}`,
      })),
    }),
  },
}
