/**
 * A process of the run: takes one test file after another, until it has had enough or none is left that no other process has taken. What
 * a node reads to begin is so read once for all of them. Each file is a test of its own, so that what it opens is closed when the file is done.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'

/** `room`: bytes that this process may take. What files hold on to is let go of with it, so that it ends when it has taken these. */
const [folder = '', room = '0', ...files] = process.argv.slice(2)

/** A folder can be made once: whoever made that of a file has the file. */
function isOurs(at: number): boolean {
  try {
    mkdirSync(join(folder, String(at)))
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

test('files', async (t) => {
  for (const [at, file] of files.entries()) {
    if (!isOurs(at)) continue
    await t.test(file, async () => void (await import(pathToFileURL(file).href)))
    if (process.memoryUsage.rss() > Number(room)) return
  }
})
