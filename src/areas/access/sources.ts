import type { Collection } from '#records/sources/source.ts'
import { oerPlatforms } from './sources/oer-platforms.ts'

export const collections: readonly Collection[] = [oerPlatforms]
