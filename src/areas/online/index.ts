import type { Feature } from '#core/feature.ts'
import { course } from './course.ts'

export const online: Feature = { name: 'online', kinds: [course] }
