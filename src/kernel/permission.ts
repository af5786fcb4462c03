/** Who may do what, in one table. Everybody with an account is a contributor; an operator may do all. */
import { hasRole, type Actor } from './context.ts'

export const roles = ['contributor', 'reviewer', 'curator', 'focal-point', 'operator'] as const
export type Role = (typeof roles)[number]
/** The columns of the table: those without an account too. */
export const everyone = ['anyone', ...roles] as const

/** What each role may do beside what anyone may. */
export const permissions = {
  'published.read': ['anyone', 'contributor', 'reviewer', 'curator', 'focal-point', 'operator'],
  'draft.write': ['contributor', 'reviewer', 'curator', 'focal-point', 'operator'],
  'draft.submit': ['contributor', 'reviewer', 'curator', 'focal-point', 'operator'],
  'record.comment': ['contributor', 'reviewer', 'curator', 'focal-point', 'operator'],
  'record.translate': ['contributor', 'reviewer', 'curator', 'focal-point', 'operator'],
  'translation.accept': ['curator', 'operator'],
  'translator.appoint': ['curator', 'operator'],
  'submission.read': ['reviewer', 'curator', 'operator'],
  'submission.review': ['reviewer', 'curator', 'operator'],
  'submission.assign': ['curator', 'operator'],
  'submission.decide': ['curator', 'operator'],
  'record.publish': ['curator', 'operator'],
  'record.withdraw': ['curator', 'operator'],
  'record.merge': ['curator', 'operator'],
  'bestBet.write': ['curator', 'operator'],
  'statistics.import': ['curator', 'operator'],
  'record.submitNationally': ['focal-point'],
  'collection.appoint': ['curator', 'operator'],
  'collection.invite': ['curator', 'operator'],
  'people.manage': ['operator'],
  'audit.read': ['operator'],
} as const satisfies Record<string, readonly (typeof everyone)[number][]>
export type Permission = keyof typeof permissions

/**
 * What a curator of a collection may do with what was submitted to that collection, and with nothing else: a role that is
 * held in one place, and needs none of the roles above.
 */
export const ofCollectionCurators = [
  'submission.read',
  'submission.review',
  'submission.assign',
  'submission.decide',
  'collection.invite',
] as const satisfies readonly Permission[]

export const may = (actor: Actor, permission: Permission): boolean =>
  (permissions[permission] as readonly string[]).some((role) => role === 'anyone' || hasRole(actor, role))

/** What an operation says of who may do it. */
export const permission =
  (name: Permission) =>
  (actor: Actor): boolean =>
    may(actor, name)

/** By a role, or as one of those who curate the collection in question. */
export const mayWithin = (actor: Actor, permission: Permission, curators: readonly string[]): boolean =>
  may(actor, permission) ||
  (actor.kind === 'person' &&
    curators.includes(actor.id) &&
    (ofCollectionCurators as readonly Permission[]).includes(permission))
