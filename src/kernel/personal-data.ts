/** The personal data that a feature holds: how it is exported and erased. */
import type { Kysely } from 'kysely'
import type { Context } from './context.ts'
import { mayHold } from './database/like.ts'

export type PersonNamed = { id: string; name: string }
export type Leaving = PersonNamed & { keepName: boolean; email: string }

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

/** Shorter names are words of many texts. */
const shortestName = 4

/** What texts name somebody by who leaves: their address, and their name unless they stay named. */
export const marksOf = ({ email, name, keepName }: Leaving): string[] =>
  keepName || name.length < shortestName ? [email] : [email, name]

/** What stands where an address stood. */
const gone = '…'
const literally = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

/** An accented letter may be written as one character or as two. */
const spellings = (text: string): string =>
  [...new Set([text, text.normalize('NFC'), text.normalize('NFD')])].map(literally).join('|')

/** Letters of scripts that part words by spaces or signs alone. */
const ofWord = String.raw`\p{Lu}\p{Ll}\u0300-\u036F\d_\-`

/** The same text without this address, however it is written in it. */
export const withoutAddress = (text: string, email: string): string =>
  text.replaceAll(new RegExp(`(?<![${ofWord}.+])(?:${spellings(email)})(?![${ofWord}])`, 'giu'), gone)

const plainly = (email: string) => email.trim().normalize('NFKC').toLowerCase()

/** Whether two texts are one address, however it is written. */
export const isAddress = (text: string, email: string): boolean => plainly(text) === plainly(email)

/** Takes an address out of texts of a table, whoever wrote it there. `keys` name a row. */
export async function takeAddressOut(
  db: Kysely<unknown>,
  { table, keys, columns }: { table: string; keys: readonly string[]; columns: readonly string[] },
  email: string,
): Promise<void> {
  const own = db.withTables<Record<string, Record<string, string | number | null>>>()
  for (const column of columns) {
    const rows = await own
      .selectFrom(table)
      .select([...keys, column])
      .where(mayHold(column, email))
      .execute()
    for (const row of rows) {
      const text = String(row[column])
      const rest = withoutAddress(text, email)
      if (rest === text) continue
      let change = own.updateTable(table).set({ [column]: rest })
      for (const key of keys) change = change.where(key, '=', row[key] as string)
      await change.execute()
    }
  }
}
