/** Parts of texts that are looked for, in either engine. */
import { sql, type RawBuilder } from 'kysely'

/** A pattern of this very text: `%` and `_` stand for themselves. */
export const literally = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`)

/** Whether a column is as a pattern says. */
export const isLike = (column: string, pattern: string): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(column)} like ${pattern} escape '\\'`

/**
 * Whether a column may hold a text in any spelling of its letters: all rows that do, and some more, which whoever asks leaves
 * out. SQLite knows upper and lower case of ASCII alone, and no engine is sure to know one accented letter written in two ways.
 */
export const mayHold = (column: string, text: string): RawBuilder<boolean> =>
  sql<boolean>`lower(${sql.ref(column)}) like ${`%${literally(text.normalize('NFC').toLowerCase()).replaceAll(/\P{ASCII}+/gu, '%')}%`} escape '\\'`
