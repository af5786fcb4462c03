/** A curator says what comes first for a question, sees it there, changes it, and takes it off. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../../test/app.ts'
import { person } from '../../../test/people.ts'

const app = await testApp()
const carla = await person(app, 'Carla', { roles: ['curator'] })
const amina = await person(app, 'Amina')
const share = app.as('curator')
const book = async (title: string) =>
  (
    (await share('resources.share', {
      title: { en: title },
      originalLanguage: 'en',
      type: 'book',
      url: `https://example.org/${encodeURIComponent(title)}`,
      languages: ['en'],
      areas: ['open'],
    })) as { id: string }
  ).id
const plain = (body: string) => body.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
const bets = async () => (await carla.open('/en/best-bets')).body
const recommended = async (q: string) => {
  await app.app.follow()
  return plain((await app.get(`/en/search?q=${encodeURIComponent(q)}`)).body)
}

await book('Starting with tablets')
await book('A teacher’s handbook')
await app.app.follow()

test('only curators and operators find the page', async () => {
  assert.equal((await amina.open('/en/best-bets')).status, 403)
  assert.equal((await app.get('/en/best-bets')).statusCode, 303)
  assert.match((await carla.open('/en/desk')).body, /href="[^"]*\/best-bets"/)
  assert.match(plain(await bets()), /No recommended results yet/)
})

test('what is recommended is chosen by its name, comes first for the question, and is listed', async () => {
  await carla.open('/en/best-bets/new')
  const unknown = await carla.send('/best-bets', { title: 'where to begin', recommends: 'No such book' })
  assert.equal(unknown.status, 422)
  assert.match(unknown.body, /value="where to begin"/)
  assert.match(unknown.body, /No such book/)

  const saved = await carla.send('/best-bets', { title: 'where to begin', recommends: 'Starting with tablets' })
  assert.match(plain(saved.body), /Saved\. It is used for searches from now on.*where to begin.*Starting with tablets/)
  assert.match(await recommended('where to begin'), /Recommended by curators.*Starting with tablets/)
})

test('without a question or a record it is refused beside the field', async () => {
  await carla.open('/en/best-bets/new')
  const empty = await carla.send('/best-bets', { title: '', recommends: '' })
  assert.equal(empty.status, 422)
  assert.match(plain(empty.body), /There is a problem.*Question or search words/)
})

test('it is changed, in another language too, and removed', async () => {
  const id = /best-bets\/([0-9a-z]{16})"/.exec(await bets())![1]!
  await carla.open(`/fr/best-bets/${id}`)
  await carla.send(`/best-bets/${id}`, { title: 'par où commencer' })
  assert.match(plain(await bets()), /where to begin.*par où commencer/)
  await carla.open(`/en/best-bets/${id}`)
  await carla.send(`/best-bets/${id}`, { recommends: 'A teacher’s handbook' })
  assert.match(await recommended('where to begin'), /Recommended by curators.*A teacher’s handbook/)
  await app.app.follow()
  assert.match(plain((await app.get('/fr/search?q=par%20o%C3%B9%20commencer')).body), /Recommandé par les curateurs/)

  await carla.open('/en/best-bets')
  const left = await carla.send(`/best-bets/${id}/remove`)
  assert.match(plain(left.body), /Removed\. Search no longer recommends it/)
  assert.doesNotMatch(await recommended('where to begin'), /Recommended by curators/)
})
