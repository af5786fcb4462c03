/** `qingdao doctor` compares what should agree, and `/ready` says what can be served: each fault is named, with what to do. */
import 'reflect-metadata'
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { webcrypto } from 'node:crypto'
import { closeSync, mkdirSync, openSync, readdirSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, test } from 'node:test'
import * as x509 from '@peculiar/x509'
import { sql } from 'kysely'
import { openApp, type App } from '#app'
import { messagesIn } from '#kernel/i18n/messages.ts'
import { reported } from '../src/commands/reported.ts'
import { deliverMail, post } from '#kernel/mail/mail.ts'
import { attachedFiles } from '#features/attachments/store.ts'
import { testApp, type TestApp } from './app.ts'
import { story } from './story.ts'
import { typed } from './typed.ts'

x509.cryptoProvider.set(webcrypto as never)

/** As the operator types it, while the node of the test is open; its own server is at no port. */
async function doctor({ folder, options }: TestApp, env: NodeJS.ProcessEnv = {}) {
  const database = options.databaseAddress.startsWith('postgres') ? { DATABASE_URL: options.databaseAddress } : {}
  const { status, stdout, stderr } = await typed(['doctor'], { DATA_DIR: folder, PORT: '9', ...database, ...env })
  assert.doesNotMatch(stdout + stderr, /\n\s+at |node:internal|undefined|\[object/)
  return { status, told: stdout + stderr }
}

/** What it says is wrong, and that it says what to do. */
async function finds(node: TestApp, fault: RegExp, env: NodeJS.ProcessEnv = {}): Promise<void> {
  const { status, told } = await doctor(node, env)
  const lines = told.split('\n')
  const at = lines.findIndex((line) => line.startsWith('✗') && fault.test(line))
  assert.ok(at >= 0, told)
  assert.match(lines[at + 1]!, /→ \S/, told)
  assert.equal(status, 1, told)
}

/** A certificate as PEM, in force between two days. */
async function selfSigned(from: string, until: string): Promise<string> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as CryptoKeyPair
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'C=ES, O=Root Authority',
    notBefore: new Date(from),
    notAfter: new Date(until),
    keys,
    signingAlgorithm: algorithm,
  })
  return made.toString('pem')
}

async function nodeWith(count: number): Promise<TestApp> {
  const node = await testApp()
  await shareMore(node, count)
  await node.app.follow()
  await node.app.log.follow()
  await node.app.saveSearch()
  return node
}

/** Through the app, whose log and search take it in when they are told to. */
async function shareMore({ app }: { app: App }, count: number): Promise<void> {
  const share = app.operation('resources.share')!
  for (let at = 0; at < count; at++)
    await app.perform(
      share,
      { kind: 'person', id: 'chen', roles: ['curator'] },
      { ...story, url: `https://example.org/${Math.random()}` },
    )
}

test('a node that is well has no faults, and each thing that was looked at is named', async () => {
  const { status, told } = await doctor(await nodeWith(3))
  assert.equal(status, 0, told)
  for (const name of [
    'Disk',
    'Permissions',
    'Database',
    'Keys',
    'Transparency log',
    'Published versions',
    'Search index',
    'Attached files',
    'Email',
    'Address',
  ])
    assert.match(told, new RegExp(`^[✓!] ${name} `, 'm'))
  assert.match(told, /No faults\./)
})

test('a log that stands still behind the journal, and a key that is missing', async () => {
  const node = await nodeWith(2)
  await shareMore(node, 3)
  // A node that was stopped takes them in when it starts.
  const { told } = await doctor(node)
  assert.match(told, /! Transparency log.+3 published/)
  const address = await node.web.fastify.listen({ port: 0, host: '127.0.0.1' })
  const running = { PORT: new URL(address).port }
  await finds(node, /Transparency log.+3 published versions are missing/, running)
  const keys = join(node.folder, 'keys')
  for (const name of readdirSync(keys)) if (name.endsWith('.json')) rmSync(join(keys, name))
  await finds(node, /Keys.+log-\w+\.json is missing/)
})

test('a database put back from an older copy: the log stands still, and the advice is about the copy', async () => {
  const node = await nodeWith(3)
  await node.app.database.write(async (tx) => {
    await sql`delete from journal where seq = 3`.execute(tx)
    await sql`update journal_head set seq = 2`.execute(tx)
  })
  const other = await openApp(node.options)
  await other.log.follow().catch(() => {})
  await finds(node, /Transparency log.+has stopped.+near line 3/)
  const { told } = await doctor(node)
  assert.match(told, /→ Was the database restored from an older copy/)
  assert.doesNotMatch(told, /does not match the log|which adds them/)
  rmSync(node.app.log.folder, { recursive: true })
  await finds(node, /Transparency log.+has stopped/)
  await other.close()
})

test('a node that signs nothing says so at its address, to programs and in one line of its output', async () => {
  const node = await nodeWith(1)
  const keys = join(node.folder, 'keys')
  for (const name of readdirSync(keys)) if (name.startsWith('log-')) rmSync(join(keys, name))
  rmSync(node.app.log.folder, { recursive: true })
  await shareMore(node, 1)
  await assert.rejects(node.app.log.follow())
  const { ready, log } = (await node.get('/ready')).json()
  assert.deepEqual({ ready, log }, { ready: true, log: { signs: false, problem: 'logKeyMissing' } })
  const checkpoint = await node.get('/log/checkpoint')
  assert.equal(checkpoint.statusCode, 503)
  assert.equal(checkpoint.json().code, 'logKeyMissing')
  await finds(node, /Keys.+log-\w+\.json is missing/)
  const line = reported(messagesIn('en'), node.app.log.trouble())
  assert.match(line, /^The key of the transparency log is missing\. .+Restore the folder of keys/)
  assert.doesNotMatch(line, /\n/)
})

test('a record that was changed in the database itself', async () => {
  const node = await nodeWith(3)
  await node.app.database.write((tx) =>
    sql`update record set body = replace(body, 'Clever', 'Stupid') where number = 2`.execute(tx),
  )
  await finds(node, /Published versions.+1 does not match the log: [0-9a-z]+\/1/)
})

test('search that finds fewer records than there are', async () => {
  const node = await nodeWith(1)
  await shareMore(node, 4)
  await finds(node, /Search index.+1 of 5 records can be found, 4 lines behind/)
  const { search, ready } = (await node.get('/ready')).json()
  assert.deepEqual(
    { ready, ...search },
    { ready: true, complete: false, records: 1, expected: 5, behind: 4, rebuilding: null },
  )
  await node.app.follow()
  assert.equal((await node.get('/ready')).json().search.complete, true)
})

test('files that are missing or were changed', async () => {
  const node = await nodeWith(1)
  const { files } = node.app.runtime.services
  const kept: string[] = []
  for (const content of ['one', 'two', 'three']) {
    writeFileSync(join(node.folder, 'brought'), content)
    const { sha256, bytes } = await files.keep(join(node.folder, 'brought'))
    kept.push(sha256)
    await node.app.database.write((tx) =>
      attachedFiles(tx).add({ file: sha256, mediaType: 'image/png', bytes, width: 1, height: 1, createdAt: '2026' }),
    )
  }
  await files.remove(kept[0]!)
  writeFileSync(files.path(kept[1]!), 'changed')
  await finds(node, /Attached files.+1 missing, 1 changed: [0-9a-f]{64}, [0-9a-f]{64}/)
})

test('certificates of authorities that cannot be read or have ended', async () => {
  const node = await nodeWith(1)
  const folder = join(node.folder, 'certificates')
  mkdirSync(folder)
  writeFileSync(join(folder, 'note.pem'), 'not a certificate')
  writeFileSync(join(folder, 'readme.txt'), 'of no matter')
  const ended = await selfSigned('2001-01-01', '2002-01-01')
  writeFileSync(join(folder, 'old.pem'), ended)
  writeFileSync(join(folder, 'new.pem'), await selfSigned('2001-01-01', '2999-01-01'))
  await finds(node, /Certificates of authorities.+no certificate can be read in: note\.pem$/)
  rmSync(join(folder, 'note.pem'))
  const { told } = await doctor(node)
  assert.match(told, /! Certificates of authorities.+not in force today.+: old\.pem\n.+→ Get the authority/)
  assert.match(told, /✓ Certificates of authorities +1 certificate in force/)
})

test('e-mails that do not leave, and a mail server that lets nobody in', async () => {
  const node = await nodeWith(1)
  const { database, environment } = node.app
  await database.write((tx) =>
    post(tx, { to: 'a@example.org', subject: 'S', text: 'T', language: 'en' }, environment.now()),
  )
  await deliverMail(database, async () => Promise.reject(new Error('550 relay denied')), environment.now)
  await finds(node, /Email.+1 not sent yet, 0 given up\. The last response: 550 relay denied/)
  await finds(node, /Email.+refuses the connection: .*ECONNREFUSED/, { SMTP_URL: 'smtp://127.0.0.1:9' })
})

test('an address at which another node answers, or something that is no node', async () => {
  const node = await nodeWith(1)
  let answer: object = { node: 'another', search: { records: 5 } }
  const server = createServer((_request, response) => response.end(JSON.stringify(answer))).listen(0, '127.0.0.1')
  await once(server, 'listening')
  after(() => server.close())
  const { port } = server.address() as AddressInfo
  const address = { PUBLIC_URL: `http://127.0.0.1:${port}` }
  assert.match((await doctor(node, address)).told, /nobody is named whom to tell of a weakness/)
  const body = { title: { en: 'Node' }, originalLanguage: 'en', contactEmail: 'contact@example.org' }
  await node.as('operator')('site.save', { revision: 0, body })
  assert.match((await doctor(node, address)).told, /security\.txt says whom to write to/)
  await finds(node, /Address.+another node answers at/, address)
  answer = { welcome: 'to nginx' }
  const { told } = await doctor(node, address)
  assert.match(told, /! Address.+does not answer as a node/)
})

test(
  'damaged pages are told with what to do, and by no stack',
  { skip: process.env.TEST_DATABASE_URL ? 'SQLite alone' : false },
  async () => {
    const node = await nodeWith(60)
    await node.app.database.forget()
    const path = join(node.folder, 'qingdao.sqlite')
    const pages = statSync(path).size / 4096
    const file = openSync(path, 'r+')
    for (let page = 4; page < pages; page += 3) writeSync(file, Buffer.alloc(2_000, 0x5a), 0, 2_000, page * 4096 + 100)
    closeSync(file)
    await finds(node, /Database.+(damaged in|cannot be read)/)
  },
)

test(
  'what cannot be opened at all is told as well',
  { skip: process.env.TEST_DATABASE_URL ? 'SQLite alone' : false },
  async () => {
    const node = await nodeWith(1)
    await node.app.database.forget()
    writeFileSync(join(node.folder, 'qingdao.sqlite'), 'no database '.repeat(2_000))
    await finds(node, /Database.+cannot be read/)
  },
)

test('a job that failed says with what, in the words of the pages; what was cut or is no problem of ours is told too', async () => {
  const node = await nodeWith(1)
  const failWith = (name: string, message: string) =>
    node.app.database.write((tx) =>
      sql`insert into job (name, "dueAt", failures, "lastError") values (${name}, '2026-01-01', 1, ${message})`.execute(
        tx,
      ),
    )
  await failWith('test-reads', 'fetchFailed {"url":"https://x.example/","reason":"no answer"}')
  await failWith('test-cut', 'fetchFailed {"url":"https://x.exam')
  await failWith('test-other', 'socket hang up')
  await finds(
    node,
    /test-reads.*failed once: The other server did not answer\. “https:\/\/x\.example\/” could not be read/,
  )
  const { told } = await doctor(node)
  assert.match(told, /test-cut.*failed once: [^{]*\n/)
  assert.match(told, /test-other.*failed once: socket hang up/)
  assert.doesNotMatch(told, /fetchFailed|\{"/)
})
