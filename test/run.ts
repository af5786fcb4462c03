/**
 * Runs the suite: everything once on SQLite, then all that opens a node again on PostgreSQL.
 * `node test/run.ts [part of a file name …]`. The last line is the count.
 */
import { chmodSync, existsSync, globSync, mkdtempSync, readFileSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { freemem, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { text } from 'node:stream/consumers'
import { inspect } from 'node:util'
import { startPostgres } from './postgres.ts'
import { makeTemplate } from './template.ts'
import { tracking } from './tracked.ts'

const wanted = process.argv.slice(2)
const inBrowser = (file: string) => file.includes('browser')
/** What takes longest begins first, so that nothing is left to run alone at the end: tests of the whole node, one of them above all. */
const weight = (file: string) => (file.endsWith('/browser.test.ts') ? 2 : Number(file.startsWith('test/')))
const files = globSync(['src/**/*.test.ts', 'test/**/*.test.ts', 'tools/**/*.test.ts'])
  .sort()
  .sort((a, b) => weight(b) - weight(a))
  .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
/**
 * Pages, forms and emails are the same whichever engine is behind them, all collections are read alike, and what search understands lies in files of its
 * own, so these look once.
 */
const lookOnce =
  /browser|importers|in-parts|every-form|raw-codes|docs-examples|mails\.test|search\/(?:plain-words|finding|strict|sentences|general-words|notices)\.test/
const opensApp = (file: string) =>
  /(?:test|\.)\/(?:app|story|library)\.ts'/.test(readFileSync(file, 'utf8')) && !lookOnce.test(file)

const counts = { passed: 0, failed: 0, skipped: 0 }
/** What failed, told once more at the end: of a long output often only the end is kept. */
const failures: string[] = []

/** Who is in a browser mostly waits, so these run beside the others; where memory is short, fewer at once. */
const [atOnce, browsersAtOnce] = freemem() > 8e9 ? [3, 3] : [2, 1]

/** Bytes for each of these processes, which begin anew beyond them: the more there is, the less is read again. */
const room = Math.min(1.5e9, Math.max(0.7e9, freemem() / 12))

/** All these files, by so many processes at once, which share them among themselves. */
async function runFiles(title: string, these: string[], processes: number, env = process.env): Promise<void> {
  if (these.length === 0) return
  console.log(`\n# ${title}: ${these.length} files`)
  const taken = mkdtempSync(join(tmpdir(), 'qingdao-taken-'))
  const worker = async () => {
    while (readdirSync(taken).length < these.length) await runWorker(title, [taken, String(room), ...these], env)
  }
  await Promise.all(Array.from({ length: Math.min(processes, these.length) }, worker))
  rmSync(taken, { recursive: true })
}

async function runWorker(engine: string, argv: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  // Most of what a test makes is thrown away at once: with more room for what is young, less time goes into looking through it.
  const execArgv = ['--max-semi-space-size=64', tracking]
  // Of a process that died only the file it was in tells what failed.
  let title = engine
  const ofOneFile: TestEvent[] = []
  const tell = async () => process.stdout.write(await text(Readable.from(ofOneFile.splice(0)).compose(new spec())))
  for await (const event of run({
    files: ['test/worker.ts'],
    argv,
    execArgv,
    env,
    timeout: 60 * 60_000,
  }) as AsyncIterable<TestEvent>) {
    if (event.type === 'test:dequeue' && isFile(event)) title = `${engine}, ${event.data.name}`
    count(title, event)
    if (isOfATest(event)) ofOneFile.push(event)
    if (isFile(event) && /test:(?:pass|fail)/.test(event.type)) await tell()
  }
  // Of a process that died in the middle of a file.
  await tell()
}

function count(title: string, { type, data }: TestEvent): void {
  if (isFile({ type, data }) && type === 'test:pass') return
  if (type === 'test:pass') counts[data.skip === undefined ? 'passed' : 'skipped']++
  if (type !== 'test:fail') return
  const error = data.details?.error
  // A suite fails with what is in it.
  if (/subtests? failed/.test(error?.message ?? '')) return
  counts.failed++
  failures.push(`✖ ${title}: ${data.name}\n${inspect(error?.cause ?? error)}`)
}

type TestEvent = {
  type: string
  data: {
    name?: string
    nesting: number
    file?: string
    skip?: string | boolean
    details?: { type?: string; error?: Error }
  }
}

/** The sums of one process say little; those of all are told at the end. */
const isOfATest = ({ type, data }: TestEvent) =>
  type !== 'test:summary' && !(type === 'test:diagnostic' && data.nesting === 0) && data.name !== 'files'

/** A file is reported as a test too, and a suite; they are none. */
const isFile = ({ data: { name = '', details } }: TestEvent) =>
  details?.type === 'suite' || name === 'files' || name.endsWith('.test.ts') || name.endsWith('worker.ts')

/**
 * Hundreds of databases are made and thrown away: in memory, where there is room, that takes a tenth of the time that it takes on
 * a disk. Docker gives 64 MB unless asked; then the usual folder is used.
 */
function keepFoldersInMemory(): void {
  const memory = '/dev/shm'
  if (process.env.TMPDIR || !existsSync(memory)) return
  const { bavail, bsize } = statfsSync(memory)
  if (bavail * bsize < 4e9 || freemem() < 8e9) return
  const folder = mkdtempSync(join(memory, 'qingdao-tests-'))
  // PostgreSQL runs as nobody where we are root.
  chmodSync(folder, 0o755)
  process.env.TMPDIR = folder
  process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    process.once(signal, () => process.exit(code))
}

// Each process reads the whole node: what one compiled, the others need not compile again.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'node-compile-cache')
keepFoldersInMemory()
delete process.env.DATABASE_URL
const given = process.env.TEST_DATABASE_URL
delete process.env.TEST_DATABASE_URL

async function onPostgres(): Promise<void> {
  const server = given ? { url: given, stop: async () => {} } : await startPostgres()
  if (!server) return
  const template = await makeTemplate(server.url)
  const env = { ...process.env, TEST_DATABASE_URL: server.url, TEST_DATABASE_TEMPLATE: template.name }
  await runFiles('PostgreSQL', files.filter(opensApp), atOnce, env)
  await template.drop()
  await server.stop()
}

const others = files.filter((file) => !inBrowser(file))
await Promise.all([
  runFiles('In a browser', files.filter(inBrowser), browsersAtOnce),
  runFiles('SQLite', others, atOnce).then(onPostgres),
])
if (failures.length > 0) console.log(`\n# What failed\n${failures.join('\n\n')}`)
console.log(`\n# It took ${Math.floor(process.uptime() / 60)} min ${Math.floor(process.uptime() % 60)} s`)
console.log(`\n${counts.passed} passed, ${counts.failed} failed${counts.skipped ? `, ${counts.skipped} skipped` : ''}`)
process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0
