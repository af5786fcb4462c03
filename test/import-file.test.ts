/** Files from the command line: metadata become drafts of the account that is named, statistics values of an indicator. */
import assert from 'node:assert/strict'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openApp } from '#app'
import { newAccount } from '#accounts/email-link.ts'
import { people } from '#accounts/store.ts'
import { drafts } from '#features/editorial/drafts/store.ts'
import { freshDatabase, freshFolder, usualNow } from './app.ts'
import { typed } from './typed.ts'

const folder = freshFolder()
const { address, drop } = await freshDatabase(folder)
after(drop)
const database = address.startsWith('postgres') ? ['--database-url', address] : []
const run = async (...words: string[]) => {
  const { stdout, stderr, status } = await typed([...words, '--data-dir', folder, ...database])
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

  const looked = await run('import-file', library, '--kind', 'study', '--as', 'amina@example.org', '--dry-run')
  assert.match(looked.said, /library\.bib: BibTeX, rows: 3, columns: \d+/)
  assert.match(looked.said, /2 rows can be imported\. 1 row has errors/)
  assert.match(looked.said, /✗ 3, title: is missing/)
  assert.equal(looked.status, 1)
  assert.equal((await draftsOf()).length, 0)

  const taken = await run('import-file', library, '--kind', 'study', '--as', 'amina@example.org')
  assert.match(taken.said, /2 drafts were created/)
  assert.equal((await draftsOf()).length, 2)
  const again = await run('import-file', library, '--kind', 'study', '--as', 'amina@example.org')
  assert.match(again.said, /2 of them were imported before/)
  assert.equal((await draftsOf()).length, 2)
  assert.deepEqual(readdirSync(join(folder, 'uploads')), [])
})

test('without an account, and without saying what the rows are, it is told what is missing', async () => {
  assert.match((await run('import-file', library, '--kind', 'study')).said, /--as/)
  assert.match(
    (await run('import-file', library, '--kind', 'study', '--as', 'nobody@example.org')).said,
    /nobody@example\.org/,
  )
  const unsaid = await run('import', library)
  assert.match(unsaid.said, /qingdao import-file/)
  assert.notEqual(unsaid.status, 0)
})

test('a table of statistics is looked through, told by row, published and taken back, and says how to go on', async () => {
  const described = ['--code', 'KE-laptops', '--title', 'Laptops', '--language', 'en', '--unit', 'percent']
  assert.equal((await run('statistics', 'describe', ...described, '--publisher', 'NBS')).status, 0)
  const table = join(folder, 'laptops.csv')
  writeFileSync(table, '\uFEFFPays;Année;Valeur;Remarque\nKenya;2021;40,5;\nKénia;2022;41,5;\nOuganda;1013;33;\n')
  const bring = (indicator: string, ...more: string[]) =>
    run('import-values', table, '--publisher', 'NBS', '--published-on', '2024-05', '--indicator', indicator, ...more)

  const unknown = await bring('KE-tablets')
  assert.match(unknown.said, /“KE-tablets” is not an indicator on this site[^]*qingdao statistics describe/)
  assert.equal(unknown.status, 2)
  const wrong = await bring('KE-laptops')
  assert.match(wrong.said, /3 rows · 2 new values/)
  assert.match(wrong.said, /Columns from which nothing is imported: Remarque/)
  assert.match(wrong.said, /✗ Row 4, B Année, 1013: This is no year/)
  assert.match(wrong.said, /Nothing was published[^]*--leave-out/)
  assert.equal(wrong.status, 1)
  const taken = await bring('KE-laptops', '--leave-out')
  assert.match(taken.said, /2 values were added/)
  const [, id = ''] = /To undo this: qingdao statistics undo --id (\w+)/.exec(taken.said) ?? []
  assert.match((await run('statistics', 'undo', '--id', id)).said, /"state": "undone"/)
  assert.match((await bring('KE-laptops', '--dry-run')).said, /2 new values/)
})
