import type { Source } from '#records/sources/source.ts'
import { galaxy } from './sources/galaxy.ts'
import { ossu } from './sources/ossu.ts'

export const sources: readonly Source[] = [ossu, galaxy]
