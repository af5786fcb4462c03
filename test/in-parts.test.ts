/** A source that comes in parts, one file after another in any order, is what it would be in one piece. */
import assert from 'node:assert/strict'
import { basename, dirname, join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { sources, type App } from '#app'
import { openFolder, type Folder } from '#kernel/folder.ts'
import type { Source } from '#records/sources/source.ts'
import { importSource, type TakeRows } from '#records/sources/import.ts'
import { ingest } from '#records/sources/ingest.ts'
import { records } from '#records/store.ts'
import { Problem } from '#kernel/problem.ts'
import { testApp } from './app.ts'
import { folderOf } from './collection.ts'
import { fixtures } from './source-fixtures.ts'

type Files = Record<string, string>

async function filesIn(folder: Folder): Promise<Files> {
  const files: Files = {}
  for (const name of await folder.names()) {
    const text = await folder.text(name).catch(() => undefined)
    if (text !== undefined) files[name] = text
  }
  return files
}

/** The six lists of regions are one table in six languages; rows of a part of the world refer to each other. */
const isOnePiece = /UNSD-M49|\/(practice|lesson|study|evidence|organisation)\.jsonl$/
const hasRows = (name: string) => /\.(csv|jsonl)$/.test(name) && !isOnePiece.test(name)
/** What the readme of a repository says holds for all that lies in it. */
const isAboutAll = (name: string) => /(?:^|\/)readme/i.test(name)
/** Files that mean something only together: a nominee and its answers, a part of the world. */
const groupOf = (name: string) => (name.endsWith('.jsonl') ? dirname(name) : basename(name))

/** The rows of a table or of JSON lines, a cell over several lines as one. */
function piecesOf(name: string, text: string): { head: string; rows: string[] } {
  const rows: string[] = []
  for (const line of text.split(/(?<=\n)/)) {
    const isOpen = name.endsWith('.csv') && (rows.at(-1)?.split('"').length ?? 1) % 2 === 0
    if (isOpen) rows.push(rows.pop()! + line)
    else rows.push(line)
  }
  return name.endsWith('.csv') ? { head: rows.shift() ?? '', rows } : { head: '', rows }
}

/**
 * Two sets of files which together hold every row of the first. Files that go with a table (names of its codes) go with
 * each of its parts, as do those that a source says mean nothing alone, and files of one name (a nominee and its answers) go together.
 */
function inTwo(files: Files, isFirst: () => boolean, isBeside: (name: string) => boolean): [Files, Files] {
  const parts: [Files, Files] = [{}, {}]
  const sides = new Map<string, 0 | 1>()
  const isTable = Object.keys(files).some(hasRows)
  for (const [name, text] of Object.entries(files)) {
    if (isBeside(name)) {
      for (const side of [0, 1] as const) parts[side][name] = text
      continue
    }
    if (!hasRows(name)) {
      const own = sides.get(groupOf(name)) ?? (isFirst() ? 0 : 1)
      sides.set(groupOf(name), own)
      for (const side of isTable || isAboutAll(name) ? ([0, 1] as const) : [own]) parts[side][name] = text
      continue
    }
    const { head, rows } = piecesOf(name, text)
    const own: [string[], string[]] = [[], []]
    for (const row of rows) own[isFirst() ? 0 : 1].push(row)
    for (const side of [0, 1] as const)
      if (own[side].length > 0) parts[side][name] = head + own[side].map((row) => row.replace(/\n?$/, '\n')).join('')
  }
  return parts
}

async function bring(app: App, source: Source, files: Files): Promise<Set<string>> {
  const take: TakeRows = (rows, actor) =>
    app.perform(ingest, actor, { name: source.name, rows }) as ReturnType<TakeRows>
  try {
    const { refused } = await importSource(source, folderOf(files), take)
    return new Set(
      refused.flatMap(({ code, values }) => (code === 'identifierRepeated' ? [String(values['identifier'])] : [])),
    )
  } catch (error) {
    // A part may hold none of the rows that the source is known by.
    if (!(error instanceof Problem) && !/no file /.test(String(error))) throw error
    return new Set()
  }
}

async function held(app: App, without: Set<string>): Promise<Map<string, unknown>> {
  const all = await records(app.database.read).all(0, 10_000)
  return new Map(
    all.flatMap(({ origin, kind, body }) =>
      origin && !without.has(origin.identifier) ? [[origin.identifier, { kind, url: origin.url, body }] as const] : [],
    ),
  )
}

async function broughtIn(source: Source, parts: Files[], without: Set<string>) {
  const { app } = await testApp()
  for (const part of parts) for (const one of await bring(app, source, part)) without.add(one)
  const found = await held(app, without)
  return found
}

for (const source of sources.values())
  test(`${source.name}: in two parts, in either order, it is the same as in one`, async () => {
    const files = await filesIn(await openFolder(join(fixtures, source.name, 'rows')))
    // Two rows that contradict each other under one name are refused together; which came last is kept otherwise.
    const contradicted = new Set<string>()
    const whole = await broughtIn(source, [files], contradicted)
    assert.ok(whole.size > 0, 'there is something to bring')
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.boolean()), async (choices) => {
        const [a, b] = inTwo(
          files,
          () => choices.next().value,
          (name) => source.isBeside?.(name) ?? false,
        )
        for (const order of [
          [a, b],
          [b, a],
        ])
          assert.deepEqual(await broughtIn(source, order, contradicted), whole)
      }),
      { numRuns: 2 },
    )
  })
