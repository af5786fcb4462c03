/** Demonstrations: marked wherever they are seen, kept from search and from other programs, counting for nothing, and gone at a press. */
import assert from 'node:assert/strict'
import { gunzipSync } from 'node:zlib'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { sources } from '#app'
import { openFolder } from '#kernel/folder.ts'
import { languages } from '#kernel/i18n/languages.ts'
import { journalAfter, journalHead } from '#kernel/journal.ts'
import { vouchedBy } from '#areas/recognition/index.ts'
import { writeDump } from '#features/dump/dump.ts'
import { entriesOf } from '#features/transparency/derive.ts'
import { importer, importSource } from '#records/sources/import.ts'
import { ingest } from '#records/sources/ingest.ts'
import { doJob, freshFolder, problemOf, testApp } from '../../../test/app.ts'
import { person } from '../../../test/people.ts'
import { visitor } from '../../../test/visitor.ts'

const source = sources.get('demonstrations')!
const folder = join(import.meta.dirname, '../../areas/recognition/sources/demonstrations')

async function withDemonstrations() {
  const node = await testApp({ now: () => new Date('2026-11-28T00:00:00Z') })
  const { counts } = await importSource(source, await openFolder(folder), (rows) =>
    node.app.perform(ingest, importer(source.name), { name: source.name, rows }),
  )
  assert.deepEqual([counts.added, counts.refused], [10, 0])
  await node.app.followOwn()
  const { records } = await node.as()('demonstrations.list', {})
  assert.equal(records.length, 10)
  const named = (kind: string, part = '') =>
    records.find(
      (one: { kind: string; body: { title: { en: string } } }) => one.kind === kind && one.body.title.en.includes(part),
    )
  return { ...node, records, named }
}
/** All tests that only read look at the same one. */
const node = await withDemonstrations()
const { records, named } = node

test('each says that it is no real one: in its title in all languages, on its page, in lists and by the API', async () => {
  for (const { id, body, origin } of records) {
    assert.equal(origin.isDemonstration, true)
    assert.deepEqual(Object.keys(body.title).toSorted(), [...languages].toSorted())
    assert.match(body.title.en, /^Demonstration.*\(not real\)$/)
    const { body: page } = await node.get(`/en/records/${id}`)
    assert.match(page, /class="mark demonstration">Demonstration<[^]*class="warning">This is a demonstration/)
    assert.match(page, /<meta name="robots" content="noindex/)
    assert.doesNotMatch(page, /application\/ld\+json/)
    assert.match((await node.get(`/ar/records/${id}`)).body, /class="mark demonstration">عرض توضيحي</)
    assert.match((await node.get(`/api/records/${id}`)).body, /"isDemonstration":true/)
  }
  const all = (await node.get('/en/demonstrations')).body
  assert.equal(all.match(/class="mark demonstration"/g)?.length, 10)
  assert.match((await node.get('/en/recognition')).body, /href="\/en\/demonstrations"/)
  assert.doesNotMatch((await node.get('/en/open')).body, /href="\/en\/demonstrations"/)
})

test('a node that has some is complete: search is not expected to find them', async () => {
  const { search } = (await node.get('/ready')).json()
  assert.equal(search.complete, true, JSON.stringify(search))
})

test('decisions and lists look as real ones do, and are marked there too', async () => {
  const university = (await node.get(`/en/records/${named('organisation', 'University').id}`)).body
  assert.match(university, /id="quality"[^]*data-state="valid"[^]*mark demonstration/)
  assert.match(university, /data-state="ended"/)
  const lists = (await node.get('/en/recognition/trust-lists')).body
  assert.match(lists, /mark demonstration[^]*Demonstration trust list \(not real\)/)
  assert.doesNotMatch(lists, /signed\.json/)
})

test('search, the sitemap, harvesters, feeds, dumps, packs and the log leave them out', async () => {
  const real = await node.as('curator')('organisations.share', {
    title: { en: 'A real demonstration school' },
    originalLanguage: 'en',
  })
  await node.app.followOwn()
  const { records: found } = await node.as()('search', { q: 'demonstration' })
  assert.deepEqual(
    found.map(({ id }: { id: string }) => id),
    [real.id],
  )
  await doJob(node.app, 'oai-pmh')
  const told = await Promise.all(
    [
      '/sitemaps/1.xml',
      '/oai?verb=ListIdentifiers&metadataPrefix=oai_dc',
      '/en/changes.atom?imports=true',
      '/resourcesync/resourcelist-1.xml',
      '/resourcesync/changelist-1.xml',
    ].map(async (address) => {
      const { statusCode, body } = await node.get(address)
      assert.equal(statusCode, 200, address)
      return { address, body }
    }),
  )
  const dumped = join(freshFolder(), 'dump')
  const { resources } = await writeDump(node.app.database.read, dumped, {
    created: '2026-01-02T03:04:05.000Z',
    journal: await journalHead(node.app.database.read),
    sources: [...sources.values()],
    title: 'Qingdao',
  })
  const lines = resources.map(({ path }) => gunzipSync(readFileSync(join(dumped, path))).toString()).join('\n')
  for (const { address, body } of [...told, { address: 'dump', body: lines }]) {
    assert.ok(body.includes(real.id), `${address} has the real one`)
    for (const { id } of records) assert.ok(!body.includes(id), `${address} has no demonstration`)
  }
  for (const { id } of records) assert.equal((await node.get(`/records/${id}/signed.json`)).statusCode, 404)
  const journal = await journalAfter(node.app.database.read, 0, 100)
  const entries = await entriesOf(node.app.database.read, 'test', journal, '')
  assert.deepEqual([journal.length, entries.length], [11, 1])
})

test('they vouch for nobody, no list of theirs is signed, and none is verified as an issuer, labelled or endorsed', async () => {
  const did = 'did:web:university.demonstration.invalid'
  assert.equal(await vouchedBy(node.app.database.read, did, '2026-06-01'), undefined)
  assert.equal((await node.get(`/trust-lists/${named('trust-list').id}/signed.json`)).statusCode, 404)
  const { id } = named('organisation', 'University')
  assert.equal(await problemOf(node.as('curator')('issuers.verify', { id })), 'recordNotFound')
  const { id: decision } = named('quality-decision', 'accreditation of the Demonstration University')
  assert.equal(await problemOf(node.as('curator')('quality-labels.issue', { decision })), 'recordNotFound')
  const reader = visitor(node)
  const { body } = await reader.open('/en/verify')
  const credential = /name="credential" value="([^"]+)"/.exec(body)![1]!.replaceAll('&quot;', '"')
  const told = (await reader.send('/verify', { credential })).body
  assert.match(told, /Demonstration University \(not real\)/)
  assert.match(
    told.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' '),
    /Recognition of the issuer Could not be checked/,
  )
})

test('a curator takes them all away at a press and brings them back; nobody else may', async () => {
  const node = await withDemonstrations()
  assert.doesNotMatch((await node.get('/en/demonstrations')).body, /demonstrations\/remove/)
  assert.equal(await problemOf(node.as('contributor')('demonstrations.remove', {})), 'forbidden')
  const curator = await person(node, 'Chen', { roles: ['curator'] })
  assert.match((await curator.open('/en/demonstrations')).body, /Remove all demonstrations/)
  await curator.send('/demonstrations/remove')
  await node.app.followOwn()
  const gone = await curator.open('/en/demonstrations')
  assert.match(gone.body, /There are no demonstrations here[^]*Bring the demonstrations back/)
  for (const { id } of node.records) assert.equal((await node.get(`/en/records/${id}`)).statusCode, 410)
  assert.doesNotMatch((await node.get('/en/recognition')).body, /href="\/en\/demonstrations"/)
  assert.deepEqual(await node.as('curator')('demonstrations.restore', {}), { restored: 10 })
  await node.app.followOwn()
  assert.equal((await node.get(`/en/records/${node.records[0].id}`)).statusCode, 200)
})
