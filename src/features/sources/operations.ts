/** Runs of sources: begun with a file, applied, discarded, kept. */
import { Type } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { journalHead } from '#kernel/journal.ts'
import { closed, operation, preparedOperation, type Preparing } from '#kernel/operation.ts'
import { Problem, violation } from '#kernel/problem.ts'
import { permission } from '#kernel/permission.ts'
import { personIn } from '#accounts/sessions.ts'
import { newId } from '#records/identifier.ts'
import { Id } from '#records/inputs.ts'
import { importer, keeping, type TakeRows } from '#records/sources/import.ts'
import { ingest } from '#records/sources/ingest.ts'
import { told as toldOf } from '#records/sources/told.ts'
import { findRun, findSource, linesOf, runsShown } from './look-up.ts'
import { readUploaded } from './reading.ts'
import { RunLine, RunReport } from './shapes.ts'
import { sourceRuns, type RunHow, type SourceRun } from './store.ts'

/** What would become of the rows. */
const tried = (context: Preparing, name: string, how: RunHow): TakeRows => {
  const trying = { ...context, actor: importer(name), journal: () => {} } as unknown as Context
  return keeping((_, __, input) => ingest.run(trying, input), ingest, name, { ...how, dryRun: true })
}

export const beginRun = preparedOperation({
  name: 'sources.begin',
  summary: 'Upload a file of a source, and see what would become of it',
  http: 'POST /sources/:name/runs',
  isForPages: true,
  input: Type.Object(
    {
      name: Type.String({ maxLength: 100 }),
      fileName: Type.String({ maxLength: 200 }),
      path: Type.String({ description: 'Where the file lies that came with the form' }),
      licence: Type.Optional(Type.String({ maxLength: 300 })),
      publisher: Type.Optional(Type.String({ maxLength: 300 })),
      subjects: Type.Optional(Type.String({ maxLength: 300 })),
      baseAddress: Type.Optional(Type.String({ maxLength: 2_000 })),
      whole: Type.Boolean({ default: false }),
      acceptLosses: Type.Boolean({ default: false }),
    },
    closed,
  ),
  output: RunLine,
  allow: permission('record.publish'),
  prepare: async (context, { name, path, fileName, whole, acceptLosses, subjects, ...typed }) => {
    const source = findSource(context, name)
    const told = toldOf({ ...typed, subjects: subjects ? [subjects] : [] })
    if ('field' in told) throw violation(told.field, 'unknownName', { text: told.written })
    const how: RunHow = { told, whole, acceptLosses }
    const { sha256: file } = await context.services.files.keep(path)
    const report = await readUploaded(context.services, source, { file, fileName, how }, tried(context, name, how))
    return { file, how, report }
  },
  run: async (context, { name, fileName }, { file, how, report }) => {
    const { db, random, now } = context
    const at = now().toISOString()
    const run: SourceRun = {
      id: newId(random),
      source: name,
      fileName,
      file,
      byId: personIn(context),
      how,
      state: 'previewed',
      report,
      fromSeq: 0,
      toSeq: 0,
      undoneTo: 0,
      restored: 0,
      leftAlone: 0,
      startedAt: at,
      changedAt: at,
    }
    await sourceRuns(db).add(run)
    return (await linesOf(db, [run]))[0]!
  },
})

export async function changed(context: Context, run: SourceRun, changes: Partial<SourceRun>): Promise<RunLine> {
  const all = { ...changes, changedAt: context.now().toISOString() }
  await sourceRuns(context.db).change(run.id, all)
  return (await linesOf(context.db, [{ ...run, ...all }]))[0]!
}

export const wrongState = () => new Problem('wrongState')

/** One at a time of each source: what a run changed is told by what stands in the journal between its ends. */
export const startRun = operation({
  name: 'sources.start',
  summary: 'Apply a run that was looked at',
  http: 'POST /source-runs/:id/start',
  isForPages: true,
  input: Type.Object({ id: Id }, closed),
  output: RunLine,
  allow: permission('record.publish'),
  run: async (context, { id }) => {
    const run = await findRun(context, id)
    const others = await sourceRuns(context.db).ofSource(run.source, runsShown)
    const busy = others.find(({ state }) => state === 'running' || state === 'undoing')
    if (run.state !== 'previewed' || busy) throw wrongState()
    const at = context.now().toISOString()
    return changed(context, run, { state: 'running', fromSeq: await journalHead(context.db), startedAt: at })
  },
})

export const discardRun = operation({
  name: 'sources.discard',
  summary: 'Discard a run that was only looked at',
  http: 'POST /source-runs/:id/discard',
  isForPages: true,
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({ source: Type.String() }),
  allow: permission('record.publish'),
  run: async (context, { id }) => {
    const run = await findRun(context, id)
    if (run.state !== 'previewed') throw wrongState()
    await sourceRuns(context.db).remove([id])
    return { source: run.source }
  },
})

/** What the process says that did the work. */
export const finishRun = operation({
  name: 'sources.finish',
  summary: 'Keep what became of a run',
  http: 'POST /source-runs/:id/finish',
  isForPages: true,
  changesPages: true,
  input: Type.Object({ id: Id, report: RunReport }, closed),
  output: RunLine,
  allow: (actor) => actor.kind === 'system',
  run: async (context, { id, report }) => {
    const run = await findRun(context, id)
    if (run.state !== 'running') throw wrongState()
    return changed(context, run, {
      state: report.failed ? 'failed' : 'done',
      report,
      toSeq: await journalHead(context.db),
    })
  },
})

/** The command line does the work itself, and leaves a line in the history. */
export const recordRun = operation({
  name: 'sources.record',
  summary: 'Keep what became of an import by the command line',
  http: 'POST /sources/:name/record',
  isForPages: true,
  input: Type.Object(
    {
      name: Type.String(),
      fileName: Type.String({ maxLength: 1_000 }),
      report: RunReport,
      fromSeq: Type.Integer({ minimum: 0 }),
      startedAt: Type.String(),
    },
    closed,
  ),
  output: RunLine,
  allow: (actor) => actor.kind === 'system',
  run: async (context, { name, fileName, report, fromSeq, startedAt }) => {
    const { db, random, now } = context
    const run: SourceRun = {
      id: newId(random),
      source: findSource(context, name).name,
      fileName,
      file: '',
      byId: '',
      how: { told: {}, whole: false, acceptLosses: false },
      state: 'done',
      report,
      fromSeq,
      toSeq: await journalHead(db),
      undoneTo: 0,
      restored: 0,
      leftAlone: 0,
      startedAt,
      changedAt: now().toISOString(),
    }
    await sourceRuns(db).add(run)
    return (await linesOf(db, [run]))[0]!
  },
})
