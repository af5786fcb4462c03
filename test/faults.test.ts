/** What must hold when things break: killed processes, several writers, a full disk, a folder that cannot be written. */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openApp } from '#app'
import { readinessOf } from '#features/portal/readiness.ts'
import { journalAfter } from '#kernel/journal.ts'
import { drafts } from '#features/editorial/drafts/store.ts'
import { records } from '#records/store.ts'
import { startNode } from './browser.ts'
import { freshDatabase, freshFolder, problemOf, testApp, usualNow } from './app.ts'
import { main, typed } from './typed.ts'

const writer = fileURLToPath(new URL('writer.ts', import.meta.url))
const environment = {
  now: () => usualNow,
  random: (size: number) => crypto.getRandomValues(new Uint8Array(size)),
  fetch: async () => assert.fail('no network'),
}

async function place() {
  const folder = freshFolder()
  const { address, drop } = await freshDatabase(folder)
  after(drop)
  return { dataDir: folder, databaseAddress: address, environment }
}

type Place = Awaited<ReturnType<typeof place>>

function write({ dataDir, databaseAddress }: Place, name: string, many?: number, program = writer) {
  const child = spawn(process.execPath, [program, dataDir, databaseAddress, name, ...(many ? [String(many)] : [])], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  // The last line may have been cut off in the middle of being told.
  const lines = () =>
    said
      .slice(0, said.lastIndexOf('\n') + 1)
      .split('\n')
      .filter(Boolean)
  return { child, ended, lines }
}

async function until(condition: () => boolean) {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5))
}

test('whatever was confirmed survives kill -9, whenever it comes', async () => {
  const here = await place()
  const confirmed: string[] = []
  for (let round = 1; round <= 4; round++) {
    const { child, ended, lines } = write(here, `round ${round}`)
    await until(() => lines().length >= round * 7)
    child.kill('SIGKILL')
    await ended
    confirmed.push(...lines())
  }
  const app = await openApp(here)
  const found = await records(app.database.read).findMany(confirmed)
  assert.equal(found.size, confirmed.length)
  await app.follow()
  assert.equal(app.search.memory().documents >= confirmed.length, true)
  await app.close()
})

test('what was sent again with its key after kill -9 is there once, whether the first time was confirmed or not', async () => {
  const here = await place()
  const program = fileURLToPath(new URL('repeating-writer.ts', import.meta.url))
  let most = 0
  for (let round = 1; round <= 3; round++) {
    const { child, ended, lines } = write(here, 'practice', undefined, program)
    // It begins with those of the rounds before, which are answered and not done.
    await until(() => lines().length >= most + round * 3)
    child.kill('SIGKILL')
    await ended
    most = Math.max(most, lines().length)
  }
  const all = most + 5
  await write(here, 'practice', all, program).ended
  const app = await openApp(here)
  const titles = (await records(app.database.read).list('practice', { after: 0, limit: all * 2 })).map(
    ({ body }) => body.title.en,
  )
  assert.deepEqual(titles.toSorted(), Array.from({ length: all }, (_, at) => `practice ${at}`).toSorted())
  await app.close()
})

test('two processes that are sent the same requests with the same keys at once carry each out once', async () => {
  const here = await place()
  const program = fileURLToPath(new URL('repeating-writer.ts', import.meta.url))
  const all = 30
  const both = [1, 2].map(() => write(here, 'practice', all, program))
  await Promise.all(both.map(({ ended }) => ended))
  for (const { lines } of both) assert.equal(lines().length, all, 'each is answered')
  const app = await openApp(here)
  const made = await records(app.database.read).list('practice', { after: 0, limit: all * 3 })
  assert.deepEqual(
    made.map(({ body }) => body.title.en).toSorted(),
    Array.from({ length: all }, (_, at) => `practice ${at}`).toSorted(),
  )
  await app.close()
})

test('whatever was saved in a draft survives kill -9 with all that was saved before it', async () => {
  const here = await place()
  const program = fileURLToPath(new URL('draft-writer.ts', import.meta.url))
  const confirmed: string[] = []
  for (let round = 1; round <= 4; round++) {
    const { child, ended, lines } = write(here, `round ${round}`, undefined, program)
    await until(() => lines().length >= round * 5)
    child.kill('SIGKILL')
    await ended
    confirmed.push(lines().at(-1)!)
  }
  const app = await openApp(here)
  for (const last of confirmed) {
    const [id = '', count = ''] = last.split(' ')
    const { body } = (await drafts(app.database.read).find(id))!
    const kept = (body.description as { en: string }).en.trim().split('\n').map(Number)
    assert.ok(kept.length >= Number(count), `${count} saves were confirmed, ${kept.length} are there`)
    assert.deepEqual(
      kept,
      kept.map((_, at) => at + 1),
    )
  }
  await app.close()
})

test('several processes write at once: none loses a write, and the journal has no holes', async () => {
  const here = await place()
  const first = await openApp(here)
  await first.close()
  const writers = ['a', 'b', 'c'].map((name) => write(here, name, 40))
  const app = await openApp(here)
  const seen: number[] = []
  let last = 0
  const read = async () => {
    const lines = await journalAfter(app.database.read, last, 1_000)
    seen.push(...lines.map(({ seq }) => seq))
    last = lines.at(-1)?.seq ?? last
  }
  let writing = true
  const reading = (async () => {
    for (; writing; await new Promise((resolve) => setTimeout(resolve, 2))) await read()
  })()
  await Promise.all(writers.map(({ ended }) => ended))
  writing = false
  await reading
  await read()
  assert.deepEqual(
    writers.flatMap(({ lines }) => lines().filter((line) => line.startsWith('!'))),
    [],
  )
  // A reader who follows while others write sees every line once and in order: the order of commits.
  assert.deepEqual(
    seen,
    Array.from({ length: 120 }, (_, i) => i + 1),
  )
  await app.close()
})

/** A folder with more titles than a process reads before it is killed. */
function manyTitles(): string {
  const folder = freshFolder()
  const title = (n: number) => ({ sim: `sim-${n}`, locale: 'fr', bcp47: 'fr', title: `Titre ${n}` })
  const lines = Array.from({ length: 4_000 }, (_, n) => JSON.stringify(title(n)))
  writeFileSync(join(folder, 'phet-titles.jsonl'), lines.join('\n'))
  return folder
}

test('an import cut short by kill -9 is finished by running it again: nothing doubled, nothing lost', async () => {
  const collection = manyTitles()
  const here = await place()
  const database = here.databaseAddress.startsWith('postgres') ? ['--database-url', here.databaseAddress] : []
  const words = ['import', 'phet-simulations', collection, '--data-dir', here.dataDir, ...database]
  const first = await openApp(here)
  const cut = spawn(process.execPath, [main, ...words], { stdio: 'ignore' })
  const gone = new Promise((resolve) => cut.once('exit', resolve))
  while ((await records(first.database.read).counts()).length === 0)
    await new Promise((resolve) => setTimeout(resolve, 5))
  cut.kill('SIGKILL')
  await gone
  const partly = (await records(first.database.read).counts())[0]!.count
  const again = await typed(words)
  assert.match(again.stdout, /unchanged/)
  const whole = (await records(first.database.read).counts())[0]!.count
  assert.ok(partly > 0 && partly <= whole)
  const third = await typed(words)
  assert.match(third.stdout, /0 new, 0 changed/)
  assert.equal((await records(first.database.read).counts())[0]!.count, whole)
  await first.close()
})

test('a full disk is told as such, what was confirmed stays, and writing goes on once there is room', async (t) => {
  if (process.env.TEST_DATABASE_URL) return t.skip('the disk of a database server is its own')
  const folder = mkdtempSync(join(tmpdir(), 'qingdao-small-'))
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder]).status !== 0)
    return t.skip('this machine does not let us mount a small disk')
  t.after(() => {
    spawnSync('umount', ['-l', folder])
    rmSync(folder, { recursive: true, force: true })
  })
  const here = { dataDir: folder, databaseAddress: join(folder, 'qingdao.sqlite'), environment }
  const { ended, lines } = write(here, 'filler')
  await ended
  assert.equal(lines().at(-1), '! diskFull')
  const confirmed = lines().slice(0, -1)
  assert.ok(confirmed.length > 10)
  assert.equal(spawnSync('mount', ['-o', 'remount,size=16m', folder]).status, 0)
  const app = await openApp(here)
  assert.equal((await records(app.database.read).findMany(confirmed)).size, confirmed.length)
  await app.perform(
    app.operation('practices.share')!,
    { kind: 'system', id: 'test' },
    { title: { en: 'There is room again' }, originalLanguage: 'en', type: 'practice' },
  )
  await app.close()
})

test('a node whose disk is full says that it cannot be written, and that it can once there is room', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'qingdao-small-'))
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', folder]).status !== 0)
    return t.skip('this machine does not let us mount a small disk')
  t.after(() => {
    spawnSync('umount', ['-l', folder])
    rmSync(folder, { recursive: true, force: true })
  })
  const { app } = await testApp()
  let at = Date.parse('2026-05-05')
  const { database, runtime } = app
  const ask = readinessOf({ database, services: runtime.services, now: () => new Date(at), dataDir: folder })
  const isWritable = async () => (await ask()).database.writable
  assert.equal(await isWritable(), true)
  spawnSync('dd', ['if=/dev/zero', `of=${join(folder, 'filler')}`, 'bs=1M'])
  at += 10_000
  assert.equal(await isWritable(), false)
  rmSync(join(folder, 'filler'))
  at += 10_000
  assert.equal(await isWritable(), true)
  assert.deepEqual(readdirSync(folder), [])
})

test('a data folder that cannot be written is served for reading, and says so when asked to write', async (t) => {
  if (process.env.TEST_DATABASE_URL) return t.skip('a database server has no data folder here')
  const { folder, app, as, options } = await testApp()
  const { id } = await as('curator')('practices.share', {
    title: { en: 'Kept' },
    originalLanguage: 'en',
    type: 'practice',
  })
  await app.saveSearch()
  await app.close()
  const copy = join(freshFolder(), 'copy')
  cpSync(folder, copy, { recursive: true })
  for (const name of readdirSync(copy)) chmodSync(join(copy, name), name === 'search' ? 0o555 : 0o444)
  chmodSync(copy, 0o555)
  const script = `
    const { openApp } = await import(${JSON.stringify(new URL('../src/app.ts', import.meta.url).href)})
    const house = await openApp({ dataDir: ${JSON.stringify(copy)}, databaseAddress: ${JSON.stringify(join(copy, 'qingdao.sqlite'))}, environment: { now: () => new Date(), random: (n) => new Uint8Array(n), fetch } })
    await house.follow()
    const anyone = { kind: 'anyone' }
    const read = await house.perform(house.operation('records.read'), anyone, { id: ${JSON.stringify(id)} })
    const write = await house.perform(house.operation('practices.share'), { kind: 'system', id: 'test' }, { title: { en: 'No' }, originalLanguage: 'en', type: 'practice' }).then(() => 'written', (error) => error.code)
    console.log(JSON.stringify([read.body.title.en, write]))`
  // The superuser may write anywhere, so the reader is nobody where we are the superuser.
  const asNobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
  for (const up of [copy, join(copy, '..')]) if (process.getuid?.() === 0 && up !== copy) chmodSync(up, 0o755)
  if (process.getuid?.() === 0 && spawnSync(process.execPath, ['--version'], asNobody).status !== 0)
    return t.skip('nobody may not run Node.js here')
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    cwd: tmpdir(),
    ...asNobody,
  })
  assert.equal(run.stdout.trim(), '["Kept","readOnly"]', run.stderr)
  assert.equal(options.dataDir, folder)
  chmodSync(copy, 0o755)
})

test('a search index that is missing, damaged or ahead of the journal is made anew', async () => {
  const { app, as, options } = await testApp()
  await as('curator')('practices.share', { title: { en: 'Findable' }, originalLanguage: 'en', type: 'practice' })
  await app.saveSearch()
  const searchFolder = join(options.dataDir, 'search')
  const [inside] = readdirSync(searchFolder)
  const file = readdirSync(join(searchFolder, inside!)).find((name) => !name.endsWith('.json'))!
  const { openSync, writeSync, closeSync } = await import('node:fs')
  const handle = openSync(join(searchFolder, inside!, file), 'r+')
  writeSync(handle, Buffer.from([255, 0, 255]), 0, 3, 40)
  closeSync(handle)
  const again = await openApp(options)
  await again.follow()
  assert.equal(
    ((await again.perform(again.operation('search')!, { kind: 'anyone' }, { q: 'findable' })) as { total: number })
      .total,
    1,
  )
  await again.close()
})

test('data from a newer version is left alone, with a word about what to do', async () => {
  const here = await place()
  const app = await openApp(here)
  await app.database.write(async (tx) => {
    await tx
      .withTables<{ migration: { name: string; applied_at: string } }>()
      .insertInto('migration')
      .values({ name: '9999-from-the-future', applied_at: 'then' })
      .execute()
  })
  await app.close()
  assert.equal(await problemOf(openApp(here)), 'databaseTooNew')
})

test('a first start cut short is gone on with at the next one, and several serving processes stop when asked to', async (t) => {
  if (process.env.TEST_DATABASE_URL) return t.skip('tried once')
  const dataDir = freshFolder()
  const cut = spawn(process.execPath, [main, 'start', '--port', '0', '--data-dir', dataDir], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const gone = new Promise((resolve) => cut.once('exit', resolve))
  await new Promise<void>((resolve) =>
    cut.stderr.on('data', (chunk: Buffer) => /Loading/.test(chunk.toString()) && resolve()),
  )
  cut.kill('SIGKILL')
  await gone
  const node = await startNode(dataDir, ['--processes', '2'])
  const { search } = (await (await fetch(`${node.address}/ready`)).json()) as { search: { records: number } }
  assert.ok(search.records > 30_000)
  await node.stop()
})
