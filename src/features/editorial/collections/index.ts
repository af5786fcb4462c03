/** Collections that people curate: policy, curators, members. */
import type { AnyOperation } from '#kernel/operation.ts'
import { appoint, dismiss, listCollections, readSource } from './keeping.ts'
import { answerInvitation, collectionsOf, invitations, inviteRecord, membersOf, takeOut } from './members.ts'

export const curationOperations: AnyOperation[] = [
  listCollections,
  readSource,
  appoint,
  dismiss,
  inviteRecord,
  answerInvitation,
  takeOut,
  membersOf,
  collectionsOf,
  invitations,
]
