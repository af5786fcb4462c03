/** Which addresses stand in published records: follows the journal, and can begin again from nothing. */
import type { Environment } from '#kernel/context.ts'
import type { Database } from '#kernel/database/database.ts'
import { journalAfter } from '#kernel/journal.ts'
import type { Kind } from '#records/kind.ts'
import { fieldsOf } from '#records/field-plan.ts'
import type { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { notLookedAt } from './rules.ts'
import { links } from './store.ts'
import type { LinkRow } from './tables.ts'

const linesAtOnce = 1_000
const mostOfOne = 100

/** The addresses in the fields of a record that hold some. */
export function addressesIn(kind: Kind, { body }: Pick<StoredRecord, 'body'>): string[] {
  const all = fieldsOf(kind).flatMap(({ field, valuesIn }) => (field.type === 'url' ? valuesIn(body).map(String) : []))
  return [...new Set(all)].filter((one) => URL.canParse(one)).slice(0, mostOfOne)
}

export async function gatherLinks(
  database: Database,
  kinds: ReadonlyMap<string, Kind>,
  { now }: Pick<Environment, 'now'>,
): Promise<void> {
  for (;;) {
    const place = await links(database.read).place()
    const lines = await journalAfter(database.read, place, linesAtOnce)
    if (lines.length === 0) return
    await database.write(async (tx) => {
      const store = links(tx)
      const numbers = [...new Set(lines.map(({ recordNumber }) => recordNumber))]
      const found = await records(tx).byNumbers(numbers)
      const uses = found.map((record) => {
        const kind = record.status === 'published' ? kinds.get(record.kind) : undefined
        return { number: record.number, addresses: kind ? addressesIn(kind, record) : [] }
      })
      await store.putUses(uses, (address) => freshLink(address, now().toISOString()))
      await store.setPlace(lines.at(-1)!.seq)
    })
  }
}

const freshLink = (address: string, dueAt: string): LinkRow => ({
  address,
  host: new URL(address).host,
  ...notLookedAt,
  dueAt,
})
