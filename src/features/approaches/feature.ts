import { nothing } from '#kernel/html/html.ts'
import type { Feature } from '#kernel/feature.ts'
import { approach } from './approach.ts'
import { approaches as approachSource } from './sources/approaches.ts'
import { practicesWorld } from './sources/practices-world.ts'
import { approachFacts } from './pages/approach-figures.ts'
import { approachComparison, approachSummary } from './summary.ts'

/** Ways of using technology that many practices share, and what is known of each. */
export const approaches: Feature = {
  name: 'approaches',
  kinds: [approach],
  sources: [approachSource, practicesWorld],
  operations: [approachSummary, approachComparison],
  slots: {
    summary: async ({ ask, view }, request, { id, kind }) =>
      kind === approach.name ? approachFacts(view(request), await ask(approachSummary, { id })) : nothing,
  },
  tasks: [{ area: 'quality', path: '/approaches', title: 'approaches.title', lead: 'approaches.lead' }],
}
