import type { Feature } from '#kernel/feature.ts'
import { queryOf } from '#search/address.ts'
import { citeList, readCitedList, readCitedText, removeCitedList } from './operations.ts'
import { citeBox } from './pages/cite-box.ts'
import { mountCitedLists } from './routes.ts'
import { citedListMigration } from './tables.ts'

/** What a search found at a date, under an address that always shows exactly that. */
export const citedLists: Feature = {
  name: 'cited-lists',
  migrations: [citedListMigration],
  operations: [citeList, readCitedList, readCitedText, removeCitedList],
  routes: [mountCitedLists],
  slots: {
    belowFound: async ({ view }, request, { input, total }) =>
      citeBox(view(request), { query: queryOf(input).toString(), total }),
  },
}
