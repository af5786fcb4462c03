/**
 * Records that show how something looks and are about nothing real. They stay on this node: search, lists for other
 * programs and copies for other nodes leave them out, and nothing that is judged here counts them.
 */
import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { StoredRecord } from './record.ts'

export const isDemonstration = ({ origin }: Pick<StoredRecord, 'origin'>): boolean => origin?.isDemonstration === true

/** The same, asked of the table of records. An origin is kept as JSON without spaces. */
export const isNoDemonstration = (): RawBuilder<boolean> =>
  sql<boolean>`(origin is null or origin not like ${'%"isDemonstration":true%'})`

/** All that there are, withdrawn ones too, in their order. */
export async function demonstrationsIn(db: Kysely<unknown>): Promise<{ id: string; number: number }[]> {
  const { rows } = await sql<{ id: string; number: number }>`
    select id, number from record where not ${isNoDemonstration()} order by number`.execute(db)
  return rows.map(({ id, number }) => ({ id, number: Number(number) }))
}

/** How many are published. */
export async function countDemonstrations(db: Kysely<unknown>): Promise<number> {
  const { rows } = await sql<{ count: number | string }>`
    select count(*) as count from record where status = 'published' and not ${isNoDemonstration()}`.execute(db)
  return Number(rows[0]!.count)
}
