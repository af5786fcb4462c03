/** Questions in plain words: what they name, in which language, and what they do not mean. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { library } from '../../test/library.ts'

test('of words that begin alike those are suggested first that find what people look for', async () => {
  const { share, resource, practice, as } = await library()
  for (let i = 0; i < 6; i++) await resource(`Moon story ${i}`)
  await practice('Moodle in rural schools', { summary: { en: 'A platform.' } })
  await share('solutions', { title: { en: 'Moodle' }, originalLanguage: 'en' })
  const { words, records } = await as()('search.suggest', { q: 'moo' })
  assert.deepEqual(words.slice(0, 2), ['moodle', 'moon'])
  assert.match(records[0].body.title.en, /Moodle/)
})

test('plain words for how it ended, where, and how it was studied offer filters, in any language', async () => {
  const { practice, share, search } = await library()
  await practice('Tablet trial', { outcome: 'did-not-work', countries: ['KE'], settings: ['rural'] })
  await practice('Tablet school', { outcome: 'worked', countries: ['KE'] })
  await share('studies', { title: { en: 'Maths by tablet' }, originalLanguage: 'en', design: 'qed' })
  const offered = async (q: string, language: string) =>
    (await search(q, { assist: 'true', languages: [language] })).assistance.offers.flatMap(({ filters }: any) =>
      filters.map(({ facet, value }: any) => `${facet}:${value}`),
    )
  for (const [language, q, filter] of [
    ['en', 'failed tablet', 'outcome:did-not-work'],
    ['fr', 'tablet échecs', 'outcome:did-not-work'],
    ['es', 'fracasos tablet', 'outcome:did-not-work'],
    ['ru', 'tablet неудачи', 'outcome:did-not-work'],
    ['zh', '失败 tablet', 'outcome:did-not-work'],
    ['ar', 'فشل tablet', 'outcome:did-not-work'],
    ['en', 'quasi experimental maths', 'design:qed'],
    ['en', 'rural schools tablet', 'setting:rural'],
    ['en', 'tablet africa', 'region:002'],
  ])
    assert.ok((await offered(q!, language!)).includes(filter), q)
})

test('with a language chosen, words of the reader’s language find what is written in it', async () => {
  const { share, titles } = await library()
  const wanyama = { title: { sw: 'Wanyama wa porini' }, originalLanguage: 'sw', type: 'story', languages: ['sw'] }
  await share('resources', wanyama)
  for (const [q, language] of [
    ['animals', 'en'],
    ['animaux', 'fr'],
    ['животные', 'ru'],
    ['动物', 'zh'],
  ])
    assert.deepEqual(await titles(q!, { language: ['sw'], languages: [language] }), ['Wanyama wa porini'], q)
  assert.deepEqual(await titles('animals', { languages: ['en'] }), [])
})

test('questions as people put them find what they are about', async () => {
  const { practice, titles } = await library()
  const about = (text: string) => ({ summary: { en: text } })
  await practice('Calls home', about('A programme against school dropout among pupils.'))
  await practice('Lessons in a box', about('An offline server for refugees and their pupils.'))
  await practice('Big rollout', about('One laptop per child in all schools.'))
  await practice('Unrelated', about('Something else that helps and works for one or two.'))
  for (const [q, title] of [
    ['how do I keep pupils from leaving school', 'Calls home'],
    ['comment éviter le décrochage scolaire ?', 'Calls home'],
    ['¿cómo evitar el abandono escolar?', 'Calls home'],
    ['как предотвратить отсев учащихся', 'Calls home'],
    ['如何防止辍学', 'Calls home'],
    ['كيف يمكن منع التسرب المدرسي؟', 'Calls home'],
    ['what works for refugees without Internet', 'Lessons in a box'],
    ['does one to one laptop help', 'Big rollout'],
    ['1:1 laptops', 'Big rollout'],
  ])
    assert.equal((await titles(q!))[0], title, q)
})

test('words are not their neighbours, and what is known is no slip', async () => {
  const { resource, titles } = await library()
  await resource('Periodic table of elements')
  for (let i = 0; i < 25; i++) await resource(`Ballerina tables, periodicals ${i}`)
  await resource('A tablet for each learner')
  assert.deepEqual(await titles('tablet'), ['A tablet for each learner'])
  assert.deepEqual(await titles('tablets'), ['A tablet for each learner'])
  assert.equal((await titles('periodic table'))[0], 'Periodic table of elements')
})
