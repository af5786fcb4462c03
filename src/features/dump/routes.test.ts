import assert from 'node:assert/strict'
import { test } from 'node:test'
import { join } from 'node:path'
import { sources } from '#app'
import { journalHead } from '#kernel/journal.ts'
import { writeDump } from './dump.ts'
import { appWithStory } from '../../../test/story.ts'

test('everything can be downloaded, with checksums that are true', async () => {
  const { get, app, folder, id } = await appWithStory()
  assert.match((await get('/dump')).body, /first download is being prepared/)
  await writeDump(app.database.read, join(folder, 'dump'), {
    created: '2026-01-02T00:00:00Z',
    journal: 1,
    sources: [...sources.values()],
    title: 'Qingdao',
  })
  const { resources } = (await get('/dump/datapackage.json')).json()
  const file = await get(`/dump/${resources[0].path}`)
  const { createHash } = await import('node:crypto')
  const { gunzipSync } = await import('node:zlib')
  assert.equal(`sha256:${createHash('sha256').update(file.rawPayload).digest('hex')}`, resources[0].hash)
  assert.equal(JSON.parse(gunzipSync(file.rawPayload).toString()).id, id)
})

test('what a curator withdraws is not given out again, also before the dump is made anew', async () => {
  const { get, as, app, folder, id } = await appWithStory()
  const making = async () =>
    writeDump(app.database.read, join(folder, 'dump'), {
      created: '2026-01-02T00:00:00Z',
      journal: await journalHead(app.database.read),
      sources: [],
      title: 'Qingdao',
    })
  await as('curator')('practices.share', { title: { en: 'Radio lessons' }, type: 'practice', originalLanguage: 'en' })
  await making()
  assert.equal((await get('/dump/resource.jsonl.gz')).statusCode, 200)
  await as('curator')('records.withdraw', { id, revision: 1, reason: 'It names a child' })
  const refused = await get('/dump/resource.jsonl.gz', { accept: 'application/json' })
  assert.deepEqual([refused.statusCode, refused.json().code], [503, 'dumpMadeAnew'])
  assert.equal((await get('/dump/practice.jsonl.gz')).statusCode, 200, 'other files are given out')
  assert.equal((await get('/dump')).statusCode, 200)
  await making()
  assert.notEqual((await get('/dump/resource.jsonl.gz')).statusCode, 503)
})

test('a dump never replaces what is not one', async () => {
  const { app, folder } = await appWithStory()
  const { mkdirSync, writeFileSync, existsSync } = await import('node:fs')
  const mine = join(folder, 'mine')
  mkdirSync(mine)
  writeFileSync(join(mine, 'thesis.txt'), 'years of work')
  const writing = writeDump(app.database.read, mine, {
    created: '2026',
    journal: 1,
    sources: [],
    title: 'Qingdao',
  })
  await assert.rejects(writing, (error: any) => error.code === 'folderInUse')
  assert.ok(existsSync(join(mine, 'thesis.txt')))
})
