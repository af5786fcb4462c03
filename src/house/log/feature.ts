import type { Feature } from '#core/feature.ts'
import { mountLog } from '../../web/log.ts'
import { logOperations } from './operations.ts'
import type { LogSource } from './source.ts'

declare module '#core/context.ts' {
  interface Services {
    log: LogSource
  }
}

/** A log that anyone can verify of what was published. It is opened with the house, since its key signs for it. */
export const transparency: Feature = {
  name: 'transparency',
  operations: logOperations,
  routes: [(web, asking, { services }) => mountLog(web, asking, services.log)],
}
