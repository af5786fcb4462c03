/** What is found holds what was asked; what is near holds enough of it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { library } from '../../test/library.ts'

const titlesOf = (all: any[]) => all.map(({ body }) => body.title.en)

test('the words of another name, apart from one another, are no answer but near', async () => {
  const { practice, search } = await library()
  await practice('One-to-one computing in all schools')
  await practice('Reading groups', { summary: { en: 'From one to two groups a week; computing of scores on paper.' } })
  const { records, total } = await search('one laptop per child')
  assert.deepEqual([total, titlesOf(records)], [1, ['One-to-one computing in all schools']])
})

test('what holds one of four words is not near', async () => {
  const { resource, search } = await library()
  for (const title of ['Underwater pictures', 'A basket', 'Weaving', 'Tablets for all', 'Weaving with tablets'])
    await resource(title)
  const { total, near } = await search('underwater basket weaving tablets')
  assert.deepEqual([total, titlesOf(near)], [0, ['Weaving with tablets']])
})

test('where a word is in no record, the place alone is not near', async () => {
  const { practice, search } = await library()
  await practice('Radio lessons', { countries: ['KE'] })
  await practice('Radio dramas', { countries: ['UG'] })
  assert.deepEqual(titlesOf((await search('metaverse Kenya')).near), [])
  assert.deepEqual(titlesOf((await search('radio drama Kenya')).near), ['Radio lessons', 'Radio dramas'])
})

test('who types a whole title gets what is called so, and nothing that only has some of its words', async () => {
  const { resource, search } = await library()
  await resource('The Moon and the Cap')
  await resource('The moon at night')
  await resource('A red cap')
  const { records, near } = await search('the moon and the cap')
  assert.deepEqual([titlesOf(records), titlesOf(near)], [['The Moon and the Cap'], []])
  assert.deepEqual(titlesOf((await search('moon cap')).near).toSorted(), ['A red cap', 'The moon at night'])
})

test('who asks what works gets what was done before stories; who looks for a thing gets the thing', async () => {
  const { practice, resource, titles } = await library()
  await resource('Girl', { type: 'story' })
  await practice('Radio lessons', { summary: { en: 'Lessons by radio for girls and boys.' } })
  for (const q of ['what works for girls', 'how to teach girls', 'girls and technology'])
    assert.deepEqual((await titles(q, { languages: ['en'] }))[0], 'Radio lessons', q)
  for (const q of ['where can I find girls', 'girls'])
    assert.deepEqual((await titles(q, { languages: ['en'] }))[0], 'Girl', q)
})

test('a rural school is more than what is rural', async () => {
  const { practice, titles } = await library()
  await practice('Rural electricity', { summary: { en: 'Rural homes and farms.' } })
  await practice('Village school with a library')
  await practice('Radio for a school', { settings: ['rural'] })
  assert.deepEqual((await titles('乡村学校', { languages: ['zh'] })).toSorted(), [
    'Radio for a school',
    'Village school with a library',
  ])
})

test('of four letters, one that is put for another makes another word', async () => {
  const { resource, titles } = await library()
  await resource('MOOC')
  for (let i = 0; i < 3; i++) await resource(`MOOC ${i} for all`)
  assert.deepEqual(await titles('mood'), [])
  assert.equal((await titles('moco'))[0], 'MOOC')
})
