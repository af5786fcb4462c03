/** Somebody brings what another program wrote, and matches the columns of a list of theirs once for every year. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drafts } from '#features/editorial/drafts/store.ts'
import { testApp } from '../../../test/app.ts'
import { person } from '../../../test/people.ts'

const app = await testApp()
const amina = await person(app, 'Amina')

async function bring(name: string, content: string, kind: string) {
  await amina.open('/en/sheets')
  const page = await amina.send(
    '/sheets',
    { kind, language: 'en' },
    { files: { file: { name, content, type: 'text/plain' } } },
  )
  return { ...page, id: /\/sheets\/([0-9a-z]{16})/.exec(amina.at)?.[1] ?? '' }
}
const plain = (body: string) => body.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
/** The fields that are chosen for columns, by the names of these. */
const chosenIn = (body: string) =>
  Object.fromEntries(
    [...body.matchAll(/<legend>[A-Z]+: <bdi>([^<]*)<\/bdi>[^]*?<select[^]*?<\/select>/g)].map(([all, name]) => [
      name!,
      /value="([^"]*)" selected/.exec(all)?.[1] ?? '',
    ]),
  )

test('references exported from Zotero become drafts of studies, with authors, journal and year', async () => {
  const { body, id } = await bring(
    'my library.bib',
    '@article{a, author = {Angrist, Noam and {World Bank}}, title = {Low-tech when school is out}, journal = {Nature}, year = 2022, doi = {10.1038/x}, type = {paper}}\n@book{b, author = {Doe, Jane}, title = {Second}, year = {2001}}',
    'study',
  )
  assert.match(plain(body), /my library\.bib · BibTeX · 2 rows/)
  const chosen = chosenIn(body)
  assert.deepEqual(
    ['title', 'author family', 'container-title', 'year', 'DOI', 'author'].map((name) => chosen[name]),
    ['title', 'authors.name', 'container', 'year', 'identifiers', ''],
  )
  const columns = Object.fromEntries(
    [...body.matchAll(/name="(columns\.\d+)"[^]*?<\/select>/g)].map(([all, name]) => [
      name!,
      /value="([^"]*)" selected/.exec(all)?.[1] ?? '',
    ]),
  )
  const preview = await amina.send(`/sheets/${id}/columns`, columns)
  assert.match(plain(preview.body), /2 rows can be imported/)
  await amina.send(`/sheets/${id}/start`)
  let made = await drafts(app.app.database.read).ofPerson(amina.id)
  while (made.length < 2) made = await drafts(app.app.database.read).ofPerson(amina.id)
  const first = made.map(({ body: one }) => one as Record<string, unknown>).find((one) => one['year'] === 2022)!
  assert.deepEqual(first['title'], { en: 'Low-tech when school is out' })
  assert.deepEqual(first['authors'], [{ name: 'Angrist', given: 'Noam' }, { name: 'World Bank' }])
  assert.equal(first['container'], 'Nature')
})

test('a file that is neither a table nor metadata is refused on its page, with what to do', async () => {
  const { body, status } = await bring('page.html', '<!doctype html><p>Nothing is described here</p>', 'course')
  assert.equal(status, 422)
  assert.match(plain(body), /of a format that is not known here.*export it as BibTeX, RIS, CSL-JSON or JSON/)
  const broken = await bring('dump.json', '{"records": [', 'course')
  assert.equal(broken.status, 422)
})

test('a mapping saved under a name is used for the next file with these columns, in whatever order, and can be deleted', async () => {
  const first = await bring('2025.csv', 'What,Place,Remark\nRadio lessons,Kenya,mine\n', 'practice')
  await amina.send(`/sheets/${first.id}/columns`, {
    'columns.0': 'title',
    'columns.1': 'countries',
    'columns.2': '',
    separator: ';',
    language: 'en',
    keepAs: 'Our yearly list',
  })
  const next = await bring('2026.csv', 'Place,Remark,What,Donor\nGhana,mine,Tablets,UNICEF\n', 'practice')
  assert.match(plain(next.body), /The saved mapping “Our yearly list” was used/)
  const chosen = chosenIn(next.body)
  assert.deepEqual([chosen['Place'], chosen['Remark'], chosen['What']], ['countries', '', 'title'])

  const other = await bring('other.csv', 'Name,Country\nX,Mali\n', 'practice')
  assert.doesNotMatch(plain(other.body), /The saved mapping/)
  const asked = await amina.send(`/sheets/${other.id}/mapping`, { name: 'Our yearly list' })
  assert.match(plain(asked.body), /The saved mapping “Our yearly list” was used/)

  const list = await amina.open('/en/sheets')
  assert.match(plain(list.body), /Your saved column mappings.*Our yearly list/)
  const without = await amina.send('/sheets/mappings/delete', { kind: 'practice', name: 'Our yearly list' })
  assert.doesNotMatch(plain(without.body), /Your saved column mappings/)
})
