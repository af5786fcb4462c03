/** What one node gives as files, another takes in: whole, once, and without what its own people changed being lost. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { appendFileSync, cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { attachedFiles } from '#features/attachments/store.ts'
import { records } from '#records/store.ts'
import { freshFolder, problemOf, testApp, type TestApp } from '../../../test/app.ts'
import { png } from '../../../test/pictures.ts'
import { writeDump } from './dump.ts'
import { dumpIn, importDump } from './import-dump.ts'

const from = await testApp()
const to = await testApp()
const share = from.as('curator')

const picture = png(20, 10)
const file = createHash('sha256').update(picture).digest('hex')

/** As the form of a draft leaves it: the file is there, and known. */
async function keepPicture({ app, folder }: TestApp): Promise<void> {
  const path = join(folder, 'picture.png')
  writeFileSync(path, picture)
  await app.runtime.services.files.keep(path)
  const facts = { file, mediaType: 'image/png', bytes: picture.length, width: 20, height: 10, createdAt: '2026' }
  await app.database.write((tx) => attachedFiles(tx).add(facts))
  await app.database.write((tx) =>
    attachedFiles(tx).addOwner({ file, ownerId: 'curator', name: 'picture.png', at: '2026' }),
  )
}

async function dumpOf({ app }: TestApp): Promise<string> {
  const folder = join(freshFolder(), 'dump')
  await writeDump(app.database.read, folder, {
    created: '2026-01-02T00:00:00Z',
    journal: 1,
    sources: [],
    title: 'The node of Kenya',
    homepage: 'https://kenya.example',
    files: app.runtime.services.files,
  })
  return folder
}

async function take({ app, folder: data }: TestApp, folder: string, dryRun = false) {
  const description = (await dumpIn(folder)) ?? assert.fail('no dump')
  return importDump(folder, description, { perform: app.perform, scratch: join(data, 'uploads'), dryRun })
}

const heldBy = async ({ app }: TestApp, id: string) =>
  (await records(app.database.read).find(id)) ?? assert.fail('not here')

const body = (title: string) => ({
  title: { en: title },
  originalLanguage: 'en',
  purpose: { en: 'To listen' },
  procedure: { en: 'Meet at five' },
  attachments: [
    {
      file,
      name: 'picture.png',
      mediaType: 'image/png',
      bytes: picture.length,
      width: 20,
      height: 10,
      alternative: { en: 'A radio' },
    },
  ],
})

await keepPicture(from)
const first = (await share('building-blocks.share', body('A radio club'))) as { id: string }

test('records come in under their identifiers, with earlier versions, translations and attachments', async () => {
  await share('building-blocks.revise', { id: first.id, revision: 1, body: body('A radio club at school') })
  await share('records.translate', {
    id: first.id,
    revision: 2,
    language: 'fr',
    texts: { title: 'Un club radio' },
    machine: true,
  })
  const folder = await dumpOf(from)

  const tried = await take(to, folder, true)
  assert.equal(tried.counts.added, 1)
  assert.equal((await to.get(`/records/${first.id}`)).statusCode, 404, 'a dry run changes nothing')

  const { counts, attachments } = await take(to, folder)
  assert.deepEqual([counts.read, counts.added, counts.refused, attachments], [1, 1, 0, 1])
  const [there, here] = [await heldBy(from, first.id), await heldBy(to, first.id)]
  assert.deepEqual(here.body, there.body)
  assert.deepEqual(
    [here.revision, here.createdAt, here.changedAt, here.translations],
    [there.revision, there.createdAt, there.changedAt, there.translations],
  )
  assert.equal(here.translations['fr']?.machine, true)
  assert.deepEqual(here.origin, {
    identifier: `https://kenya.example/records/${first.id}`,
    url: `https://kenya.example/records/${first.id}`,
  })
  const versions = await records(to.app.database.read).versions(here.number)
  assert.deepEqual(
    versions.map(({ revision, body: { title } }) => [revision, title['en']]),
    [
      [2, 'A radio club at school'],
      [1, 'A radio club'],
    ],
  )
  await to.app.follow()
  const page = await to.get(`/fr/records/${first.id}`)
  assert.match(page.body, /Un club radio/)
  assert.match((await to.get(`/en/records/${first.id}/history`)).body, /A radio club/)
  const shown = await to.get(`/files/${file}/picture.png`)
  assert.equal(shown.statusCode, 200)
  assert.deepEqual(shown.rawPayload, picture)
  assert.deepEqual(readdirSync(join(to.folder, 'uploads')), [], 'nothing is left lying')
})

test('the same dump again changes nothing; a newer one goes on; what people here changed is left and said', async () => {
  const again = await take(to, await dumpOf(from))
  assert.deepEqual([again.counts.unchanged, again.counts.added, again.counts.changed], [1, 0, 0])

  const { revision } = await heldBy(from, first.id)
  await share('building-blocks.revise', { id: first.id, revision, body: body('Two radio clubs') })
  await share('building-blocks.revise', { id: first.id, revision: revision + 1, body: body('Three radio clubs') })
  const newer = await take(to, await dumpOf(from))
  assert.deepEqual([newer.counts.changed, newer.counts.added], [1, 0])
  const here = await heldBy(to, first.id)
  assert.equal(here.body.title['en'], 'Three radio clubs')
  const kept = (await records(to.app.database.read).versions(here.number)).map((one) => one.revision)
  assert.deepEqual(kept, [4, 3, 2, 1])

  await to.as('curator')('building-blocks.revise', { id: first.id, revision: 5, body: body('Ours') })
  await share('building-blocks.revise', { id: first.id, revision: 5, body: body('Four') })
  await share('building-blocks.revise', { id: first.id, revision: 6, body: body('Five') })
  const { counts, refused } = await take(to, await dumpOf(from))
  assert.deepEqual([counts.changed, counts.refused, refused[0]?.code], [0, 1, 'editedHere'])
  assert.equal((await heldBy(to, first.id)).body.title['en'], 'Ours')
})

test('a damaged dump is refused before anything of it is taken; a record that does not fit is said with its place', async () => {
  const folder = await dumpOf(from)
  const other = await testApp()
  const damaged = join(freshFolder(), 'damaged')
  cpSync(folder, damaged, { recursive: true })
  appendFileSync(join(damaged, 'building-block.jsonl.gz'), 'x')
  assert.equal(await problemOf(take(other, damaged)), 'dumpDamaged')
  assert.equal((await records(other.app.database.read).all(0, 10)).length, 0)

  const without = join(freshFolder(), 'without')
  cpSync(folder, without, { recursive: true })
  rmSync(join(without, 'attachments', file))
  assert.equal(await problemOf(take(other, without)), 'dumpDamaged')

  assert.equal(await dumpIn(freshFolder()), undefined)
})
