import type { Source } from '#records/sources/source.ts'
import { oerPlatforms } from './sources/oer-platforms.ts'

export const sources: readonly Source[] = [oerPlatforms]
