import { sql } from 'kysely'
import type { Migration } from '#kernel/database/migrate.ts'

/** What is counted of money: promised by the giver, or paid out. Incoming funds are another's outgoing ones. */
export const measures = ['committed', 'spent'] as const
export type Measure = (typeof measures)[number]

/**
 * A part of the money of one record in one year. Made of records, and made anew from them (decision 146). `giver` and
 * `receiver` are identifiers of organisations, `what` a key of `subjects.ts`, `place` a country or region. In all four,
 * nothing means that the record does not say, and `+` that it names several and not how much of each.
 */
export type FlowRow = {
  recordId: string
  /** 0 where no date says it. */
  year: number
  currency: string
  measure: Measure
  giver: string
  receiver: string
  what: string
  place: string
  /** 1 where the record names no place, so that it is that of the only receiver. */
  placeOfReceiver: number
  value: number
}
/** What records with money are found by: their areas, and all organisations that take part. */
export type LabelRow = { recordId: string; label: 'area' | 'organisation'; value: string }
export type MoneyTables = { funding_flow: FlowRow; funding_label: LabelRow }

export const moneyMigration: Migration = {
  name: '0146-funding-flows',
  up: async (db) => {
    const run = (statement: string) => sql.raw(statement).execute(db)
    await run(
      'create table funding_flow ("recordId" text not null, "year" integer not null, "currency" text not null, "measure" text not null, "giver" text not null, "receiver" text not null, "what" text not null, "place" text not null, "placeOfReceiver" integer not null, "value" double precision not null)',
    )
    await run('create index funding_flow_by_record on funding_flow ("recordId")')
    await run('create index funding_flow_by_place on funding_flow ("place")')
    await run('create index funding_flow_by_receiver on funding_flow ("receiver")')
    await run(
      'create table funding_label ("recordId" text not null, "label" text not null, "value" text not null, primary key ("recordId", "label", "value"))',
    )
    await run('create index funding_label_by_value on funding_label ("label", "value")')
  },
}
