/**
 * What was found of each activity described here, kept so that giving it out again asks no rules (decision 160). What is kept says of what it was made;
 * where that is no more so, it is not used. It may be missing at any time.
 */
import { createHash } from 'node:crypto'
import { sql, type Kysely } from 'kysely'
import { standardRules } from '#codecs/iati/rules.ts'
import type { Migration } from '#kernel/database/migrate.ts'
import { chunks, records } from '#records/store.ts'

export type Made = { xml: string } | { reasons: string[] }
type CheckRow = {
  number: number
  revision: number
  /** Each organisation that it names, with the revision that was told. */
  organisations: string
  /** The rules, and the way in which records become activities. */
  rules: string
  /** A calendar day: what is yet to come will have been. */
  checkedOn: string
  xml: string | null
  reasons: string | null
}
type Tables = { iati_check: CheckRow }

export const checkMigration: Migration = {
  name: '0160-iati-checks',
  up: async (db) => {
    await sql
      .raw(
        'create table iati_check ("number" integer primary key, "revision" integer not null, "organisations" text not null, "rules" text not null, "checkedOn" text not null, "xml" text, "reasons" text)',
      )
      .execute(db)
  },
}

/** To be raised when `from-record.ts`, `reporting.ts` or the codec make something else of the same record. */
const making = 1
const rules = `${making}:${createHash('sha256').update(JSON.stringify(standardRules)).digest('hex').slice(0, 16)}`
/** What is longer is made each time, so that a page of what is kept has a bound. */
const longest = 64 * 1024

type Named = Awaited<ReturnType<ReturnType<typeof records>['digests']>>
const told = (id: string, named: Named): string => {
  const one = named.get(id)
  return one?.status === 'published' ? `${id}@${one.revision}` : `${id}@`
}
const idIn = (one: string): string => one.slice(0, one.lastIndexOf('@'))
const organisationsIn = ({ organisations }: CheckRow): string[] =>
  organisations === '' ? [] : organisations.split(' ')

export type Ref = { number: number; revision: number }
export type Checked = { ref: Ref; organisations: readonly string[]; made: Made }

export const checks = (db: Kysely<unknown>) => {
  const own = db.withTables<Tables>()
  const isOfToday = async (rows: readonly CheckRow[], today: string) => {
    const lists = new Map(rows.map((row) => [row.organisations, organisationsIn(row)]))
    const named = await records(db).digests([...new Set([...lists.values()].flat().map(idIn))])
    const fresh = new Set(
      [...lists].filter(([, list]) => list.every((one) => told(idIn(one), named) === one)).map(([text]) => text),
    )
    return (row: CheckRow) =>
      row.rules === rules &&
      fresh.has(row.organisations) &&
      // All rules on today ask that something is not after it, so what they let pass once they let pass for ever.
      (row.xml === null ? row.checkedOn === today : row.checkedOn <= today)
  }
  return {
    /** By number, those that hold today; `refs` in the order of their numbers. */
    holding: async (refs: readonly Ref[], today: string): Promise<Map<number, Made>> => {
      if (refs.length === 0) return new Map()
      const rows = await own
        .selectFrom('iati_check')
        .selectAll()
        .where('number', '>=', refs[0]!.number)
        .where('number', '<=', refs.at(-1)!.number)
        .execute()
      const holds = await isOfToday(rows, today)
      const revisions = new Map(refs.map(({ number, revision }) => [number, revision]))
      const found = new Map<number, Made>()
      for (const row of rows)
        if (revisions.get(row.number) === row.revision && holds(row))
          found.set(row.number, row.xml === null ? { reasons: JSON.parse(row.reasons!) } : { xml: row.xml })
      return found
    },
    keep: async (found: readonly Checked[], today: string): Promise<void> => {
      const named = await records(db).digests([...new Set(found.flatMap(({ organisations }) => organisations))])
      const rows = found
        .filter(({ made }) => !('xml' in made) || made.xml.length <= longest)
        .map(({ ref, organisations, made }): CheckRow => ({
          ...ref,
          organisations: organisations.map((id) => told(id, named)).join(' '),
          rules,
          checkedOn: today,
          xml: 'xml' in made ? made.xml : null,
          reasons: 'xml' in made ? null : JSON.stringify(made.reasons),
        }))
      await checks(db).drop(found.map(({ ref }) => ref.number))
      for (const some of chunks(rows, 100)) await own.insertInto('iati_check').values(some).execute()
    },
    drop: async (numbers: readonly number[]): Promise<void> => {
      for (const some of chunks(numbers)) await own.deleteFrom('iati_check').where('number', 'in', some).execute()
    },
  }
}
