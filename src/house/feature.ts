import type { Feature } from '#core/feature.ts'
import { adoption } from './adoption.ts'
import { buildingBlock } from './building-block.ts'
import { collections } from './collections/index.ts'
import { endorsement } from './endorsement.ts'
import { evidence } from './evidence.ts'
import { intervention } from './intervention.ts'
import { lesson } from './lesson.ts'
import { organisation } from './organisation.ts'
import { evidencePart, interventionPart, studyPart } from './pages/evidence.ts'
import { lessonPart } from './pages/lesson.ts'
import { practice } from './practice.ts'
import { response } from './response.ts'
import { study } from './study.ts'

/** What the clearing house is about: practices, what others learnt of them, and the evidence. */
export const clearingHouse: Feature = {
  name: 'clearing-house',
  kinds: [
    practice,
    buildingBlock,
    lesson,
    adoption,
    endorsement,
    response,
    study,
    evidence,
    intervention,
    organisation,
  ],
  sources: collections,
  parts: { lesson: lessonPart, study: studyPart, intervention: interventionPart, evidence: evidencePart },
}
