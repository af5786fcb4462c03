import type { Feature } from '#kernel/feature.ts'
import { mountLog } from './routes.ts'
import { logOperations } from './operations.ts'
import type { LogSource } from './source.ts'

declare module '#kernel/context.ts' {
  interface Services {
    log: LogSource
  }
}

/** A log that anyone can verify of what was published. It is opened with the node, since its key signs for it. */
export const transparency: Feature = {
  name: 'transparency',
  operations: logOperations,
  routes: [(web, pageContext, { services }) => mountLog(web, pageContext, services.log)],
}
