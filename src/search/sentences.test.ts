/** Questions as people put them in whole sentences: what they ask for, what they only say around it, and names by other words. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { library } from '../../test/library.ts'

test('who asks how many gets the indicator first, in any language and of any country', async () => {
  const { practice, share, search, titles } = await library()
  const names = {
    en: 'Children out of school',
    fr: 'Enfants non scolarisés',
    es: 'Niños sin escolarizar',
    ru: 'Дети вне школы',
    zh: '失学儿童',
    ar: 'الأطفال غير الملتحقين بالمدارس',
  }
  await share('practices', {
    title: Object.fromEntries(Object.entries(names).map(([language, name]) => [language, `${name}: Kenya`])),
    originalLanguage: 'en',
    type: 'practice',
    countries: ['KE'],
  })
  await practice('Unrelated')
  await share('indicators', {
    title: names,
    originalLanguage: 'en',
    code: 'rofst',
    unit: 'percent',
    otherNames: { en: ['Out-of-school rate'] },
  })
  for (const [language, q] of [
    ['en', 'how many children are out of school'],
    ['en', 'How many children are out of school in Kenya?'],
    ['en', 'number of children out of school'],
    ['fr', 'combien d’enfants sont non scolarisés'],
    ['es', '¿Cuántos niños están sin escolarizar?'],
    ['ru', 'сколько детей вне школы'],
    ['zh', '多少失学儿童'],
    ['ar', 'كم عدد الأطفال غير الملتحقين بالمدارس'],
  ])
    assert.equal((await titles(q!, { languages: [language!] }))[0], names.en, q)
  const { assistance } = await search('how many children are out of school', { assist: 'true' })
  assert.deepEqual(assistance.groups, [], 'who asks for a number is shown no other kind first')
  assert.notEqual((await titles('children out of school in Kenya'))[0], names.en)
  assert.equal((await titles('out-of-school rate'))[0], names.en)
})

test('in a sentence, words that people say around what they look for cost nothing', async () => {
  const { practice, search } = await library()
  await practice('Apps for children who cannot speak', { summary: { en: 'Picture boards on a tablet.' } })
  await practice('Years and others', {
    summary: { en: 'Somebody wants to know what others found good for many years.' },
  })
  for (const [language, q] of [
    ['en', 'I am looking for good apps that somebody found for children who cannot speak, maybe for 6 years'],
    ['es', 'quisiera saber qué apps buenas existen para niños que no hablan, llevo dos años buscando alguna'],
    ['fr', 'je voudrais savoir quelles apps existent pour les enfants qui ne parlent pas, je cherche depuis deux ans'],
  ]) {
    const { records, near } = await search(q!, { languages: [language!] })
    assert.equal([...records, ...near][0]?.body.title.en, 'Apps for children who cannot speak', q)
  }
})

test('a name is known whoever the pupils, teachers and schools are called in it', async () => {
  const { share, practice, titles } = await library()
  await practice('Unrelated')
  await share('practices', {
    title: { en: 'Ghost pupils' },
    summary: { en: 'Schools report pupils that do not exist.' },
    originalLanguage: 'en',
    type: 'practice',
  })
  for (const [language, q] of [
    ['es', 'alumnos que no existen'],
    ['es', 'estudiantes que no existen'],
    ['en', 'ghost learners'],
    ['en', 'ghost pupils'],
  ])
    assert.deepEqual(await titles(q!, { languages: [language!] }), ['Ghost pupils'], q)
})

test('a word that begins a name is no part of another that is only alike', async () => {
  const { practice, search } = await library()
  await practice('School closure', { summary: { en: 'What schools do while they are closed.' } })
  await practice('School dropout', { summary: { en: 'Pupils who leave school.' } })
  const { records, near } = await search('plan por si un huracán deja las escuelas cerradas varios meses', {
    languages: ['es'],
  })
  assert.equal([...records, ...near][0]?.body.title.en, 'School closure')
})

test('how long somebody has worked is work experience', async () => {
  const { practice, search } = await library()
  await practice('Recognition of prior learning', { summary: { en: 'Work experience counts.' } })
  await practice('Builders', { summary: { en: 'Twenty years of a builder.' } })
  for (const [language, q] of [
    ['en', 'twenty years on the job'],
    ['fr', 'quinze ans de métier'],
    ['es', 'llevo 20 años de albañil'],
    ['ru', '20 лет стажа'],
    ['zh', '工作了20年'],
    ['ar', 'خبرة عشرين سنة'],
  ]) {
    const { records } = await search(q!, { languages: [language!] })
    assert.deepEqual(
      records.map(({ body }: any) => body.title.en),
      ['Recognition of prior learning'],
      q,
    )
  }
})

test('a Spanish diminutive is what it is of, and a word that only ends so is itself', async () => {
  const { practice, titles } = await library()
  await practice('Schools without power')
  await practice('Anita')
  assert.deepEqual(await titles('escuelita', { languages: ['es'] }), ['Schools without power'])
  assert.deepEqual(await titles('Anita', { languages: ['es'] }), ['Anita'])
})

test('a Russian turn of phrase names no country', async () => {
  const { practice, search } = await library()
  await practice('Radio in Togo', { countries: ['TG'] })
  await practice('Parents and data', { summary: { ru: 'Родители против сбора данных в школе.' } })
  const { records, near, assistance } = await search('родители против того, чтобы школа собирала данные', {
    assist: 'true',
    languages: ['ru'],
  })
  assert.equal([...records, ...near][0]?.body.title.en, 'Parents and data')
  assert.deepEqual(assistance.countries, [])
  const named = await search('радио в Того', { languages: ['ru'] })
  assert.deepEqual(
    named.records.map(({ body }: any) => body.title.en),
    ['Radio in Togo'],
  )
})
