/** `qingdao doctor`: compares what should agree, names each fault and what to do, and ends with 1 where there is one. */
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import type { App } from '#app'
import { breachedAt, isAnswering } from '#accounts/breached-passwords.ts'
import { openDatabase } from '#kernel/database/database.ts'
import { journalHead } from '#kernel/journal.ts'
import { Problem } from '#kernel/problem.ts'
import { scannerAt } from '#kernel/scanner.ts'
import { records } from '#records/store.ts'
import {
  addressChecks,
  authorityChecks,
  contactChecks,
  contentChecks,
  diskChecks,
  fileChecks,
  keyChecks,
  logChecks,
  searchChecks,
} from './checks.ts'
import type { Command, Run } from './command.ts'
import { embeddingLines } from './embeddings.ts'
import { linesOf, looked, type HealthCheck } from './health-check.ts'
import { jobChecks, mailChecks } from './queue-checks.ts'
import { memoryOfMachine, searchThreadsFor } from './start.ts'

export const doctorCommand: Command = {
  name: 'doctor',
  takes: '',
  examples: ['qingdao doctor', 'qingdao doctor --data-dir /var/lib/qingdao'],
  settings: ['port', 'host', 'dataDir', 'databaseUrl', 'publicUrl', 'smtpUrl'],
  flags: [],
  run: async (run) => {
    const { t, terminal, settings } = run
    if (!existsSync(settings.dataDir)) throw new Problem('nothingThere', { folder: settings.dataDir })
    const checks = [
      ...factsOf(run),
      ...(await looked(t, t('cli.doctor.disk'), () => diskChecks(run))),
      ...(await looked(t, t('cli.doctor.database'), () => databaseChecks(run))),
      ...(await looked(t, t('cli.doctor.node'), () => run.withApp((app) => nodeChecks(app, run)))),
    ]
    for (const line of linesOf(checks)) terminal.say(line)
    const count = checks.filter(({ state }) => state === 'fault').length
    terminal.say(t('cli.doctor.faults', { count }))
    return count > 0 ? 1 : 0
  },
}

const factsOf = ({ t, version, settings }: Run): HealthCheck[] => [
  { about: t('cli.doctor.version'), state: 'fact', text: `${version} · Node.js ${process.version}` },
  { about: t('cli.doctor.folder'), state: 'fact', text: settings.dataDir },
  {
    about: t('cli.doctor.threads'),
    state: 'fact',
    text: t('cli.doctor.threadCount', { threads: searchThreadsFor(availableParallelism(), memoryOfMachine()) }),
  },
]

/** Before anything else is read from it: damaged pages would keep the node from being opened. */
async function databaseChecks({ t, f, settings }: Run): Promise<HealthCheck[]> {
  const about = t('cli.doctor.database')
  const database = await openDatabase(settings.databaseAddress, { mustExist: true })
  try {
    const faults = await database.faults()
    const readOnly = database.writable ? '' : ` (${t('cli.doctor.readOnly')})`
    if (faults.length === 0)
      return [{ about, state: 'ok', text: `${database.engine}${readOnly}${f.colon}${t('cli.doctor.databaseSound')}` }]
    const text = t('cli.doctor.databaseDamaged', {
      what: faults[0]!.split('\n')[0]!.slice(0, 200),
      count: faults.length,
    })
    return [{ about, state: 'fault', text, next: t('problem.databaseDamaged.next') }]
  } finally {
    await database.close()
  }
}

async function nodeChecks(app: App, run: Run): Promise<HealthCheck[]> {
  const { t, f } = run
  const { read } = app.database
  const node = (await records(read).nodeId()) ?? ''
  const checks: HealthCheck[] = [
    { about: t('cli.doctor.journal'), state: 'fact', text: f.number(await journalHead(read)) },
  ]
  const { checks: address, served } = await addressChecks(node, run)
  const looks: [string, () => Promise<HealthCheck[]>][] = [
    [t('cli.doctor.keys'), () => keyChecks(app, run)],
    [t('cli.doctor.log'), () => logChecks(app, run)],
    [t('cli.doctor.content'), () => contentChecks(app, run, served)],
    [t('cli.doctor.search'), () => searchChecks(app, run, served)],
    [t('cli.doctor.files'), () => fileChecks(app, run)],
    [t('authorityFiles.name'), () => authorityChecks(run)],
    [t('cli.doctor.mail'), () => mailChecks(app, run)],
    [t('cli.doctor.address'), async () => address],
    [t('cli.doctor.contact'), () => contactChecks(app, run)],
    [t('cli.doctor.scanner'), () => outsideChecks(app, run)],
    [t('cli.doctor.journal'), () => jobChecks(app, run)],
    [t('cli.doctor.journal'), () => countChecks(app, run)],
  ]
  for (const [about, look] of looks) checks.push(...(await looked(t, about, look)))
  return checks
}

async function countChecks({ database }: App, { t, f }: Run): Promise<HealthCheck[]> {
  const counts = await records(database.read).counts()
  return counts.map(({ kind, count }) => ({ about: t(`kind.${kind}.many`), state: 'fact', text: f.number(count) }))
}

/** What the node asks of others, where the operator set it. */
async function outsideChecks(app: App, run: Run): Promise<HealthCheck[]> {
  const { t, settings, environment } = run
  const checks: HealthCheck[] = []
  const scanner = scannerAt(settings.scanner)
  const found = await scanner?.version().catch(() => undefined)
  if (scanner)
    checks.push({
      about: t('cli.doctor.scanner'),
      ...(found ? { state: 'ok', text: found } : { state: 'fault', text: t('cli.doctor.scannerSilent') }),
    })
  const breached = breachedAt(settings.breachedPasswords)
  if (breached) {
    const isThere = await isAnswering(breached, environment.fetch)
    const text = t(isThere ? 'cli.doctor.breachedAnswers' : 'cli.doctor.breachedSilent')
    checks.push({ about: t('cli.doctor.breached'), state: isThere ? 'ok' : 'warning', text })
  }
  const lines = await embeddingLines(app, run)
  return [...checks, ...lines.map(([about, text]): HealthCheck => ({ about, state: 'fact', text }))]
}
