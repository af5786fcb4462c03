/** Records in lists, as readers of another language and direction see them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../test/app.ts'

test('on an Arabic page the English beginning of a card runs from left to right, its full stop at its end', async () => {
  const { as, get } = await testApp()
  const english = { title: { en: 'Radio in Mali' }, originalLanguage: 'en' }
  await as('curator')('studies.share', { ...english, citation: 'Diallo, A. Radio in Mali. March 2019.' })
  await as('curator')('studies.share', {
    title: { ar: 'الإذاعة في مالي' },
    originalLanguage: 'ar',
    citation: 'Radio in Mali. March 2020.',
  })
  const { body } = await get('/ar/search?q=Mali&kind=study')
  assert.match(body, /<p><bdi lang="en">Diallo, A\. Radio in Mali\. March 2019\.<\/bdi><\/p>/)
  assert.match(body, /<p><bdi>Radio in Mali\. March 2020\.<\/bdi><\/p>/)
})

test('the French beginning of a card keeps its no-break spaces, so that no line begins with a colon', async () => {
  const { as, get } = await testApp()
  const summary = { fr: 'Des leçons  à la\nradio\u00a0: qui écoute\u202f?' }
  await as('curator')('practices.share', { title: { fr: 'Radio' }, originalLanguage: 'fr', type: 'practice', summary })
  const { body } = await get('/fr/search?q=radio&kind=practice')
  assert.match(body, /Des leçons à la radio\u00a0: qui écoute\u202f\?/)
})

test('under a title that begins with its code the code is not said again', async () => {
  const { as, get } = await testApp()
  const share = async (kind: string, title: string, more: object) =>
    (await as('curator')<{ id: string }>(`${kind}.share`, { title: { en: title }, originalLanguage: 'en', ...more })).id
  const framework = await share('frameworks', 'Skills', { uri: 'urn:skills', areas: ['quality'] })
  for (const [code, title] of [
    ['C.3', 'C.3 Zorblax with others'],
    ['4', '42 ways to zorblax'],
  ])
    await share('competencies', title!, { code, uri: `urn:skills:${code}`, framework, levels: ['1'] })
  const { body } = await get('/en/search?q=zorblax&kind=competency')
  const facts = [...body.matchAll(/<p class="facts">(.*?)<\/p>/g)].map(([, line]) => line!.replaceAll(/<[^>]+>/g, ''))
  assert.deepEqual(facts.sort(), ['4 · Primary education', 'Primary education'])
})

test('a card names a language without its country, unless it is one that is written otherwise from country to country', async () => {
  const { as, get } = await testApp()
  for (const [language, title] of [
    ['en-US', 'Radio for all'],
    ['pt-BR', 'Radio para todos'],
    ['zh-Hant-HK', '廣播 radio'],
    ['es-MX', 'Radio abierta'],
  ])
    await as('curator')('resources.share', {
      title: { [language!]: title },
      originalLanguage: language,
      type: 'book',
      languages: language === 'en-US' ? ['en-US', 'en-GB'] : [language],
    })
  const { body } = await get('/fr/search?q=radio&kind=resource')
  const facts = [...body.matchAll(/<p class="facts">(.*?)<\/p>/g)].map(([, line]) => line!.replaceAll(/<[^>]+>/g, ''))
  assert.deepEqual(facts.sort(), [
    'Livre · Anglais',
    'Livre · Chinois (traditionnel, R.A.S. chinoise de Hong Kong)',
    'Livre · Espagnol',
    'Livre · Portugais brésilien',
  ])
  assert.match(body, /<span class="mark">En anglais<\/span>/)
})
