/** Reads one workbook apart from all else, and tells what it found. */
import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { Problem } from '#kernel/problem.ts'
import { readXlsx } from '#codecs/xlsx/read-xlsx.ts'
import { workbookLimits, type Told } from './read-table.ts'

async function told(): Promise<Told> {
  try {
    return { rows: await readXlsx(readFileSync(workerData as string), workbookLimits) }
  } catch (error) {
    if (error instanceof Problem) return { problem: { code: error.code, values: error.values } }
    throw error
  }
}

parentPort!.postMessage(await told())
