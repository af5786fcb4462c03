import assert from 'node:assert/strict'
import { test } from 'node:test'
import { importer } from '#records/sources/import.ts'
import { ingest } from '#records/sources/ingest.ts'
import { testApp } from '../../test/app.ts'
import { followingOf } from './following.ts'

const rows = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => ({
    place: `rows:${from + i}`,
    kind: 'resource',
    identifier: `https://example.org/${from + i}`,
    body: { title: { en: `Row ${from + i}` }, originalLanguage: 'en', type: 'book', languages: ['en'] },
  }))

test('what somebody shares is found at once, while an import is still being taken in', async () => {
  const { app, as } = await testApp()
  const curator = as('curator')
  await curator('resources.share', {
    title: { en: 'Earlier' },
    originalLanguage: 'en',
    type: 'book',
    languages: ['en'],
  })
  assert.equal((await curator('search', { q: 'earlier' })).total, 1)
  for (let from = 0; from < 12_000; from += 4_000)
    await app.perform(ingest, importer('phet-simulations'), { name: 'phet-simulations', rows: rows(from, 4_000) })

  const importing = app.follow()
  const { id } = await curator('resources.share', {
    title: { en: 'Lantern' },
    originalLanguage: 'en',
    type: 'book',
    languages: ['en'],
  })

  assert.equal((await curator('search', { q: 'lantern' })).total, 1)
  assert.ok(app.search.memory().documents < 12_000, 'the import was taken in before')
  await curator('records.read', { id })
  await as('curator')('records.withdraw', { id, revision: 1, reason: 'A mistake' })
  assert.equal((await curator('search', { q: 'lantern' })).total, 0)
  await importing
  await app.follow()
  assert.equal(app.search.memory().documents, 12_001)
  assert.equal((await curator('search', { q: 'lantern' })).total, 0)
})

test('who waits for what they wrote is let go where it could not be read at once, and finds it afterwards', async () => {
  const { app, as } = await testApp()
  for (const title of ['One', 'Two', 'Three'])
    await as('curator')('practices.share', { title: { en: title }, originalLanguage: 'en', type: 'practice' })
  let place = 1
  let failures = 0
  const waiting: Promise<void>[] = []
  const following = followingOf(
    app.database.read,
    {
      name: 'test',
      atOnce: 1,
      place: () => place,
      take: async () => {
        place++
        if (waiting.length === 0) waiting.push(following.followOwn())
      },
      takeAhead: async () => {
        if (failures++ === 0) throw new Error('the database is away')
      },
      takeFurther: async () => false,
    },
    { bulk: ['sources.ingest'], told: () => {}, ended: () => {} },
  )
  await assert.rejects(following.follow(), /away/)
  await waiting[0]
  assert.equal(place, 3)
})
