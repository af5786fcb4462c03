/** Reviews of what was submitted: written by several, each alone, then laid side by side. */
import type { AnyOperation } from '#kernel/operation.ts'
import { workload } from './workload.ts'
import { writeReview, writtenReviews } from './write.ts'

export const reviewingOperations: AnyOperation[] = [writeReview, writtenReviews, workload]
