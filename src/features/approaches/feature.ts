import type { Feature } from '#kernel/feature.ts'
import { approach } from './approach.ts'
import { approaches as approachSource } from './sources/approaches.ts'
import { practicesWorld } from './sources/practices-world.ts'
import { approachComparison, approachSummary } from './summary.ts'

/** Ways of using technology that many practices share, and what is known of each. */
export const approaches: Feature = {
  name: 'approaches',
  kinds: [approach],
  sources: [approachSource, practicesWorld],
  operations: [approachSummary, approachComparison],
  tasks: [{ area: 'quality', path: '/approaches', title: 'approaches.title', lead: 'approaches.lead' }],
}
