/** Whose a published record is. */
import type { Kysely } from 'kysely'
import { curation } from './collections/store.ts'
import { curatedCollection } from './collection.ts'
import { drafts } from './drafts/store.ts'
import { review } from './review.ts'
import { sheets as reviews } from './reviewing/store.ts'

type Owned = { id: string; kind: string; body: object }

/**
 * The accounts of those who first wrote it; of a collection, of its curators; of a review, of its reviewer, unless they stay
 * unnamed. Nobody, where it was imported. Whoever had a change of it accepted since owns it no more than before.
 */
export async function ownersOf(db: Kysely<unknown>, { id, kind, body }: Owned): Promise<string[]> {
  if (kind === review.name && (body as { unnamed?: unknown }).unnamed === true) return []
  const wrote = await drafts(db).firstAuthors(id)
  if (kind === curatedCollection.name)
    return [...new Set([...wrote, ...(await curation(db).curators([id])).map(({ accountId }) => accountId)])]
  if (kind === review.name) return [...new Set([...wrote, ...(await reviews(db).authorsOf(id))])]
  return wrote
}

/** The records of which `ownersOf` names somebody, but for their reviews. */
export const ownedBy = async (db: Kysely<unknown>, accountId: string): Promise<string[]> => [
  ...new Set([...(await drafts(db).firstWrittenBy(accountId)), ...(await curation(db).curatedBy(accountId))]),
]
