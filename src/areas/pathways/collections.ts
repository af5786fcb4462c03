import type { Collection } from '#house/collection.ts'
import { galaxy } from './collections/galaxy.ts'
import { ossu } from './collections/ossu.ts'

export const collections: readonly Collection[] = [ossu, galaxy]
