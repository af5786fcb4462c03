import assert from 'node:assert/strict'
import { test } from 'node:test'
import { practice } from '#features/clearing-house/practice.ts'
import { kinds } from '#app'
import { testApp } from '../../test/app.ts'
import { datedAt } from './standing.ts'

const told = { originalLanguage: 'en', type: 'practice', technologies: ['radio'] }

/** Shared in this order, so that neither the number of a record nor its letters give the order away. */
const practices = [
  { title: { en: 'A pilot of which nobody told how it ended' }, startedOn: '2024' },
  { title: { en: 'Begun long ago, ended last' }, startedOn: '1988', endedOn: '2023-05', outcome: 'stopped' },
  { title: { en: 'Another pilot' }, startedOn: '2025' },
  { title: { en: 'Begun in 2019' }, startedOn: '2019', outcome: 'worked' },
  { title: { en: 'Begun in 2021' }, startedOn: '2021', outcome: 'did-not-work' },
]
const expected = [
  'Begun long ago, ended last',
  'Begun in 2021',
  'Begun in 2019',
  'Another pilot',
  'A pilot of which nobody told how it ended',
]

test('a list without words begins with what tells its outcome, the latest first, alike on the page, in the API, in files and in the feed', async () => {
  const { as, get } = await testApp()
  for (const one of practices) await as('curator')('practices.share', { ...told, ...one })
  const titlesIn = (text: string) => {
    const places = expected.map((title) => [text.lastIndexOf(title), title] as const)
    assert.ok(places.every(([at]) => at >= 0))
    return places.sort(([a], [b]) => a - b).map(([, title]) => title)
  }
  for (const path of ['/en/search', '/api/search', '/search.csv', '/search.atom'])
    assert.deepEqual(titlesIn((await get(`${path}?kind=practice`)).body), expected, path)
  const page = (await get('/en/search?kind=practice')).body
  assert.match(page, /Sort by:?\s*<strong aria-current="true">most useful<\/strong>/)
  assert.match(page, /href="\/en\/search\?kind=practice&amp;sort=newest"/)
  const newest = (await get('/api/search?kind=practice&sort=newest')).json()
  assert.equal(newest.records[0].changedAt >= newest.records.at(-1).changedAt, true)
})

test('of what one import brought, the newest is what tells the latest year of itself', () => {
  const kind = kinds.get(practice.name)!
  const record = (body: object, more: object = {}) =>
    ({
      body: { ...told, ...body },
      changedAt: '2026-11-30T17:32:14.413Z',
      origin: { collection: 'x' },
      ...more,
    }) as never
  const [old, late, next, own] = [
    record({ startedOn: '1990', endedOn: '1999' }, { changedAt: '2026-11-30T18:00:00.000Z' }),
    record({ startedOn: '1980', endedOn: '2024' }),
    record({ startedOn: '1970' }, { changedAt: '2026-12-01T00:00:10.000Z' }),
    record({ startedOn: '1970' }, { origin: null }),
  ].map((one) => datedAt(kind, one))
  assert.ok(late! > old!, 'a later second of the same import does not make it newer')
  assert.ok(next! > late!, 'what came another day is newer')
  assert.ok(own! > late!, 'what was written here goes by when it was')
})

test('a language that the site does not speak is refused by the API with those that it speaks, and told on a page', async () => {
  const { get } = await testApp()
  const refused = await get('/api/search?q=radio&lang=xx')
  assert.equal(refused.statusCode, 400)
  assert.match(refused.body, /"lang"[^]*"en","fr","es","ru","zh","ar"/)
  assert.equal((await get('/api/search?q=radio&lang=fr')).statusCode, 200)
  assert.match(
    (await get('/en/search?q=radio&lang=xx')).body,
    /not available in the language “xx”[^]*Français, Español/,
  )
  assert.doesNotMatch((await get('/search?q=radio&lang=fr')).body, /class="notice" role="status"/)
})
