/** Several processes on one node: what one writes the others find, and the snapshots they keep are whole. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openApp, type App } from '#app'
import { requestOf } from './asked.ts'
import { testApp, type TestApp } from './app.ts'

const writer = fileURLToPath(new URL('writer.ts', import.meta.url))
const command = fileURLToPath(new URL('../bin/qingdao.js', import.meta.url))

const total = async ({ search }: App, text: string) => (await search.search(requestOf({ text }))).total

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (await holds()) return
    await wait(50)
  }
  assert.fail('it did not come about in half a minute')
}

/** Another process that shares so many practices with this word in their titles. */
function writing({ options }: TestApp, word: string, many: number) {
  const child = spawn(process.execPath, [writer, options.dataDir, options.databaseAddress, word, String(many)])
  child.stdout.resume()
  return once(child, 'exit')
}

async function threadedApp(t: TestContext, { options }: TestApp): Promise<App> {
  const app = await openApp({ ...options, searchThreads: 1 })
  t.after(() => app.close())
  return app
}

async function snapshotFolder({ folder }: TestApp): Promise<string> {
  const [name] = await readdir(join(folder, 'search'))
  return join(folder, 'search', name!)
}

test('what another process writes is found here soon, also while it goes on writing', async (t) => {
  const first = await testApp()
  const app = await threadedApp(t, first)
  const stop = app.keepFollowing(() => {})

  const written = writing(first, 'kite', 400)
  let most = 0
  await until(async () => {
    const found = await total(app, 'kite')
    assert.ok(found >= most)
    most = found
    return found > 0
  })
  const { id, revision } = await first.as('curator')('practices.share', {
    title: { en: 'Lantern' },
    originalLanguage: 'en',
    type: 'practice',
  })
  await until(async () => (await total(app, 'lantern')) === 1)
  await first.as('curator')('records.withdraw', { id, revision, reason: 'Described twice' })
  await until(async () => (await total(app, 'lantern')) === 0)
  await written
  await until(async () => (await total(app, 'kite')) === 400)
  stop()
})

test('processes that save to one folder at once leave a snapshot that is whole', async (t) => {
  const first = await testApp()
  await writing(first, 'kite', 30)
  const app = await threadedApp(t, first)
  await app.follow()
  await app.saveSearch()

  const { databaseAddress } = first.options
  const database = databaseAddress.startsWith('postgres') ? ['--database-url', databaseAddress] : []
  const place = ['--data-dir', first.folder, ...database]
  const rebuild = () => once(spawn(process.execPath, [command, 'rebuild', ...place], { stdio: 'ignore' }), 'exit')
  const rebuilt = Promise.all([rebuild(), rebuild()])
  let done = false
  void rebuilt.then(() => (done = true))
  for (let i = 0; !done || i < 5; i++) {
    const title = { en: `Lantern ${randomBytes(4).toString('hex')}` }
    await first.as('curator')('practices.share', { title, originalLanguage: 'en', type: 'practice' })
    await app.follow()
    await app.saveSearch()
    assert.deepEqual((await app.checkSnapshots()).damaged, [])
  }

  assert.deepEqual(await rebuilt, [
    [0, null],
    [0, null],
  ])
  const opened = await threadedApp(t, first)
  await opened.follow()
  assert.equal(await total(opened, 'kite'), 30)
})

test('where snapshots are damaged, search goes on from an older one, or is made anew and says so meanwhile', async (t) => {
  const first = await testApp()
  await writing(first, 'kite', 20)
  await first.app.follow()
  await first.app.saveSearch()
  await first.as('curator')('practices.share', {
    title: { en: 'Lantern' },
    originalLanguage: 'en',
    type: 'practice',
  })
  await first.app.saveSearch()
  const folder = await snapshotFolder(first)
  const manifests = (await readdir(folder)).filter((name) => name.startsWith('manifest')).sort()
  assert.equal(manifests.length, 2)

  await writeFile(join(folder, manifests[1]!), `${await readFile(join(folder, manifests[1]!), 'utf8')} `)
  const older = await threadedApp(t, first)
  assert.deepEqual(older.search.memory().damaged, [manifests[1]])
  assert.deepEqual([older.search.seq, await total(older, 'kite'), await total(older, 'lantern')], [20, 20, 0])
  await older.follow()
  assert.equal(await total(older, 'lantern'), 1)

  await rm(join(folder, manifests[0]!))
  const anew = await threadedApp(t, first)
  assert.deepEqual(anew.search.memory().rebuilding, { done: 0, of: 21 })
  assert.equal(await total(anew, 'kite'), 0)
  await anew.follow()
  assert.equal(anew.search.memory().rebuilding, undefined)
  assert.equal(await total(anew, 'kite'), 20)
})
