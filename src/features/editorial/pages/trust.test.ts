/** How far something was checked, and by whom: one place on a page, with a legend. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../../../test/app.ts'

const english = (title: string) => ({ title: { en: title }, originalLanguage: 'en' })

async function boxOf(plural: string, body: object) {
  const { as, get } = await testApp()
  const { id } = await as('curator')(`${plural}.share`, body)
  const page = (await get(`/records/${id}`)).body
  const box = /<section class="review[^]*?<\/section>/.exec(page)![0]
  return { page, box, words: box.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ') }
}

test('what the node and what the source checked stand side by side, each by its name, and nowhere else', async () => {
  const { words, page } = await boxOf('solutions', { ...english('Kolibri'), status: 'reviewed' })
  assert.match(
    words,
    /Review on this site \( ?Qingdao ?\) Not reviewed Checked at its source Verified digital public good/,
  )
  assert.match(words, /What these mean .*nobody here has reviewed it yet.*by its own rules/)
  assert.equal(page.match(/Verified digital public good/g)!.length, 1)
})

test('the strength of evidence stands there too, told apart from reviews', async () => {
  const { words } = await boxOf('studies', { ...english('A trial'), evidenceLevel: 'E5' })
  assert.match(words, /Not reviewed Strength of evidence E5 · sound randomised study/)
  assert.match(words, /It is independent of reviews/)
})

test('what nobody but the node checks says just that', async () => {
  const { words } = await boxOf('resources', { ...english('A story'), type: 'story', languages: ['en'] })
  assert.doesNotMatch(words, /source|Strength/)
})
