import assert from 'node:assert/strict'
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { importer } from '../import.ts'
import { take } from '../take.ts'
import { openHouse } from '#app'
import { problemOf, testHouse } from '../../../test/house.ts'
import { parseCheckpoint } from '#standards/tlog/checkpoint.ts'
import type { ProofAnswer } from './operations.ts'
import { verifyLog } from './verify-log.ts'
import { folderSource } from './source.ts'
import { tryLock } from '#core/database/file-lock.ts'

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
  const { house, as } = await testHouse()
  const { id } = await as('curator')('resources.share', book('Lantern'))
  await as('curator')('records.translate', { id, language: 'fr', revision: 1, texts: { title: 'Lanterne' } })
  await as('curator')('records.withdraw', { id, revision: 2, reason: 'A mistake' })
  await as('curator')('records.restore', { id, revision: 3, reason: 'It was none' })
  await house.log.follow()

  const { newest, size } = await as()('checkpoint.read', {})
  assert.equal(size, 4)
  assert.deepEqual(
    newest.map(({ action }: { action: string }) => action),
    ['restore', 'withdraw', 'translate', 'share'],
  )
  const bundle = readFileSync(join(house.log.folder, 'tile/entries/000.p/4'), 'utf8')
  assert.doesNotMatch(bundle, /contributor|curator|Lantern/)
  assert.deepEqual(await wrongIn(house.log.folder), [])
})

test('what was just published waits for the next checkpoint, and then has its proof', async () => {
  const { house, as } = await testHouse()
  await house.log.follow()
  const { id } = await as('curator')('resources.share', book('Lantern'))
  const before: ProofAnswer = await as()('records.proof', { id })
  assert.deepEqual([before.state, before.entered], ['waiting', undefined])
  await house.log.follow()
  const after: ProofAnswer = await as()('records.proof', { id })
  assert.equal(after.state, 'entered')
  assert.deepEqual([after.entered!.index, after.entered!.entry.record], [0, id])
  assert.equal(await problemOf(as()('records.proof', { id, revision: 9 })), 'versionNotFound')
})

test('a thousand that come at once are entered, and each is found', async () => {
  const { house, as } = await testHouse()
  await house.perform(take, importer('phet-simulations'), { name: 'phet-simulations', rows: rows(1_500) })
  await house.log.follow()
  assert.equal(checkpointOf(house.log.folder).size, 1_500)
  assert.deepEqual(await wrongIn(house.log.folder), [])
  const { records } = await as()('resources.list', { limit: 30 })
  for (const { id } of records) assert.equal((await as()('records.proof', { id })).entered.entry.record, id)
})

test('the key is the owner’s alone and is kept out of the database and of the served folder', async () => {
  const { house, folder } = await testHouse()
  await house.log.follow()
  const [name] = readdirSync(join(folder, 'keys')).filter((one) => one.endsWith('.json'))
  const secret = readFileSync(join(folder, 'keys', name!), 'utf8')
  assert.match(secret, /PRIVATE\+KEY/)
  if (process.platform !== 'win32') {
    assert.equal(statSync(join(folder, 'keys', name!)).mode & 0o777, 0o600)
    assert.equal(statSync(join(folder, 'keys')).mode & 0o777, 0o700)
  }
  assert.doesNotMatch(readFileSync(join(house.log.folder, 'keys'), 'utf8'), /PRIVATE/)
})

test('a log that was lost is made again from the journal, the same to the byte', async () => {
  const { house, as } = await testHouse()
  for (const title of ['One', 'Two', 'Three']) {
    await as('curator')('resources.share', book(title))
    await house.log.follow()
  }
  const copy = `${house.log.folder}.copy`
  cpSync(house.log.folder, copy, { recursive: true })
  rmSync(house.log.folder, { recursive: true })
  assert.deepEqual(await house.log.rebuild(), { size: 3, mended: 2 })
  for (const file of ['checkpoint', 'keys', 'tile/0/000.p/3', 'tile/entries/000.p/3'])
    assert.deepEqual(readFileSync(join(house.log.folder, file)), readFileSync(join(copy, file)), file)
  assert.deepEqual(await house.log.rebuild(), { size: 3, mended: 0 })
})

test('damaged files are found by doctor’s look and mended by rebuild', async () => {
  const { house } = await testHouse()
  await house.perform(take, importer('phet-simulations'), { name: 'phet-simulations', rows: rows(300) })
  await house.log.follow()
  const tile = join(house.log.folder, 'tile/0/000')
  writeFileSync(tile, readFileSync(tile).fill(1, 40, 50))
  assert.notDeepEqual(await wrongIn(house.log.folder), [])
  assert.deepEqual(await house.log.rebuild(), { size: 300, mended: 1 })
  assert.deepEqual(await wrongIn(house.log.folder), [])
})

test('rebuilding mends a damaged checkpoint, and does not go back to an older one', async () => {
  const { house, folder, as } = await testHouse()
  const signed = () => readdirSync(join(folder, 'keys')).find((one) => one.endsWith('.signed'))!
  await as('curator')('resources.share', book('One'))
  await house.log.follow()
  const older = readFileSync(join(folder, 'keys', signed()))
  await as('curator')('resources.share', book('Two'))
  await house.log.follow()
  const checkpoint = readFileSync(join(house.log.folder, 'checkpoint'), 'utf8')

  writeFileSync(join(house.log.folder, 'checkpoint'), 'garbage')
  assert.equal((await house.log.rebuild()).size, 2)
  assert.equal(readFileSync(join(house.log.folder, 'checkpoint'), 'utf8'), checkpoint)

  writeFileSync(join(folder, 'keys', signed()), older)
  assert.equal((await house.log.rebuild()).size, 2)
  assert.equal(readFileSync(join(house.log.folder, 'checkpoint'), 'utf8'), checkpoint)
})

test('two houses on one folder write one log between them', async () => {
  const { house, options, as } = await testHouse()
  const other = await openHouse(options)
  for (let i = 0; i < 12; i++) {
    await as('curator')('resources.share', book(`Book ${i}`))
    await Promise.all([house.log.follow(), other.log.follow(), house.log.follow()])
  }
  await other.log.follow()
  await other.close()
  await house.log.follow()
  assert.equal(checkpointOf(house.log.folder).size, 12)
  assert.deepEqual(await wrongIn(house.log.folder), [])
})

test('while another process writes, this one leaves the log alone and goes on afterwards', async () => {
  const { house, as } = await testHouse()
  await house.log.follow()
  await as('curator')('resources.share', book('Lantern'))
  const release = tryLock(`${house.log.folder}.lock`)!
  await house.log.follow()
  assert.equal(checkpointOf(house.log.folder).size, 0)
  assert.equal(tryLock(`${house.log.folder}.lock`), undefined)
  release()
  await house.log.follow()
  assert.equal(checkpointOf(house.log.folder).size, 1)
})

test('a tree that contradicts what was signed is never signed, also when the log was lost', async () => {
  const { house, options, as } = await testHouse()
  const { id } = await as('curator')('resources.share', book('Lantern'))
  await house.log.follow()
  const signed = readFileSync(join(house.log.folder, 'checkpoint'), 'utf8')
  // Somebody changes the text behind the back of the house, and removes the log.
  await house.database.write(async (tx) => {
    const own = tx.withTables<{ record: { id: string; body: string } }>()
    await own
      .updateTable('record')
      .set({ body: JSON.stringify(book('Forged')) })
      .where('id', '=', id)
      .execute()
  })
  assert.equal(await problemOf(house.log.rebuild()), 'logStandsStill')
  assert.equal(readFileSync(join(house.log.folder, 'checkpoint'), 'utf8'), signed)
  rmSync(house.log.folder, { recursive: true })
  const again = await openHouse(options)
  assert.equal(await problemOf(again.log.follow()), 'logStandsStill')
  assert.ok(!existsSync(join(house.log.folder, 'checkpoint')))
  await again.close()
})

test('a journal that was put back from an older copy is noticed, and nothing is signed over it', async () => {
  const { house, options, as } = await testHouse()
  await as('curator')('resources.share', book('Lantern'))
  await house.log.follow()
  await house.database.write(async (tx) => {
    const own = tx.withTables<{ journal: { seq: number; recordId: string } }>()
    await own.updateTable('journal').set({ recordId: '0000000000000000' }).where('seq', '=', 1).execute()
  })
  await as('curator')('resources.share', book('Lamp'))
  const again = await openHouse(options)
  assert.equal(await problemOf(again.log.follow()), 'logStandsStill')
  await again.close()
  assert.equal(checkpointOf(house.log.folder).size, 1)
})

test('without its key nothing more is signed, rather than signed by a stranger', async () => {
  const { options, house, folder, as } = await testHouse()
  await as('curator')('resources.share', book('Lantern'))
  await house.log.follow()
  rmSync(join(folder, 'keys'), { recursive: true })
  await as('curator')('resources.share', book('Lamp'))
  const again = await openHouse(options)
  assert.equal(await problemOf(again.log.follow()), 'logKeyMissing')
  await again.close()
})

test('time in the log does not go back when the clock does', async () => {
  let now = new Date('2026-05-05T12:00:00.000Z')
  const { house, as } = await testHouse({ now: () => now })
  await as('curator')('resources.share', book('Lantern'))
  now = new Date('2026-05-05T11:00:00.000Z')
  await as('curator')('resources.share', book('Lamp'))
  await house.log.follow()
  const { newest } = await as()('checkpoint.read', {})
  assert.deepEqual(
    newest.map(({ at }: { at: string }) => at),
    ['2026-05-05T12:00:00.000Z', '2026-05-05T12:00:00.000Z'],
  )
  assert.deepEqual(await wrongIn(house.log.folder), [])
})

test('a reader follows “Proof” from a record, in any language, while it waits, when it is there and after it is gone', async () => {
  const { house, as, get, reported } = await testHouse()
  await house.log.follow()
  const { id } = await as('curator')('resources.share', book('Lantern'))
  const html = async (path: string) => {
    const answer = await get(path, { accept: 'text/html' })
    assert.equal(answer.statusCode, 200, path)
    return answer.body
  }
  assert.match(await html(`/records/${id}`), new RegExp(`href="/records/${id}/proof\\?revision=1">Proof</a>`))
  assert.match(await html(`/fr/records/${id}/proof`), /vient d’être publiée/)
  assert.equal((await get(`/records/${id}/proof.tlog-proof`)).statusCode, 404)

  await house.log.follow()
  assert.match(await html(`/es/records/${id}/proof`), /0, contando desde 0; el registro tiene 1 en total/)
  assert.match(await html(`/ar/log`), new RegExp(`/ar/records/${id}/proof`))
  assert.equal(JSON.parse((await get(`/records/${id}/proof`, { accept: 'application/json' })).body).entered.index, 0)

  await as('curator')('records.withdraw', { id, revision: 1, reason: 'A mistake' })
  await house.log.follow()
  assert.match(await html(`/records/${id}/proof`), /Withdrawn/)
  const old = await html(`/records/${id}/proof?revision=1`)
  assert.match(old, /can no longer be read here/)
  assert.doesNotMatch((await get(`/records/${id}/proof.json?revision=1`)).body, /Lantern/)
  assert.match((await get(`/records/${id}/proof.json`)).body, /A mistake/)
  for (const path of [`/records/${id}/proof?revision=9`, `/records/${id}/proof?revision=x`, '/records/nothing/proof'])
    assert.equal((await get(path, { accept: 'text/html' })).statusCode, 404, path)
  assert.deepEqual(reported, [])
})
