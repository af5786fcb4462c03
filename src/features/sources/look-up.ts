/** Sources and their runs, as curators see them. */
import { Type } from 'typebox'
import { nameOf, type Context } from '#kernel/context.ts'
import { changedBetween } from '#kernel/journal.ts'
import { closed, operation } from '#kernel/operation.ts'
import { noSuch } from '#kernel/problem.ts'
import { permission } from '#kernel/permission.ts'
import { people } from '#accounts/store.ts'
import { Id } from '#records/inputs.ts'
import { importer } from '#records/sources/import.ts'
import type { Source } from '#records/sources/source.ts'
import { records } from '#records/store.ts'
import { Difference, RunLine, RunReport, SourceLine } from './shapes.ts'
import { sourceRuns, type SourceRun } from './store.ts'

export const runsShown = 50
const differencesShown = 100

/** @throws Problem notFound */
export function findSource({ services }: Pick<Context, 'services'>, name: string): Source {
  const source = services.sources.get(name)
  if (!source) throw noSuch('source', name)
  return source as Source
}

/** @throws Problem notFound */
export async function findRun({ db }: Pick<Context, 'db'>, id: string): Promise<SourceRun> {
  const run = await sourceRuns(db).find(id)
  if (!run) throw noSuch('run', id)
  return run
}

export async function linesOf(db: Context['db'], runs: readonly SourceRun[]): Promise<RunLine[]> {
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
const hasUpload = ({ kinds, harvestedAt, isLeft }: Source) =>
  !kinds.includes('indicator') && harvestedAt === undefined && !isLeft

const lineOfSource = (source: Source, last?: RunLine): SourceLine => ({
  name: source.name,
  title: source.title,
  publisher: source.publisher,
  ...source.source,
  expects: source.expects ?? source.folder,
  isWhole: source.whole !== undefined,
  hasUpload: hasUpload(source),
  ...(source.harvestedAt && { harvestedAt: source.harvestedAt }),
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

/** The last run of a source that changed something. */
export const newestOf = async (db: Context['db'], source: string): Promise<SourceRun | undefined> =>
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
