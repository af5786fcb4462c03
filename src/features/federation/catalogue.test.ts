/** What programs of others find: the catalogue in DCAT, the lists of ResourceSync, the manifest, sitemaps with their dates. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { elementsOf, readXml } from '#codecs/xml/read-xml.ts'
import { parseVerifier } from '#codecs/tlog/signed-note.ts'
import { writeDump } from '#features/dump/dump.ts'
import { appWithStory } from '../../../test/story.ts'
import { validate } from '#kernel/schema.ts'
import { keyIn, Manifest } from './manifest.ts'

const node = await appWithStory()
const { get, as, id, app, folder } = node
const pathOf = (address: string) => new URL(address).pathname
const documentAt = async (address: string) => {
  const answer = await get(pathOf(address))
  assert.equal(answer.statusCode, 200, address)
  return readXml(answer.body)
}
const locationsIn = (root: ReturnType<typeof readXml>) => [...elementsOf(root, 'loc')].map(({ text }) => text)

test('a program goes from the well-known address to every record, and to what changed (ResourceSync)', async () => {
  const source = await documentAt('http://x/.well-known/resourcesync')
  const capabilities = await documentAt(locationsIn(source)[0]!)
  const [resources, changes] = locationsIn(capabilities)
  const list = await documentAt(locationsIn(await documentAt(resources!))[0]!)
  assert.deepEqual(locationsIn(list), [`http://localhost:80/records/${id}.json`])
  assert.equal((await get(pathOf(locationsIn(list)[0]!))).json().id, id)

  await as('curator')('records.translate', {
    id,
    revision: 1,
    language: 'fr',
    texts: { title: 'Le petit oiseau' },
    machine: false,
  })
  await as('curator')('records.withdraw', { id, revision: 2, reason: 'Twice' })
  const index = await documentAt(changes!)
  const changed = await documentAt(locationsIn(index).at(-1)!)
  const told = [...elementsOf(changed, 'url')].map(
    ({ children }) => children.find(({ name }) => name === 'rs:md')!.attributes.change,
  )
  assert.deepEqual(told, ['created', 'updated', 'deleted'])
  assert.deepEqual(
    locationsIn(await documentAt(locationsIn(await documentAt(resources!))[0]!)),
    [],
    'a withdrawn record is no resource',
  )
  await as('curator')('records.restore', { id, revision: 3, reason: 'Not twice' })
  for (const name of ['changelist-2.xml', 'changelist-0.xml', 'nothing.xml', 'constructor.xml', 'capabilitylist-1.xml'])
    assert.equal((await get(`/resourcesync/${name}`)).statusCode, 404, name)
})

test('the index of sitemaps says when each part changed', async () => {
  const index = await documentAt('http://x/sitemap.xml')
  for (const { children } of elementsOf(index, 'sitemap'))
    assert.equal(children.find(({ name }) => name === 'lastmod')!.text, '2026-01-02T03:04:05.000Z')
})

test('the catalogue and the files of its dump are told in DCAT, with checksums and licences', async () => {
  await writeDump(app.database.read, join(folder, 'dump'), {
    created: '2026-01-02T00:00:00.000Z',
    journal: (await get('/.well-known/qingdao.json')).json().journal,
    sources: [],
    title: 'Qingdao',
  })
  const answer = await get('/dcat.jsonld')
  assert.equal(answer.headers['content-type'], 'application/ld+json')
  const catalogue = answer.json()
  assert.equal(catalogue['@type'], 'dcat:Catalog')
  assert.ok(!JSON.stringify(catalogue['@context']).includes('jsonld"'), 'nothing has to be fetched to read it')
  const [dataset] = catalogue['dcat:dataset']
  const file = dataset['dcat:distribution'].find((one: Record<string, unknown>) => one['dcterms:title'] === 'resource')
  const fetched = await get(pathOf(file['dcat:downloadURL']['@id']))
  assert.equal(String(fetched.rawPayload.length), file['dcat:byteSize']['@value'])
  assert.match(file['spdx:checksum']['spdx:checksumValue']['@value'], /^[0-9a-f]{64}$/)
  for (const service of catalogue['dcat:service'])
    assert.equal((await get(pathOf(service['dcat:endpointDescription']['@id']))).statusCode, 200)
  assert.match((await get('/en')).body, /rel="describedby" type="application\/ld\+json" href="[^"]*\/dcat\.jsonld"/)
})

test('the manifest says who runs the node, what it speaks and with which keys it signs', async () => {
  await as('operator')('site.save', {
    revision: 0,
    body: {
      title: { en: 'What Works in Kenya' },
      originalLanguage: 'en',
      operatorName: { en: 'Ministry of Education' },
      legalBasis: { en: 'Basic Education Act' },
      reviewPolicy: { en: 'Two reviewers' },
      contactEmail: 'node@education.example',
    },
  })
  await app.log.follow()
  await app.runtime.services.appearance.read()
  const answer = await get('/.well-known/qingdao.json')
  assert.equal(answer.headers['access-control-allow-origin'], '*')
  const manifest = validate(Manifest, answer.json())
  assert.deepEqual(
    [manifest.name, manifest.operator, manifest.legalBasis, manifest.reviewPolicy, manifest.contact.email],
    [
      { en: 'What Works in Kenya' },
      { en: 'Ministry of Education' },
      { en: 'Basic Education Act' },
      { en: 'Two reviewers' },
      'node@education.example',
    ],
  )
  assert.match(manifest.log!.checkpoint, /^qingdao\/log\//)
  assert.deepEqual(keyIn(manifest.jwks.keys[0]!), parseVerifier(manifest.keys[0]!.verifier).publicKey)
  for (const { address } of manifest.speaks) assert.notEqual((await get(pathOf(address))).statusCode, 404, address)
})

test('every list of records has a feed that its page names', async () => {
  for (const path of [
    '/en',
    '/en/search?q=bird',
    '/en/approaches',
    '/en/lessons',
    '/en/policies',
    '/en/commitments',
    '/en/collections',
    '/en/open',
    '/en/changes',
  ]) {
    const { body } = await get(path)
    const [, address] =
      /<link rel="alternate" type="application\/atom\+xml"[^>]*href="([^"]+)"/.exec(body) ?? assert.fail(path)
    const feed = await get(address!.replace(/^https?:\/\/[^/]+/, '').replaceAll('&amp;', '&'))
    assert.match(String(feed.headers['content-type']), /atom\+xml/, path)
  }
})
