/** Whether the files that people brought are there, and are what they were. */
import type { Kysely } from 'kysely'
import type { FileStore } from '#kernel/file-store.ts'
import { attachedFiles } from './store.ts'

export type CheckedFiles = { count: number; missing: string[]; changed: string[] }

const atOnce = 500

/** Reads every file: some seconds for a gigabyte. */
export async function checkAttachments(db: Kysely<unknown>, files: FileStore): Promise<CheckedFiles> {
  const checked: CheckedFiles = { count: 0, missing: [], changed: [] }
  for (let after = ''; ;) {
    const page = await attachedFiles(db).page(after, atOnce)
    for (const { file } of page) {
      checked.count++
      const state = await files.check(file)
      if (state === 'missing') checked.missing.push(file)
      if (state === 'damaged') checked.changed.push(file)
    }
    if (page.length < atOnce) return checked
    after = page.at(-1)!.file
  }
}
