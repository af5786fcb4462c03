/** Links with a name alone, as readers meet them in lists and on their pages. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '../../test/app.ts'

const link = {
  title: { en: 'Learn radio' },
  originalLanguage: 'en',
  type: 'book',
  languages: ['en'],
  url: 'https://example.org/radio',
}

async function appWithBoth() {
  const app = await testApp()
  const share = async (body: object): Promise<string> => (await app.as('curator')('resources.share', body)).id
  const bare = await share(link)
  const described = await share({
    ...link,
    url: 'https://example.org/better',
    description: { en: 'A course on broadcasting for schools.' },
  })
  return { ...app, bare, described }
}

test('what is described comes before a link with a name alone, which says in the list what it is', async () => {
  const { as, get, bare, described } = await appWithBoth()
  const { records } = await as()('search', { q: 'learn radio' })
  assert.deepEqual(
    records.map(({ id }: { id: string }) => id),
    [described, bare],
  )
  const { body } = await get('/search?q=learn+radio')
  assert.equal(body.match(/No description yet: only a name and a link/g)!.length, 1)
})

test('the explanation of its place says that it comes up a quarter less readily', async () => {
  const { as, bare, described } = await appWithBoth()
  const prominence = async (id: string) => (await as()('search.explain', { q: 'radio', id })).prominence
  assert.equal((await prominence(bare)) / (await prominence(described)), 0.75)
})

test('a page without a description says so, and whether a licence is missing too', async () => {
  const { as, get, bare, described } = await appWithBoth()
  assert.match(
    (await get(`/records/${bare}`)).body,
    /There is no description on this site yet, only a name and a link\./,
  )
  assert.doesNotMatch((await get(`/records/${described}`)).body, /nobody has described it/i)
  const { id } = await as('curator')('resources.share', { ...link, url: 'https://example.org/3', licence: 'CC-BY-4.0' })
  assert.match((await get(`/records/${id}`)).body, /There is no description on this site yet/)
})
