/** From the record of a collection to what it asks; and from a draft to the collection that it was submitted to. */
import type { Kysely } from 'kysely'
import { curatedCollection } from '../collection.ts'
import type { Reason } from '../drafts/states.ts'
import { isOf } from '#records/kind.ts'
import type { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { blindnesses, nodePolicy, type Belonging, type Blindness, type Policy } from './policy.ts'
import { curation } from './store.ts'

export function policyIn(record: StoredRecord): Policy {
  if (!isOf(curatedCollection)(record)) return nodePolicy
  const { rubric, requires, reviewsNeeded, noteNeeded, reasons, publishesReviews, blindness } = record.body
  return {
    rubric,
    reviewsNeeded,
    requires: requires ?? nodePolicy.requires,
    noteNeeded: noteNeeded ?? nodePolicy.noteNeeded,
    reasons: (reasons as readonly Reason[] | undefined) ?? nodePolicy.reasons,
    publishesReviews: publishesReviews ?? nodePolicy.publishesReviews,
    blindness: blindnesses.find((one) => one === blindness) ?? nodePolicy.blindness,
  }
}

/** People who were promised anonymity keep it when the collection becomes more open; when it becomes stricter, everybody gets it. */
const stricter = (one: Blindness, other: Blindness): Blindness =>
  blindnesses.indexOf(one) > blindnesses.indexOf(other) ? one : other

/** By draft; those of no collection are left out. A collection that was withdrawn keeps its promises. */
export async function belongingsOf(db: Kysely<unknown>, draftIds: readonly string[]): Promise<Map<string, Belonging>> {
  const store = curation(db)
  const chosen = await store.chosenBy(draftIds)
  const ids = [...new Set(chosen.map(({ collectionId }) => collectionId))]
  const [found, curators] = [await records(db).findMany(ids), await store.curators(ids)]
  return new Map(
    chosen.flatMap(({ draftId, collectionId, blindness }) => {
      const record = found.get(collectionId)
      if (!record) return []
      const policy = policyIn(record)
      const belonging: Belonging = {
        id: collectionId,
        title: record.body.title,
        originalLanguage: record.body.originalLanguage,
        curators: curators.filter((one) => one.collectionId === collectionId).map(({ accountId }) => accountId),
        policy: { ...policy, blindness: stricter(blindness, policy.blindness) },
      }
      return [[draftId, belonging] as const]
    }),
  )
}
