/** What translators do, and what readers see of it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemOf, testApp, type TestApp } from '../../../test/app.ts'
import { person } from '../../../test/people.ts'

const practice = {
  title: { en: 'Radio lessons' },
  summary: { en: 'Lessons by radio.' },
  originalLanguage: 'en',
  type: 'practice',
  problemsMet: [{ trouble: { en: 'No batteries.' } }],
}
/** Awa, whom a curator trusts with French. */
async function trusted(app: TestApp) {
  const awa = await person(app, 'Awa', { language: 'fr' })
  await app.as('curator')('translators.appoint', { email: awa.email, language: 'fr' })
  return awa
}
const sentTo = (id: string, language = 'fr') => `/records/${id}/translate/${language}`

test('a translator sees the original beside the translation; readers see it in their language', async () => {
  const app = await testApp()
  const { id } = await app.as('curator')('practices.share', practice)
  const awa = await trusted(app)
  await awa.open(`/fr/records/${id}`)
  assert.match(awa.page, new RegExp(`href="/fr${sentTo(id)}"`))
  await awa.open(`/fr${sentTo(id)}`)
  assert.match(awa.page, /Lessons by radio\.[^]*<textarea[^>]*name="summary"[^>]*lang="fr"/)
  assert.match(awa.page, /Vous traduisez la version 1/)
  assert.match(
    awa.page,
    /<h1>Traduire\u00A0: français<\/h1>[^]*Langue de départ\u00A0: anglais · Langue d’arrivée\u00A0: français\./,
  )
  assert.match(awa.page, /Titre <span class="soft">\(français\)/)
  const given = {
    title: 'Leçons à la radio',
    summary: 'Des leçons par radio.',
    'problemsMet.0.trouble': 'Plus de piles.',
  }
  await awa.send(sentTo(id), { ...given, machine: 'true' })
  assert.match(awa.page, /<h1>Leçons à la radio<\/h1>/)
  assert.match(awa.page, /Plus de piles\./, 'texts within rows are translated too')
  assert.match((await app.get(`/fr/records/${id}`)).body, /Ceci est une traduction automatique/)
  assert.match((await app.get('/fr/search?q=radio')).body, /class="mark">Traduction automatique/, 'in lists too')
  assert.match((await app.get(`/fr/records/${id}/history`)).body, /Traduction\u00A0: Awa · français/)
  await awa.open(`/fr/records/${id}`)
  await awa.open(`/fr${sentTo(id)}`)
  await awa.send(sentTo(id), { machine: 'false' })
  assert.doesNotMatch((await app.get(`/fr/records/${id}`)).body, /class="warning"/, 'somebody looked it over')
  await awa.open(`/fr/records/${id}`)
  assert.ok(!awa.page.includes(sentTo(id)), 'nothing is left to do')
})

test('who reads in the language of the original finds the languages that are missing, chooses one, and reads that it is saved', async () => {
  const app = await testApp()
  const curator = app.as('curator')
  const { id } = await curator('practices.share', practice)
  await curator('records.translate', {
    id,
    language: 'es',
    revision: 1,
    texts: { title: 'Clases por radio', summary: 'Clases por radio.', 'problemsMet.0.trouble': 'Sin pilas.' },
  })
  assert.doesNotMatch((await app.get(`/en/records/${id}`)).body, /Translate into/, 'for people with an account')
  const awa = await trusted(app)
  await awa.open(`/en/records/${id}`)
  assert.match(awa.page, /Translate into:[^]*translate\/fr"[^>]*>French[^]*Arabic<\/a> · <a[^>]*>another language/)
  assert.doesNotMatch(awa.page, /translate\/es"/, 'what is translated is not offered')

  await awa.open(`/en/records/${id}/translate`)
  assert.match(awa.page, /Which language will you translate into\?/)
  assert.match(awa.page, /English · <span class="soft">original/)
  assert.match(awa.page, /Spanish<\/a>[^·]*· <span class="soft">translated/)
  assert.match(awa.page, /French<\/a>[^·]*· <span class="soft">no translation yet/)
  await awa.open(`/en/records/${id}/translate?language=swahili`)
  assert.match(awa.at, /\/translate\/sw$/, 'any language by its name')
  assert.equal((await awa.open(`/en/records/${id}/translate?language=Blah`)).status, 422)
  assert.match(awa.page, /is not the name or code of a language/)

  await awa.open(`/en${sentTo(id)}`)
  await awa.send(sentTo(id), { title: 'Leçons à la radio' })
  assert.match(awa.page, /role="status">The translation is published\. Language: French\. <a href="\/fr\/records/)
})

test('a translation from an older version is marked, and the translator sees what changed', async () => {
  const app = await testApp()
  const curator = app.as('curator')
  const { id } = await curator('practices.share', practice)
  const texts = { title: 'Leçons à la radio', summary: 'Des leçons par radio.' }
  await curator('records.translate', { id, language: 'fr', revision: 1, texts })
  const { body } = await curator('records.read', { id })
  const summary = { ...body.summary, en: 'Lessons by radio, with sheets.' }
  await curator('practices.revise', { id, revision: 2, body: { ...body, summary } })
  assert.match((await app.get(`/fr/records/${id}`)).body, /class="warning"/)
  assert.match((await app.get('/fr/search?q=radio')).body, /class="mark">Traduction d’une version antérieure/)
  const awa = await trusted(app)
  await awa.open(`/fr/records/${id}`)
  assert.match(awa.page, /Mettre la traduction à jour/)
  await awa.open(`/fr${sentTo(id)}`)
  assert.match(awa.page, /<del>[^]*Lessons by radio\.[^]*<\/del>/)
  assert.equal(awa.page.match(/<del>/g)!.length, 1, 'only what changed is marked')
  await awa.send(sentTo(id), { summary: 'Des leçons par radio, avec des fiches.' })
  assert.doesNotMatch((await app.get(`/fr/records/${id}`)).body, /class="warning"/)
})

test('nothing typed is lost when the record changes meanwhile', async () => {
  const app = await testApp()
  const curator = app.as('curator')
  const { id } = await curator('practices.share', practice)
  const awa = await trusted(app)
  await awa.open(`/fr${sentTo(id)}`)
  await curator('practices.revise', { id, revision: 1, body: { ...practice, title: { en: 'Radio' } } })
  const late = await awa.send(sentTo(id), { title: 'Leçons à la radio' })
  assert.equal(late.status, 409)
  assert.match(late.body, /Leçons à la radio<\/textarea>/)
  await awa.send(sentTo(id), { title: 'La radio' })
  assert.match(awa.page, /<h1>La radio<\/h1>/)
})

test('only people with an account translate, into another language, and only texts that there are', async () => {
  const app = await testApp()
  const curator = app.as('curator')
  const { id } = await curator('practices.share', practice)
  const asked = { id, language: 'fr', revision: 1 }
  assert.equal((await app.get(`/fr${sentTo(id)}`)).statusCode, 303)
  assert.equal(await problemOf(app.as()('records.translate', { ...asked, texts: { title: 'x' } })), 'unauthenticated')
  for (const place of ['nothing', 'problemsMet.7.trouble', 'problemsMet', 'title.en', '__proto__'])
    assert.equal(await problemOf(curator('records.translate', { ...asked, texts: { [place]: 'x' } })), 'invalid', place)
  const awa = await person(app, 'Awa')
  for (const language of ['en', '%3Cb%3E', 'a'.repeat(60)])
    assert.equal((await awa.open(`/en${sentTo(id, language)}`)).status, 404, language)
  await awa.open(`/en${sentTo(id)}`)
  assert.equal((await awa.send(sentTo(id), { title: ' ' })).status, 422, 'an empty translation is none')
})
