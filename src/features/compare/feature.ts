import type { Feature } from '#kernel/feature.ts'
import { compare } from './compare.ts'
import { mountCompare } from './routes.ts'

/** Records of one kind side by side. */
export const comparing: Feature = { name: 'compare', operations: [compare], routes: [mountCompare] }
