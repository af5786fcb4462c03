import type { Feature } from '#kernel/feature.ts'
import { mountLog } from './routes.ts'
import type { Problem } from '#kernel/problem.ts'
import { signerMigration } from './signers.ts'
import { logOperations } from './operations.ts'
import type { LogSource } from './source.ts'

declare module '#kernel/context.ts' {
  interface Services {
    log: LogSource
    /** Why the log signs nothing more, where it stands still. */
    logTrouble: () => Problem | undefined
  }
}

/** A log that anyone can verify of what was published. It is opened with the node, since its key signs for it. */
export const transparency: Feature = {
  name: 'transparency',
  migrations: [signerMigration],
  operations: logOperations,
  routes: [(web, pageContext, { services }) => mountLog(web, pageContext, services)],
}
