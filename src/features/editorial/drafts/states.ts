/** The way of a draft, from first words to publication: who may take which step, and what they must say. */

export const states = [
  'draft',
  'submitted',
  'in-review',
  'changes-requested',
  'accepted',
  'published',
  'withdrawn',
  'declined',
] as const
export type State = (typeof states)[number]

/** Why a state changed; the words are in the catalogues. */
export const reasons = [
  'none',
  'complete',
  'incomplete',
  'unclear',
  'unsupported',
  'duplicate',
  'out-of-scope',
  'spam',
  'rights',
  'privacy',
  'author',
  'other',
] as const
export type Reason = (typeof reasons)[number]

/** `author`: those who write it. `reviewer`: who it was given to, or a curator. `curator`: curators alone. */
export type Taker = 'author' | 'reviewer' | 'curator'

export type Transition = {
  from: readonly State[]
  to: State
  by: Taker
  /** Whether a reason in free text is required. */
  needsNote?: true
}

export const transitions = {
  submit: { from: ['draft', 'changes-requested'], to: 'submitted', by: 'author' },
  withdraw: {
    from: ['draft', 'submitted', 'in-review', 'changes-requested', 'accepted'],
    to: 'withdrawn',
    by: 'author',
  },
  reopen: { from: ['withdrawn', 'declined'], to: 'draft', by: 'author' },
  take: { from: ['submitted'], to: 'in-review', by: 'reviewer' },
  requestChanges: {
    from: ['submitted', 'in-review', 'accepted'],
    to: 'changes-requested',
    by: 'reviewer',
    needsNote: true,
  },
  accept: { from: ['submitted', 'in-review'], to: 'accepted', by: 'reviewer' },
  publish: { from: ['accepted'], to: 'published', by: 'curator' },
  /** It is not published here; its authors may still make something else of it. */
  decline: {
    from: ['submitted', 'in-review', 'changes-requested', 'accepted'],
    to: 'declined',
    by: 'curator',
    needsNote: true,
  },
  /** It was declined by mistake. Into review and not into the queue: it is no new submission, so reviews of it still count. */
  reconsider: { from: ['declined'], to: 'in-review', by: 'curator' },
} as const satisfies Record<string, Transition>
export type TransitionName = keyof typeof transitions
export const transitionNames = Object.keys(transitions) as TransitionName[]

/** Who only takes it in, publishes it or takes something back need not say why, unless the collection asks for that. */
export const asksWhy = (step: TransitionName, { noteNeeded }: { noteNeeded: boolean }): boolean =>
  noteNeeded || !['reopen', 'withdraw', 'take', 'publish', 'reconsider'].includes(step)

/** What is wrong with it is no reason to accept or publish it, and that nothing is, none to ask for changes or decline it. */
const reasonsFor: Partial<Record<TransitionName, readonly Reason[]>> = {
  requestChanges: reasons.filter((one) => one !== 'complete' && one !== 'spam'),
  decline: reasons.filter((one) => one !== 'complete' && one !== 'none'),
  accept: ['none', 'complete', 'other'],
  publish: ['none', 'complete', 'other'],
}

/** Of the reasons that are offered, those that fit a step; where none does, those that fit without saying what is the matter. */
export function reasonsThatFit(step: TransitionName, offered: readonly Reason[]): Reason[] {
  const all = reasonsFor[step] ?? reasons
  const fitting = all.filter((one) => offered.includes(one))
  return fitting.length > 0 ? fitting : ['none', 'other']
}

/** While it is in these, its authors may write. */
export const isOpenToAuthors = (state: State): boolean => state === 'draft' || state === 'changes-requested'
/** While it is in these, reviewers and curators see it. */
export const isSubmitted = (state: State): boolean => state !== 'draft' && state !== 'withdrawn'

/** Submitted, and neither published nor declined. */
export const isWaiting = (state: State): boolean => isSubmitted(state) && state !== 'published' && state !== 'declined'
export const waitingStates: readonly State[] = states.filter(isWaiting)

/** While it is in these, who was asked to write it may still say yes: neither published nor withdrawn. */
export const takesAuthors = (state: State): boolean =>
  isOpenToAuthors(state) || isWaiting(state) || state === 'declined'
export const statesTakingAuthors: readonly State[] = states.filter(takesAuthors)

/** Where no review is asked for, what was submitted may be published at once. */
export const canStep = (
  name: TransitionName,
  state: State,
  { reviewsNeeded }: { reviewsNeeded?: number | undefined },
) =>
  (transitions[name].from as readonly State[]).includes(state) ||
  (name === 'publish' && state === 'submitted' && reviewsNeeded === 0)

export const stepsFrom = (state: State, policy: { reviewsNeeded?: number | undefined }): TransitionName[] =>
  transitionNames.filter((name) => canStep(name, state, policy))
