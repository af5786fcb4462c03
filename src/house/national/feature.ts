import type { Feature } from '#core/feature.ts'
import { mountNational } from '../../web/national.ts'
import { nationalSubmission } from './national-submission.ts'
import { offerNationally, retractNationally, submitNationally } from './submit.ts'

/** What countries submit as theirs. */
export const national: Feature = {
  name: 'national',
  kinds: [nationalSubmission],
  operations: [offerNationally, submitNationally, retractNationally],
  routes: [mountNational],
}
