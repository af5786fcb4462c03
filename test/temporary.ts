/** Folders that a test leaves nothing of. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'

export const freshFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'qingdao-test-'))
  after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
  return folder
}
