/** “May I print it?”, as a teacher with a phone sees it answered. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../test/app.ts'

async function answersFor(more: object): Promise<{ answers: Record<string, string>; page: string }> {
  const { as, get } = await testApp()
  const { id } = await as('curator')('resources.share', {
    title: { en: 'The moon' },
    originalLanguage: 'en',
    type: 'story',
    languages: ['en'],
    url: 'https://example.org/moon',
    access: 'free',
    ...more,
  })
  const page = (await get(`/records/${id}`)).body
  const box = /<section class="may"[^]*?<\/section>/.exec(page)![0]
  const pairs = [...box.matchAll(/<dt>([^<]*)<\/dt>\s*<dd>([^<]*)<\/dd>/g)].map(([, act, answer]) => [act!, answer!])
  return { answers: Object.fromEntries(pairs), page }
}

test('what the licence permits is said above everything else, in a few words each', async () => {
  const { answers, page } = await answersFor({ licence: 'CC-BY-4.0' })
  assert.deepEqual(answers, {
    'Read it?': 'Yes, free of charge',
    'Print it?': 'Yes, and share copies',
    'Change it?': 'Yes, crediting the authors',
    'Sell it?': 'Yes, crediting the authors',
  })
  assert.ok(page.indexOf('class="may"') < page.indexOf('>Facts<'))
  assert.match(page, /<a class="button *" href="https:\/\/example.org\/moon" rel="external">Open<\/a>/)
})

test('what it forbids or asks for is said as well', async () => {
  const strict = (await answersFor({ licence: 'CC-BY-NC-ND-4.0' })).answers
  assert.deepEqual([strict['Change it?'], strict['Sell it?']], ['No, not allowed', 'No, not for profit'])
  const alike = (await answersFor({ licence: 'CC-BY-NC-SA-4.0' })).answers
  assert.equal(alike['Change it?'], 'Yes, under the same licence')
  const reserved = (await answersFor({ licence: 'all-rights-reserved' })).answers
  assert.equal(reserved['Print it?'], 'Not without permission')
})

test('where no licence is stated, nothing is promised', async () => {
  const { answers } = await answersFor({ access: 'free-registration' })
  assert.deepEqual(Object.values(answers), [
    'Yes, after signing up',
    'Ask the owner first',
    'Ask the owner first',
    'Ask the owner first',
  ])
})

test('what is run is used and copied rather than read and printed', async () => {
  const { answers } = await answersFor({ type: 'simulation', licence: 'CC-BY-4.0' })
  assert.deepEqual(Object.keys(answers), ['Use it?', 'Copy it?', 'Change it?', 'Sell it?'])
})

test('a text that the node carries is a step away', async () => {
  const { answers, page } = await answersFor({ licence: 'CC-BY-4.0', fullText: { en: 'The moon rose.' } })
  assert.equal(answers['Read it?'], 'Yes, on this page')
  assert.match(page, /href="#text">Read it here<[^]*<section class="story" id="text">/)
})
