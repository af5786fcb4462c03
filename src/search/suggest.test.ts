/** What is suggested as one types: what people look for, by its name in the reader's language. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { library } from '../../test/library.ts'

const node = await library()
const { practice, resource, share } = node
await practice('AI tutoring in Lagos', { summary: { en: 'Artificial intelligence tutors pupils.' } })
await practice('Tablets for all pupils', { countries: ['MA'], summary: { en: 'A laptop or a tablet for each.' } })
await share('solutions', { title: { en: 'Kolibri' }, originalLanguage: 'en' })
for (let at = 0; at < 6; at++) {
  await resource(`Kolong and the rain ${at}`, { type: 'story' })
  await resource(`More air, most aid ${at}`, { description: { en: 'A course called laptrinh0kho.' } })
}
await share('resources', {
  title: { ru: 'Таблица умножения' },
  originalLanguage: 'ru',
  type: 'book',
  languages: ['ru'],
})
await practice('Moulded plastic', { countries: ['ME'] })

const suggested = (q: string, language: string) => node.as()('search.suggest', { q, languages: [language] })
const wordsFor = async (q: string, language: string): Promise<string[]> => (await suggested(q, language)).words

test('an abbreviation leads to what it stands for, before words that begin so', async () => {
  assert.equal((await wordsFor('ai', 'en'))[0], 'artificial intelligence')
  assert.ok((await wordsFor('ai', 'en')).some((word) => word.startsWith('AI t')))
})

test('the name of a solution comes before a word that is more frequent', async () => {
  const { words, records } = await suggested('kol', 'en')
  assert.equal(words[0], 'kolibri')
  assert.equal(records[0].body.title.en, 'Kolibri')
})

test('a topic is suggested in the reader’s language, though the records are in another', async () => {
  for (const [language, q, word] of [
    ['en', 'tabl', 'tablets'],
    ['fr', 'tabl', 'tablettes'],
    ['es', 'tabl', 'tabletas'],
    ['ru', 'планш', 'планшеты'],
    ['ru', 'табл', 'таблет'],
    ['zh', '平板', '平板电脑'],
    ['ar', 'الأجهزة اللو', 'الأجهزة اللوحية'],
  ])
    assert.ok((await wordsFor(q!, language!)).slice(0, 2).includes(word!), `${q}: ${await wordsFor(q!, language!)}`)
})

test('little words, and what has a figure in it that nobody typed, are not suggested', async () => {
  const words = [...(await wordsFor('mo', 'en')), ...(await wordsFor('lapt', 'en'))]
  for (const word of ['more', 'most', 'laptrinh0kho']) assert.ok(!words.includes(word), word)
  assert.ok(words.some((word) => word.startsWith('laptop')))
  assert.deepEqual(await wordsFor('laptrinh0', 'en'), ['laptrinh0kho'])
})

test('a country is suggested by its own name, and only where there is something of it', async () => {
  const countries = async (q: string, language: string) =>
    (await suggested(q, language)).filters.flatMap(({ facet, value }: any) => (facet === 'country' ? [value] : []))
  assert.deepEqual(await countries('mo', 'en'), ['MA', 'ME'])
  assert.deepEqual(await countries('mar', 'fr'), ['MA'])
  assert.deepEqual(await countries('مغ', 'ar'), ['MA'])
  assert.deepEqual(await countries('kol', 'en'), [], 'Kolkata is a city of a country, and no country')
})
