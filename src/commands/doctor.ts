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
  addressFindings,
  contentFindings,
  diskFindings,
  fileFindings,
  jobFindings,
  keyFindings,
  logFindings,
  mailFindings,
  searchFindings,
} from './checks.ts'
import type { Command, Run } from './command.ts'
import { embeddingLines } from './embeddings.ts'
import { linesOf, looked, type Finding } from './finding.ts'
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
    const findings = [
      ...factsOf(run),
      ...(await looked(t, t('cli.doctor.disk'), () => diskFindings(run))),
      ...(await looked(t, t('cli.doctor.database'), () => databaseFindings(run))),
      ...(await looked(t, t('cli.doctor.node'), () => run.withApp((app) => nodeFindings(app, run)))),
    ]
    for (const line of linesOf(findings)) terminal.say(line)
    const count = findings.filter(({ state }) => state === 'fault').length
    terminal.say(t('cli.doctor.faults', { count }))
    return count > 0 ? 1 : 0
  },
}

const factsOf = ({ t, version, settings }: Run): Finding[] => [
  { about: t('cli.doctor.version'), state: 'fact', text: `${version} · Node.js ${process.version}` },
  { about: t('cli.doctor.folder'), state: 'fact', text: settings.dataDir },
  {
    about: t('cli.doctor.threads'),
    state: 'fact',
    text: t('cli.doctor.threadCount', { threads: searchThreadsFor(availableParallelism(), memoryOfMachine()) }),
  },
]

/** Before anything else is read from it: damaged pages would keep the node from being opened. */
async function databaseFindings({ t, settings }: Run): Promise<Finding[]> {
  const about = t('cli.doctor.database')
  const database = await openDatabase(settings.databaseAddress, { mustExist: true })
  try {
    const faults = await database.faults()
    const readOnly = database.writable ? '' : ` (${t('cli.doctor.readOnly')})`
    if (faults.length === 0)
      return [{ about, state: 'ok', text: `${database.engine}${readOnly}: ${t('cli.doctor.databaseSound')}` }]
    const text = t('cli.doctor.databaseDamaged', {
      what: faults[0]!.split('\n')[0]!.slice(0, 200),
      count: faults.length,
    })
    return [{ about, state: 'fault', text, next: t('problem.databaseDamaged.next') }]
  } finally {
    await database.close()
  }
}

async function nodeFindings(app: App, run: Run): Promise<Finding[]> {
  const { t, f } = run
  const { read } = app.database
  const node = (await records(read).nodeId()) ?? ''
  const findings: Finding[] = [
    { about: t('cli.doctor.journal'), state: 'fact', text: f.number(await journalHead(read)) },
  ]
  const { findings: address, served } = await addressFindings(node, run)
  const looks: [string, () => Promise<Finding[]>][] = [
    [t('cli.doctor.keys'), () => keyFindings(app, run)],
    [t('cli.doctor.log'), () => logFindings(app, run)],
    [t('cli.doctor.content'), () => contentFindings(app, run, served)],
    [t('cli.doctor.search'), () => searchFindings(app, run, served)],
    [t('cli.doctor.files'), () => fileFindings(app, run)],
    [t('cli.doctor.mail'), () => mailFindings(app, run)],
    [t('cli.doctor.address'), async () => address],
    [t('cli.doctor.scanner'), () => outsideFindings(app, run)],
    [t('cli.doctor.journal'), () => jobFindings(app, run)],
    [t('cli.doctor.journal'), () => countFindings(app, run)],
  ]
  for (const [about, look] of looks) findings.push(...(await looked(t, about, look)))
  return findings
}

async function countFindings({ database }: App, { t, f }: Run): Promise<Finding[]> {
  const counts = await records(database.read).counts()
  return counts.map(({ kind, count }) => ({ about: t(`kind.${kind}.many`), state: 'fact', text: f.number(count) }))
}

/** What the node asks of others, where the operator set it. */
async function outsideFindings(app: App, run: Run): Promise<Finding[]> {
  const { t, settings, environment } = run
  const findings: Finding[] = []
  const scanner = scannerAt(settings.scanner)
  const found = await scanner?.version().catch(() => undefined)
  if (scanner)
    findings.push({
      about: t('cli.doctor.scanner'),
      ...(found ? { state: 'ok', text: found } : { state: 'fault', text: t('cli.doctor.scannerSilent') }),
    })
  const breached = breachedAt(settings.breachedPasswords)
  if (breached) {
    const isThere = await isAnswering(breached, environment.fetch)
    const text = t(isThere ? 'cli.doctor.breachedAnswers' : 'cli.doctor.breachedSilent')
    findings.push({ about: t('cli.doctor.breached'), state: isThere ? 'ok' : 'warning', text })
  }
  const lines = await embeddingLines(app, run)
  return [...findings, ...lines.map(([about, text]): Finding => ({ about, state: 'fact', text }))]
}
