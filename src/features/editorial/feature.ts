import type { Feature } from '#kernel/feature.ts'
import { nothing } from '#kernel/html/html.ts'
import { may } from '#kernel/permission.ts'
import { mountAnonymous } from './anonymous.routes.ts'
import { mountChoices } from './choices.routes.ts'
import { mountCuration } from './collections.routes.ts'
import { mountCoauthors } from './coauthors.routes.ts'
import { mountDrafts } from './drafts.routes.ts'
import { mountDeleting } from './deleting.routes.ts'
import { mountSubmitting } from './submitting.routes.ts'
import { mountSharing } from './share.routes.ts'
import { mountNotes } from './notes.routes.ts'
import { mountReviewing } from './reviewing.routes.ts'
import { mountWithdrawing } from './withdrawing.routes.ts'
import { withdrawLink } from './pages/withdrawing.ts'
import { curatedCollection } from './collection.ts'
import { curationOperations } from './collections/index.ts'
import { passMemberships } from './collections/pass.ts'
import { curationMigration, memberOrderMigration } from './collections/tables.ts'
import { reviewPart, rubricPart } from './pages/scores.ts'
import { reviewingOperations } from './reviewing/index.ts'
import { reviewingMigration } from './reviewing/tables.ts'
import { review } from './review.ts'
import { rubric } from './rubric.ts'
import { rubrics } from './sources/rubrics.ts'
import { deleteUnwritten } from './drafts/deleting.ts'
import { draftOperations } from './drafts/index.ts'
import { filesOfDrafts } from './drafts/lent-files.ts'
import { personalData } from './drafts/personal-data.ts'
import { invitationMigration } from './drafts/invitation-store.ts'
import { noteMigration } from './drafts/note-store.ts'
import { allWaiting, waitingFor } from './drafts/waiting.ts'
import { draftMigration } from './drafts/tables.ts'
import type { DraftShape } from './drafts/shapes.ts'

declare module '#ui/mounting.ts' {
  interface Slots {
    /** The page of a draft, above its steps. */
    draft: DraftShape
    /** The desk of somebody who writes. */
    desk: null
  }
}

const hourMs = 60 * 60_000

/** From the first words to a published record: drafts, their review, and the collections that take them in. */
export const editorial: Feature = {
  name: 'editorial',
  kinds: [review, rubric, curatedCollection],
  sources: [rubrics],
  parts: { review: reviewPart, rubric: rubricPart },
  migrations: [
    draftMigration,
    reviewingMigration,
    curationMigration,
    invitationMigration,
    noteMigration,
    memberOrderMigration,
  ],
  operations: [...draftOperations, ...reviewingOperations, ...curationOperations],
  hooks: {
    merged: ({ db }, { from, into }) => passMemberships(db, from, into),
    waiting: async (context) => allWaiting(await waitingFor(context)),
  },
  jobs: [{ name: 'unwritten-drafts', everyMs: hourMs, leaseMs: hourMs, work: (app) => () => deleteUnwritten(app) }],
  attachmentsInUse: filesOfDrafts,
  routes: [
    (web, pageContext, { attachmentBytes }) => mountDrafts(web, pageContext, { fileBytes: attachmentBytes }),
    mountDeleting,
    mountSubmitting,
    mountSharing,
    mountCoauthors,
    mountChoices,
    mountNotes,
    mountReviewing,
    mountCuration,
    mountAnonymous,
    mountWithdrawing,
  ],
  slots: {
    record: async ({ view }, request, record) =>
      may(request.who.actor, 'record.withdraw') ? withdrawLink(view(request), record) : nothing,
  },
  personalData,
}
