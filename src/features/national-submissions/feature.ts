import type { Feature } from '#kernel/feature.ts'
import { mountNational } from './routes.ts'
import { nationalSubmission } from './national-submission.ts'
import { offerNationally, retractNationally, submitNationally } from './submit.ts'

/** What countries submit as theirs. */
export const national: Feature = {
  name: 'national',
  kinds: [nationalSubmission],
  operations: [offerNationally, submitNationally, retractNationally],
  routes: [mountNational],
}
