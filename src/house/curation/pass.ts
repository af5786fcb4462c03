/** What was in a collection, or invited, stays so as the record that stays when two are merged. */
import type { Kysely } from 'kysely'
import { curation } from './store.ts'

export async function passMemberships(tx: Kysely<unknown>, from: string, into: string): Promise<void> {
  const store = curation(tx)
  for (const row of await store.membershipsOf(from)) {
    await store.dropMember(row.collectionId, from)
    if (!(await store.member(row.collectionId, into))) await store.putMember({ ...row, recordId: into })
  }
}
