import type { Source } from '#records/sources/source.ts'
import { declaration } from './sources/declaration.ts'
import { hewlettGrants } from './sources/hewlett-grants.ts'
import { iati, iatiAidData } from './sources/iati.ts'
import { nationalPolicies } from './sources/national-policies.ts'

export const sources: readonly Source[] = [declaration, hewlettGrants, iati, iatiAidData, nationalPolicies]
