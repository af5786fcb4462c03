/** A process that writes until it is stopped, and says each identifier once its write was confirmed. */
import { randomBytes } from 'node:crypto'
import { openApp } from '#app'
import { Problem } from '#kernel/problem.ts'

const [, , dataDir = '', databaseAddress = '', name = '', many = '1000000'] = process.argv
const fetch = async () => {
  throw new Problem('fetchFailed')
}
const app = await openApp({
  dataDir,
  databaseAddress,
  environment: { now: () => new Date(), random: (size) => randomBytes(size), fetch },
})
const share = app.operation('practices.share')!
for (let i = 0; i < Number(many); i++) {
  try {
    const { id } = (await app.perform(
      share,
      { kind: 'person', id: name, roles: ['curator'] },
      { title: { en: `${name} ${i}` }, originalLanguage: 'en', type: 'practice' },
    )) as { id: string }
    process.stdout.write(`${id}\n`)
  } catch (error) {
    process.stdout.write(`! ${error instanceof Problem ? error.code : String(error)}\n`)
    if (error instanceof Problem && error.code === 'diskFull') break
  }
}
await app.close()
