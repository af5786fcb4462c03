/** What settings mean that the operator left to the node. */
import type { Settings } from '#kernel/config.ts'
import type { SecondStep } from '#accounts/second-step.ts'

/** A node whose letters are files would only make its operator look into a folder. */
export const secondStepOf = ({ secondStep, smtpUrl }: Pick<Settings, 'secondStep' | 'smtpUrl'>): SecondStep =>
  secondStep || (smtpUrl ? 'roles' : 'nobody')
