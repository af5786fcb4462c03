/** A process that goes on with the run of a source until it ends or is killed: data folder, database, name of the source. */
import { randomBytes } from 'node:crypto'
import { openApp } from '#app'
import { outbound } from '#kernel/outbound.ts'
import { goOnHarvesting } from '#features/harvest/run.ts'

const [dataDir = '', databaseAddress = '', name = ''] = process.argv.slice(2)
const app = await openApp({
  dataDir,
  databaseAddress,
  environment: {
    now: () => new Date('2026-01-02T03:04:05.000Z'),
    random: (size) => randomBytes(size),
    fetch: outbound(
      async () => [{ address: '127.0.0.1', family: 4 }],
      () => false,
    ),
  },
})
const { perform, services } = app.running
await goOnHarvesting({ perform, services, db: app.database.read, environment: app.environment, pauseMs: 0 }, name)
await app.close()
