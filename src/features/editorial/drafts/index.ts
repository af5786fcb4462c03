/** From the first words to a published record: drafts, comments, reviews. */
import type { AnyOperation } from '#kernel/operation.ts'
import { tellAnonymously } from './anonymous.ts'
import { checkDraft } from './check.ts'
import { chooseCollection } from './choose-collection.ts'
import { comment, listComments, resolveComment } from './comments.ts'
import { listDraftNotes, removeDraftNote, takeDraftNote } from './notes.ts'
import { draftSteps, reviewState } from './timeline.ts'
import { assign, declareInterest, reviewersFor } from './assigning.ts'
import { assignmentsOf, queue } from './queue.ts'
import { deleteDraft } from './deleting.ts'
import { listReady } from './ready.ts'
import { rebaseDraft } from './rebase.ts'
import { stepDraft } from './steps.ts'
import {
  answerDraftInvitation,
  inviteAuthor,
  invitedAuthors,
  leaveDraft,
  listInvitations,
  withdrawInvitation,
} from './invitations.ts'
import { readWaiting } from './waiting.ts'
import { beginDraft, listDrafts, readDraft, readSave, saveDraft } from './write.ts'

export const draftOperations: AnyOperation[] = [
  beginDraft,
  tellAnonymously,
  saveDraft,
  readDraft,
  readSave,
  listDrafts,
  inviteAuthor,
  withdrawInvitation,
  invitedAuthors,
  listInvitations,
  answerDraftInvitation,
  leaveDraft,
  deleteDraft,
  listReady,
  chooseCollection,
  rebaseDraft,
  checkDraft,
  stepDraft,
  draftSteps,
  listComments,
  comment,
  resolveComment,
  listDraftNotes,
  takeDraftNote,
  removeDraftNote,
  queue,
  assignmentsOf,
  reviewersFor,
  assign,
  declareInterest,
  reviewState,
  readWaiting,
]
