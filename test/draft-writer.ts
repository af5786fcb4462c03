/** A process that saves drafts until it is stopped, and says each line of text once its save was confirmed. */
import { randomBytes } from 'node:crypto'
import { openHouse } from '#app'
import type { DraftShape } from '#house/drafts/shapes.ts'
import { Problem } from '#core/problem.ts'

const [, , dataDir = '', databaseAddress = '', name = ''] = process.argv
const fetch = async () => {
  throw new Problem('fetchFailed')
}
const house = await openHouse({
  dataDir,
  databaseAddress,
  world: { now: () => new Date(), random: (size) => randomBytes(size), fetch },
})
const ask = (operation: string, input: object) =>
  house.perform(house.operation(operation)!, { kind: 'person', id: name, roles: ['contributor'] }, input)

const { id } = (await ask('drafts.begin', { kind: 'practice', language: 'en' })) as DraftShape
for (let revision = 1, text = ''; ; revision++) {
  text += `${revision}\n`
  await ask('drafts.save', { id, revision, values: { description: { en: text } } })
  process.stdout.write(`${id} ${revision}\n`)
}
