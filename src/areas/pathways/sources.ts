import type { Collection } from '#records/sources/source.ts'
import { galaxy } from './sources/galaxy.ts'
import { ossu } from './sources/ossu.ts'

export const collections: readonly Collection[] = [ossu, galaxy]
