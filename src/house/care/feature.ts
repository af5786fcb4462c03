import type { Feature } from '#core/feature.ts'
import { careOperations, passCare, remind, takeCare } from './care.ts'
import { careMigration } from './tables.ts'

const hourMs = 60 * 60_000

/** Each record that was published here has somebody who looks after it. */
export const stewardship: Feature = {
  name: 'stewardship',
  migrations: [careMigration],
  operations: careOperations,
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
    published: (context, { recordId, ownerId }) => takeCare(context, recordId, ownerId),
    merged: (context, { from, into }) => passCare(context, from, into),
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
