/** `kill -9` at any time, and two writers at once: the log stays sound and goes on from what it was. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openApp } from '#app'
import { isSound } from '#features/transparency/findings.ts'
import { folderSource } from '#features/transparency/source.ts'
import { verifyLog } from '#features/transparency/verify-log.ts'
import { parseCheckpoint } from '#codecs/tlog/checkpoint.ts'
import { freshDatabase, freshFolder } from './app.ts'

const writer = fileURLToPath(new URL('log-writer.ts', import.meta.url))

async function started(folder: string, address: string) {
  const child = spawn(process.execPath, [writer, folder, address], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  return child
}

/** The folder of the log, once it has signed anything. */
function logWithCheckpoint(folder: string): string | undefined {
  const all = existsSync(join(folder, 'log')) ? readdirSync(join(folder, 'log')) : []
  return all.map((name) => join(folder, 'log', name)).find((log) => existsSync(join(log, 'checkpoint')))
}

/** How many entries the log has signed. */
function signedIn(folder: string): number {
  const log = logWithCheckpoint(folder)
  return log ? parseCheckpoint(readFileSync(join(log, 'checkpoint'), 'utf8')).size : 0
}

test('killed again and again while it writes, beside another writer, the log loses and changes nothing', async () => {
  const folder = freshFolder()
  const { address, drop } = await freshDatabase(folder)
  after(drop)
  let kept: string | undefined
  for (let round = 0; round < 4; round++) {
    const children = await Promise.all([started(folder, address), ...(round % 2 ? [started(folder, address)] : [])])
    await new Promise((resume) => setTimeout(resume, 150 + round * 97))
    // However slow the machine: the last rounds come after something was signed, and then after some more.
    while (signedIn(folder) < [0, 0, 1, 11][round]!) await new Promise((resume) => setTimeout(resume, 20))
    for (const child of children) {
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    }
    const log = logWithCheckpoint(folder)
    if (!log) continue
    const { findings } = await verifyLog(folderSource(log), { since: kept })
    assert.ok(isSound(findings), JSON.stringify(findings))
    kept = readFileSync(join(log, 'checkpoint'), 'utf8')
  }

  const environment = {
    now: () => new Date(),
    random: (n: number) => new Uint8Array(n),
    fetch: () => assert.fail('no network'),
  }
  const app = await openApp({ dataDir: folder, databaseAddress: address, environment })
  await app.log.follow()
  const { findings, size } = await verifyLog(app.log.source, { since: kept })
  assert.ok(isSound(findings), JSON.stringify(findings))
  assert.ok(size > parseCheckpoint(kept!).size - 1 && size > 10, String(size))
  const { mended } = await app.log.rebuild()
  assert.equal(mended, 0)
  await app.close()
})
