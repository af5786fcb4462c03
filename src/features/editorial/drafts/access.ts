/** Who sees a draft, and who may do what with it. */
import { hasRole, type Actor, type Context } from '#kernel/context.ts'
import { ofOthers, Problem, noSuch } from '#kernel/problem.ts'
import { belongingsOf } from '../collections/belonging.ts'
import { policyOf, type Belonging } from '../collections/policy.ts'
import type { Kind } from '#records/kind.ts'
import { may, mayWithin, type Permission } from '#kernel/permission.ts'
import { invitations } from './invitation-store.ts'
import { isOpenToAuthors, isSubmitted, isWaiting, stepsFrom, transitions, type TransitionName } from './states.ts'
import { drafts, type Draft } from './store.ts'
import type { AssignmentRow } from './tables.ts'

/** A draft with all that decides who may do what. */
export type Seen = {
  draft: Draft
  kind: Kind
  authors: readonly string[]
  /** They wrote it once, and do not any more. */
  formerAuthors?: readonly string[]
  assignments: readonly AssignmentRow[]
  /** The collection that it was submitted to, where it was to one. */
  collection?: Belonging | undefined
}

const isNobodys = ({ authors }: Pick<Seen, 'authors'>): boolean => authors.length === 0

const idOf = (actor: Actor) => (actor.kind === 'person' ? actor.id : undefined)

export const isAuthor = ({ authors }: Pick<Seen, 'authors'>, actor: Actor): boolean =>
  authors.includes(idOf(actor) ?? '')

/** Only once they said whether they have an interest in it. */
const isReviewerOf = ({ assignments }: Pick<Seen, 'assignments'>, actor: Actor): boolean =>
  assignments.some(({ reviewerId, interest }) => reviewerId === idOf(actor) && interest !== null)

/** By a role of the node, or as a curator of the collection that it was submitted to. */
export const mayWith = ({ collection }: Pick<Seen, 'collection'>, actor: Actor, permission: Permission): boolean =>
  mayWithin(actor, permission, collection?.curators ?? [])

export const mayDecide = (seen: Pick<Seen, 'collection'>, actor: Actor): boolean =>
  mayWith(seen, actor, 'submission.decide')

/** Nobody judges what they wrote. */
export function mayStep(seen: Seen, actor: Actor, name: TransitionName): boolean {
  const { by } = transitions[name]
  // Nobody is there to be asked for changes: curators mend what needs it, or decline it.
  if (isNobodys(seen) && (name === 'requestChanges' || by === 'author')) return false
  if (by === 'author') return isAuthor(seen, actor)
  if (isAuthor(seen, actor) || seen.formerAuthors?.includes(idOf(actor) ?? '')) return false
  if (mayDecide(seen, actor)) return true
  // Where reviews are asked for, reviewers write them, and a curator decides.
  if (policyOf(seen).reviewsNeeded !== undefined && name !== 'take') return false
  return by === 'reviewer' && may(actor, 'submission.review') && isReviewerOf(seen, actor)
}

export const stepsFor = (seen: Seen, actor: Actor): TransitionName[] =>
  stepsFrom(seen.draft.state, policyOf(seen)).filter((name) => mayStep(seen, actor, name))

export const mayWrite = (seen: Seen, actor: Actor): boolean =>
  isNobodys(seen)
    ? isWaiting(seen.draft.state) && mayDecide(seen, actor)
    : isAuthor(seen, actor) && isOpenToAuthors(seen.draft.state)

const mayRead = (seen: Seen, actor: Actor): boolean =>
  isAuthor(seen, actor) ||
  (isSubmitted(seen.draft.state) && mayWith(seen, actor, 'submission.read')) ||
  hasRole(actor, 'operator')

/** A draft of others is answered as one that is not there. @throws Problem notFound */
export async function findDraft(
  { db, services, actor }: Pick<Context, 'db' | 'services' | 'actor'>,
  id: string,
): Promise<Seen> {
  const store = drafts(db)
  const draft = await store.find(id)
  const kind = draft && services.kinds.get(draft.kind)
  if (!draft || !kind) throw noSuch('draft', id)
  const collection = (await belongingsOf(db, [id])).get(id)
  const [authors, formerAuthors, assignments] = [
    await store.authors(id),
    await invitations(db).formerAuthors(id),
    await store.assignments([id]),
  ]
  const seen = { draft, kind, authors, formerAuthors, assignments, collection }
  if (!mayRead(seen, actor)) throw ofOthers('draft', id)
  return seen
}

/** @throws Problem forbidden where it is not in the hands of its authors, or these are others. */
export function expectMayWrite(seen: Seen, actor: Actor): void {
  if (!mayWrite(seen, actor)) throw new Problem('forbidden', { operation: 'drafts.save' })
}
