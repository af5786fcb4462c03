import type { Feature } from '#kernel/feature.ts'
import { listIncomplete } from './incomplete.ts'
import { mountIncomplete } from './routes.ts'

/** Published records that lack what readers look for first, for curators. */
export const incomplete: Feature = { name: 'incomplete', operations: [listIncomplete], routes: [mountIncomplete] }
