import type { Database } from '#kernel/database/database.ts'
import type { Kind } from './kind.ts'
import { keysOf } from './names.ts'
import { records } from './store.ts'

const pageSize = 1_000

/** Gathers the names of all records anew, a page at a time. */
export async function rebuildNames(database: Database, kinds: ReadonlyMap<string, Kind>): Promise<void> {
  for (let after = 0; ;) {
    const page = await records(database.read).all(after, pageSize)
    if (page.length === 0) return
    after = page.at(-1)!.number
    const named = page.flatMap((record) => {
      const kind = kinds.get(record.kind)
      return kind ? [{ number: record.number, keys: keysOf(kind, record) }] : []
    })
    await database.write((tx) => records(tx).putNames(named, { replacing: true }))
  }
}
