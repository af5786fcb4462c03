/** Sources and their runs, for curators: looked at, begun with a file, applied, taken back. */
import { Type } from 'typebox'
import { nameOf, type Context } from '#kernel/context.ts'
import { changedBetween, journalHead } from '#kernel/journal.ts'
import { closed, operation, preparedOperation, type Preparing } from '#kernel/operation.ts'
import { Problem, violation } from '#kernel/problem.ts'
import { permission } from '#kernel/permission.ts'
import { personIn } from '#accounts/sessions.ts'
import { people } from '#accounts/store.ts'
import { newId } from '#records/identifier.ts'
import { Id } from '#records/inputs.ts'
import { importer, keeping, type TakeRows } from '#records/sources/import.ts'
import { ingest } from '#records/sources/ingest.ts'
import type { Source } from '#records/sources/source.ts'
import { told as toldOf } from '#records/sources/told.ts'
import { records } from '#records/store.ts'
import { readUploaded } from './reading.ts'
import { Difference, Line, RunLine, RunReport, SourceLine } from './shapes.ts'
import { sourceRuns, type RunHow, type SourceRun } from './store.ts'

const runsShown = 50
const differencesShown = 100

/** @throws Problem notFound */
export function findSource({ services }: Pick<Context, 'services'>, name: string): Source {
  const source = services.sources.get(name)
  if (!source) throw new Problem('notFound', { what: name })
  return source as Source
}

/** @throws Problem notFound */
export async function findRun({ db }: Pick<Context, 'db'>, id: string): Promise<SourceRun> {
  const run = await sourceRuns(db).find(id)
  if (!run) throw new Problem('notFound', { what: id })
  return run
}

async function linesOf(db: Context['db'], runs: readonly SourceRun[]): Promise<RunLine[]> {
  const names = new Map<string, string>()
  for (const byId of new Set(runs.map((run) => run.byId).filter(Boolean)))
    names.set(byId, (await people(db).byId(byId))?.name ?? '')
  return runs.map(({ id, source, fileName, byId, state, report, restored, leftAlone, startedAt, changedAt }) => ({
    id,
    source,
    fileName,
    by: names.get(byId) ?? '',
    state,
    counts: report.counts,
    restored,
    leftAlone,
    startedAt,
    changedAt,
  }))
}

/** Statistics come with values beside their records, which the command line reads. */
const hasUpload = ({ kinds }: Source) => !kinds.includes('indicator')

const lineOfSource = (source: Source, last?: RunLine): SourceLine => ({
  name: source.name,
  title: source.title,
  publisher: source.publisher,
  ...source.source,
  expects: source.expects ?? source.folder,
  isWhole: source.whole !== undefined,
  hasUpload: hasUpload(source),
  ...(last && { last }),
})

export const listSources = operation({
  name: 'sources.list',
  summary: 'List the sources that records can be imported from, with their licences and last runs',
  http: 'GET /sources',
  isForPages: true,
  input: Type.Object({}, closed),
  output: Type.Object({ sources: Type.Array(SourceLine) }),
  allow: permission('record.publish'),
  run: async ({ db, services }) => {
    const newest = await linesOf(db, await sourceRuns(db).newest())
    const last = new Map(newest.map((run) => [run.source, run]))
    return { sources: [...services.sources.values()].map((one) => lineOfSource(one as Source, last.get(one.name))) }
  },
})

export const readSourceRuns = operation({
  name: 'sources.runs',
  summary: 'Read a source and its newest runs',
  http: 'GET /sources/:name/runs',
  isForPages: true,
  input: Type.Object({ name: Type.String({ maxLength: 100 }) }, closed),
  output: Type.Object({ source: SourceLine, runs: Type.Array(RunLine) }),
  allow: permission('record.publish'),
  run: async (context, { name }) => {
    const source = findSource(context, name)
    return {
      source: lineOfSource(source),
      runs: await linesOf(context.db, await sourceRuns(context.db).ofSource(name, runsShown)),
    }
  },
})

export const readRun = operation({
  name: 'sources.run',
  summary: 'Read a run of a source: counts, refused rows with their bytes and reasons, and what it changed',
  http: 'GET /source-runs/:id',
  isForPages: true,
  input: Type.Object(
    { id: Id, after: Type.Integer({ minimum: 0, default: 0, description: 'Differences after this number' }) },
    closed,
  ),
  output: Type.Object({
    source: SourceLine,
    run: RunLine,
    report: RunReport,
    differences: Type.Array(Difference),
    next: Type.Union([Type.Integer(), Type.Null()]),
    isNewest: Type.Boolean({ description: 'Only the last run of a source can be undone' }),
  }),
  allow: permission('record.publish'),
  run: async (context, { id, after }) => {
    const run = await findRun(context, id)
    const source = findSource(context, run.source)
    const { differences, next } = await differencesOf(context, run, after)
    const [line] = await linesOf(context.db, [run])
    const isNewest = (await newestOf(context.db, run.source))?.id === id
    return { source: lineOfSource(source), run: line!, report: run.report, differences, next, isNewest }
  },
})

const newestOf = async (db: Context['db'], source: string): Promise<SourceRun | undefined> =>
  (await sourceRuns(db).ofSource(source, runsShown)).find(({ state }) => state !== 'previewed' && state !== 'failed')

/** What a run changed, as far as it is known by whom and when. */
export const changesOf = (
  db: Context['db'],
  { source, fromSeq, toSeq }: SourceRun,
  page: { after: number; limit: number },
) => changedBetween(db, { fromSeq, toSeq, actor: nameOf(importer(source)) }, page)

async function differencesOf({ db }: Pick<Context, 'db'>, run: SourceRun, after: number) {
  const changes = await changesOf(db, run, { after, limit: differencesShown + 1 })
  const shown = changes.slice(0, differencesShown)
  const stored = await records(db).findMany(shown.map(({ recordId }) => recordId))
  const differences = shown.flatMap(({ recordNumber, recordId, first }): Difference[] => {
    const record = stored.get(recordId)
    if (!record) return []
    const { title, originalLanguage } = record.body
    const what = first === 1 ? 'added' : record.status === 'withdrawn' ? 'withdrawn' : 'changed'
    return [{ number: recordNumber, id: recordId, title, originalLanguage, what }]
  })
  return { differences, next: changes.length > shown.length ? shown.at(-1)!.recordNumber : null }
}

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

async function changed(context: Context, run: SourceRun, changes: Partial<SourceRun>): Promise<RunLine> {
  const all = { ...changes, changedAt: context.now().toISOString() }
  await sourceRuns(context.db).change(run.id, all)
  return (await linesOf(context.db, [{ ...run, ...all }]))[0]!
}

const conflict = ({ id, state }: SourceRun, wanted: SourceRun['state']) =>
  new Problem('conflict', { id, yours: wanted, newest: state })

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
    if (run.state !== 'previewed' || busy) throw conflict(busy ?? run, 'previewed')
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
    if (run.state !== 'previewed') throw conflict(run, 'previewed')
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
    if (run.state !== 'running') throw conflict(run, 'running')
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

export { changed as changedRun, conflict as conflictOf, newestOf as newestRunOf, Line }
