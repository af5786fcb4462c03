import { access } from '#areas/access/index.ts'
import { accountability } from '#areas/accountability/index.ts'
import { cooperation } from '#areas/cooperation/index.ts'
import { monitoring } from '#areas/monitoring/index.ts'
import { online } from '#areas/online/index.ts'
import { open } from '#areas/open/index.ts'
import { pathways } from '#areas/pathways/index.ts'
import { quality } from '#areas/quality/index.ts'
import { recognition } from '#areas/recognition/index.ts'
import { house } from '#house/index.ts'
import type { RoomModule } from '#house/module.ts'

/** The whole system, as a list. */
export const modules: readonly RoomModule[] = [
  house,
  access,
  open,
  quality,
  pathways,
  online,
  recognition,
  monitoring,
  accountability,
  cooperation,
]
