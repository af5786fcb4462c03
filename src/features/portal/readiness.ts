/** What the node can serve just now, for those who watch it: load balancers, monitors, `qingdao doctor`. */
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Services } from '#kernel/context.ts'
import type { Database } from '#kernel/database/database.ts'
import { journalHead } from '#kernel/journal.ts'
import { Problem } from '#kernel/problem.ts'
import { countDemonstrations } from '#records/demonstration.ts'
import { records } from '#records/store.ts'

export type Readiness = {
  /** Whether pages can be made. Search may lag behind, and says so itself. */
  ready: boolean
  node: string | null
  /** `problem`: the code of what is wrong with it; `what` does not answer. */
  database: { answers: boolean; writable: boolean; problem?: string; what?: string }
  journal: number | null
  /** Whether what is published is signed; `problem`: the code of why it is not. */
  log: { signs: boolean; problem?: string }
  search: {
    /** Whether all records can be found that should be. */
    complete: boolean
    records: number
    /** How many should be found; counted once a minute. */
    expected: number | null
    /** Lines of the journal that are not taken in yet. */
    behind: number | null
    rebuilding: { done: number; of: number } | null
  }
}

const answersWithinMs = 5_000
const countEveryMs = 60_000
const tryEveryMs = 10_000
const triedBytes = 4_096

type Watched = { database: Database; services: Services; now: () => Date; dataDir: string }

export function readinessOf({ database, services, now, dataDir }: Watched): () => Promise<Readiness> {
  const isRoom = roomIn(dataDir, now)
  let counted: { at: number; expected: number; journal: number } | undefined

  async function expectedAt(journal: number): Promise<number> {
    const at = now().getTime()
    if (!counted || at - counted.at >= countEveryMs || counted.journal > journal)
      counted = { at, journal, expected: await findable(database, services) }
    return counted.expected
  }

  async function ask() {
    const journal = await journalHead(database.read)
    return { journal, node: (await records(database.read).nodeId()) ?? null, expected: await expectedAt(journal) }
  }

  return async () => {
    const { documents, rebuilding = null } = services.search.memory()
    const writable = database.writable && (await isRoom())
    const trouble = services.logTrouble()
    const log = { signs: database.writable && !trouble, ...(trouble && { problem: trouble.code }) }
    try {
      const { journal, node, expected } = await inTime(ask(), database.engine)
      const behind = Math.max(0, journal - services.search.seq)
      // What was published since the count is what it lags by at most.
      const complete = rebuilding === null && behind === 0 && documents >= expected - (journal - counted!.journal)
      const search = { complete, records: documents, expected, behind, rebuilding }
      return { ready: true, node, database: { answers: true, writable }, journal, log, search }
    } catch (error) {
      const { code: problem = 'internal', values = {} } = error instanceof Problem ? error : {}
      const what = String((values as { what?: string }).what ?? database.engine)
      const search = { complete: false, records: documents, expected: null, behind: null, rebuilding }
      return {
        ready: false,
        node: null,
        database: { answers: false, writable, problem, what },
        journal: null,
        log,
        search,
      }
    }
  }
}

/**
 * Whether the disk still takes something, tried at most every ten seconds: what is told of free space does not say what
 * quotas and reserves leave. A page of the database is about as large.
 */
function roomIn(dataDir: string, now: () => Date): () => Promise<boolean> {
  let tried: { at: number; fits: Promise<boolean> } | undefined
  const path = join(dataDir, '.room')
  const attempt = async () => {
    try {
      await writeFile(path, Buffer.alloc(triedBytes, 1), { flush: true, mode: 0o600 })
      return true
    } catch {
      return false
    } finally {
      await rm(path, { force: true }).catch(() => {})
    }
  }
  return () => {
    const at = now().getTime()
    if (!tried || Math.abs(at - tried.at) >= tryEveryMs) tried = { at, fits: attempt() }
    return tried.fits
  }
}

/** How many records search should find: demonstrations are not among them. */
export async function findable({ read }: Database, { kinds }: Pick<Services, 'kinds'>): Promise<number> {
  const counts = await records(read).counts()
  const isFound = (kind: string) => kinds.has(kind) && !kinds.get(kind)!.isAid
  const all = counts.reduce((sum, { kind, count }) => sum + (isFound(kind) ? count : 0), 0)
  return all - (await countDemonstrations(read))
}

/** A server that is silent must not keep the asker waiting. */
async function inTime<Result>(work: Promise<Result>, engine: Database['engine']): Promise<Result> {
  const stop = new AbortController()
  const silent = wait(answersWithinMs, undefined, { signal: stop.signal, ref: false }).then(() => {
    throw new Problem('unavailable', { what: engine === 'postgres' ? 'PostgreSQL' : 'SQLite' })
  })
  silent.catch(() => {})
  work.catch(() => {})
  try {
    return await Promise.race([work, silent])
  } finally {
    stop.abort()
  }
}
