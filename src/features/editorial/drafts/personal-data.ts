/** What people wrote, judged and decided here. It stays when they leave: under their name, or under nobody’s. */
import type { PersonalData } from '#kernel/personal-data.ts'
import { curation } from '../collections/store.ts'
import { records } from '#records/store.ts'
import { forgetReviewer } from '../reviewing/forget.ts'
import { sheets as reviews } from '../reviewing/store.ts'
import { emailKeyOf } from '#accounts/email.ts'
import { leaveDrafts } from './leaving.ts'
import { invitations } from './invitation-store.ts'
import { draftNotes } from './note-store.ts'
import { drafts } from './store.ts'

const contribution =
  'What was published, or written with others, stays; the account that it names says no more than its owner left'
const asked = 'It waits for an answer, on the desk of whoever is asked'
const step = 'It says how a decision came about, which authors and curators must be able to look up'
const kept = (table: string, column: string, because: string, exported = false) =>
  ({ table, column, erased: false, exported, because }) as const

export const personalData: PersonalData = {
  columns: [
    kept('draft', 'ownerId', contribution, true),
    kept('draft', 'changedBy', contribution),
    kept('draft_save', 'changedBy', contribution),
    kept('draft_author', 'accountId', contribution, true),
    { table: 'draft_invitation', column: 'email', erased: true, exported: false, because: asked },
    { table: 'draft_invitation', column: 'emailKey', erased: true, exported: false, because: asked },
    { table: 'draft_invitation', column: 'byId', erased: true, exported: false, because: asked },
    kept('draft_former_author', 'accountId', contribution),
    kept('draft_step', 'actorId', step),
    kept('draft_comment', 'authorId', contribution, true),
    kept('draft_comment', 'resolvedBy', step),
    kept('assignment', 'reviewerId', step),
    kept('assignment', 'assignedBy', step),
    kept('verdict', 'reviewers', 'The name goes unless they want to stay named'),
    kept('verdict', 'appointedBy', step),
    kept('review_sheet', 'reviewerId', contribution, true),
    kept('collection_curator', 'accountId', step, true),
    kept('collection_member', 'byId', step),
  ],
  exportOf: async ({ db }, { id: accountId }) => {
    const [written, said, judged, curated] = [
      await drafts(db).ofPerson(accountId),
      await drafts(db).commentsBy(accountId),
      await reviews(db).by(accountId),
      await curation(db).curatedBy(accountId),
    ]
    const notes = Map.groupBy(await draftNotes(db).ofMany(written.map(({ id }) => id)), ({ draftId }) => draftId)
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
        notes: (notes.get(id) ?? []).map(({ name, text, field }) => ({ name, text, field })),
      })),
      comments: said.map(({ draftId, recordId, place, text, at }) => ({ draftId, recordId, place, text, at })),
      reviews: judged.map(({ reviewerId: _, ...rest }) => rest),
      collections: curated.map((id) => ({ id, title: collections.get(id)?.body.title ?? {} })),
    }
  },
  erase: async (context, { keepName, ...person }) => {
    await invitations(context.db).forget(person.id, emailKeyOf(person.email))
    if (!keepName) await forgetReviewer(context, person)
    await leaveDrafts(context.db, person)
  },
}
