/** Runs go on by themselves until they are done, and after a fall where they had stopped. */
import type { Kysely } from 'kysely'
import type { Environment, Services } from '#kernel/context.ts'
import type { Perform } from '#kernel/operation.ts'
import { Problem } from '#kernel/problem.ts'
import { importer, keeping } from '#records/sources/import.ts'
import { ingest } from '#records/sources/ingest.ts'
import type { Source } from '#records/sources/source.ts'
import { finishRun } from './operations.ts'
import { readUploaded } from './reading.ts'
import { sourceRuns } from './store.ts'
import { undoNext } from './undo.ts'

export type Runner = { perform: Perform; db: Kysely<unknown>; services: Services }

/** Does the rest of a run, or of its undoing. Rows that were taken before a fall change nothing the second time. */
export async function goOn({ perform, db, services }: Runner, id: string): Promise<void> {
  const run = await sourceRuns(db).find(id)
  const source = run && services.sources.get(run.source)
  if (!run || !source) return
  const actor = importer(run.source)
  if (run.state === 'running') {
    const take = keeping((operation, who, input) => perform(operation, who, input), ingest, run.source, {
      whole: run.how.whole,
      acceptLosses: run.how.acceptLosses,
    })
    const report = await readUploaded(services, source as Source, run, take).catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error
      return { ...run.report, failed: { code: error.code, values: error.values } }
    })
    await perform(finishRun, actor, { id, report })
  }
  if (run.state === 'undoing') while ((await perform(undoNext, actor, { id })).state === 'undoing');
}

const silentMs = 10 * 60_000

/** What has stood still for ten minutes was left by a process that fell. */
export async function goOnWithAll(runner: Runner, { now }: Pick<Environment, 'now'>): Promise<number> {
  const since = new Date(now().getTime() - silentMs).toISOString()
  const left = await sourceRuns(runner.db).inStates(['running', 'undoing'], since)
  for (const { id } of left) await goOn(runner, id)
  return left.length
}
