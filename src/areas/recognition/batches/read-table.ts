/** The rows of a file of learners: CSV one after the other, a workbook in a thread with little memory and time. */
import { open, readFile, stat } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { Problem, type ProblemCode } from '#kernel/problem.ts'
import { decode } from '#codecs/csv/decode.ts'
import { guessDelimiter, withoutSeparatorLine } from '#codecs/csv/read-csv.ts'
import { streamCsv } from '#codecs/csv/stream-csv.ts'

const megabyte = 1024 * 1024
/** Of a CSV file. */
export const tableLimits = { rows: 200_000, columns: 100, megabytes: 32 }
/** A workbook is in memory whole, so that long tables are CSV. */
export const workbookLimits = { rows: 10_000, columns: 100, megabytes: 10 }

export type Told = { rows: string[][] } | { problem: { code: ProblemCode; values: Record<string, string | number> } }

const longestMs = 60_000
const resourceLimits = { maxOldGenerationSizeMb: 384, stackSizeMb: 4 }

/** @throws Problem badSpreadsheet, quoteNotClosed, sheetTooLarge, malformedZip */
export async function* rowsIn(path: string, language: string): AsyncGenerator<string[]> {
  const { size } = await stat(path)
  const isWorkbook = (await firstBytes(path)).toString('latin1') === 'PK'
  const limits = isWorkbook ? workbookLimits : tableLimits
  if (size > limits.megabytes * megabyte) throw new Problem('sheetTooLarge', limits)
  if (isWorkbook) return yield* await workbookRows(path)
  const { text: whole } = decode(await readFile(path), 'auto', language)
  if (/\0/.test(whole) || /^\s*</.test(whole)) throw new Problem('badSpreadsheet', {})
  const { text, delimiter = guessDelimiter(whole) } = withoutSeparatorLine(whole)
  let count = 0
  for await (const row of streamCsv(text, delimiter)) {
    if (++count > limits.rows + 1 || row.length > limits.columns) throw new Problem('sheetTooLarge', limits)
    yield row
  }
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

function workbookRows(path: string): Promise<string[][]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./workbook-thread.ts', import.meta.url), { workerData: path, resourceLimits })
    const tooLong = setTimeout(() => {
      reject(new Problem('badSpreadsheet', {}))
      void worker.terminate()
    }, longestMs)
    worker.once('message', (told: Told) => {
      if ('rows' in told) resolve(told.rows)
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
