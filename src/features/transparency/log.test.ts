import assert from 'node:assert/strict'
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { importer } from '#records/sources/import.ts'
import { ingest } from '#records/sources/ingest.ts'
import { openApp } from '#app'
import { problemOf, testApp } from '../../../test/app.ts'
import { parseCheckpoint } from '#codecs/tlog/checkpoint.ts'
import type { ProofAnswer } from './operations.ts'
import { verifyLog } from './verify-log.ts'
import { folderSource } from './source.ts'
import { tryLock } from '#kernel/database/file-lock.ts'

const book = (title: string) => ({
  title: { en: title },
  originalLanguage: 'en',
  type: 'book',
  languages: ['en'],
})
const rows = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    place: `rows:${i}`,
    kind: 'resource',
    identifier: `https://example.org/${i}`,
    body: book(`Row ${i}`),
  }))
const checkpointOf = (folder: string) => parseCheckpoint(readFileSync(join(folder, 'checkpoint'), 'utf8'))
const wrongIn = async (folder: string) =>
  (await verifyLog(folderSource(folder))).findings.filter(({ state }) => state === 'bad').map(({ step }) => step)

test('each version that is published is an entry, in order, with the digest of its text and nobody’s name', async () => {
  const { app, as } = await testApp()
  const { id } = await as('curator')('resources.share', book('Lantern'))
  await as('curator')('records.translate', { id, language: 'fr', revision: 1, texts: { title: 'Lanterne' } })
  await as('curator')('records.withdraw', { id, revision: 2, reason: 'A mistake' })
  await as('curator')('records.restore', { id, revision: 3, reason: 'It was none' })
  await app.log.follow()

  const { newest, size } = await as()('checkpoint.read', {})
  assert.equal(size, 4)
  assert.deepEqual(
    newest.map(({ action }: { action: string }) => action),
    ['restore', 'withdraw', 'translate', 'share'],
  )
  const bundle = readFileSync(join(app.log.folder, 'tile/entries/000.p/4'), 'utf8')
  assert.doesNotMatch(bundle, /contributor|curator|Lantern/)
  assert.deepEqual(await wrongIn(app.log.folder), [])
})

test('what was just published waits for the next checkpoint, and then has its proof', async () => {
  const { app, as } = await testApp()
  await app.log.follow()
  const { id } = await as('curator')('resources.share', book('Lantern'))
  const before: ProofAnswer = await as()('records.proof', { id })
  assert.deepEqual([before.state, before.entered], ['waiting', undefined])
  await app.log.follow()
  const after: ProofAnswer = await as()('records.proof', { id })
  assert.equal(after.state, 'entered')
  assert.deepEqual([after.entered!.index, after.entered!.entry.record], [0, id])
  assert.equal(await problemOf(as()('records.proof', { id, revision: 9 })), 'versionNotFound')
})

test('a thousand that come at once are entered, and each is found', async () => {
  const { app, as } = await testApp()
  await app.perform(ingest, importer('phet-simulations'), { name: 'phet-simulations', rows: rows(1_500) })
  await app.log.follow()
  assert.equal(checkpointOf(app.log.folder).size, 1_500)
  assert.deepEqual(await wrongIn(app.log.folder), [])
  const { records } = await as()('resources.list', { limit: 30 })
  for (const { id } of records) assert.equal((await as()('records.proof', { id })).entered.entry.record, id)
})

test('the key is the owner’s alone and is kept out of the database and of the served folder', async () => {
  const { app, folder } = await testApp()
  await app.log.follow()
  const [name] = readdirSync(join(folder, 'keys')).filter((one) => one.endsWith('.json'))
  const secret = readFileSync(join(folder, 'keys', name!), 'utf8')
  assert.match(secret, /PRIVATE\+KEY/)
  if (process.platform !== 'win32') {
    assert.equal(statSync(join(folder, 'keys', name!)).mode & 0o777, 0o600)
    assert.equal(statSync(join(folder, 'keys')).mode & 0o777, 0o700)
  }
  assert.doesNotMatch(readFileSync(join(app.log.folder, 'keys'), 'utf8'), /PRIVATE/)
})

test('a log that was lost is made again from the journal, the same to the byte', async () => {
  const { app, as } = await testApp()
  for (const title of ['One', 'Two', 'Three']) {
    await as('curator')('resources.share', book(title))
    await app.log.follow()
  }
  const copy = `${app.log.folder}.copy`
  cpSync(app.log.folder, copy, { recursive: true })
  rmSync(app.log.folder, { recursive: true })
  assert.deepEqual(await app.log.rebuild(), { size: 3, mended: 2 })
  for (const file of ['checkpoint', 'keys', 'tile/0/000.p/3', 'tile/entries/000.p/3'])
    assert.deepEqual(readFileSync(join(app.log.folder, file)), readFileSync(join(copy, file)), file)
  assert.deepEqual(await app.log.rebuild(), { size: 3, mended: 0 })
})

test('damaged files are found by doctor’s look and mended by rebuild', async () => {
  const { app } = await testApp()
  await app.perform(ingest, importer('phet-simulations'), { name: 'phet-simulations', rows: rows(300) })
  await app.log.follow()
  const tile = join(app.log.folder, 'tile/0/000')
  writeFileSync(tile, readFileSync(tile).fill(1, 40, 50))
  assert.notDeepEqual(await wrongIn(app.log.folder), [])
  assert.deepEqual(await app.log.rebuild(), { size: 300, mended: 1 })
  assert.deepEqual(await wrongIn(app.log.folder), [])
})

test('rebuilding mends a damaged checkpoint, and does not go back to an older one', async () => {
  const { app, folder, as } = await testApp()
  const signed = () => readdirSync(join(folder, 'keys')).find((one) => one.endsWith('.signed'))!
  await as('curator')('resources.share', book('One'))
  await app.log.follow()
  const older = readFileSync(join(folder, 'keys', signed()))
  await as('curator')('resources.share', book('Two'))
  await app.log.follow()
  const checkpoint = readFileSync(join(app.log.folder, 'checkpoint'), 'utf8')

  writeFileSync(join(app.log.folder, 'checkpoint'), 'garbage')
  assert.equal((await app.log.rebuild()).size, 2)
  assert.equal(readFileSync(join(app.log.folder, 'checkpoint'), 'utf8'), checkpoint)

  writeFileSync(join(folder, 'keys', signed()), older)
  assert.equal((await app.log.rebuild()).size, 2)
  assert.equal(readFileSync(join(app.log.folder, 'checkpoint'), 'utf8'), checkpoint)
})

test('two nodes on one folder write one log between them', async () => {
  const { app, options, as } = await testApp()
  const other = await openApp(options)
  for (let i = 0; i < 12; i++) {
    await as('curator')('resources.share', book(`Book ${i}`))
    await Promise.all([app.log.follow(), other.log.follow(), app.log.follow()])
  }
  await other.log.follow()
  await other.close()
  await app.log.follow()
  assert.equal(checkpointOf(app.log.folder).size, 12)
  assert.deepEqual(await wrongIn(app.log.folder), [])
})

test('while another process writes, this one leaves the log alone and goes on afterwards', async () => {
  const { app, as } = await testApp()
  await app.log.follow()
  await as('curator')('resources.share', book('Lantern'))
  const release = tryLock(`${app.log.folder}.lock`)!
  await app.log.follow()
  assert.equal(checkpointOf(app.log.folder).size, 0)
  assert.equal(tryLock(`${app.log.folder}.lock`), undefined)
  release()
  await app.log.follow()
  assert.equal(checkpointOf(app.log.folder).size, 1)
})

test('a tree that contradicts what was signed is never signed, also when the log was lost', async () => {
  const { app, options, as } = await testApp()
  const { id } = await as('curator')('resources.share', book('Lantern'))
  await app.log.follow()
  const signed = readFileSync(join(app.log.folder, 'checkpoint'), 'utf8')
  // Somebody changes the text behind the back of the node, and removes the log.
  await app.database.write(async (tx) => {
    const own = tx.withTables<{ record: { id: string; body: string } }>()
    await own
      .updateTable('record')
      .set({ body: JSON.stringify(book('Forged')) })
      .where('id', '=', id)
      .execute()
  })
  assert.equal(await problemOf(app.log.rebuild()), 'logStandsStill')
  assert.equal(readFileSync(join(app.log.folder, 'checkpoint'), 'utf8'), signed)
  rmSync(app.log.folder, { recursive: true })
  const again = await openApp(options)
  assert.equal(await problemOf(again.log.follow()), 'logStandsStill')
  assert.ok(!existsSync(join(app.log.folder, 'checkpoint')))
  await again.close()
})

test('a journal that was put back from an older copy is noticed, and nothing is signed over it', async () => {
  const { app, options, as } = await testApp()
  await as('curator')('resources.share', book('Lantern'))
  await app.log.follow()
  await app.database.write(async (tx) => {
    const own = tx.withTables<{ journal: { seq: number; recordId: string } }>()
    await own.updateTable('journal').set({ recordId: '0000000000000000' }).where('seq', '=', 1).execute()
  })
  await as('curator')('resources.share', book('Lamp'))
  const again = await openApp(options)
  assert.equal((await again.log.findTrouble())?.code, 'logStandsStill')
  assert.equal(await problemOf(again.log.follow()), 'logStandsStill')
  await again.close()
  assert.equal(checkpointOf(app.log.folder).size, 1)
})

test('without its key nothing more is signed, rather than signed by a stranger', async () => {
  const { options, app, folder, as } = await testApp()
  await as('curator')('resources.share', book('Lantern'))
  await app.log.follow()
  rmSync(join(folder, 'keys'), { recursive: true })
  await as('curator')('resources.share', book('Lamp'))
  const again = await openApp(options)
  assert.equal(await problemOf(again.log.follow()), 'logKeyMissing')
  await again.close()
})

test('a database that is put back without its folder of keys, or with an older one, is signed by no stranger', async () => {
  const { options, app, folder, as } = await testApp()
  await as('curator')('resources.share', book('Lantern'))
  await app.log.follow()
  cpSync(join(folder, 'keys'), join(folder, 'older'), { recursive: true })
  await app.log.rotateKey()
  await as('curator')('resources.share', book('Lamp'))

  const restored = join(folder, 'restored')
  const again = await openApp({ ...options, dataDir: restored })
  assert.equal(await problemOf(again.log.follow()), 'logKeyMissing')
  assert.equal(again.log.trouble()?.code, 'logKeyMissing')
  assert.ok(!existsSync(join(again.log.folder, 'checkpoint')))
  cpSync(join(folder, 'older'), join(restored, 'keys'), { recursive: true })
  assert.equal(await problemOf(again.log.follow()), 'logKeyMissing')
  assert.equal((await again.log.findTrouble())?.code, 'logKeyMissing')

  cpSync(join(folder, 'keys'), join(restored, 'keys'), { recursive: true })
  await again.log.follow()
  assert.equal(again.log.trouble(), undefined)
  assert.equal(checkpointOf(again.log.folder).size, 2)

  // Where the keys are lost for good, the operator says so, and a log of another key begins.
  rmSync(again.log.folder, { recursive: true })
  rmSync(join(restored, 'keys'), { recursive: true })
  await again.close()
  const anew = await openApp({ ...options, dataDir: restored })
  assert.equal(await problemOf(anew.log.follow()), 'logKeyMissing')
  await anew.log.begin()
  await anew.log.follow()
  assert.equal(checkpointOf(anew.log.folder).size, 2)
  await anew.close()
})

test('time in the log does not go back when the clock does', async () => {
  let now = new Date('2026-05-05T12:00:00.000Z')
  const { app, as } = await testApp({ now: () => now })
  await as('curator')('resources.share', book('Lantern'))
  now = new Date('2026-05-05T11:00:00.000Z')
  await as('curator')('resources.share', book('Lamp'))
  await app.log.follow()
  const { newest } = await as()('checkpoint.read', {})
  assert.deepEqual(
    newest.map(({ at }: { at: string }) => at),
    ['2026-05-05T12:00:00.000Z', '2026-05-05T12:00:00.000Z'],
  )
  assert.deepEqual(await wrongIn(app.log.folder), [])
})

test('a reader follows “Proof of publication” from a record, in any language, while it waits, when it is there and after it is gone', async () => {
  const { app, as, get, reported } = await testApp()
  await app.log.follow()
  const { id } = await as('curator')('resources.share', book('Lantern'))
  const html = async (path: string) => {
    const answer = await get(path, { accept: 'text/html' })
    assert.equal(answer.statusCode, 200, path)
    return answer.body
  }
  assert.match(
    await html(`/records/${id}`),
    new RegExp(`href="/records/${id}/proof\\?revision=1">Proof of publication</a>`),
  )
  assert.match(await html(`/fr/records/${id}/proof`), /vient d’être publiée/)
  assert.equal((await get(`/records/${id}/proof.tlog-proof`)).statusCode, 404)

  await app.log.follow()
  assert.match(await html(`/es/records/${id}/proof`), /0, contada desde 0; el registro tiene 1 en total/)
  assert.match(await html(`/ar/log`), new RegExp(`/ar/records/${id}/proof`))
  assert.equal(JSON.parse((await get(`/records/${id}/proof`, { accept: 'application/json' })).body).entered.index, 0)

  await as('curator')('records.withdraw', { id, revision: 1, reason: 'A mistake' })
  await app.log.follow()
  assert.match(await html(`/records/${id}/proof`), /Withdrawn/)
  const old = await html(`/records/${id}/proof?revision=1`)
  assert.match(old, /can no longer be read here/)
  assert.doesNotMatch((await get(`/records/${id}/proof.json?revision=1`)).body, /Lantern/)
  assert.match((await get(`/records/${id}/proof.json`)).body, /A mistake/)
  for (const path of [`/records/${id}/proof?revision=9`, `/records/${id}/proof?revision=x`, '/records/nothing/proof'])
    assert.equal((await get(path, { accept: 'text/html' })).statusCode, 404, path)
  assert.deepEqual(reported, [])
})
