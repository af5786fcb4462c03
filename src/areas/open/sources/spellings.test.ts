/** One address that lists spell in several ways is one record, in whichever file a spelling stands. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ingest } from '#records/sources/ingest.ts'
import { importer, importSource, keeping } from '#records/sources/import.ts'
import { records } from '#records/store.ts'
import type { App } from '#app'
import { testApp } from '../../../../test/app.ts'
import { folderOf } from '../../../../test/collection.ts'
import { programmingLists } from './programming-lists.ts'

const list = (heading: string, address: string) => ({
  'books/free-programming-books-fr.md': `### ${heading}\n* [A book](${address}) - Somebody\n`,
})
const spellings = [
  'https://a.example/book',
  'http://a.example/book/',
  'https://www.a.example/book',
  'http://www.A.example/book',
]

async function bring(app: App, files: Record<string, string>) {
  const take = keeping((operation, actor, input) => app.perform(operation, actor, input), ingest, programmingLists.name)
  return (await importSource(programmingLists, folderOf(files), take)).counts
}
const held = (app: App) => records(app.database.read).all(0, 100)

test('each spelling adds what its list says to one record', async () => {
  const { app } = await testApp()
  for (const [index, address] of spellings.entries()) await bring(app, list(`Heading ${index}`, address))
  const [record, ...others] = await held(app)
  assert.equal(others.length, 0)
  assert.equal((record!.body['keywords'] as { fr: string[] }).fr.length, spellings.length)
})

test('a record that is held under a spelling keeps its identifier', async () => {
  const { app } = await testApp()
  const identifier = 'https://github.com/EbookFoundation/free-programming-books#books/fr/http://www.a.example/book/'
  const body = {
    title: { fr: 'A book' },
    originalLanguage: 'fr',
    type: 'book',
    url: 'http://www.a.example/book/',
    languages: ['fr'],
    areas: ['open'],
  }
  const { name } = programmingLists
  await app.perform(ingest, importer(name), { name, rows: [{ place: 'seed', kind: 'resource', identifier, body }] })
  const { added, changed } = await bring(app, list('C', 'https://a.example/book'))
  assert.deepEqual([added, changed], [0, 1])
  const [record, ...others] = await held(app)
  assert.equal(others.length, 0)
  assert.equal(record!.origin!.identifier, identifier)
})
