/** What somebody leaves behind of what they wrote: what was published, and what others write on. */
import type { Kysely } from 'kysely'
import { takeAddressOut } from '#kernel/personal-data.ts'
import { chunks } from '#records/store.ts'
import type { ReviewingTables } from '../reviewing/tables.ts'
import { draftNotes } from './note-store.ts'
import { drafts } from './store.ts'
import type { DraftTables } from './tables.ts'

/** Where people may have typed an address, of theirs or of others. */
const texts = [
  { table: 'draft', keys: ['id'], columns: ['body', 'unread'] },
  { table: 'draft_save', keys: ['draftId', 'revision'], columns: ['body'] },
  { table: 'draft_note', keys: ['id'], columns: ['name', 'text'] },
  { table: 'draft_comment', keys: ['id'], columns: ['text'] },
  { table: 'draft_step', keys: ['number'], columns: ['note'] },
  { table: 'assignment', keys: ['draftId', 'reviewerId'], columns: ['interest'] },
  { table: 'review_sheet', keys: ['draftId', 'reviewerId', 'round'], columns: ['body'] },
  { table: 'verdict', keys: ['recordId', 'revision'], columns: ['note'] },
] as const

export async function leaveDrafts(db: Kysely<unknown>, { id, email }: { id: string; email: string }): Promise<void> {
  const store = drafts(db)
  const alone: string[] = []
  for (const draft of await allOfPerson(db, id)) {
    const others = draft.authors.filter((one) => one !== id)
    // Each save is text that was never published.
    if (draft.state === 'published') {
      await store.forgetSaves(draft.id, draft.revision)
      if (others.length === 0) await draftNotes(db).removeOf([draft.id])
    } else if (others.length === 0) alone.push(draft.id)
    else await store.removeAuthor(draft.id, id, draft.ownerId === id ? others[0]! : draft.ownerId)
  }
  await removeWithReviews(db, alone)
  for (const text of texts) await takeAddressOut(db, text, email)
}

/** However many, with who writes them. */
async function allOfPerson(db: Kysely<unknown>, accountId: string) {
  const rows = await db
    .withTables<DraftTables>()
    .selectFrom('draft')
    .innerJoin('draft_author', 'draft_author.draftId', 'draft.id')
    .select(['draft.id', 'draft.ownerId', 'draft.state', 'draft.revision'])
    .where('draft_author.accountId', '=', accountId)
    .execute()
  const authors = new Map<string, string[]>()
  for (const some of chunks(rows.map(({ id }) => id)))
    for (const [id, all] of await drafts(db).authorsOf(some)) authors.set(id, all)
  return rows.map((row) => ({ ...row, authors: authors.get(row.id) ?? [] }))
}

/** With all that others said of them. */
async function removeWithReviews(db: Kysely<unknown>, ids: readonly string[]): Promise<void> {
  const own = db.withTables<DraftTables & ReviewingTables>()
  for (const some of chunks(ids)) {
    for (const table of ['review_sheet', 'assignment', 'draft_comment'] as const)
      await own.deleteFrom(table).where('draftId', 'in', some).execute()
    await drafts(db).remove(some)
  }
}
