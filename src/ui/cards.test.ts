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
