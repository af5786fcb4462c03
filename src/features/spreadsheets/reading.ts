/** Spreadsheets are read in a thread with little memory and little time, so that no file can hold up the node. */
import { createHash } from 'node:crypto'
import { Worker } from 'node:worker_threads'
import { Problem, type ProblemCode } from '#kernel/problem.ts'
import type { FileStore } from '#kernel/file-store.ts'
import { boundedCache } from '#kernel/bounded-cache.ts'
import type { HowRead, Table } from './table.ts'

export type Reading = { path: string; how: HowRead }
export type Told = { table: Table } | { problem: { code: ProblemCode; values: Record<string, string | number> } }

const longestMs = 60_000
const resourceLimits = { maxOldGenerationSizeMb: 384, stackSizeMb: 4 }
const mostKept = 4
const kept = boundedCache<Promise<Table>>(mostKept)

/** @throws Problem badSpreadsheet, quoteNotClosed, sheetTooLarge, malformedZip, fileNotFound */
export function readSpreadsheet(files: FileStore, { sha256, ...how }: HowRead & { sha256: string }): Promise<Table> {
  const key = `${files.path(sha256)} ${createHash('sha256').update(JSON.stringify(how)).digest('base64url')}`
  const known = kept.get(key)
  if (known) return known
  const reading = files.has(sha256).then((isThere) => {
    if (!isThere) throw new Problem('fileNotFound', { file: sha256 })
    return inThread({ path: files.path(sha256), how })
  })
  kept.set(key, reading)
  // A fault may be of the hour: a busy machine, a full disk. The next who asks has it read anew.
  reading.catch(() => kept.drop(key))
  return reading
}

function inThread(reading: Reading): Promise<Table> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData: reading, resourceLimits })
    const tooLong = setTimeout(() => {
      reject(new Problem('badSpreadsheet', {}))
      void worker.terminate()
    }, longestMs)
    worker.once('message', (told: Told) => {
      if ('table' in told) resolve(told.table)
      else reject(new Problem(told.problem.code, told.problem.values))
    })
    // Out of memory, or of a depth that nobody foresaw: it is the file’s fault, and the thread is gone.
    worker.once('error', (cause) => reject(new Problem('badSpreadsheet', {}, { cause })))
    worker.once('exit', () => {
      clearTimeout(tooLong)
      reject(new Problem('badSpreadsheet', {}))
    })
  })
}
