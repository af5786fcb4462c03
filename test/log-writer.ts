/** Publishes and enters without end, until it is killed: `node test/log-writer.ts <data folder> <database address>`. */
import { randomBytes } from 'node:crypto'
import { openApp } from '#app'

const [dataDir = '', databaseAddress = ''] = process.argv.slice(2)
const environment = {
  now: () => new Date(),
  random: (size: number) => new Uint8Array(randomBytes(size)),
  fetch: () => Promise.reject(new Error('no network')),
}
const app = await openApp({ dataDir, databaseAddress, environment })
const share = app.operation('resources.share')!
process.stdout.write('writing\n')
for (let i = 0; ; i++) {
  const title = `${process.pid} ${i}`
  const body = { title: { en: title }, originalLanguage: 'en', type: 'book', languages: ['en'] }
  await app.perform(share, { kind: 'system', id: 'test' }, body)
  // Now and then several go together, as in life.
  if (i % 3 !== 0) await app.log.follow()
}
