/** The small extracts below fixtures/: what each source's rows become, asked of a real node. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { openFolder } from '#kernel/folder.ts'
import { Problem } from '#kernel/problem.ts'
import type { App } from '#app'
import type { Source } from '#records/sources/source.ts'
import { importSource, type ImportReport, type TakeRows } from '#records/sources/import.ts'
import { records } from '#records/store.ts'
import { ingest } from '#records/sources/ingest.ts'

export const fixtures = resolve(import.meta.dirname, '../fixtures')

/** The folders of a source, in the order in which they are imported. */
export const casesOf = (source: string): string[] =>
  readdirSync(join(fixtures, source), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()

const recordsReadAtMost = 10_000

type Known = { id: string; revision: number; told: object }

async function recordsOf(app: App, source: string): Promise<Known[]> {
  const all = await records(app.database.read).all(0, recordsReadAtMost)
  assert.ok(all.length < recordsReadAtMost, 'the fixtures are small')
  return all
    .filter(({ origin }) => origin?.collection === source)
    .map(({ id, revision, kind, origin, body }) => ({
      id,
      revision,
      told: { kind, identifier: origin!.identifier, ...(origin!.url && { url: origin!.url }), body },
    }))
}

type Failure = { problem: string; values: Problem['values'] }

async function importCase(app: App, collection: Source, path: string): Promise<ImportReport | Failure> {
  const takeRows: TakeRows = (rows, actor) =>
    app.perform(ingest, actor, { name: collection.name, rows }) as ReturnType<TakeRows>
  try {
    return await importSource(collection, await openFolder(path), takeRows)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const { folder: within, ...values } = error.values
    // Where the repository lies is no part of what is told.
    return {
      problem: error.code,
      values: { ...(typeof within === 'string' && { folder: relative(fixtures, within) }), ...values },
    }
  }
}

/** The same rows a second time, wherever the first time ended. */
async function changesNothing(app: App, collection: Source, name: string): Promise<void> {
  const again = await importCase(app, collection, join(fixtures, collection.name, name))
  if (!('counts' in again)) return
  assert.deepEqual([again.counts.added, again.counts.changed], [0, 0], `${collection.name}/${name}, a second time`)
}

/** What becomes of each case of a source; the records are those that the case brought or changed. */
export async function outcomesOf(app: App, collection: Source): Promise<Record<string, object>> {
  const outcomes: Record<string, object> = {}
  let before = new Map<string, number>()
  for (const name of casesOf(collection.name)) {
    const outcome = await importCase(app, collection, join(fixtures, collection.name, name))
    await changesNothing(app, collection, name)
    await app.follow()
    const known = await recordsOf(app, collection.name)
    const brought = known.filter(({ id, revision }) => before.get(id) !== revision)
    outcomes[name] = { ...outcome, records: brought.map(({ told }) => told) }
    before = new Map(known.map(({ id, revision }) => [id, revision]))
  }
  return outcomes
}

type Expected = Record<string, Partial<ImportReport>>

/** What records.json says of the cases of a source. */
export const expectedOf = (source: string) =>
  JSON.parse(readFileSync(join(fixtures, source, 'records.json'), 'utf8')) as Expected

/** As JSON with a line for each record, note and refusal, so that a change is seen in the diff. */
export function writtenOut(outcomes: Record<string, object>): string {
  const lines = (value: unknown) =>
    Array.isArray(value) && value.length > 0
      ? `[\n  ${value.map((one) => JSON.stringify(one)).join(',\n  ')}\n ]`
      : JSON.stringify(value)
  const parts = (outcome: object) =>
    Object.entries(outcome).map(([name, value]) => `\n ${JSON.stringify(name)}: ${lines(value)}`)
  const cases = Object.entries(outcomes).map(
    ([name, outcome]) => `${JSON.stringify(name)}: {${parts(outcome).join(',')}\n}`,
  )
  return `{\n${cases.join(',\n')}\n}\n`
}
