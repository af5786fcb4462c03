import type { Collection } from '#house/collection.ts'
import { oerPlatforms } from './collections/oer-platforms.ts'

export const collections: readonly Collection[] = [oerPlatforms]
