import type { Feature } from '#kernel/feature.ts'
import { isSignedIn } from '#accounts/signed-in.ts'
import { nothing } from '#kernel/html/html.ts'
import type { StoredRow } from '#records/store.ts'
import { pairsRemembered } from './counting.ts'
import { mountDuplicates } from './routes.ts'
import { likelyNotice, mergedNotice } from './pages/duplicates.ts'
import { merge, mergedHere } from './merge.ts'
import { undoMerge } from './unmerge.ts'
import { callAlike, callDifferent, listDuplicates } from './pairs.ts'
import { differentMigration, draftDuplicates, likelyDuplicates } from './suggest.ts'

/** Records that tell of one thing: suggested, merged, or called different. */
export const duplicates: Feature = {
  name: 'duplicates',
  services: () => ({ duplicatePairs: pairsRemembered() }),
  migrations: [differentMigration],
  operations: [merge, mergedHere, likelyDuplicates, draftDuplicates, listDuplicates, callDifferent, callAlike],
  hooks: {
    changed: async (context, { action, before, after }) => {
      if (action === 'restore') await undoMerge(context, before as StoredRow, (after as StoredRow).note ?? '')
    },
  },
  routes: [mountDuplicates],
  asksOfPages: { recordTop: ['merged'] },
  slots: {
    recordTop: async ({ askAs, view }, request, { id }) => {
      const from = request.query.get('merged')
      if (!from || !isSignedIn(request)) return nothing
      const { merged } = await askAs(request.who, mergedHere, { id })
      return merged.some((one) => one.id === from) ? mergedNotice(view(request), from) : nothing
    },
    draft: async ({ askAs, view }, request, { id, state }) => {
      if (state === 'published' || state === 'withdrawn') return nothing
      const { records } = await askAs(request.who, draftDuplicates, { id })
      return likelyNotice(view(request), records)
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
