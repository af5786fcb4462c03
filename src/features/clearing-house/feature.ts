import type { Feature } from '#kernel/feature.ts'
import { adoption } from './adoption.ts'
import { buildingBlock } from './building-block.ts'
import { sources } from './sources.ts'
import { endorsement } from './endorsement.ts'
import { lesson } from './lesson.ts'
import { organisation } from './organisation.ts'
import { lessonPart } from './pages/lesson.ts'
import { practice } from './practice.ts'
import { response } from './response.ts'

/** What the clearing house is about: practices, and what others learnt of them. */
export const clearingHouse: Feature = {
  name: 'clearing-house',
  kinds: [practice, buildingBlock, lesson, adoption, endorsement, response, organisation],
  sources,
  parts: { lesson: lessonPart },
}
