import type { Collection } from '../collection.ts'
import { innovativePublicServices } from './innovative-public-services.ts'
import { ror } from './ror.ts'
import { whatWorksClearinghouse } from './what-works-clearinghouse.ts'

export const collections: readonly Collection[] = [innovativePublicServices, whatWorksClearinghouse, ror]
