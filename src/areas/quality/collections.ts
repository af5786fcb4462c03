import type { Collection } from '#house/collection.ts'
import { asnScience } from './collections/asn-science.ts'
import { caseExample } from './collections/case-example.ts'
import { digcompedu } from './collections/digcompedu.ts'
import { kmkDigital } from './collections/kmk-digital.ts'

export const collections: readonly Collection[] = [digcompedu, kmkDigital, asnScience, caseExample]
