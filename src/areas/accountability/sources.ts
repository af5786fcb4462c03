import type { Collection } from '#records/sources/source.ts'
import { hewlettGrants } from './sources/hewlett-grants.ts'

export const collections: readonly Collection[] = [hewlettGrants]
