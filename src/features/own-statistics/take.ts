/** Publishing a table of statistics as one release, and taking it back. */
import { Type } from 'typebox'
import type { Context } from '#kernel/context.ts'
import { closed, operation, preparedOperation, type Preparing } from '#kernel/operation.ts'
import { Problem, violation } from '#kernel/problem.ts'
import { Id } from '#records/inputs.ts'
import { takeIn } from '#features/indicators/observe.ts'
import { observations } from '#features/indicators/store.ts'
import { undoRelease } from '#features/indicators/undo.ts'
import { expectState, findImport, inputOf, lookedAt, mayBring, readOf, sourceOf, tableOf } from './looking.ts'
import type { Found } from './rows.ts'
import { Line, lineOf } from './shapes.ts'
import { noCounts, statisticsImports, type StatisticsImport } from './store.ts'

export const startImport = preparedOperation({
  name: 'statistics.start',
  summary: 'Take in a table of statistics as one release: all of it, or nothing where a row is wrong',
  http: 'POST /statistics/imports/:id/start',
  changesPages: true,
  input: Type.Object(
    {
      id: Id,
      leaveOut: Type.Boolean({ default: false, description: 'Leave out rows that are wrong, and take in the others' }),
    },
    closed,
  ),
  output: Line,
  allow: mayBring,
  prepare: async (context: Preparing, { id }) => {
    const found = await findImport(context.db, id)
    const table = await tableOf(context, found.file)
    return { choices: JSON.stringify(found.choices), read: await readOf(context, found, table) }
  },
  run: async (context, { id, leaveOut }, { choices, read }) => {
    const found = await findImport(context.db, id)
    expectState(found, 'preview')
    // Somebody chose otherwise while it was read.
    if (JSON.stringify(found.choices) !== choices) throw new Problem('wrongState')
    const looked = await lookedAt(context, found, read.found)
    const errors = [...read.errors, ...looked.errors]
    if (errors.some(({ row }) => row === 0)) throw violation('leaveOut', 'fileWrong')
    if (errors.length > 0 && !leaveOut) throw violation('leaveOut', 'rowsWrong')
    const wrong = new Set(errors.map(({ row }) => row))
    return bringIn(
      context,
      found,
      read.found.filter(({ row }) => !wrong.has(row)),
      wrong.size,
    )
  },
})

async function bringIn(context: Context, found: StatisticsImport, rows: readonly Found[], leftOut: number) {
  if (rows.length === 0) throw violation('leaveOut', 'nothingToTake')
  const { id, choices } = found
  const counts = { ...noCounts, leftOut }
  for (const [code, some] of Map.groupBy(rows, (one) => one.indicator)) {
    const taken = await takeIn(context, inputOf(id, choices, code, some))
    if (taken.refused.length > 0) throw violation('leaveOut', 'rowsWrong')
    for (const name of ['added', 'changed', 'unchanged'] as const) counts[name] += taken[name]
  }
  const newest = await observations(context.db).newestRelease(sourceOf(choices))
  const changes = {
    state: 'done' as const,
    counts,
    release: newest?.revision === id ? newest.number : null,
    changedAt: context.now().toISOString(),
  }
  await statisticsImports(context.db).change(id, changes)
  return lineOf({ ...found, ...changes })
}

export const undoImport = operation({
  name: 'statistics.undo',
  summary: 'Undo a release of national statistics: its values are removed, and those that it changed hold again',
  http: 'POST /statistics/imports/:id/undo',
  changesPages: true,
  input: Type.Object({ id: Id }, closed),
  output: Line,
  allow: mayBring,
  run: async ({ db, now }, { id }) => {
    const found = await findImport(db, id)
    expectState(found, 'done')
    if (found.release !== null) await undoRelease(db, found.release)
    const changes = { state: 'undone' as const, release: null, changedAt: now().toISOString() }
    await statisticsImports(db).change(id, changes)
    return lineOf({ ...found, ...changes })
  },
})
