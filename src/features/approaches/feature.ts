import { nothing } from '#kernel/html/html.ts'
import type { Feature } from '#kernel/feature.ts'
import { approach } from './approach.ts'
import { approaches as approachSource } from './sources/approaches.ts'
import { practicesWorld } from './sources/practices-world.ts'
import { comparedApproaches } from './compared.ts'
import { approachSheet } from './pages/approach-sheet.ts'
import { approachComparison, approachSummary } from './summary.ts'

/** Ways of using technology that many practices share, and what is known of each. */
export const approaches: Feature = {
  name: 'approaches',
  kinds: [approach],
  sources: [approachSource, practicesWorld],
  operations: [approachSummary, approachComparison],
  slots: {
    summary: async ({ ask, view }, request, record) =>
      record.kind === approach.name
        ? approachSheet(view(request), { record, summary: await ask(approachSummary, { id: record.id }) })
        : nothing,
  },
  comparedBy: { [approach.name]: comparedApproaches },
  tasks: [{ area: 'quality', path: '/approaches', title: 'approaches.title', lead: 'approaches.lead' }],
}
