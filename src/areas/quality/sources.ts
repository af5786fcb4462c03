import type { Source } from '#records/sources/source.ts'
import { asnScience } from './sources/asn-science.ts'
import { caseExample } from './sources/case-example.ts'
import { digcompedu } from './sources/digcompedu.ts'
import { kmkDigital } from './sources/kmk-digital.ts'

export const sources: readonly Source[] = [digcompedu, kmkDigital, asnScience, caseExample]
