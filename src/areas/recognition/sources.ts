import type { Source } from '#records/sources/source.ts'
import { demonstrations } from './sources/demonstrations.ts'
import { qualityAgencies } from './sources/quality-agencies.ts'
import { recognitionDecisions } from './sources/recognition-decisions.ts'

export const sources: readonly Source[] = [recognitionDecisions, qualityAgencies, demonstrations]
