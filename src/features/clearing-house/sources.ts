import type { Collection } from '#records/sources/source.ts'
import { innovativePublicServices } from './sources/innovative-public-services.ts'
import { ror } from './sources/ror.ts'

export const collections: readonly Collection[] = [innovativePublicServices, ror]
