/** A house in this process, without a network: what is measured is its own work. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openHouse, type House } from '#app'

export const openAlone = (dataDir: string): Promise<House> =>
  openHouse({
    dataDir,
    databaseAddress: join(dataDir, 'qingdao.sqlite'),
    world: {
      now: () => new Date(),
      random: (size) => randomBytes(size),
      fetch: () => Promise.reject(new Error('Nothing is fetched here')),
    },
  })

/** Works in a new and empty house, which is gone afterwards. */
export async function inNewHouse<Out>(work: (house: House, folder: string) => Promise<Out>): Promise<Out> {
  const folder = await mkdtemp(join(tmpdir(), 'qingdao-bench-'))
  const house = await openAlone(folder)
  try {
    return await work(house, folder)
  } finally {
    await house.close()
    await rm(folder, { recursive: true, force: true })
  }
}
