/** What somebody leaves behind of what they wrote: what was published, and what others write on. */
import type { Kysely } from 'kysely'
import { takeAddressOut } from '#kernel/personal-data.ts'
import { drafts } from './store.ts'

/** Where people may have typed an address, of theirs or of others. */
const texts = [
  { table: 'draft', keys: ['id'], columns: ['body', 'unread'] },
  { table: 'draft_save', keys: ['draftId', 'revision'], columns: ['body'] },
  { table: 'draft_comment', keys: ['id'], columns: ['text'] },
  { table: 'draft_step', keys: ['number'], columns: ['note'] },
  { table: 'assignment', keys: ['draftId', 'reviewerId'], columns: ['interest'] },
  { table: 'review_sheet', keys: ['draftId', 'reviewerId', 'round'], columns: ['body'] },
  { table: 'verdict', keys: ['recordId', 'revision'], columns: ['note'] },
] as const

export async function leaveDrafts(db: Kysely<unknown>, { id, email }: { id: string; email: string }): Promise<void> {
  const store = drafts(db)
  const alone: string[] = []
  for (const draft of await store.allOfPerson(id)) {
    const others = draft.authors.filter((one) => one !== id)
    // Each save is text that was never published.
    if (draft.state === 'published') await store.forgetSaves(draft.id, draft.revision)
    else if (others.length === 0) alone.push(draft.id)
    else await store.removeAuthor(draft.id, id, draft.ownerId === id ? others[0]! : draft.ownerId)
  }
  await store.removeWithReviews(alone)
  for (const text of texts) await takeAddressOut(db, text, email)
}
