/**
 * Work that returns on a schedule. The database knows when each job is due and who has taken it, so that of many
 * processes, on one machine or several, one does it; if that one dies, another takes over when its lease has run out.
 */
import { sql, type Kysely } from 'kysely'
import type { Database } from '../database/database.ts'
import type { Migration } from '../database/migrate.ts'

export type Job = {
  name: string
  /** How long after one run the next is due. */
  everyMs: number
  /** How long one run may take before others think that it died. */
  leaseMs: number
  run: () => Promise<void>
}

export type JobState = {
  name: string
  dueAt: string
  leasedUntil: string | null
  /** Runs that failed since the last that did not. */
  failures: number
  lastError: string | null
}

type Tables = { job: JobState }

export const jobMigration: Migration = {
  name: '0002-core-job',
  up: async (db) => {
    await sql`create table job (name text primary key, "dueAt" text not null, "leasedUntil" text, failures integer not null, "lastError" text)`.execute(
      db,
    )
  },
}

const longestErrorKept = 500
const firstRetryMs = 30_000
const after = (now: Date, ms: number) => new Date(now.getTime() + ms).toISOString()
/** Twice as long after each failure, never longer than the job's own rhythm. */
const retryMs = (failures: number, everyMs: number) => Math.min(everyMs, firstRetryMs * 2 ** Math.min(failures, 10))

export const jobStates = (db: Kysely<unknown>): Promise<JobState[]> =>
  db.withTables<Tables>().selectFrom('job').selectAll().orderBy('name').execute()

/** Makes a job due now, unless it failed the last time: then it keeps the wait that follows from that. */
export async function hasten(tx: Kysely<unknown>, name: string, now: Date): Promise<void> {
  await tx
    .withTables<Tables>()
    .updateTable('job')
    .set({ dueAt: now.toISOString() })
    .where('name', '=', name)
    .where('failures', '=', 0)
    .where('dueAt', '>', now.toISOString())
    .execute()
}

/** Runs the jobs that are due, one after another. Gives the names of those it ran. */
export async function runDueJobs(database: Database, jobs: readonly Job[], now: () => Date): Promise<string[]> {
  const ran: string[] = []
  for (const job of jobs) {
    const until = await lease(database, job, now())
    if (until === undefined) continue
    ran.push(job.name)
    const failure = await job.run().then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    )
    await database.write((tx) => settle(tx, job, { until, now: now(), failure }))
  }
  return ran
}

/** Takes the job if it is due and nobody has it; answers until when it is ours. */
async function lease({ write }: Database, { name, leaseMs }: Job, now: Date): Promise<string | undefined> {
  return write(async (tx) => {
    const own = tx.withTables<Tables>()
    const at = now.toISOString()
    const until = after(now, leaseMs)
    await own
      .insertInto('job')
      .values({ name, dueAt: at, leasedUntil: null, failures: 0, lastError: null })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const { numUpdatedRows } = await own
      .updateTable('job')
      .set({ leasedUntil: until })
      .where('name', '=', name)
      .where('dueAt', '<=', at)
      .where(({ eb, or }) => or([eb('leasedUntil', 'is', null), eb('leasedUntil', '<=', at)]))
      .executeTakeFirst()
    return numUpdatedRows > 0n ? until : undefined
  })
}

/** Whoever took longer than the lease says nothing: another has taken the job over, and settles it. */
async function settle(
  tx: Kysely<unknown>,
  { name, everyMs }: Job,
  { until, now, failure }: { until: string; now: Date; failure: string | undefined },
): Promise<void> {
  const own = tx.withTables<Tables>()
  const ours = own.selectFrom('job').select('failures').where('name', '=', name).where('leasedUntil', '=', until)
  const found = await ours.executeTakeFirst()
  if (!found) return
  const { failures } = found
  await own
    .updateTable('job')
    .set({
      leasedUntil: null,
      dueAt: after(now, failure === undefined ? everyMs : retryMs(failures, everyMs)),
      failures: failure === undefined ? 0 : failures + 1,
      lastError: failure?.slice(0, longestErrorKept) ?? null,
    })
    .where('name', '=', name)
    .execute()
}
