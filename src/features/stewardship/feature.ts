import type { Feature } from '#kernel/feature.ts'
import { stewardshipOperations, passStewardship, remind, assignSteward } from './stewardship.ts'
import { tellOfAnswers, tellOfChange, tellOfMerge } from './tell-owners.ts'
import { stewardshipMigration } from './tables.ts'

const hourMs = 60 * 60_000

/** Each record that was published here has somebody who looks after it. */
export const stewardship: Feature = {
  name: 'stewardship',
  migrations: [stewardshipMigration],
  operations: stewardshipOperations,
  jobs: [
    {
      name: 'care',
      everyMs: 6 * hourMs,
      leaseMs: hourMs,
      work:
        ({ perform }) =>
        () =>
          perform(remind, { kind: 'system', id: 'care' }, {}),
    },
  ],
  hooks: {
    added: tellOfAnswers,
    changed: tellOfChange,
    published: (context, { recordId, ownerId }) => assignSteward(context, recordId, ownerId),
    merged: async (context, merged) => {
      await tellOfMerge(context, merged)
      await passStewardship(context, merged.from, merged.into)
    },
  },
  personalData: {
    columns: [
      {
        table: 'care',
        column: 'ownerId',
        erased: false,
        exported: false,
        because: 'Each record says who looks after it; those of somebody who left are asked for by curators',
      },
    ],
  },
}
