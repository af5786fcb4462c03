import type { Source } from '#records/sources/source.ts'
import { innovativePublicServices } from './sources/innovative-public-services.ts'
import { ror } from './sources/ror.ts'

export const sources: readonly Source[] = [innovativePublicServices, ror]
