import type { Feature } from '#core/feature.ts'
import { approach } from '../approach.ts'
import { approaches as approachSource } from '../collections/approaches.ts'
import { practicesWorld } from '../collections/practices-world.ts'
import { approachComparison, approachSummary } from './summary.ts'

/** Ways of using technology that many practices share, and what is known of each. */
export const approaches: Feature = {
  name: 'approaches',
  kinds: [approach],
  sources: [approachSource, practicesWorld],
  operations: [approachSummary, approachComparison],
}
