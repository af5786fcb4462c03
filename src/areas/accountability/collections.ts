import type { Collection } from '#house/collection.ts'
import { hewlettGrants } from './collections/hewlett-grants.ts'

export const collections: readonly Collection[] = [hewlettGrants]
