/** Who runs the machine erases the account of somebody who asked for it, once they say that they mean it. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openApp } from '#app'
import { newAccount } from '#accounts/email-link.ts'
import { people } from '#accounts/store.ts'
import { freshDatabase, freshFolder, usualNow } from './app.ts'
import { typed } from './typed.ts'

test('`erase-account` erases an account by its address, and says what is missing', async () => {
  const folder = freshFolder()
  const { address, drop } = await freshDatabase(folder)
  after(drop)
  const database = address.startsWith('postgres') ? ['--database-url', address] : []
  const run = async (...words: string[]) => {
    const { stdout, stderr, status } = await typed(['erase-account', ...words, '--data-dir', folder, ...database])
    return { said: stdout + stderr, status }
  }
  const environment = {
    now: () => usualNow,
    random: (size: number) => crypto.getRandomValues(new Uint8Array(size)),
    fetch: async () => assert.fail('no network'),
  }
  const made = await openApp({ dataDir: folder, databaseAddress: address, environment })
  const account = newAccount(environment, { name: 'Amina', email: 'amina@example.org', language: 'en' })
  await made.database.write((tx) => people(tx).add({ ...account, state: 'active', roles: ['contributor'] }))
  await made.close()

  const unmeant = await run('amina@example.org')
  assert.match(unmeant.said, /cannot be undone[^]*--yes/)
  assert.equal(unmeant.status, 2)
  const nobody = await run('sina@example.org', '--yes')
  assert.match(nobody.said, /no account with the address sina@example\.org/)
  assert.equal(nobody.status, 4)
  const done = await run('Amina@Example.org', '--keep-name', '--yes')
  assert.match(done.said, /The account of Amina@Example\.org was deleted/)

  const app = await openApp({ dataDir: folder, databaseAddress: address, environment })
  const { state, name, email } = (await people(app.database.read).byId(account.id))!
  const [event] = await people(app.database.read).audited({ subject: account.id, limit: 1 })
  await app.close()
  assert.deepEqual([state, name, email], ['erased', 'Amina', ''])
  assert.deepEqual([event?.event, event?.actor], ['account.erasedFor', 'system:shell'])
})
