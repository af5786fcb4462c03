/** What a page of a source brought is kept in one transaction with how far the run is: a fall loses and doubles nothing. */
import { Type, type Static } from 'typebox'
import { nameOf, type Context } from '#kernel/context.ts'
import { journalHead } from '#kernel/journal.ts'
import { closed, operation } from '#kernel/operation.ts'
import { Problem, noSuch } from '#kernel/problem.ts'
import { recordRun } from '#features/sources/operations.ts'
import { idOf } from '#records/identifier.ts'
import { importer } from '#records/sources/import.ts'
import { isOnlyTranslated } from '#records/sources/keep-translations.ts'
import { ingest, type Refusal } from '#records/sources/ingest.ts'
import { records } from '#records/store.ts'
import { change } from '#records/write.ts'
import { harvestDocuments } from './documents.ts'
import { kindHarvested, putSource } from './registry.ts'
import { HarvestCounts, longestBytes, type Refused, type Run } from './shapes.ts'
import { harvests, type Harvested } from './store.ts'

const RowOfPage = Type.Object({
  identifier: Type.String({ minLength: 1, maxLength: 2_000 }),
  bytes: Type.String(),
  url: Type.Optional(Type.String()),
  body: Type.Optional(Type.Unknown()),
  refused: Type.Optional(Type.Object({ code: Type.String(), values: Type.Record(Type.String(), Type.Unknown()) })),
  isDeleted: Type.Optional(Type.Boolean()),
})
export type RowOfPage = Static<typeof RowOfPage>

const Address = Type.String({ maxLength: 2_000 })
const Walked = Type.Object({
  listed: Type.Optional(
    Type.Array(
      Type.Object({
        address: Address,
        parent: Address,
        depth: Type.Integer(),
        changedAt: Type.Optional(Type.String()),
      }),
    ),
  ),
  from: Type.Optional(Type.String({ description: 'The document that gave the rows' })),
  read: Type.Optional(
    Type.Object({
      address: Address,
      outcome: Type.Enum(['read', 'unchanged', 'gone', 'failed']),
      isList: Type.Boolean(),
      etag: Type.Optional(Type.String()),
      modified: Type.Optional(Type.String()),
    }),
  ),
  forgetOthers: Type.Optional(
    Type.Boolean({ description: 'Documents that were not listed in this run are forgotten' }),
  ),
})

/** @throws Problem notFound */
export async function findHarvested(
  { db, services }: Pick<Context, 'db' | 'services'>,
  name: string,
): Promise<Harvested> {
  const found = await harvests(db).find(name)
  if (!found) throw noSuch('source', name)
  putSource(services, found)
  return found
}

/** Whoever goes on with a run says which page comes next; where another did it meanwhile, it leaves. @throws Problem conflict */
export function expectStep({ name, step, run }: Harvested, expected: number): Run {
  if (step !== expected || !run) throw new Problem('conflict', { id: name, yours: expected, newest: step })
  return run
}

export const keepPage = operation({
  name: 'harvest.keep',
  summary: 'Keep what a page of a source brought, and how far its run is',
  http: 'POST /harvest/:name/pages',
  isForPages: true,
  input: Type.Object(
    {
      name: Type.String(),
      step: Type.Integer(),
      rows: Type.Array(RowOfPage, { maxItems: 10_000 }),
      unmapped: Type.Array(Type.Object({ field: Type.String(), value: Type.String(), count: Type.Integer() })),
      next: Type.Record(Type.String(), Type.Unknown(), {
        description: 'What of the run is otherwise from now on; null: no more',
      }),
      walked: Type.Optional(Walked),
    },
    closed,
  ),
  output: HarvestCounts,
  allow: (actor) => actor.kind === 'system',
  run: async (context, { name, step, rows, unmapped, next, walked }) => {
    const source = await findHarvested(context, name)
    const before = expectStep(source, step)
    const found = await keepRows(context, name, rows)
    await harvests(context.db).addUnmapped(name, unmapped)
    if (walked) await keepWalked(context, name, before, rows, walked)
    const counts = sum(before.counts, found)
    const run = Object.fromEntries(
      Object.entries({ ...before, ...next, counts }).filter(([, value]) => value !== null),
    ) as Run
    await harvests(context.db).change(name, { run, step: step + 1, beatAt: context.now().toISOString() })
    return found
  },
})

async function keepWalked(
  { db }: Context,
  name: string,
  run: Run,
  rows: readonly RowOfPage[],
  { listed = [], from, read, forgetOthers }: Static<typeof Walked>,
): Promise<void> {
  const runAt = run.id ?? run.startedAt
  const documents = harvestDocuments(db, name)
  await documents.list(listed, runAt, run.from === undefined)
  const gone = rows.filter(({ isDeleted }) => isDeleted).map(({ identifier }) => identifier)
  await documents.forgetGiven(gone)
  if (from !== undefined)
    await documents.give(
      rows.map(({ identifier }) => identifier),
      from,
      runAt,
    )
  if (read) await documents.done(read, runAt)
  if (read && read.outcome !== 'failed') await harvests(db).forgetRefused(name, [read.address])
  if (forgetOthers) await documents.forgetOthers(runAt)
}

const sum = (a: HarvestCounts, b: HarvestCounts): HarvestCounts => ({
  read: a.read + b.read,
  added: a.added + b.added,
  changed: a.changed + b.changed,
  unchanged: a.unchanged + b.unchanged,
  refused: a.refused + b.refused,
  withdrawn: a.withdrawn + b.withdrawn,
})

export async function keepRows(context: Context, name: string, rows: readonly RowOfPage[]): Promise<HarvestCounts> {
  // A record that stands twice in a page is what was said last.
  const last = new Map(rows.map((row) => [row.identifier, row]))
  const given = [...last.values()].filter(({ body }) => body !== undefined)
  const { added, changed, unchanged, refused } = await ingest.run(context, {
    name,
    rows: given.map(({ identifier, url, body }) => ({
      place: identifier,
      kind: kindHarvested,
      identifier,
      ...(url && { url }),
      body,
    })),
  })
  const gone = [...last.values()].filter(({ isDeleted }) => isDeleted)
  const { withdrawn, left } = await withdrawAll(context, name, gone)
  const at = context.now().toISOString()
  const cannot: Refusal[] = [
    ...[...last.values()].flatMap(({ identifier, refused: why }) => (why ? [{ place: identifier, ...why }] : [])),
    ...refused,
    ...left,
  ]
  const waiting = cannot.flatMap(({ place, code, values }): Refused[] => {
    const row = last.get(place)
    if (!row) return []
    const told = Object.fromEntries(
      Object.entries(values).map(([key, value]) => [
        key,
        typeof value === 'number' ? value : String(value).slice(0, 500),
      ]),
    )
    return [
      {
        source: name,
        identifier: place,
        code,
        values: told,
        bytes: row.bytes.slice(0, longestBytes).toWellFormed().replaceAll('\0', ''),
        at,
      },
    ]
  })
  const isWaiting = new Set(waiting.map(({ identifier }) => identifier))
  const mended = [...last.keys()].filter((identifier) => !isWaiting.has(identifier))
  await harvests(context.db).forgetRefused(name, mended)
  await harvests(context.db).refuse(waiting)
  return { read: last.size, added, changed, unchanged, refused: waiting.length, withdrawn }
}

async function withdrawAll(
  context: Context,
  name: string,
  gone: readonly RowOfPage[],
): Promise<{ withdrawn: number; left: Refusal[] }> {
  const held = await records(context.db).findMany(gone.map(({ identifier }) => idOf(identifier)))
  const left: Refusal[] = []
  let withdrawn = 0
  for (const { identifier } of gone) {
    const before = held.get(idOf(identifier))
    if (before?.status !== 'published' || before.origin?.collection !== name) continue
    const kind = context.services.kinds.get(before.kind)!
    if (before.changedBy !== nameOf(context.actor) && !(await isOnlyTranslated(context, kind, before))) {
      left.push({ place: identifier, code: 'editedHere', values: { id: before.id } })
      continue
    }
    const { title, source } = context.services.sources.get(name)!
    await change(context, kind, before, 'withdraw', {
      status: 'withdrawn',
      digest: null,
      note: `${title} (${source.address})`,
    })
    withdrawn++
  }
  return { withdrawn, left }
}

export const finishHarvest = operation({
  name: 'harvest.finish',
  summary: 'Keep what became of a run of a source that is harvested',
  http: 'POST /harvest/:name/finish',
  isForPages: true,
  changesPages: true,
  input: Type.Object(
    {
      name: Type.String(),
      step: Type.Integer(),
      problem: Type.Optional(Type.Object({ code: Type.String(), values: Type.Record(Type.String(), Type.Unknown()) })),
    },
    closed,
  ),
  output: Type.Object({ isDone: Type.Literal(true) }),
  allow: (actor) => actor.kind === 'system',
  run: async (context, { name, step, problem }) => {
    const source = await findHarvested(context, name)
    const run = expectStep(source, step)
    const now = context.now()
    const { counts, fromSeq, startedAt } = run
    // A run that found nothing new changed nothing that could be looked at or undone.
    if (counts.added + counts.changed + counts.withdrawn > 0 || problem || (await journalHead(context.db)) === 0)
      await recordRun.run(context, {
        name,
        fileName: run.from ? `${source.address} (${run.from} →)` : source.address,
        fromSeq,
        startedAt,
        report: { counts: { ...counts, notes: 0 }, refused: [], notes: [], ...(problem && { failed: problem }) },
      })
    const hours = source.settings.everyHours
    await harvests(context.db).change(name, {
      run: null,
      step: step + 1,
      lastAt: now.toISOString(),
      problem: (problem as Harvested['problem']) ?? null,
      dueAt:
        hours === 0
          ? never
          : new Date(now.getTime() + (problem ? Math.min(hours, retryHours) : hours) * hourMs).toISOString(),
      // What ended before its end is asked for again.
      ...(!problem && {
        nextFrom: source.settings.input === 'oai-pmh' ? (run.firstDate ?? source.nextFrom) : run.startedAt,
      }),
      ...(problem?.code === 'mostIsGone' && { nextFrom: null }),
    })
    return { isDone: true as const }
  },
})

const hourMs = 60 * 60_000
const retryHours = 6
export const never = '9999-12-31T00:00:00.000Z'

/** As the importer of the source, so that its records are known as its own. */
export const harvester = importer
