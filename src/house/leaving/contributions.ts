/** What somebody wrote here, and what they look after: for them to take along. */
import type { Kysely } from 'kysely'
import { curation } from '../curation/store.ts'
import { drafts } from '../drafts/store.ts'
import { records } from '../record/store.ts'
import { sheets as reviews } from '../reviewing/store.ts'
import { sheets as spreadsheets } from '../sheets/store.ts'

export async function contributionsOf(db: Kysely<unknown>, accountId: string) {
  const [written, said, judged, tables, curated] = [
    await drafts(db).ofPerson(accountId),
    await drafts(db).commentsBy(accountId),
    await reviews(db).by(accountId),
    await spreadsheets(db).ofPerson(accountId),
    await curation(db).curatedBy(accountId),
  ]
  const collections = await records(db).findMany(curated)
  return {
    drafts: written.map(({ id, recordId, kind, state, body, createdAt, changedAt }) => ({
      id,
      recordId,
      kind,
      state,
      body,
      createdAt,
      changedAt,
    })),
    comments: said.map(({ draftId, recordId, place, text, at }) => ({ draftId, recordId, place, text, at })),
    reviews: judged.map(({ reviewerId: _, ...rest }) => rest),
    spreadsheets: tables.map(({ ownerId: _, ...rest }) => rest),
    collections: curated.map((id) => ({ id, title: collections.get(id)?.body.title ?? {} })),
  }
}
