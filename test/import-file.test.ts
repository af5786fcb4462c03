/** A file of metadata from the command line: looked through first, then drafts of the account that is named. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openApp } from '#app'
import { newAccount } from '#accounts/email-link.ts'
import { people } from '#accounts/store.ts'
import { drafts } from '#features/editorial/drafts/store.ts'
import { freshDatabase, freshFolder, usualNow } from './app.ts'

const main = fileURLToPath(new URL('../bin/qingdao.js', import.meta.url))
const folder = freshFolder()
const { address, drop } = await freshDatabase(folder)
after(drop)
const database = address.startsWith('postgres') ? ['--database-url', address] : []
const run = (...words: string[]) => {
  const env = { ...process.env, LANG: 'en' }
  const { stdout, stderr, status } = spawnSync(process.execPath, [main, ...words, '--data-dir', folder, ...database], {
    encoding: 'utf8',
    env,
  })
  return { said: stdout + stderr, status }
}
const environment = {
  now: () => usualNow,
  random: (size: number) => crypto.getRandomValues(new Uint8Array(size)),
  fetch: async () => assert.fail('no network'),
}
const library = join(folder, 'library.bib')
writeFileSync(
  library,
  '@article{a, author = {Doe, Jane}, title = {Phones help}, journal = {J}, year = 2020}\n@article{b, title = {Radio helps}, year = 1999}\n@misc{c, author = {Nobody}}',
)

async function withApp<Result>(work: (app: Awaited<ReturnType<typeof openApp>>) => Promise<Result>): Promise<Result> {
  const app = await openApp({ dataDir: folder, databaseAddress: address, environment })
  try {
    return await work(app)
  } finally {
    await app.close()
  }
}

test('a BibTeX file is looked through without being taken, then becomes drafts of the account, once', async () => {
  const id = await withApp((app) =>
    app.database.write(async (tx) => {
      const account = newAccount(environment, { name: 'Amina', email: 'amina@example.org', language: 'en' })
      await people(tx).add({ ...account, state: 'active', roles: ['contributor'] })
      return account.id
    }),
  )
  const draftsOf = () => withApp((app) => drafts(app.database.read).ofPerson(id))

  const looked = run('import-file', library, '--kind', 'study', '--as', 'amina@example.org', '--dry-run')
  assert.match(looked.said, /library\.bib: BibTeX, rows: 3, columns: \d+/)
  assert.match(looked.said, /2 rows can be imported\. 1 row has errors/)
  assert.match(looked.said, /✗ 3, title: is missing/)
  assert.equal(looked.status, 1)
  assert.equal((await draftsOf()).length, 0)

  const taken = run('import-file', library, '--kind', 'study', '--as', 'amina@example.org')
  assert.match(taken.said, /2 drafts were created/)
  assert.equal((await draftsOf()).length, 2)
  const again = run('import-file', library, '--kind', 'study', '--as', 'amina@example.org')
  assert.match(again.said, /2 of them were imported before/)
  assert.equal((await draftsOf()).length, 2)
  assert.deepEqual(readdirSync(join(folder, 'uploads')), [])
})

test('without an account, and without saying what the rows are, it is told what is missing', () => {
  assert.match(run('import-file', library, '--kind', 'study').said, /--as/)
  assert.match(run('import-file', library, '--kind', 'study', '--as', 'nobody@example.org').said, /nobody@example\.org/)
  const unsaid = run('import', library)
  assert.match(unsaid.said, /qingdao import-file/)
  assert.notEqual(unsaid.status, 0)
})
