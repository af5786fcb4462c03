/** What lies in the folder of a node is for the user it runs as alone. */
import assert from 'node:assert/strict'
import { chmodSync, existsSync, globSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { readableByOthers } from '#kernel/private-files.ts'
import { freshFolder } from './temporary.ts'
import { startNode } from './browser.ts'
import { typed } from './typed.ts'

const usual = process.umask()
const modeOf = (path: string) => statSync(path).mode & 0o777

test('nobody else reads the database, letters, keys, files or the search, also where an earlier version let them', async () => {
  // As on a machine where each reads what others write.
  process.umask(0o022)
  try {
    const folder = join(freshFolder(), 'data')
    mkdirSync(folder)
    for (const name of ['outbox', 'keys', 'files', 'uploads', 'search', 'reports']) mkdirSync(join(folder, name))
    writeFileSync(join(folder, 'qingdao.sqlite'), '')
    writeFileSync(join(folder, 'outbox', 'letter.eml'), '')
    assert.equal((await readableByOthers(folder)).length, 7)

    const node = await startNode(folder, ['--no-seed', '--database-url', ''])
    try {
      for (const name of ['qingdao.sqlite', 'qingdao.sqlite-wal', 'qingdao.sqlite-shm'])
        assert.equal(modeOf(join(folder, name)), 0o600, name)
      for (const name of ['outbox', 'keys', 'files', 'search']) assert.equal(modeOf(join(folder, name)), 0o700, name)
      assert.deepEqual(await readableByOthers(folder), [])
    } finally {
      await node.stop()
    }
    const made = globSync('**', { cwd: folder }).filter((path) => !/^(?:$|\.$|outbox|reports)/.test(path))
    assert.ok(made.length > 3)
    const own = made.filter((path) => !['keys', 'files', 'uploads', 'search'].includes(path))
    assert.deepEqual(
      own.filter((path) => (modeOf(join(folder, path)) & 0o077) !== 0),
      [],
    )

    chmodSync(join(folder, 'outbox'), 0o755)
    const told = await typed(['doctor', '--data-dir', folder], { LANG: 'en_GB.UTF-8' })
    assert.equal(told.status, 0, told.stdout + told.stderr)
    assert.equal(modeOf(join(folder, 'outbox')), 0o700, 'opening the node closes it again')
    assert.match(told.stdout, /! Permissions +other users of the machine can read .*outbox/, 'it was open until then')
  } finally {
    process.umask(usual)
  }
})

test('a new folder is closed as a whole; what is given to others is not', async () => {
  process.umask(0o022)
  try {
    const folder = join(freshFolder(), 'new')
    const run = (...words: string[]) => typed([...words, '--data-dir', folder])
    const given = join(freshFolder(), 'practice.json')
    writeFileSync(given, JSON.stringify({ title: { en: 'Radio' }, originalLanguage: 'en', type: 'practice' }))
    assert.equal((await run('practices', 'share', '--json', given)).status, 0)
    assert.equal(modeOf(folder), 0o700)
    assert.equal(modeOf(join(folder, 'qingdao.sqlite')), 0o600)
    const published = join(freshFolder(), 'dump')
    assert.equal((await run('dump', published)).status, 0)
    assert.ok(existsSync(join(published, 'datapackage.json')))
    assert.equal(modeOf(join(published, 'datapackage.json')), 0o644)
  } finally {
    process.umask(usual)
  }
})
