import type { Feature } from '#kernel/feature.ts'
import { mountResponses } from './routes.ts'

/** What readers answer to a record; each answer begins a draft of the kind that says it. */
export const responses: Feature = { name: 'responses', routes: [mountResponses] }
