/** Bringing one’s own statistics: uploaded, its columns understood, looked through. */
import { Type, type Static } from 'typebox'
import type { Kysely } from 'kysely'
import type { Context } from '#kernel/context.ts'
import { closed, operation, preparedOperation } from '#kernel/operation.ts'
import { Problem, violation } from '#kernel/problem.ts'
import { personIn } from '#accounts/sessions.ts'
import { newId } from '#records/identifier.ts'
import { Id } from '#records/inputs.ts'
import { isArea } from '#features/indicators/areas.ts'
import { PublishedOn } from '#features/indicators/observe.ts'
import { guessedRoles, type Choices, type Role } from './columns.ts'
import { knownIndicators } from './known.ts'
import { expectState, findImport, lookedAt, mayBring, readOf, tableOf } from './looking.ts'
import {
  AreaCode,
  DecimalSign,
  IndicatorCode,
  Line,
  lineOf,
  Publisher,
  RoleName,
  Told,
  toldOf,
  WrongCell,
} from './shapes.ts'
import { noCounts, statisticsImports, type StatisticsImport } from './store.ts'

const mostADay = 100
const dayMs = 24 * 60 * 60_000
const mostErrors = 500
const mostShown = 50

export const beginImport = preparedOperation({
  name: 'statistics.begin',
  summary: 'Upload a table of statistics; what its columns mean is guessed from their names',
  http: 'POST /statistics/imports',
  isForPages: true,
  input: Type.Object(
    {
      publisher: Publisher,
      publishedOn: PublishedOn,
      indicator: IndicatorCode,
      area: AreaCode,
      decimal: DecimalSign,
      fileName: Type.String({ maxLength: 200 }),
      path: Type.String({ description: 'Where the file lies that came with the form' }),
    },
    closed,
  ),
  output: Line,
  allow: mayBring,
  prepare: async (context, { path }) => {
    const { sha256: file } = await context.services.files.keep(path)
    return { file, table: await tableOf(context, file) }
  },
  run: async (context, { publisher, publishedOn, indicator, area, decimal, fileName }, { file, table }) => {
    const { db, now, random } = context
    const ownerId = ownerOf(context)
    const since = new Date(now().getTime() - dayMs).toISOString()
    if ((await statisticsImports(db).countSince(ownerId, since)) >= mostADay) throw new Problem('tooManyTries')
    const at = now().toISOString()
    const choices: Choices = {
      publisher: publisher.trim(),
      publishedOn,
      indicator,
      area,
      decimal,
      columns: guessedRoles(table.header),
    }
    await expectKnown(db, choices)
    const one: StatisticsImport = {
      id: newId(random),
      ownerId,
      fileName,
      file,
      choices,
      state: 'preview',
      release: null,
      counts: noCounts,
      createdAt: at,
      changedAt: at,
    }
    await statisticsImports(db).add(one)
    return lineOf(one)
  },
})

/** The shell acts as nobody in particular. */
const ownerOf = (context: Context): string => (context.actor.kind === 'person' ? personIn(context) : '')

async function expectKnown(db: Kysely<unknown>, { indicator, area }: Choices): Promise<void> {
  if (area !== '' && !isArea(area)) throw violation('area', 'notOffered')
  if (indicator === '') return
  const known = await knownIndicators(db)
  if (!known.some(({ code }) => code === indicator)) throw violation('indicator', 'notOffered')
}

export const listImports = operation({
  name: 'statistics.imports',
  summary: 'List the tables of statistics that were brought, the latest first',
  http: 'GET /statistics/imports',
  input: Type.Object({}, closed),
  output: Type.Object({ imports: Type.Array(Line) }),
  allow: mayBring,
  run: async ({ db }) => ({ imports: (await statisticsImports(db).list()).map(lineOf) }),
})

export const chooseColumns = preparedOperation({
  name: 'statistics.choose',
  summary: 'Say what the columns of a table of statistics mean, who published it and when',
  http: 'PUT /statistics/imports/:id',
  input: Type.Object(
    {
      id: Id,
      publisher: Publisher,
      publishedOn: PublishedOn,
      indicator: IndicatorCode,
      area: AreaCode,
      decimal: DecimalSign,
      columns: Type.Array(RoleName, { maxItems: 1_000 }),
    },
    closed,
  ),
  output: Line,
  allow: mayBring,
  prepare: async (context, { id }): Promise<number> =>
    (await tableOf(context, (await findImport(context.db, id)).file)).header.length,
  run: async ({ db, now }, { id, ...given }, width: number) => {
    const found = await findImport(db, id)
    expectState(found, 'preview')
    if (given.columns.length !== width) throw violation('columns', 'notOffered')
    const choices: Choices = { ...given, columns: given.columns as Role[] }
    await expectKnown(db, choices)
    const changedAt = now().toISOString()
    await statisticsImports(db).change(id, { choices, changedAt })
    return lineOf({ ...found, choices, changedAt })
  },
})

export const previewImport = operation({
  name: 'statistics.preview',
  summary: 'Look through a table of statistics: values as they will be, and what is wrong, by row and column',
  http: 'GET /statistics/imports/:id/preview',
  input: Type.Object({ id: Id }, closed),
  output: Type.Object({
    line: Line,
    header: Type.Array(Type.String()),
    rows: Type.Integer(),
    values: Type.Integer({ description: 'Values that could be read' }),
    empty: Type.Integer({ description: 'Cells that say that there is no value' }),
    added: Type.Integer(),
    changed: Type.Integer(),
    unchanged: Type.Integer(),
    wrongRows: Type.Integer(),
    errors: Type.Array(WrongCell, { description: `The first ${mostErrors}` }),
    totalErrors: Type.Integer(),
    notTaken: Type.Array(Type.String(), { description: 'Columns that nothing is taken from' }),
    indicators: Type.Array(Type.String(), { description: 'Of which there are values' }),
    areas: Type.Array(Type.String(), { description: 'Of which there are values' }),
    changes: Type.Array(Told, { description: `The first ${mostShown} values that change` }),
    sample: Type.Array(Told, { description: `The first ${mostShown} values` }),
  }),
  allow: mayBring,
  run: async (context, { id }) => {
    const found = await findImport(context.db, id)
    const table = await tableOf(context, found.file)
    const read = await readOf(context, found, table)
    const looked = await lookedAt(context, found, read.found)
    const errors = [...read.errors, ...looked.errors].sort((a, b) => a.row - b.row)
    return {
      line: lineOf(found),
      header: table.header,
      rows: table.rows.length,
      values: read.found.length,
      empty: read.empty,
      added: looked.added,
      changed: looked.changes.length,
      unchanged: looked.unchanged,
      wrongRows: new Set(errors.map(({ row }) => row)).size,
      errors: errors.slice(0, mostErrors),
      totalErrors: errors.length,
      notTaken: read.notTaken,
      indicators: unique(read.found.map(({ indicator }) => indicator)),
      areas: unique(read.found.map((one) => one.area)),
      changes: looked.changes.slice(0, mostShown),
      sample: read.found.slice(0, mostShown).map((one) => toldOf(one, null)),
    }
  },
})
export type Preview = Static<(typeof previewImport)['output']>

const unique = (values: readonly string[]) => [...new Set(values)].sort()
