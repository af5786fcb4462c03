import type { Feature } from '#core/feature.ts'
import { nothing } from '#core/html/html.ts'
import { mountDuplicates } from '../../web/duplicates.ts'
import { likelyNotice } from '../pages/duplicates.ts'
import { merge, mergedHere } from './merge.ts'
import { callDifferent, differentMigration, draftDuplicates, likelyDuplicates, listDuplicates } from './suggest.ts'

/** Records that tell of one thing: suggested, merged, or called different. */
export const duplicates: Feature = {
  name: 'duplicates',
  migrations: [differentMigration],
  operations: [merge, mergedHere, likelyDuplicates, draftDuplicates, listDuplicates, callDifferent],
  routes: [mountDuplicates],
  slots: {
    draft: async ({ askAs, view }, asked, { id, state }) => {
      if (state === 'published' || state === 'withdrawn') return nothing
      const { records } = await askAs(asked.who, draftDuplicates, { id })
      return likelyNotice(view(asked), records)
    },
  },
  personalData: {
    columns: [
      {
        table: 'different',
        column: 'by',
        erased: false,
        exported: false,
        because: 'Who decided that two records are different must stay known to curators',
      },
    ],
  },
}
