import cluster from 'node:cluster'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import os, { availableParallelism } from 'node:os'
import v8 from 'node:v8'
import { openApp, type App } from '#app'
import { keepJobs } from '#kernel/jobs/keep-jobs.ts'
import { chromiumPrinter } from '#kernel/print.ts'
import { clearUploads } from '#kernel/http/uploads.ts'
import { addressOf, badSetting, usualName } from '#kernel/config.ts'
import { Problem } from '#kernel/problem.ts'
import { scannerAt } from '#kernel/scanner.ts'
import { breachedAt } from '#accounts/breached-passwords.ts'
import { providerOf } from '#accounts/oidc.ts'
import { findable } from '#features/portal/readiness.ts'
import { embeddingsAt } from '#search/embeddings/service.ts'
import { bar } from '#kernel/cli/terminal.ts'
import { buildSite, uploadsIn } from '../server.ts'
import type { Command, Run } from './command.ts'
import { reported } from './reported.ts'
import { secondStepOf } from './defaults.ts'
import { loadSeed, needsSeed } from './seed.ts'

const saveEveryMs = 5 * 60_000

/** Serves until told to stop. */
export const startCommand: Command = {
  name: 'start',
  takes: '',
  examples: ['qingdao start', 'qingdao start --port 80 --public-url https://qingdao.example.org'],
  settings: ['port', 'host', 'dataDir', 'databaseUrl', 'publicUrl', 'siteName', 'smtpUrl', 'seed'],
  flags: [],
  run: async (run) => (cluster.isPrimary && run.settings.processes > 1 ? overseeProcesses(run) : serve(run)),
}

async function serve(run: Run): Promise<number> {
  const { settings, terminal, t, f, environment, version } = run
  if (settings.chromiumPath && !existsSync(settings.chromiumPath))
    throw badSetting('chromiumPath', settings.chromiumPath, 'missing')
  forgetSoon()
  const report = (error: unknown, where: string) => terminal.say(`! ${where} ${reported(t, error)}`)
  const app = await openApp({
    dataDir: settings.dataDir,
    databaseAddress: settings.databaseAddress,
    environment,
    searchThreads: searchThreadsFor(availableParallelism(), memoryOfMachine()),
    site: { name: settings.siteName, address: addressOf(settings) },
    provider: providerOf(settings),
    scanner: scannerAt(settings.scanner, (problem) => report(problem, 'scanner')),
    breachedPasswords: breachedAt(settings.breachedPasswords),
    embeddings: embeddingsAt(settings),
    secondStep: secondStepOf(settings),
    privateNodes: settings.privateNodes,
    harvestFolder: settings.harvestFolder,
    report,
  })
  try {
    // Where the index was lost, pages need not wait until it is made anew: they say that it is not whole yet.
    if (app.search.memory().rebuilding && !(await needsSeed(app, settings.dataDir)))
      void becomeSearchable(run, app).catch((error: unknown) => report(error, 'search'))
    else if (cluster.isPrimary) await prepare(run, app)
    else await app.follow()
    if (cluster.isPrimary) await clearUploads(uploadsIn(settings.dataDir))
    const web = buildSite(app, {
      publicUrl: settings.publicUrl,
      siteName: settings.siteName,
      dataDir: settings.dataDir,
      version,
      report,
      trustedProxies: settings.trustedProxies,
      attachmentMegabytes: settings.attachmentMegabytes,
      sendsMail: settings.smtpUrl !== '',
      printer: settings.chromiumPath
        ? chromiumPrinter({
            path: settings.chromiumPath,
            sandbox: settings.chromiumSandbox,
            report: (error) => report(error, 'pdf'),
          })
        : undefined,
    })
    const listening = await web.fastify.listen({ port: settings.port, host: settings.host }).catch((error: unknown) => {
      throw listeningProblem(error as NodeJS.ErrnoException, settings)
    })
    const address = settings.publicUrl ? listening : localAddress(listening)
    // The port may have been left to the system.
    if (!settings.publicUrl) app.runtime.services.site.address = address
    // Gathered before the first question, so that nobody waits for it.
    app.runtime.services.knowledge.concepts().catch((error: unknown) => report(error, 'search'))
    app.runtime.services.meaning?.load().catch((error: unknown) => report(error, 'embeddings'))
    const stopFollowing = app.keepFollowing(report)
    if (cluster.isPrimary) {
      terminal.say(
        t('cli.start.ready', {
          address,
          count: await findable(app.database, app.runtime.services),
          seconds: f.decimal(process.uptime()),
        }),
      )
      tellName(run, app)
      terminal.say(t('cli.start.next'))
      const link = await app.operatorLink()
      if (link) terminal.say(t('cli.start.operator', { link: `${app.runtime.services.site.address}${link}` }))
    }
    const stopDeriving = keepDerived(run, app, report)
    await stopped(run)
    stopDeriving()
    stopFollowing()
    await web.fastify.close()
    await app.saveSearch().catch((error: unknown) => report(error, 'search snapshot'))
    return 0
  } finally {
    await app.close()
    // The line to the overseer would keep a serving process alive.
    if (cluster.isWorker) process.disconnect?.()
  }
}

/** A name that was set at the start shows nowhere once one was given on the page of settings. */
function tellName({ settings, terminal, t }: Run, { runtime: { services } }: App): void {
  const { name, names = {} } = services.site
  const isSet = settings.siteName !== usualName
  if (isSet && ![name, ...Object.values(names)].includes(settings.siteName))
    terminal.say(t('cli.start.otherName', { name, given: settings.siteName }))
}

/** Each thread takes some 40 MB: a small machine has one, however many cores. As `bin/qingdao.js` has it. */
const smallMachine = 1_536 * 1024 * 1024
export const memoryOfMachine = (): number => Math.min(os.totalmem(), process.constrainedMemory() || Infinity)

/** What people open on this machine: passkeys need a name there, and numbers are none (WebAuthn Level 3 §5.1.2). */
export function localAddress(listening: string): string {
  const { hostname, port } = new URL(listening)
  return ['127.0.0.1', '[::1]', '0.0.0.0', '[::]'].includes(hostname) ? `http://localhost:${port || 80}` : listening
}

/** One core is left to the pages; where there are many, more than four answering threads would idle. */
export const searchThreadsFor = (cores: number, memory: number): number =>
  memory < smallMachine ? 1 : Math.max(1, Math.min(4, cores - 1))

/** Fills an empty node and brings search up to date, showing how far it is. */
async function prepare(run: Run, app: App): Promise<void> {
  const { settings, terminal, t } = run
  if (settings.seed && app.database.writable && (await needsSeed(app, settings.dataDir))) {
    await loadSeed(app, settings.dataDir, (done, of) =>
      terminal.progress(t('cli.seed.progress', { bar: bar(done, of), count: done })),
    )
  }
  await becomeSearchable(run, app)
}

async function becomeSearchable({ terminal, t }: Run, app: App): Promise<void> {
  await app.follow((done, of) => terminal.progress(t('cli.index.progress', { bar: bar(done, of) })))
  await app.saveSearch()
  terminal.settle()
}

/** Keeps the search snapshot fresh, and does the jobs that are due. */
function keepDerived(
  { settings, terminal }: Run,
  app: App,
  report: (error: unknown, where: string) => void,
): () => void {
  if (!app.database.writable) return () => {}
  const saveSearch = () => void app.saveSearch().catch((error: unknown) => report(error, 'search snapshot'))
  const stopJobs = keepJobs(app.system.jobs, { ...app.running, settings, say: terminal.say }, report)
  const timer = setInterval(saveSearch, saveEveryMs).unref()
  return () => {
    stopJobs()
    clearInterval(timer)
  }
}

function listeningProblem(cause: NodeJS.ErrnoException, { port, host }: Run['settings']): unknown {
  if (cause.code === 'EADDRINUSE') return new Problem('portInUse', { port })
  const isOfAddress = ['EADDRNOTAVAIL', 'EACCES', 'ENOTFOUND', 'EAI_AGAIN', 'EAFNOSUPPORT'].includes(cause.code ?? '')
  return isOfAddress ? new Problem('cannotListen', { host, port, reason: cause.message }, { cause }) : cause
}

/** Asked before there are processes that would each say so. @throws Problem portInUse, cannotListen */
async function expectFreePort(settings: Run['settings']): Promise<void> {
  const server = createServer()
  try {
    await once(server.listen(settings.port, settings.host), 'listening')
  } catch (error) {
    throw listeningProblem(error as NodeJS.ErrnoException, settings)
  }
  server.close()
  await once(server, 'close')
}

const orphanLookMs = 500
/** Looked up before anything else: the shell may be gone as soon as the node has said that it is ready. */
const parent = process.ppid

/** `npm` ends without telling the program below its shell: who was left by it would go on serving. */
const stopped = ({ isUnderNpm }: Run) =>
  new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
    process.once('disconnect', () => resolve())
    if (!isUnderNpm || cluster.isWorker) return
    const timer = setInterval(() => {
      if (process.ppid === parent) return
      clearInterval(timer)
      resolve()
    }, orphanLookMs)
    timer.unref()
  })

/** One process prepares the node; then as many as asked for serve it, and one that falls is put up again. */
async function overseeProcesses(run: Run): Promise<number> {
  const { settings, terminal, t, withApp } = run
  const link = await withApp(
    async (app) => {
      await prepare(run, app)
      tellName(run, app)
      return app.operatorLink()
    },
    { mayMake: true },
  )
  await clearUploads(uploadsIn(settings.dataDir))
  await expectFreePort(settings)
  let stopping = false
  let served = false
  let failed = (_code: number) => {}
  cluster.on('exit', (_worker, code) => {
    if (stopping) return
    // One that never served would fall again at once; one that did is put up again.
    if (served) cluster.fork()
    else failed(code || 1)
  })
  const listening = Array.from(
    { length: settings.processes },
    () =>
      new Promise<string>((resolve) =>
        cluster
          .fork()
          .once('listening', ({ address, port }) =>
            resolve(localAddress(`http://${address ?? settings.host}:${port}`)),
          ),
      ),
  )
  const ended = new Promise<number>((resolve) => (failed = resolve))
  const first = await Promise.race([Promise.all(listening), ended])
  if (typeof first === 'number') return first
  served = true
  const [address] = first
  terminal.say(t('cli.start.readyMany', { address: address!, processes: settings.processes }))
  terminal.say(t('cli.start.next'))
  if (link) terminal.say(t('cli.start.operator', { link: `${settings.publicUrl || address}${link}` }))
  await stopped(run)
  stopping = true
  await Promise.all(
    Object.values(cluster.workers ?? {}).map(
      (worker) =>
        new Promise<void>((resolve) => {
          worker!.once('exit', () => resolve())
          worker!.process.kill('SIGTERM')
        }),
    ),
  )
  return 0
}

/**
 * Where an index is made of every record and kept, V8 takes it that records live for long, and puts what each page reads among what is old, to be
 * cleared away at ten times the cost. Said when all is loaded: code that was compiled under other settings is compiled anew.
 */
function forgetSoon(): void {
  v8.setFlagsFromString('--no-allocation-site-pretenuring')
}
