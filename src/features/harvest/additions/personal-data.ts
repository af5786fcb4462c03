import type { PersonalData } from '#kernel/personal-data.ts'
import { additions } from './store.ts'

/** Who added notes and keywords to records of others. */
export const personalData: PersonalData = {
  columns: [
    {
      table: 'record_addition',
      column: 'byId',
      erased: false,
      exported: true,
      because:
        'The addition is of the site and stays; the name is looked up when it is shown, and leaves with the account',
    },
  ],
  exportOf: async ({ db }, { id }) => ({
    additions: (await additions(db).by(id)).map(({ byId: _, ...one }) => one),
  }),
}
