import type { Migration } from './database/migrate.ts'
import type { AnyOperation } from './operation.ts'

/** What every area gives the system. */
export type Module = {
  name: string
  migrations: readonly Migration[]
  operations: readonly AnyOperation[]
}
