import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { sources, type App } from '#app'
import { jobStates } from '#kernel/jobs/jobs.ts'
import { journalHead } from '#kernel/journal.ts'
import { readableByOthers } from '#kernel/private-files.ts'
import { Problem } from '#kernel/problem.ts'
import { scannerAt } from '#kernel/scanner.ts'
import { bar } from '#kernel/cli/terminal.ts'
import { writeDump } from '#features/dump/dump.ts'
import { breachedAt, isAnswering } from '#accounts/breached-passwords.ts'
import { isSound } from '#features/transparency/findings.ts'
import { readCheckpoint } from '#features/transparency/source.ts'
import { verifyLog } from '#features/transparency/verify-log.ts'
import { records } from '#records/store.ts'
import type { Command, Run } from './command.ts'
import { embeddingLines } from './embeddings.ts'
import { memoryOfMachine, searchThreadsFor } from './start.ts'

export const sourcesCommand: Command = {
  name: 'sources',
  takes: '',
  flags: [],
  run: async ({ terminal }) => {
    const width = Math.max(...[...sources.keys()].map(({ length }) => length))
    for (const { name, title, source } of sources.values())
      terminal.say(`${name.padEnd(width)}  ${title} — ${source.licence}`)
    return 0
  },
}

export const dumpCommand: Command = {
  name: 'dump',
  takes: '<folder>',
  flags: [{ name: 'if-changed', about: 'cli.flag.ifChanged' }],
  writesForOthers: true,
  run: async ({ given, flags, withApp, terminal, t, environment, settings }) => {
    const [folder] = given
    if (!folder) throw new Problem('badFlag', { flag: 'dump', what: dumpCommand.takes })
    return withApp(async ({ database, log }) => {
      const journal = await journalHead(database.read)
      if (flags['if-changed'] && (await journalOf(folder)) === journal) return 0
      const description = await writeDump(
        database.read,
        resolve(folder),
        {
          created: environment.now().toISOString(),
          journal,
          sources: [...sources.values()],
          title: settings.siteName,
          ...(database.writable && { log }),
        },
        (done) => terminal.progress(t('cli.dump.progress', { count: done })),
      )
      const rows = description.resources.reduce((sum, one) => sum + one.rows, 0)
      terminal.say(t('cli.dump.done', { count: rows, folder: resolve(folder) }))
      return 0
    })
  },
}

async function journalOf(folder: string): Promise<number | undefined> {
  const text = await readFile(join(folder, 'datapackage.json'), 'utf8').catch(() => undefined)
  return text === undefined ? undefined : (JSON.parse(text) as { journal?: number }).journal
}

export const rebuildCommand: Command = {
  name: 'rebuild',
  takes: '',
  flags: [],
  run: async ({ withApp, terminal, t }) =>
    withApp(async (app) => {
      await app.rebuildNames()
      await app.rebuildSearch((done, of) => terminal.progress(t('cli.index.progress', { bar: bar(done, of) })))
      await app.saveSearch()
      terminal.say(t('cli.rebuild.done', { count: app.search.memory().documents }))
      const { size, mended } = await app.log.rebuild()
      terminal.say(t('cli.rebuild.log', { size, mended }))
      return 0
    }),
}

/** The whole log is looked through: a few seconds for a million entries. */
async function logLine({ log }: App, t: Run['t']): Promise<string> {
  try {
    if (!(await readCheckpoint(log.source))) return t('cli.doctor.logNone')
    const { findings, size } = await verifyLog(log.source)
    return t(isSound(findings) ? 'cli.doctor.logSound' : 'cli.doctor.logUnsound', { size })
  } catch (error) {
    if (error instanceof Problem) return t('cli.doctor.logUnsound', { size: 0 })
    throw error
  }
}

/** What the node asks of others, where the operator set it. */
async function outsideLines(
  { scanner: address, breachedPasswords }: Run['settings'],
  goOut: Run['environment']['fetch'],
  t: Run['t'],
): Promise<[string, string][]> {
  const lines: [string, string][] = []
  const scanner = scannerAt(address)
  if (scanner) lines.push([t('cli.doctor.scanner'), await scanner.version().catch(() => t('cli.doctor.scannerSilent'))])
  const breached = breachedAt(breachedPasswords)
  if (breached) {
    const isThere = await isAnswering(breached, goOut)
    lines.push([t('cli.doctor.breached'), t(`cli.doctor.breached${isThere ? 'Answers' : 'Silent'}`)])
  }
  return lines
}

export const doctorCommand: Command = {
  name: 'doctor',
  takes: '',
  flags: [],
  run: async (run) => {
    const { withApp, terminal, t, f, settings, version, environment } = run
    return withApp(async (app) => {
      const counts = await records(app.database.read).counts()
      const { documents, segments, bytes, pieces } = app.search.memory()
      const { newest, damaged } = await app.checkSnapshots()
      const head = await journalHead(app.database.read)
      const jobs = await jobStates(app.database.read)
      const rows: [string, string][] = [
        [t('cli.doctor.version'), `${version} · Node.js ${process.version}`],
        [t('cli.doctor.folder'), settings.dataDir],
        [
          t('cli.doctor.database'),
          `${app.database.engine}${app.database.writable ? '' : ` (${t('cli.doctor.readOnly')})`}`,
        ],
        [t('cli.doctor.journal'), f.number(head)],
        [
          t('cli.doctor.search'),
          t('cli.doctor.searchState', {
            count: documents,
            segments,
            size: f.bytes(bytes),
            behind: head - app.search.seq,
          }),
        ],
        [
          t('cli.doctor.pieces'),
          t(
            'cli.doctor.pieceSizes',
            Object.fromEntries(Object.entries(pieces).map(([name, size]) => [name, f.bytes(size)])),
          ),
        ],
        [t('cli.doctor.log'), await logLine(app, t)],
        [
          t('cli.doctor.threads'),
          t('cli.doctor.threadCount', { threads: searchThreadsFor(availableParallelism(), memoryOfMachine()) }),
        ],
        [
          t('cli.doctor.snapshot'),
          newest
            ? t('cli.doctor.snapshotState', { seq: newest.seq, head, time: f.time(newest.savedAt.toISOString()) })
            : t('cli.doctor.snapshotNone'),
        ],
        ...((await app.canOpenSecrets())
          ? []
          : [[t('cli.doctor.factors'), t('cli.doctor.factorsLost')] as [string, string]]),
        ...(await outsideLines(settings, environment.fetch, t)),
        ...(await embeddingLines(app, run)),
        ...damaged.map((file): [string, string] => [t('cli.doctor.damaged'), file]),
        ...(await readableByOthers(settings.dataDir)).map((path): [string, string] => [
          t('cli.doctor.readable'),
          t('cli.doctor.readableBy', { path }),
        ]),
        ...jobs.map(({ name, dueAt, failures, lastError }): [string, string] => [
          t('cli.doctor.job', { name }),
          failures
            ? t('cli.doctor.jobFailed', { failures, error: lastError ?? '' })
            : t('cli.doctor.jobDue', { time: f.time(dueAt) }),
        ]),
        ...counts.map(({ kind, count }): [string, string] => [t(`kind.${kind}.many`), f.number(count)]),
      ]
      const width = Math.max(...rows.map(([name]) => name.length))
      for (const [name, value] of rows) terminal.say(`${name.padEnd(width)}  ${value}`)
      return 0
    })
  },
}
