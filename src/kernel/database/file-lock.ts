/**
 * A lock on a folder for one process at a time, which ends with its process however that ends: the lock that SQLite
 * takes on a file is the system's own, so nothing is left behind that a later start would have to judge.
 */
import { DatabaseSync } from 'node:sqlite'

const busy = 5

/** Gives how to let go; undefined while another has it. */
export function tryLock(path: string): (() => void) | undefined {
  const lock = new DatabaseSync(path, { timeout: 0 })
  try {
    lock.exec('begin exclusive')
    return () => lock.close()
  } catch (error) {
    lock.close()
    if (((error as { errcode?: number }).errcode ?? 0) % 256 === busy) return undefined
    throw error
  }
}
