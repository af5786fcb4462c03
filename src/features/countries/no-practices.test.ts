/** Somebody looks for what was done in a country from which no practice is described yet. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../../test/app.ts'
import { practice } from '../../../test/practice.ts'

const text = (html: string) => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
const title = (en: string) => ({ title: { en }, originalLanguage: 'en' })

async function nodeWithMongolia() {
  const node = await testApp()
  const share = node.as('curator')
  await share('practices.share', { ...practice, ...title('Radio lessons in Korea'), countries: ['KR'] })
  await share('practices.share', { ...practice, ...title('Radio lessons in Kenya'), countries: ['KE'] })
  await share('practices.share', { ...practice, ...title('Tablets in Kenya'), countries: ['KE'] })
  await share('organisations.share', { ...title('A school for herders'), countries: ['MN'] })
  node.app.running.changed()
  return node
}

test('a search in a country without practices says so, and leads to those of its region and of the world', async () => {
  const { get } = await nodeWithMongolia()
  const { body } = await get('/en/search?country=MN')
  const said = text(body)
  assert.match(
    said,
    /There are no practices from Mongolia yet\. Practices from Eastern Asia 1 Practices from all countries 3/,
  )
  assert.match(said, /A school for herders/, 'what is from there is shown all the same')
  assert.match(body, /href="\/en\/search\?kind=practice&amp;region=030"/)
  assert.match(body, /href="\/en\/share\?kind=practice" rel="nofollow">Describe a practice from there/)
  assert.match(
    text((await get('/en/search?country=MN&kind=practice')).body),
    /There are no practices from Mongolia yet/,
  )
  assert.match(text((await get('/fr/search?country=MN')).body), /Mongolie : aucune pratique n’a encore été décrite/)
})

test('words that name the country are as good, and what else was asked goes along', async () => {
  const { get } = await nodeWithMongolia()
  const { body } = await get('/en/search?q=tablets+mongolia')
  assert.match(text(body), /There are no practices from Mongolia yet\. Practices from all countries 1 Describe/)
  assert.match(body, /href="\/en\/search\?q=tablets&amp;kind=practice"/)
  const nowhere = text((await get('/en/search?q=satellites+mongolia')).body)
  assert.match(
    nowhere,
    /yet\. Practices from Eastern Asia 1 Practices from all countries 3/,
    'no practice is of satellites',
  )
})

test('it is said of one country, where practices may be meant', async () => {
  const { get } = await nodeWithMongolia()
  for (const query of [
    'country=KE',
    'country=MN&country=KE',
    'country=MN&kind=organisation',
    'region=030',
    'q=radio+kenya',
    'country=XX',
  ])
    assert.doesNotMatch((await get(`/en/search?${query}`)).body, /There are no practices from/, query)
})
