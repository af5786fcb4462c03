/** What an operator meets when something around the node is wrong: one clear line, the right exit status, no stack. */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { testApp } from './app.ts'
import { startNode } from './browser.ts'
import { freshFolder } from './temporary.ts'
import { startPostgres } from './postgres.ts'
import { main, typed, typedAlone, type Outcome as Typed } from './typed.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const nobody = 65_534
const isRoot = process.getuid?.() === 0

type Outcome = { status: number | null; told: string }

const elsewhere = freshFolder()
const usual = { SEED: 'false', DATA_DIR: join(elsewhere, 'data') }
const toldBy = ({ status, stdout, stderr }: Typed): Outcome => ({ status, told: `${stdout}${stderr}` })

/** A command as somebody types it. */
const run = async (words: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  toldBy(await typed(words, { ...usual, ...env }))

/** The same in a process of its own; `asNobody`: as a user of the machine without rights. */
const runAlone = (words: readonly string[], env: NodeJS.ProcessEnv = {}, { asNobody = false } = {}) =>
  toldBy(
    typedAlone(
      words,
      { SEED: 'false', ...env },
      // Whoever tried the project first has a node of their own in the folder of the project.
      { cwd: elsewhere, ...(asNobody && isRoot && { uid: nobody, gid: nobody }) },
    ),
  )

/** Said in few lines, with what to do, and without the places in our code. */
function clearly({ status, told }: Outcome, expected: number, words: RegExp): void {
  assert.match(told, words)
  assert.equal(status, expected, told)
  assert.doesNotMatch(told, /\n\s+at |node:internal|“”|undefined|\[object/, told)
  assert.ok(told.trim().split('\n').length <= 4, told)
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await wait(50)
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

test('commands that read make nothing where there is nothing, and say so', async () => {
  const nowhere = join(freshFolder(), 'mistyped')
  const none = join(nowhere, 'none')
  for (const words of [
    ['doctor'],
    ['rebuild'],
    ['log'],
    ['log', 'rotate-key', '--yes'],
    ['dump', none],
    ['recover-access', 'amina@example.org'],
    ['search', '--q', 'tablets'],
    ['practices', 'list'],
    ['verify', none],
  ])
    clearly(
      await run(words, { DATA_DIR: nowhere }),
      4,
      words[0] === 'verify' ? /does not exist/ : /There is no node here/,
    )
  assert.ok(!existsSync(nowhere))
})

test('a key of the log is replaced or revoked only by who says that it is meant', async () => {
  const node = await testApp()
  await node.app.log.follow()
  const keys = async () => (await node.app.log.publicKeys())!.keys
  const database = node.options.databaseAddress.startsWith('postgres') ? node.options.databaseAddress : ''
  const log = (...words: string[]) => run(['log', ...words], { DATA_DIR: node.folder, DATABASE_URL: database })
  const [first] = await keys()
  clearly(await log('rotate-key'), 2, /cannot be undone.+--yes/s)
  clearly(await log('revoke-key'), 2, /cannot be undone.+--since.+--yes/s)
  clearly(await log('revoke-key', first!.verifier), 2, /cannot be undone/)
  assert.deepEqual(await keys(), [first])

  assert.equal((await log('rotate-key', '--yes')).status, 0)
  assert.equal((await keys()).length, 2)
  const since = new Date(Date.now() - 1_000).toISOString()
  assert.equal((await log('revoke-key', '--since', since)).status, 0)
  assert.equal((await keys())[1]!.revokedSince, since)
  assert.equal((await log('revoke-key', '--yes')).status, 0)
  assert.equal((await keys()).length, 4)
  assert.match((await run(['log', '--help'])).told, /--since[\s\S]+\[now\]/)
})

test('an import from a wrong folder says that there is nothing to import, and makes no node', async () => {
  const [folder, wrong] = [join(freshFolder(), 'data'), freshFolder()]
  clearly(await run(['import', 'all', wrong], { DATA_DIR: folder }), 1, /nothing to import.+ror\.org/s)
  clearly(await run(['import', 'all', join(wrong, 'none')], { DATA_DIR: folder }), 4, /Folder not found/)
  clearly(await run(['import', 'ror', join(wrong, 'none')], { DATA_DIR: folder }), 4, /Folder not found/)
  assert.ok(!existsSync(folder))
})

test('words and flags that do not exist are told with what was probably meant, never with an empty guess', async () => {
  clearly(runAlone(['docter']), 2, /Did you mean “doctor”\?/)
  for (const words of [[''], ['zzzz'], ['zzzz', '--q', 'x'], ['import', 'zzzz', '.'], ['help', '']])
    clearly(await run(words), 2, /is not known/)
  clearly(await run(['doctor', '--zzzz']), 2, /Unknown option/)
  clearly(await run(['start', 'seedless']), 2, /“start seedless” is not known. Did you mean “start”/)
  clearly(await run(['doctor', '--']), 4, /no node here/)
})

test('each setting with a value that cannot be names itself and what it may be', async () => {
  const folder = freshFolder()
  const wrong: Record<string, string> = {
    PORT: 'eighty',
    PROCESSES: '0',
    PUBLIC_URL: 'example.org',
    SECOND_STEP: 'sometimes',
    SCANNER: 'clamav',
    BREACHED_PASSWORDS: 'yes',
    EMBEDDINGS_URL: 'ollama',
    OIDC_ISSUER: 'university',
    SMTP_URL: 'mail.example.org',
    MAIL_FROM: 'Qingdao\nBcc: all@example.org',
    TRUSTED_PROXIES: 'proxy',
    ATTACHMENT_MEGABYTES: '1000',
    CHECK_LINKS: 'perhaps',
    CHROMIUM_SANDBOX: 'perhaps',
    CHROMIUM_PATH: join(folder, 'chromium'),
    SEED: 'perhaps',
    AUDIT_LINES: 'perhaps',
    DATABASE_URL: 'mysql://root@localhost/qingdao',
  }
  clearly(await run(['start'], { DATA_DIR: folder, PORT: 'eighty' }), 2, /PORT.+cannot be/)
  for (const [name, value] of Object.entries(wrong))
    clearly(await run(['start'], { DATA_DIR: folder, PORT: '0', [name]: value }), 2, new RegExp(`${name}.+cannot be`))
})

test('what a setting may be is told with its values, and why the one given cannot be', async () => {
  const told = async (env: Record<string, string>) => (await run(['start'], { PORT: '0', ...env })).told
  assert.match(await told({ PROCESSES: '0' }), /It must be: 1…64 – Serving/)
  assert.match(await told({ PORT: '99999' }), /0…65535/)
  assert.match(await told({ CHECK_LINKS: 'maybe' }), /true, false/)
  assert.match(await told({ CHROMIUM_PATH: '/nope' }), /This file does not exist/)
  assert.match(await told({ EMBEDDINGS_URL: 'http://127.0.0.1:1/v1/embeddings' }), /EMBEDDINGS_MODEL.+with another/)
})

test('words that a command does not take, files that are none, and names that stand for nothing are told as they are', async () => {
  clearly(await run(['recover-access', 'x@example.org', 'extra']), 2, /“recover-access extra” is not known/)
  clearly(await run(['-z']), 2, /“-z” is not known/)
  assert.match((await run(['-v'])).told, /^\d+\.\d+\.\d+\n$/)
  const file = join(freshFolder(), 'hostname')
  writeFileSync(file, 'machine\n')
  clearly(await run(['verify', file]), 2, /holds no credential, proof, record, dump or log/)
  clearly(await run(['import', 'iati', join(elsewhere, 'activities.xml')]), 4, /File not found.+does not exist/)
  clearly(await run(['import-file', file]), 2, /“--kind” needs: practice/)
  const node = await testApp()
  const database = node.options.databaseAddress.startsWith('postgres') ? node.options.databaseAddress : ''
  const here = { DATA_DIR: node.folder, DATABASE_URL: database }
  clearly(await run(['node', 'pull', 'http://nowhere.example'], here), 4, /does not follow a site “http:\/\/nowhere/)
  clearly(await run(['indicators', 'values', '--code', 'nope'], here), 4, /There is no indicator “nope” here/)
  const wrong = join(elsewhere, 'broken.xml')
  writeFileSync(wrong, '<iati-activities version="2.03"><')
  assert.doesNotMatch((await run(['import', 'iati', wrong], here)).told, /malformedXml/)
})

test('a folder that no folder can be made in is told at once', { skip: !existsSync('/proc/self') }, () => {
  clearly(runAlone(['start', '--port', '0'], { DATA_DIR: '/proc/foo/data' }), 7, /cannot be created or written to/)
})

test('a data folder that cannot be written, and one that is a file, are told in one line', async () => {
  const above = freshFolder()
  chmodSync(above, 0o755)
  const asNobody = true
  if (isRoot) chownSync(above, 0, 0)
  else chmodSync(above, 0o555)
  clearly(
    runAlone(['start', '--port', '0'], { DATA_DIR: join(above, 'data') }, { asNobody }),
    7,
    /cannot be created or written to/,
  )
  writeFileSync(join(above, 'file'), 'a file')
  clearly(await run(['start', '--port', '0'], { DATA_DIR: join(above, 'file') }), 7, /cannot be created or written to/)
  chmodSync(above, 0o755)
})

test('what is no database, or one that is damaged, is told in one line', async () => {
  const folder = freshFolder()
  writeFileSync(join(folder, 'qingdao.sqlite'), 'no database at all '.repeat(100))
  for (const words of [['start', '--port', '0'], ['search', '--q', 'x'], ['rebuild']])
    clearly(await run(words, { DATA_DIR: folder }), 7, /database cannot be read/)
})

test('a port that is taken, one that may not be had, and an address of another machine are told once', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  after(() => other.close())
  await until(() => other.address() !== null)
  const { port } = other.address() as AddressInfo
  const folder = freshFolder()
  clearly(runAlone(['start'], { DATA_DIR: folder, PORT: String(port) }), 7, /port is in use/)
  clearly(runAlone(['start'], { DATA_DIR: folder, PORT: String(port), PROCESSES: '2' }), 7, /port is in use/)
  clearly(await run(['start'], { DATA_DIR: folder, PORT: '0', HOST: '192.0.2.1' }), 7, /cannot listen/)
  clearly(await run(['start'], { DATA_DIR: folder, PORT: '0', HOST: 'no.such.host.invalid' }), 7, /cannot listen/)
})

test('with several processes the first operator’s link is told once', async () => {
  const node = await startNode(freshFolder(), ['--no-seed', '--processes', '2'])
  await until(() => /account\/link/.test(node.said()))
  await node.stop()
  assert.equal(node.said().match(/account\/link\//g)?.length, 1, node.said())
  assert.ok(node.said().includes(`${node.address}/account/link/`), node.said())
})

test('a signal to npm start ends the node below it', { skip: process.platform === 'win32' }, async () => {
  const folder = freshFolder()
  const npm = spawn('npm', ['start', '--', '--port', '0', '--data-dir', folder, '--no-seed'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  npm.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  await until(() => /ready at/.test(said))
  const below = childrenOf(npm.pid!)
  assert.ok(below.length >= 1, 'npm has children')
  npm.kill('SIGTERM')
  await until(() => !below.some(isAlive))
})

/** All that descend from it. */
function childrenOf(pid: number): number[] {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' })
  const pairs = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
  const direct = pairs.filter(([, parent]) => parent === pid).map(([child]) => child!)
  return direct.flatMap((child) => [child, ...childrenOf(child)])
}

test(
  'the first start of a machine with 512 MB stays below them',
  { skip: !existsSync('/proc/self/status') },
  async () => {
    const small = `import os from 'node:os'; os.totalmem = () => ${512 * 1024 * 1024}`
    const child = spawn(
      process.execPath,
      [
        '--import',
        `data:text/javascript,${encodeURIComponent(small)}`,
        main,
        'start',
        '--port',
        '0',
        '--data-dir',
        freshFolder(),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    await until(() => /ready at .+ with [\d,]{5,} records/.test(said))
    const [, peak] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))!
    child.kill('SIGTERM')
    assert.ok(Number(peak) < 512 * 1024, `${peak} kB`)
  },
)

test('PostgreSQL with a wrong password, no such database, or nobody at its port is told with what to check', async (t) => {
  const server = await startPostgres('right')
  if (!server) return t.skip('no PostgreSQL here')
  t.after(server.stop)
  const folder = freshFolder()
  const opened = (url: string, words = ['start', '--port', '0']) => run(words, { DATA_DIR: folder, DATABASE_URL: url })
  const check = /PostgreSQL cannot be opened.+DATABASE_URL/s
  clearly(await opened(server.url.replace(':right@', ':wrong@')), 7, check)
  clearly(await opened(server.url.replace(':right@', '@')), 7, check)
  clearly(await opened(server.url.replace(/\/postgres$/, '/none')), 7, check)
  clearly(await opened('postgres://qingdao@no.such.host.invalid/qingdao'), 7, check)
  clearly(await opened(server.url, ['doctor']), 4, /no node here/)
  await server.stop()
  clearly(await opened(server.url), 7, check)
})

test('while PostgreSQL is stopped the node answers 503 and says why, and when it is back it serves again by itself', async (t) => {
  const server = await startPostgres()
  if (!server) return t.skip('no PostgreSQL here')
  t.after(server.stop)
  const node = await startNode(freshFolder(), ['--no-seed', '--database-url', server.url])
  t.after(node.stop)
  const statusOf = async (path: string) => (await fetch(`${node.address}${path}`)).status
  // Many at once, so that connections are in use and transactions open when it stops.
  const asked = () =>
    Promise.all(Array.from({ length: 30 }, (_, at) => statusOf(`/en/search?q=tablet${at}-${Math.random()}`)))
  assert.deepEqual(new Set(await asked()), new Set([200]))
  const meanwhile = asked()
  await server.pause()
  for (const status of await meanwhile) assert.ok([200, 503].includes(status), String(status))
  assert.equal(await statusOf(`/api/practices?limit=2`), 503)
  const ready = await fetch(`${node.address}/ready`)
  assert.equal(ready.status, 503)
  assert.match(await ready.text(), /PostgreSQL/)
  assert.equal(await statusOf('/health'), 200)
  // Long enough for followers and jobs to have met it.
  await wait(3_000)
  await server.resume()
  await until(async () => (await statusOf('/ready')) === 200)
  assert.deepEqual(new Set(await asked()), new Set([200]))
  const signUp = await fetch(`${node.address}/api/practices?limit=1`)
  assert.equal(signUp.status, 200)
  assert.doesNotMatch(node.said(), /unhandled|uncaught/i)
})

test('an operator’s own node on a private address is verified when its owner says so, and refused otherwise', async () => {
  const folder = freshFolder()
  mkdirSync(folder, { recursive: true })
  const node = await startNode(folder, ['--no-seed'])
  clearly(await run(['verify', node.address]), 2, /private network.+--private/s)
  await until(
    async () => existsSync(join(folder, 'log')) && (await run(['verify', node.address, '--private'])).status === 0,
  )
  await node.stop()
})
