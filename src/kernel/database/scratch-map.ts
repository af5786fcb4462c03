/**
 * Texts by key, for a reading of unknown length: SQLite keeps two megabytes of them in memory and the rest in a temporary file
 * that has no name and goes when it is closed. Keys are kept as digests.
 */
import { createHash } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'

export type ScratchMap = {
  get(key: string): string | undefined
  set(key: string, value: string): void
  delete(key: string): void
  close(): void
}

const digestOf = (key: string) => createHash('sha256').update(key).digest().subarray(0, 16)

export function scratchMap(): ScratchMap {
  // The empty name is that of a temporary database of its own.
  const db = new DatabaseSync('')
  db.exec('pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -2000')
  db.exec('create table held (key blob primary key, value text not null) without rowid; begin')
  const get = db.prepare('select value from held where key = ?')
  const set = db.prepare('insert or replace into held values (?, ?)')
  const remove = db.prepare('delete from held where key = ?')
  return {
    get: (key) => (get.get(digestOf(key)) as { value: string } | undefined)?.value,
    set: (key, value) => void set.run(digestOf(key), value),
    delete: (key) => void remove.run(digestOf(key)),
    close: () => db.close(),
  }
}
