/** Counts reads in a process that waits to be killed: seven are written, three are not. */
import { openApp } from '#app'
import { readSettings } from '#kernel/config.ts'

const [dataDir = ''] = process.argv.slice(2)
const app = await openApp({
  dataDir,
  databaseAddress: `${dataDir}/qingdao.sqlite`,
  environment: {
    now: () => new Date('2026-01-02'),
    random: (size) => new Uint8Array(size),
    fetch: () => Promise.reject(),
  },
})
const { usage } = app.running.services
const read = (times: number) => {
  for (let at = 0; at < times; at++)
    usage.answered({
      method: 'GET',
      url: '/en/about',
      headers: { 'user-agent': 'Mozilla/5.0 Firefox/140.0' },
      status: 200,
    })
}
read(7)
const job = app.system.jobs.find(({ name }) => name === 'use-counts')!
await job.work({ ...app.running, settings: readSettings({}, {}), say: () => {} })()
read(3)
console.log('counted')
setInterval(() => {}, 1_000)
