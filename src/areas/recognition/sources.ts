import type { Source } from '#records/sources/source.ts'
import { recognitionDecisions } from './sources/recognition-decisions.ts'

export const sources: readonly Source[] = [recognitionDecisions]
