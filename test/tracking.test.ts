/** The runner of this suite tells which test something belongs to, also where it comes late. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { tracking } from './tracked.ts'

const file = `
import { after, test } from 'node:test'
after(() => console.log('said after the file'))
test('first', async () => {
  await null
  after(() => console.log('said after the first'))
})
test('holds others', async (t) => {
  await t.test('inner', async () => {
    await null
    after(() => console.log('said after the inner'))
  })
  console.log('said by the outer')
})
test('throws when it is nearly over', async () => {
  setTimeout(() => { throw new Error('late') }, 5)
  await new Promise((resume) => setTimeout(resume, 200))
})
test('last', () => console.log('said by the last'))
`

test('what a test does after waiting is its own: what it asked to be done after it, and what it throws late', () => {
  const folder = mkdtempSync(join(tmpdir(), 'qingdao-tracking-'))
  after(() => rmSync(folder, { recursive: true }))
  const given = join(folder, 'given.test.js')
  writeFileSync(given, file)
  const worker = fileURLToPath(new URL('./worker.ts', import.meta.url))
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const { stdout, status } = spawnSync(process.execPath, [tracking, worker, folder, '1e9', given], {
    encoding: 'utf8',
    env,
  })
  assert.deepEqual(stdout.match(/(?<=said ).*/g), [
    'after the first',
    'after the inner',
    'by the outer',
    'by the last',
    'after the file',
  ])
  assert.match(stdout, /✖ throws when it is nearly over/)
  assert.match(stdout, /pass 4/)
  assert.equal(status, 1)
})
