/** A node, opened: its database, its search index and all that can be done in it. */
import { join } from 'node:path'
import type { Static, TSchema } from 'typebox'
import { Problem } from '#kernel/problem.ts'
import type { Scanner } from '#kernel/scanner.ts'
import { noteRefusal } from '#accounts/audit.ts'
import { linkPath, newLink } from '#accounts/email-link.ts'
import { vouchedLink } from '#accounts/manage-accounts.ts'
import { canOpenSecrets } from '#accounts/totp.ts'
import type { Provider } from '#accounts/oidc.ts'
import type { SecondStep } from '#accounts/second-step.ts'
import { secretBoxOf } from '#accounts/secret-box.ts'
import { people } from '#accounts/store.ts'
import type { Actor, Services, Environment } from '#kernel/context.ts'
import type { Feature, Running } from '#kernel/feature.ts'
import { openDatabase, type Database } from '#kernel/database/database.ts'
import { migrate } from '#kernel/database/migrate.ts'
import { fileStore } from '#kernel/file-store.ts'
import { keepFoldersPrivate } from '#kernel/private-files.ts'
import { journalHead, pagesHead, type JournalLine } from '#kernel/journal.ts'
import { toldOnce } from '#kernel/told-once.ts'
import { inTurns, perform, type Given, type Runtime, type Known, type Perform } from '#kernel/operation.ts'
import { keepPage } from '#features/harvest/keep.ts'
import { openLog } from '#features/transparency/log.ts'
import { newId } from '#records/identifier.ts'
import { rebuildNames } from '#records/rebuild-names.ts'
import { records } from '#records/store.ts'
import type { SearchIndex } from '#search/contract.ts'
import type { Embeddings } from '#search/embeddings/index.ts'
import { followingOf } from '#search/following.ts'
import { searchFollower } from '#search/follower.ts'
import { joinFurtherWords } from '#search/further-words.ts'
import { createSearchIndex, openSearchIndex } from '#search/index/index.ts'
import { checkSnapshots } from '#search/index/snapshot.ts'
import { createThreadedIndex } from '#search/index/threads/index.ts'
import { ingest } from '#records/sources/ingest.ts'
import { features as everyFeature } from '#features'
import { systemOf } from './system.ts'

export type AppOptions = {
  /** What it is made of; all that there is where absent. */
  features?: readonly Feature[]
  dataDir: string
  databaseAddress: string
  environment: Environment
  /** Where there is no node yet, none is made: for commands that read. */
  mustExist?: boolean
  /** How many threads answer searches, beside one that keeps the index; none and it all happens in this one. */
  searchThreads?: number
  /** The name of the site in e-mails, and the address that their links begin with. */
  site?: { name: string; address: string }
  /** An OpenID Connect provider that people may sign in at. */
  provider?: Provider | undefined
  /** Who must enter a code from an e-mail when they sign in; nobody when absent. */
  secondStep?: SecondStep
  scanner?: Scanner | undefined
  /** Where to ask which passwords were stolen somewhere. */
  breachedPasswords?: string
  /** A service by which search finds what is near in meaning. */
  embeddings?: Embeddings | undefined
  /** Nodes that are followed may be in private networks. */
  privateNodes?: boolean
  /** Files below it can be harvested. */
  harvestFolder?: string
  /** Hears of search threads that fell and were put up again, and of refusals that could not be written down. */
  report?: (error: Error, where: 'search' | 'audit') => void
}
export type Tell = (done: number, of: number) => void

const everything = systemOf(everyFeature)
export const { sources, kinds, operations } = everything

export type App = Awaited<ReturnType<typeof openApp>>

const pollMs = 250
/** Each time is a signature and some files brought to the disk, so what was published meanwhile goes together. */
const logPollMs = 1_000
const linesBetweenPages = 100

export async function openApp(options: AppOptions) {
  const { dataDir, databaseAddress, environment, searchThreads = 0, mustExist = false, report } = options
  const system = options.features ? systemOf(options.features) : everything
  const { kinds, features } = system
  const site = options.site ?? { name: 'Qingdao', address: 'http://localhost:8080' }
  const threaded = () => createThreadedIndex({ readers: searchThreads, report: (error) => report?.(error, 'search') })
  const emptyIndex = (): SearchIndex => (searchThreads ? threaded() : createSearchIndex())
  // The threads load while the database is opened.
  const early = searchThreads ? threaded() : null
  const database = await openMigrated().catch(async (error: unknown) => {
    await early?.close()
    throw error
  })
  if (database.writable) await database.write((tx) => records(tx).setNodeId(newId(environment.random)))
  const nodeId = (await records(database.read).nodeId()) ?? 'none'
  const snapshotFolder = join(dataDir, 'search', nodeId)
  const log = openLog({ database, dataDir, nodeId, now: environment.now, random: environment.random })

  async function openMigrated(): Promise<Database> {
    const opened = await openDatabase(databaseAddress, { mustExist })
    if (opened.writable) await keepFoldersPrivate(dataDir)
    await migrate(opened, system.migrations, environment.now).catch(async (error: unknown) => {
      await opened.close()
      throw error
    })
    return opened
  }
  let index = await openIndex()
  // Parts are made one while nothing changes: that is kept too, so that it need not be done again after each start.
  const stateOfIndex = () => `${index.seq} ${index.memory().segments}`
  let saved = stateOfIndex()
  let rebuilding = await rebuildingFrom(index.seq)
  /** An index that begins anew though there is much to find: what it finds meanwhile is not all. */
  async function rebuildingFrom(done: number): Promise<{ done: number; of: number } | null> {
    const of = await journalHead(database.read)
    return done === 0 && of > 0 ? { done, of } : null
  }
  async function openIndex(): Promise<SearchIndex> {
    const saved = early ?? (await openSearchIndex(snapshotFolder))
    await early?.open(snapshotFolder)
    // A snapshot ahead of the journal belongs to a database that was since put back from a backup.
    if (saved && saved.seq <= (await journalHead(database.read))) return saved
    await saved?.close()
    return emptyIndex()
  }

  // The index can be begun anew (`rebuild`), so services hold the node's, whichever it is.
  const current: SearchIndex = {
    get seq() {
      return index.seq
    },
    apply: (...given) => index.apply(...given),
    search: (request) => index.search(request),
    complete: (...given) => index.complete(...given),
    explain: (...given) => index.explain(...given),
    similar: (...given) => index.similar(...given),
    save: (folder) => index.save(folder),
    memory: () => ({ ...index.memory(), ...(rebuilding && { rebuilding }) }),
    close: () => index.close(),
  }
  let heard = (_seq: number) => {}
  const services = {
    search: current,
    kinds,
    features,
    hooks: system.hooks,
    files: fileStore(join(dataDir, 'files')),
    sources: new Map(system.sources),
    log: log.source,
    logTrouble: log.trouble,
    site,
    provider: options.provider,
    secondStep: options.secondStep ?? 'nobody',
    scanner: options.scanner,
    breachedPasswords: options.breachedPasswords ?? '',
    embeddings: options.embeddings,
    privateNodes: options.privateNodes ?? false,
    harvestFolder: options.harvestFolder ?? '',
    secretBox: secretBoxOf(dataDir, environment.random),
    // Features bring the rest, below.
  } as Partial<Services> as Services
  const changed = () => heard(index.seq)
  for (const feature of features)
    Object.assign(services, feature.services?.({ database, environment, services, changed, dataDir }))
  // What a command writes bears the name that was given to the site, as what the web gives does.
  await services.appearance?.read()
  const followers = features.flatMap((feature) => feature.followers ?? [])
  const hear = (lines: readonly JournalLine[]) => followers.forEach((one) => one.hear(services, lines))
  // A thread that also makes pages takes in little at a time.
  const furtherWords = joinFurtherWords(features.flatMap((feature) => feature.furtherWords ?? []))
  const pace = searchThreads ? { atOnce: linesBetweenPages } : {}
  const follower = searchFollower(current, kinds, { hear }, { ...pace, furtherWords })

  const following = followingOf(database.read, follower, {
    // Lines that were written by version 0.1 call it by its former name, and stay.
    bulk: [ingest.name, keepPage.name, 'collections.take'],
    told: (done, of) => {
      if (rebuilding) rebuilding = { done, of }
      heard(done)
    },
    ended: () => {
      rebuilding = null
    },
  })
  /** Brings search up to the journal's head. Calls queue up, so that lines are taken once and in order. */
  const follow = following.follow

  let pagesSeen: number | undefined
  /** Whoever changed what pages show beside the records, here or in another process: what was kept is forgotten. */
  async function lookAtPages(): Promise<void> {
    const pages = await pagesHead(database.read)
    if (pages === pagesSeen) return
    pagesSeen = pages
    heard(index.seq)
  }

  let behind = false
  let catchingUp = Promise.resolve()
  let mustForget = false
  const committed: Runtime['committed'] = ({ forgets }) => {
    behind = true
    mustForget ||= forgets === true
  }
  const runtime: Runtime = {
    database,
    environment,
    services,
    committed,
    refused: (op, actor) =>
      noteRefusal({ database, environment }, op.name, actor).catch((error: unknown) =>
        report?.(error as Error, 'audit'),
      ),
  }

  /** What follows is heard of at once by readers of this process. */
  const performAndFollow: Perform = inTurns(async (op, actor, raw) => {
    const answer = await perform(op, runtime, actor, raw)
    await app.followOwn()
    return answer
  })
  const running: Running = { database, environment, services, perform: performAndFollow, changed, dataDir }
  /** What was deleted is nowhere on the disk afterwards. */
  async function forget(): Promise<void> {
    mustForget = false
    await database.forget()
  }
  const unsettled: (() => Promise<unknown>)[] = []
  const app = {
    database,
    runtime,
    running,
    environment,
    search: current,
    log,
    follow,
    /** Called with the journal's place whenever something new has become visible. */
    onChange: (listener: (seq: number) => void) => {
      heard = listener
    },
    /** What must come to its end before the database closes. */
    beforeClose: (settled: () => Promise<unknown>) => void unsettled.push(settled),
    perform: ((op, actor, raw, within) => perform(op, runtime, actor, raw, within)) satisfies Perform as Perform,
    /** For what is shown to those alone who may have it: undefined for others, and no refused act. */
    lookFor: async <In extends TSchema, Out extends TSchema>(
      op: Known<In, Out>,
      actor: Actor,
      raw: Given<In>,
    ): Promise<Static<Out> | undefined> => {
      const { refused: _, ...quiet } = runtime
      try {
        return await perform(op, quiet, actor, raw)
      } catch (error) {
        if (error instanceof Problem && error.code === 'forbidden') return undefined
        throw error
      }
    },
    operation: system.operationNamed,
    system,
    /** While nobody has an account: a link that makes its holder the operator. All end with the first account of an operator. */
    operatorLink: async (): Promise<string | null> => {
      if (!database.writable || !(await people(database.read).isEmpty())) return null
      return database.write(async (tx) => {
        return linkPath(await newLink({ db: tx, now: environment.now, random: environment.random }, 'operator', null))
      })
    },
    canOpenSecrets: () => canOpenSecrets({ db: database.read, services: runtime.services }),
    /** For the person who runs the machine: a link for somebody who can no longer sign in; null where no account has that address. */
    vouchedLink: async (email: string): Promise<string | null> =>
      database.write((db) => vouchedLink({ ...environment, db, actor: { kind: 'system', id: 'shell' } }, email)),
    /** Follows the journal until closed, whoever writes to it. */
    keepFollowing: (failed: (error: unknown, where: string) => void) => {
      const [failedSearch, failedLog] = ['search', 'log'].map((where) => toldOnce((error) => failed(error, where)))
      const timers = [
        setInterval(() => void follow().then(lookAtPages).catch(failedSearch), pollMs),
        setInterval(() => void log.follow().catch(failedLog), logPollMs),
      ]
      for (const timer of timers) timer.unref()
      return () => timers.forEach((timer) => clearInterval(timer))
    },
    /** Follows at once when this process has written since; concurrent callers wait for the same run. */
    followOwn: (): Promise<void> => {
      if (!behind) return catchingUp
      behind = false
      const mine = following.followOwn().then(async () => {
        await lookAtPages()
        if (mustForget) await forget()
      })
      // What fails is told to the one who began it.
      catchingUp = mine.catch(() => {})
      return mine
    },
    saveSearch: async () => {
      const state = stateOfIndex()
      if (!database.writable || saved === state) return
      await index.save(snapshotFolder)
      saved = state
    },
    rebuildNames: () => rebuildNames(database, kinds),
    /** Reads and checks the snapshots of search as they lie in the data folder. */
    checkSnapshots: () => checkSnapshots(snapshotFolder),
    rebuildSearch: async (tell?: Tell) => {
      await following.settled()
      const old = index
      index = emptyIndex()
      rebuilding = await rebuildingFrom(0)
      await old.close()
      saved = ''
      await follow(tell)
    },
    close: async () => {
      await following.settled()
      await log.settled()
      heard = () => {}
      for (const settled of unsettled) await settled()
      await index.close()
      await database.close()
    },
  }
  return app
}
