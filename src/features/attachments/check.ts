/** Whether the files that people brought are there, and are what they were. */
import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { FileStore } from '#kernel/file-store.ts'
import { attachedFiles } from './store.ts'

export type CheckedFiles = { count: number; missing: string[]; changed: string[] }

const atOnce = 500

/** Reads every file: some seconds for a gigabyte. */
export async function checkFiles(db: Kysely<unknown>, files: FileStore): Promise<CheckedFiles> {
  const checked: CheckedFiles = { count: 0, missing: [], changed: [] }
  for (let after = ''; ;) {
    const page = await attachedFiles(db).page(after, atOnce)
    for (const { file } of page) {
      checked.count++
      if (!(await files.has(file))) checked.missing.push(file)
      else if ((await digestOf(files, file)) !== file) checked.changed.push(file)
    }
    if (page.length < atOnce) return checked
    after = page.at(-1)!.file
  }
}

async function digestOf(files: FileStore, file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of await files.stream(file)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
