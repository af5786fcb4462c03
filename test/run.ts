/**
 * Runs the suite: everything once on SQLite, then all that opens a node again on PostgreSQL.
 * `node test/run.ts [part of a file name …]`. The last line is the count.
 */
import { chmodSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { freemem, tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { text } from 'node:stream/consumers'
import { inspect } from 'node:util'
import { startPostgres } from './postgres.ts'
import { makeTemplate } from './template.ts'

const wanted = process.argv.slice(2)
const files = globSync(['src/**/*.test.ts', 'test/**/*.test.ts', 'tools/**/*.test.ts'])
  .sort()
  // The longest begins first, so that nothing is left to run alone at the end.
  .sort((a, b) => Number(b.endsWith('/browser.test.ts')) - Number(a.endsWith('/browser.test.ts')))
  .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
// Pages and emails are the same whichever engine is behind them, and all collections are read alike, so these look once.
const opensApp = (file: string) =>
  /(?:test|\.)\/(?:app|story|library)\.ts'/.test(readFileSync(file, 'utf8')) &&
  !/browser|importers|raw-codes|mails\.test/.test(file)

const counts = { passed: 0, failed: 0, skipped: 0 }
/** What failed, told once more at the end: of a long output often only the end is kept. */
const failures: string[] = []

/** Files that share a process: what a node reads to begin is a good part of what a file's tests take. */
const perProcess = 8
/** Who is in a browser mostly waits, so these run beside the others; where memory is short, fewer at once. */
const [atOnce, browsersAtOnce] = freemem() > 8e9 ? [3, 3] : [2, 1]

async function runFiles(title: string, these: string[]): Promise<void> {
  if (these.length === 0) return
  console.log(`\n# ${title}: ${these.length} files`)
  const inBrowser = (file: string) => file.includes('browser')
  const browsers = these.filter(inBrowser).map((file) => [file])
  const others = inGroups(these.filter((file) => !inBrowser(file)))
  await Promise.all([inTurn(title, browsers, browsersAtOnce), inTurn(title, others, atOnce)])
}

async function inTurn(title: string, groups: string[][], workers: number): Promise<void> {
  const worker = async () => {
    for (let group = groups.shift(); group; group = groups.shift()) await runGroup(title, group)
  }
  await Promise.all(Array.from({ length: workers }, worker))
}

function inGroups(these: readonly string[]): string[][] {
  const count = Math.ceil(these.length / perProcess)
  return Array.from({ length: count }, (_, at) => these.filter((_file, index) => index % count === at))
}

async function runGroup(title: string, group: readonly string[]): Promise<void> {
  const events = run({ files: ['test/group.ts'], argv: group, timeout: 30 * 60_000 })
  events.on('test:pass', ({ skip, details, name }) => {
    if (isFile(details, name)) return
    if (skip) counts.skipped++
    else counts.passed++
  })
  events.on('test:fail', ({ name, file, details }) => {
    // A suite fails with what is in it.
    if (/subtests? failed/.test(details.error.message)) return
    counts.failed++
    failures.push(`✖ ${title}: ${name}\n  ${file ?? ''}\n${inspect(details.error.cause ?? details.error)}`)
  })
  process.stdout.write(await text(events.filter(isOfATest).compose(spec)))
}

/** The sums of one process say little; those of all are told at the end. */
const isOfATest = ({ type, data }: { type: string; data: { nesting?: number } }) =>
  type !== 'test:summary' && !(type === 'test:diagnostic' && data.nesting === 0)

/** A file that holds no test is reported as one; it is none. */
const isFile = (details: { type?: string | undefined }, name: string) =>
  details.type === 'suite' || files.includes(name) || name.endsWith('.test.ts')

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

// Each file is a process of its own and reads the whole node: what one compiled, the others need not compile again.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'node-compile-cache')
keepFoldersInMemory()
delete process.env.DATABASE_URL
const given = process.env.TEST_DATABASE_URL
delete process.env.TEST_DATABASE_URL
await runFiles('SQLite', files)
const server = given ? { url: given, stop: async () => {} } : await startPostgres()
if (server) {
  process.env.TEST_DATABASE_URL = server.url
  const template = await makeTemplate(server.url)
  process.env.TEST_DATABASE_TEMPLATE = template.name
  await runFiles('PostgreSQL', files.filter(opensApp))
  await template.drop()
  await server.stop()
}
if (failures.length > 0) console.log(`\n# What failed\n${failures.join('\n\n')}`)
console.log(`\n${counts.passed} passed, ${counts.failed} failed${counts.skipped ? `, ${counts.skipped} skipped` : ''}`)
process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0
