import type { AnyOperation } from '#core/operation.ts'
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
import type { Kind } from '#house/kind.ts'
import type { RoomModule } from '#house/module.ts'
import { operationsOf } from '#house/record/kind-operations.ts'

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

/* What they bring, together. */

export const kinds: ReadonlyMap<string, Kind> = new Map(
  modules.flatMap((module) => module.kinds.map((kind) => [kind.name, kind])),
)
export const collections = new Map(
  modules.flatMap((module) => module.collections.map((collection) => [collection.name, collection])),
)
const everyOperation: readonly AnyOperation[] = modules.flatMap((module) => [
  ...module.kinds.flatMap(operationsOf),
  ...module.operations,
])
/** Those that are offered as API, commands and reference. */
export const operations = everyOperation.filter(({ isForPages }) => !isForPages)

const byName = new Map(everyOperation.map((op) => [op.name, op]))
/** Of any, those for pages alone among them. */
export const operationNamed = (name: string): AnyOperation | undefined => byName.get(name)
