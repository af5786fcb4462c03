/** What settings mean that the operator left to the node. */
import type { Settings } from '#kernel/config.ts'
import type { SecondStep } from '#accounts/second-step.ts'

/** Without a mail server, codes would only be files in a folder of the operator. */
export const secondStepOf = ({ secondStep, smtpUrl }: Pick<Settings, 'secondStep' | 'smtpUrl'>): SecondStep =>
  secondStep || (smtpUrl ? 'roles' : 'nobody')
