/** On the pages of courses and pathways: what is issued to who completes them. */
import { nothing } from '#kernel/html/html.ts'
import type { StoredRecord } from '#records/record.ts'
import type { Fill } from '#ui/mounting.ts'
import { listOffers } from './completion/offers.ts'
import { completable } from './completion/steps.ts'
import { completionPart } from './pages/completion.ts'

export const completionSlot: Fill<'record'> = async ({ ask, view: viewFor }, request, record: StoredRecord) =>
  completable.has(record.kind)
    ? completionPart(viewFor(request), record.id, (await ask(listOffers, { id: record.id })).achievements)
    : nothing
