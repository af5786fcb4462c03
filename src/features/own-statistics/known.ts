/** What indicators there are, as far as a file needs to know. */
import type { Kysely } from 'kysely'
import { isIndicator, type Indicator } from '#features/indicators/indicator.ts'
import { observations } from '#features/indicators/store.ts'
import { dimensionsIn } from '#features/indicators/dimensions.ts'
import type { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import type { KnownIndicator } from './rows.ts'

const pageSize = 500

export async function indicatorRecords(db: Kysely<unknown>): Promise<StoredRecord<Indicator>[]> {
  const found: StoredRecord[] = []
  for (let after = 0; ;) {
    const page = await records(db).list('indicator', { after, limit: pageSize })
    found.push(...page)
    if (page.length < pageSize) return found.filter(isIndicator) as unknown as StoredRecord<Indicator>[]
    after = page.at(-1)!.number
  }
}

/** Described here, and not brought by a source: its values are whoever’s describes it. */
export const isOwn = ({ origin }: Pick<StoredRecord, 'origin'>): boolean => !origin?.collection

export async function knownIndicators(db: Kysely<unknown>): Promise<KnownIndicator[]> {
  const breakdowns = Map.groupBy(await observations(db).breakdowns(), ({ indicator }) => indicator)
  const isInternational = (key: string) => dimensionsIn(key)?.['source'] === undefined
  return (await indicatorRecords(db)).map((record) => ({
    code: record.body.code,
    names: Object.values(record.body.title),
    unit: record.body.unit,
    isOwn: isOwn(record),
    breakdowns: new Set(
      (breakdowns.get(record.body.code) ?? []).map(({ dimensions }) => dimensions).filter(isInternational),
    ),
  }))
}
