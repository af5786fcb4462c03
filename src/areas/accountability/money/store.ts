/** The queries of money. No rules in here. */
import { sql, type Kysely } from 'kysely'
import { chunks } from '#records/store.ts'
import type { FlowRow, LabelRow, Measure, MoneyTables } from './tables.ts'

const rowsAtOnce = 1_000

export type MoneyFilter = {
  country?: string | undefined
  area?: string | undefined
  organisation?: string | undefined
  year?: number | undefined
}
export type Chosen = { currency: string; measure: Measure }

/** Both engines add up doubles; PostgreSQL counts in bigint, which comes as text. */
const amounts = sql<number>`sum("value")`.as('amount')
const records = sql<number | string>`count(distinct "recordId")`.as('records')

export const money = (db: Kysely<unknown>) => {
  const own = db.withTables<MoneyTables>()
  const flows = ({ country, area, organisation, year }: MoneyFilter) => {
    let found = own.selectFrom('funding_flow')
    if (country !== undefined) found = found.where('place', '=', country)
    if (year !== undefined) found = found.where('year', '=', year)
    for (const [label, value] of [
      ['area', area],
      ['organisation', organisation],
    ] as const)
      if (value !== undefined)
        found = found.where('recordId', 'in', (is) =>
          is.selectFrom('funding_label').select('recordId').where('label', '=', label).where('value', '=', value),
        )
    return found
  }
  const ofThese = (filter: MoneyFilter, { currency, measure }: Chosen) =>
    flows(filter).where('currency', '=', currency).where('measure', '=', measure)
  return {
    drop: async (ids: readonly string[]): Promise<void> => {
      if (ids.length === 0) return
      await own.deleteFrom('funding_flow').where('recordId', 'in', ids).execute()
      await own.deleteFrom('funding_label').where('recordId', 'in', ids).execute()
    },
    add: async (rows: readonly FlowRow[], labels: readonly LabelRow[]): Promise<void> => {
      for (let at = 0; at < rows.length; at += rowsAtOnce)
        await own
          .insertInto('funding_flow')
          .values(rows.slice(at, at + rowsAtOnce))
          .execute()
      for (let at = 0; at < labels.length; at += rowsAtOnce)
        await own
          .insertInto('funding_label')
          .values(labels.slice(at, at + rowsAtOnce))
          .onConflict((conflict) => conflict.doNothing())
          .execute()
    },
    /** Those of the organisations that say, as the only receiver, where money went. */
    receiversPlaced: async (ids: readonly string[]): Promise<string[]> => {
      const found: string[] = []
      for (const some of chunks(ids)) {
        const rows = await own
          .selectFrom('funding_flow')
          .select('receiver')
          .distinct()
          .where('receiver', 'in', some)
          .where('placeOfReceiver', '=', 1)
          .execute()
        found.push(...rows.map(({ receiver }) => receiver))
      }
      return found
    },
    placeReceiver: async (receiver: string, place: string): Promise<void> => {
      await own
        .updateTable('funding_flow')
        .set({ place })
        .where('receiver', '=', receiver)
        .where('placeOfReceiver', '=', 1)
        .execute()
    },
    isEmpty: async (): Promise<boolean> =>
      (await own.selectFrom('funding_flow').select('recordId').limit(1).execute()).length === 0,

    totals: async (filter: MoneyFilter) =>
      (
        await flows(filter)
          .select(['currency', 'measure', amounts, records])
          .groupBy(['currency', 'measure'])
          .orderBy('currency')
          .orderBy('measure')
          .execute()
      ).map((row) => ({ ...row, records: Number(row.records) })),
    byYear: (filter: MoneyFilter, measure: Measure) =>
      flows(filter)
        .where('measure', '=', measure)
        .select(['year', 'currency', amounts])
        .groupBy(['year', 'currency'])
        .orderBy('year')
        .orderBy('currency')
        .execute(),
    between: (filter: MoneyFilter, chosen: Chosen) =>
      ofThese(filter, chosen)
        .select(['giver', 'what', 'place', amounts])
        .groupBy(['giver', 'what', 'place'])
        .orderBy('giver')
        .orderBy('what')
        .orderBy('place')
        .execute(),
    largest: (filter: MoneyFilter, chosen: Chosen, limit: number) =>
      ofThese(filter, chosen)
        .select(['recordId', amounts])
        .groupBy('recordId')
        .orderBy('amount', 'desc')
        .orderBy('recordId')
        .limit(limit)
        .execute(),
    /** Those that take part in most records. */
    organisations: async (limit: number): Promise<string[]> =>
      (
        await own
          .selectFrom('funding_label')
          .select(['value', ({ fn }) => fn.countAll().as('records')])
          .where('label', '=', 'organisation')
          .groupBy('value')
          .orderBy('records', 'desc')
          .orderBy('value')
          .limit(limit)
          .execute()
      ).map(({ value }) => value),
    years: async (): Promise<number[]> =>
      (await own.selectFrom('funding_flow').select('year').distinct().orderBy('year', 'desc').execute()).map(
        ({ year }) => year,
      ),
    /** How many records of each place. */
    places: async (filter: MoneyFilter): Promise<{ value: string; count: number }[]> =>
      (await flows(filter).select(['place', records]).groupBy('place').orderBy('place').execute()).map((row) => ({
        value: row.place,
        count: Number(row.records),
      })),
    records: async (): Promise<number> =>
      Number((await own.selectFrom('funding_flow').select(records).execute())[0]!.records),
  }
}
