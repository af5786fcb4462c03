import type { Feature } from '#kernel/feature.ts'
import { evidence } from './evidence.ts'
import { intervention } from './intervention.ts'
import { evidenceMap } from './map/map.ts'
import { toEvidenceMap } from './pages/evidence-map.ts'
import { evidencePart, interventionPart, studyPart } from './pages/evidence.ts'
import { mountEvidence } from './routes.ts'
import { whatWorksClearinghouse } from './sources/what-works-clearinghouse.ts'
import { study } from './study.ts'

/** Studies, their findings and what they studied, and the map of what is known and what is not. */
export const evidenceFeature: Feature = {
  name: 'evidence',
  kinds: [study, evidence, intervention],
  sources: [whatWorksClearinghouse],
  operations: [evidenceMap],
  parts: { study: studyPart, intervention: interventionPart, evidence: evidencePart },
  tasks: [
    { area: 'monitoring', path: '/evidence-map', title: 'gaps.title', lead: 'gaps.lead' },
    { area: 'monitoring', path: '/evidence-levels', title: 'levels.title', lead: 'levels.lead' },
  ],
  routes: [mountEvidence],
  slots: { aboveFound: async ({ view }, request, { input }) => toEvidenceMap(view(request), input) },
}
