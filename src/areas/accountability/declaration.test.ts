/** The Declaration as a page: recommendations by area, what follows each, and who supports it. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { openFolder } from '#kernel/folder.ts'
import { importer, importSource } from '#records/sources/import.ts'
import { ingest } from '#records/sources/ingest.ts'
import { languages } from '#kernel/i18n/languages.ts'
import { testApp } from '../../../test/app.ts'
import { declaration } from './sources/declaration.ts'

async function withDeclaration() {
  const node = await testApp()
  const folder = await openFolder(join(import.meta.dirname, 'sources/declaration'))
  const { counts } = await importSource(declaration, folder, (rows) =>
    node.app.perform(ingest, importer('declaration'), { name: 'declaration', rows }),
  )
  await node.app.followOwn()
  return { node, counts }
}

test('the page shows all nine areas with their recommendations in six languages, credited as the licence asks', async () => {
  const { node, counts } = await withDeclaration()
  assert.deepEqual([counts.added, counts.refused], [13, 0])
  for (const language of languages) {
    const { statusCode, body } = await node.get(`/${language}/declaration`)
    assert.equal(statusCode, 200)
    assert.equal(body.match(/<section aria-labelledby="area-/g)!.length, 9)
    assert.match(body, /CC BY-SA 3\.0 IGO/)
    assert.doesNotMatch(body.slice(body.indexOf('<h1')), /<span lang="en"/, language)
  }
  const { body } = await node.get('/en/declaration')
  assert.match(body, /Incheon Declaration[^]*Sustainable Development Goal 4/)
  assert.match(body, /our summary in our own words/)
  const [first] = (await node.get('/api/search?kind=declaration-recommendation&sort=oldest')).json().records
  assert.match((await node.get(`/en/records/${first.id}`)).body, /not endorsed by UNESCO/)
})

test('commitments and practices of an area are counted beside what it asks for, and endorsers stand by type', async () => {
  const { node } = await withDeclaration()
  const curator = node.as('curator')
  const common = { originalLanguage: 'en', countries: ['KE'], areas: ['access'] }
  await curator('practices.share', { ...common, title: { en: 'Radio lessons' }, type: 'practice' })
  await curator('commitments.share', { ...common, title: { en: 'Connect schools' } })
  await curator('declaration-endorsements.share', {
    title: { en: 'Union of Teachers' },
    originalLanguage: 'en',
    stakeholder: 'teachers',
    countries: ['KE'],
    endorsedOn: '2025-05-25',
  })
  const { body } = await node.get('/en/declaration')
  assert.match(body, /id="area-access"[^]*href="\/en\/commitments\?area=access">Commitments \(1\)[^]*Practices \(1\)/)
  assert.match(body, /Teachers’ organisation \(1\)[^]*Union of Teachers[^]*25 May 2025/)
  assert.match((await node.get('/en/access')).body, /\/en\/declaration#area-access/)
})
