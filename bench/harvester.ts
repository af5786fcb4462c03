/**
 * A node as a process of its own that harvests a repository on loopback: data folder, address of the repository, size of the
 * set that is harvested. It tells how far it is and what it holds in memory, and last how long a harvest takes that brings nothing.
 */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { openApp } from '#app'
import { outbound } from '#kernel/outbound.ts'
import { addHarvest, readHarvest, runHarvest } from '#features/harvest/operations.ts'
import { goOnHarvesting } from '#features/harvest/run.ts'

export type Told = { held: number; seconds: number; residentBytes: number; peakBytes: number; emptyMs?: number }

const [dataDir = '', address = '', sizes = '1000', every = '50000'] = process.argv.slice(2)
const system = { kind: 'system', id: 'bench' } as const
const empties = 5

const app = await openApp({
  dataDir,
  databaseAddress: join(dataDir, 'qingdao.sqlite'),
  environment: {
    now: () => new Date(),
    random: (size) => randomBytes(size),
    // The repository stands on loopback.
    fetch: outbound(undefined, () => false),
  },
})
const running = {
  perform: app.perform,
  db: app.database.read,
  services: app.running.services,
  environment: app.environment,
  pauseMs: 0,
}

/** What Linux says of this process, in bytes. */
const status = (name: string) =>
  Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(readFileSync('/proc/self/status', 'latin1'))?.[1]) * 1024
const begun = performance.now()
const tell = (held: number, emptyMs?: number) => {
  const told: Told = {
    held,
    seconds: (performance.now() - begun) / 1_000,
    residentBytes: status('VmRSS'),
    peakBytes: status('VmHWM'),
    ...(emptyMs !== undefined && { emptyMs }),
  }
  console.log(JSON.stringify(told))
}

async function harvest(name: string, told: () => void): Promise<void> {
  await app.perform(runHarvest, system, { name, all: false, acceptLosses: false })
  const watching = setInterval(told, 500)
  await goOnHarvesting(running, name)
  clearInterval(watching)
  const { source } = await app.perform(readHarvest, system, { name, after: '' })
  if (source.problem || source.refused > 0)
    throw new Error(`${JSON.stringify(source.problem)}, ${source.refused} refused`)
}

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!
let held = 0
let next = Number(every)
for (const [number, size] of sizes.split(',').map(Number).entries()) {
  const { name } = await app.perform(addHarvest, system, {
    address,
    settings: { set: `s${number}-${size}:${size}`, everyHours: 0 },
  })
  let reading = false
  await harvest(name, () => {
    if (reading) return
    reading = true
    void app.perform(readHarvest, system, { name, after: '' }).then(({ source }) => {
      const read = held + (source.progress?.counts.added ?? 0)
      if (read >= next) {
        tell(read)
        next += Number(every)
      }
      reading = false
    })
  })
  held += size
  const times: number[] = []
  for (let n = 0; n < empties; n++) {
    const from = performance.now()
    await harvest(name, () => {})
    times.push(performance.now() - from)
  }
  tell(held, median(times))
}
await app.close()
