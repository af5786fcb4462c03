/** A node in this process, without a network: what is measured is its own work. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openApp, type App } from '#app'

export const openAlone = (dataDir: string): Promise<App> =>
  openApp({
    dataDir,
    databaseAddress: join(dataDir, 'qingdao.sqlite'),
    environment: {
      now: () => new Date(),
      random: (size) => randomBytes(size),
      fetch: () => Promise.reject(new Error('Nothing is fetched here')),
    },
  })

/** Works in a new and empty node, which is gone afterwards. */
export async function inNewApp<Out>(work: (app: App, folder: string) => Promise<Out>): Promise<Out> {
  const folder = await mkdtemp(join(tmpdir(), 'qingdao-bench-'))
  const app = await openAlone(folder)
  try {
    return await work(app, folder)
  } finally {
    await app.close()
    await rm(folder, { recursive: true, force: true })
  }
}
