/** A table of statistics looked through: what its values would do, and what is wrong. */
import type { Kysely } from 'kysely'
import type { Context } from '#kernel/context.ts'
import { Problem, noSuch } from '#kernel/problem.ts'
import { permission } from '#kernel/permission.ts'
import { takeIn, type ObservationRefusal } from '#features/indicators/observe.ts'
import { observations } from '#features/indicators/store.ts'
import { readSpreadsheet } from '#features/spreadsheets/reading.ts'
import type { Table } from '#features/spreadsheets/table.ts'
import { headerNames, type Choices } from './columns.ts'
import { knownIndicators } from './known.ts'
import { readRows, type Found, type ReadRows, type RowError } from './rows.ts'
import { toldOf, type ToldValue } from './shapes.ts'
import { statisticsImports, type StatisticsImport } from './store.ts'

export const mayBring = permission('statistics.import')

/** @throws Problem notFound */
export async function findImport(db: Kysely<unknown>, id: string): Promise<StatisticsImport> {
  const found = await statisticsImports(db).find(id)
  if (!found) throw noSuch('statisticsImport', id)
  return found
}

/** Tables of statistical offices are long and narrow. */
export const tableLimits = { bytes: 20 * 1024 * 1024, rows: 200_000 }

export const tableOf = ({ services }: Pick<Context, 'services'>, file: string): Promise<Table> =>
  readSpreadsheet(services.files, {
    sha256: file,
    encoding: 'auto',
    language: 'en',
    names: headerNames,
    most: tableLimits,
  })

export const expectState = ({ state }: StatisticsImport, wanted: StatisticsImport['state']): void => {
  if (state !== wanted) throw new Problem('wrongState')
}

export const readOf = async (
  { db }: Pick<Context, 'db'>,
  { choices }: StatisticsImport,
  table: Table,
): Promise<ReadRows> => readRows(table, choices, await knownIndicators(db))

/** The name under which the releases of a publisher follow one another. */
export const sourceOf = ({ publisher }: Choices): string => `own: ${publisher}`.slice(0, 100)

const keyOf = ({ area, dimensions, period }: { area: string; dimensions: string; period: number }) =>
  `${area} ${dimensions} ${period}`

/** What the values would do, without doing it. */
export async function lookedAt(
  { db, now }: Pick<Context, 'db' | 'now'>,
  { id, choices }: StatisticsImport,
  found: Found[],
) {
  const errors: RowError[] = []
  const changes: ToldValue[] = []
  let [added, unchanged] = [0, 0]
  const newest = await observations(db).newestRelease(sourceOf(choices))
  if (newest && choices.publishedOn < newest.publishedOn)
    errors.push({ row: 0, column: '', cell: '', rule: 'releaseOlder', values: { held: newest.publishedOn } })
  for (const [code, rows] of Map.groupBy(found, (one) => one.indicator)) {
    const taken = await takeIn({ db, now }, { ...inputOf(id, choices, code, rows), dryRun: true })
    for (const one of taken.refused) errors.push(errorOf(one))
    added += taken.added
    unchanged += taken.unchanged
    if (taken.changed === 0) continue
    const refused = new Set(taken.refused.map(({ place }) => place))
    const dimensions = [...new Set(rows.map((one) => one.dimensions))]
    const areas = [...new Set(rows.map((one) => one.area))]
    const held = new Map(
      (await observations(db).values({ indicator: code, dimensions, areas })).map((one) => [keyOf(one), one]),
    )
    for (const row of rows) {
      const before = held.get(keyOf(row))
      if (before && !refused.has(row.place) && (before.value !== row.value || before.status !== row.status))
        changes.push(toldOf(row, before.value))
    }
  }
  return { errors, changes, added, unchanged }
}

export const inputOf = (id: string, choices: Choices, code: string, rows: readonly Found[]) => ({
  code,
  source: sourceOf(choices),
  release: { publishedOn: choices.publishedOn, revision: id },
  rows: rows.map(({ indicator: _, row: __, ...rest }) => rest),
  keepsOthers: true,
})

const errorOf = ({ place, code, values }: ObservationRefusal): RowError => ({
  row: Number(place) || 0,
  column: '',
  cell: '',
  rule: code,
  values: values as RowError['values'],
})
