/** A process that writes until it is stopped, and says each identifier once its write was confirmed. */
import { randomBytes } from 'node:crypto'
import { openHouse } from '#app'
import { Problem } from '#core/problem.ts'

const [, , dataDir = '', databaseAddress = '', name = '', many = '1000000'] = process.argv
const fetch = async () => {
  throw new Problem('fetchFailed')
}
const house = await openHouse({
  dataDir,
  databaseAddress,
  world: { now: () => new Date(), random: (size) => randomBytes(size), fetch },
})
const share = house.operation('practices.share')!
for (let i = 0; i < Number(many); i++) {
  try {
    const { id } = (await house.perform(
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
await house.close()
