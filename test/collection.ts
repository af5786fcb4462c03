/** For tests of collections: reads one from the real data, and holds it to what every collection promises. */
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { createHash } from 'node:crypto'
import { formats } from '#kernel/schema.ts'
import { openFolder, type Folder } from '#kernel/folder.ts'
import { parseJson } from '#kernel/input-limits.ts'
import type { Source, Draft, Note, Row } from '#records/sources/source.ts'
import type { Body } from '#records/record.ts'
import { recognised } from '#records/sources/recognise.ts'
import { summedUp } from '#records/sources/sum-up.ts'
import type { Kind } from '#records/kind.ts'
import type { Field } from '#records/fields.ts'
import { readCatalogue } from '#kernel/i18n/messages.ts'

const root = resolve(import.meta.dirname, '..')
const dataPath = process.env['QINGDAO_TEST_DATA'] ?? join(root, '../shared/data')

/** The folder of a collection, or why there is none. */
export async function realData(folder: string): Promise<Folder | string> {
  return openFolder(join(dataPath, folder)).catch(
    () => `no data: set QINGDAO_TEST_DATA to a folder that holds ${folder}`,
  )
}

/** A folder that is not there, for rows that no publisher has written yet. */
export function folderOf(files: Record<string, string>): Folder {
  const text = async (name: string) => files[name] ?? assert.fail(`no file ${name}`)
  return {
    path: 'in memory',
    names: async () => Object.keys(files).sort(),
    has: async (name) => Object.hasOwn(files, name),
    bytes: async (name) => Buffer.from(await text(name)),
    text,
    head: async (name) => (await text(name)).slice(0, 64 * 1024),
    async *lines(name) {
      for (const [index, line] of (await text(name)).split('\n').entries()) yield { line: index + 1, text: line }
    },
    async *pieces(name) {
      yield Buffer.from(await text(name))
    },
  }
}

export type Reading = {
  rows: Row[]
  records: Draft[]
  refused: (Row & { refused: Note })[]
  /** How often each note was given. */
  notes: Record<string, number>
  /** Bodies by kind and then identifier, for looking into. */
  find(identifier: string): Record<string, unknown>
  count(kind: string): number
}

const vocabularyFiles = ['own', 'countries', 'regions', 'subjects', 'licences']

async function vocabularyTerms(): Promise<Map<string, Set<string>>> {
  const all = new Map<string, Set<string>>()
  for (const name of vocabularyFiles) {
    const file = parseJson(await readFile(join(root, `src/records/vocabularies/${name}.json`), 'utf8')) as Record<
      string,
      { terms: object }
    >
    if (name !== 'own') all.set(name, new Set(Object.keys((file as unknown as { terms: object }).terms)))
    else for (const [key, { terms }] of Object.entries(file)) all.set(key, new Set(Object.keys(terms)))
  }
  return all
}

async function validator(kinds: readonly Kind[]) {
  const ajv = new Ajv2020({ strict: false, allErrors: false })
  const vocabularies = await vocabularyTerms()
  for (const [name, fits] of Object.entries(formats)) ajv.addFormat(name, fits)
  ajv.addKeyword({
    keyword: 'x-field',
    validate: (field: Field, value: unknown) =>
      field.type !== 'choice' || typeof value !== 'string' || (vocabularies.get(field.vocabulary!)?.has(value) ?? true),
  })
  const compiled = new Map(kinds.map((kind) => [kind.name, ajv.compile(kind.body)]))
  return ({ kind, identifier, body }: Draft) => {
    const validate = compiled.get(kind)
    assert.ok(validate, `${kind} is not one of the kinds tested`)
    assert.ok(
      validate(body),
      `${identifier}: ${JSON.stringify(validate.errors)} in ${JSON.stringify(body).slice(0, 2_000)}`,
    )
  }
}

async function rowsOf(collection: Source, folder: Folder): Promise<Row[]> {
  const rows: Row[] = []
  for await (const row of collection.read(await recognised(folder, collection))) rows.push(row)
  return rows
}

export async function readSource(collection: Source, kinds: readonly Kind[], folder: Folder): Promise<Reading> {
  const rows = await rowsOf(collection, folder)
  const again = await rowsOf(collection, folder)
  assert.equal(digest(again), digest(rows), 'the same folder gives the same rows')

  const validate = await validator(kinds)
  const words = readCatalogue('en')
  const found = new Map<string, Body>()
  const records: Draft[] = []
  const refused: Reading['refused'] = []
  const notes: Record<string, number> = {}
  for (const row of rows) {
    assert.ok(row.place, 'every row says where it stands')
    for (const note of 'refused' in row ? [row.refused] : (row.notes ?? [])) {
      assert.ok(words[`note.${note.code}`], `note.${note.code} has words`)
      notes[note.code] = (notes[note.code] ?? 0) + 1
    }
    if ('refused' in row) {
      refused.push(row)
      continue
    }
    const { record } = row
    assert.ok(collection.kinds.includes(record.kind), `${collection.name} says that it gives ${record.kind}`)
    validate(record)
    found.set(record.identifier, together(collection, found.get(record.identifier), record))
    records.push(record)
  }
  return {
    rows,
    records,
    refused,
    notes,
    find: (identifier) => found.get(identifier) ?? assert.fail(`no record ${identifier}`),
    count: (kind) => records.filter((record) => record.kind === kind).length,
  }
}

/** What all rows of a record say of it: the same, but for the fields that the source sums up. */
function together(collection: Source, before: Body | undefined, { kind, identifier, body }: Draft) {
  if (!before) return body as Body
  const ways = collection.sums?.[kind] ?? {}
  const rest = (said: object) => Object.entries(said).filter(([field]) => !(field in ways))
  assert.deepEqual(rest(body as Body), rest(before), `${identifier} is given twice with different content`)
  return summedUp(ways, before, body as Body)
}

const digest = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex')
