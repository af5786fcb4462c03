/** A process that saves drafts until it is stopped, and says each line of text once its save was confirmed. */
import { randomBytes } from 'node:crypto'
import { openApp } from '#app'
import type { DraftShape } from '#features/editorial/drafts/shapes.ts'
import { Problem } from '#kernel/problem.ts'

const [, , dataDir = '', databaseAddress = '', name = ''] = process.argv
const fetch = async () => {
  throw new Problem('fetchFailed')
}
const app = await openApp({
  dataDir,
  databaseAddress,
  environment: { now: () => new Date(), random: (size) => randomBytes(size), fetch },
})
const ask = (operation: string, input: object) =>
  app.perform(app.operation(operation)!, { kind: 'person', id: name, roles: ['contributor'] }, input)

const { id } = (await ask('drafts.begin', { kind: 'practice', language: 'en' })) as DraftShape
for (let revision = 1, text = ''; ; revision++) {
  text += `${revision}\n`
  await ask('drafts.save', { id, revision, values: { description: { en: text } } })
  process.stdout.write(`${id} ${revision}\n`)
}
