import type { Feature } from '#kernel/feature.ts'
import { course } from './course.ts'

export const online: Feature = { name: 'online', kinds: [course] }
