/** What a collection asks of those who submit to it and review for it; and what the node asks where there is none. */
import type { Reason } from '../drafts/states.ts'

export const blindnesses = ['open', 'reviewers-unnamed', 'both-unnamed'] as const
export type Blindness = (typeof blindnesses)[number]

export type Policy = {
  /** Which rubric reviewers score by; the node's own for the kind where absent. */
  rubric?: string | undefined
  /** Fields that must be told beside the snapshot, of any kind that has them. */
  requires: readonly string[]
  /**
   * How many reviews must be handed in before a curator decides; 0 where the curator publishes without any. Where absent, as
   * the node does: a reviewer or curator reads it and decides.
   */
  reviewsNeeded?: number | undefined
  noteNeeded: boolean
  /** Offered at each step; all where empty. */
  reasons: readonly Reason[]
  publishesReviews: boolean
  blindness: Blindness
}

export const nodePolicy: Policy = {
  requires: [],
  noteNeeded: false,
  reasons: [],
  publishesReviews: true,
  blindness: 'open',
}

/** The collection that a draft was submitted to: who curates it, and what it asks. */
export type Belonging = {
  id: string
  title: Record<string, string>
  originalLanguage: string
  curators: readonly string[]
  policy: Policy
}

export const policyOf = ({ collection }: { collection?: Belonging | undefined }): Policy =>
  collection?.policy ?? nodePolicy
