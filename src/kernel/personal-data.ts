/** The personal data that a feature holds: how it is exported and erased. */
import type { Context } from './context.ts'

export type PersonNamed = { id: string; name: string }
export type Leaving = PersonNamed & { keepName: boolean }

/** A column that names a person: whether it leaves with them, and where it stays, why. */
export type PersonColumn = { table: string; column: string } & (
  | { erased: true; exported: true }
  | { erased: true; exported: false; because: string }
  | { erased: false; exported: boolean; because: string }
)

export type PersonalData = {
  columns: readonly PersonColumn[]
  /** What somebody takes along; the names are those in the file that they get. */
  exportOf?: (context: Context, person: PersonNamed) => Promise<Record<string, unknown>>
  /** Within the transaction in which the account is erased; features above are asked before those they stand on. */
  erase?: (context: Context, person: Leaving) => Promise<void>
}
