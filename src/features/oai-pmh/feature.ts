import type { Feature } from '#kernel/feature.ts'
import { followJournal, isBehind } from './follow.ts'
import { answerOai } from './operations.ts'
import { mountOai } from './routes.ts'
import { oaiMigration } from './tables.ts'

const minuteMs = 60_000

/** Records for harvesters: OAI-PMH 2.0. */
export const oaiPmh: Feature = {
  name: 'oai-pmh',
  migrations: [oaiMigration],
  operations: [answerOai, followJournal],
  jobs: [
    {
      name: 'oai-pmh',
      everyMs: minuteMs,
      leaseMs: 10 * minuteMs,
      apart: true,
      work:
        ({ perform, database }) =>
        async () => {
          while (await isBehind(database.read))
            await perform(followJournal, { kind: 'system', id: 'oai' }, { anew: false })
        },
    },
  ],
  routes: [mountOai],
}
