/** Reads one spreadsheet apart from all else, and tells what it found. */
import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { Problem } from '#kernel/problem.ts'
import { readTable } from './table.ts'
import type { Reading, Told } from './reading.ts'

const { path, how } = workerData as Reading

async function told(): Promise<Told> {
  try {
    return { table: await readTable(readFileSync(path), how) }
  } catch (error) {
    if (error instanceof Problem) return { problem: { code: error.code, values: error.values } }
    throw error
  }
}

parentPort!.postMessage(await told())
