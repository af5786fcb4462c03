/** Whatever a publisher's file has become (cut short, garbled, mixed up), a collection reads it or says what is wrong. */
import assert from 'node:assert/strict'
import { isUtf8 } from 'node:buffer'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { sources, kinds } from '#app'
import { openFolder, type Folder } from '#kernel/folder.ts'
import { Problem } from '#kernel/problem.ts'
import type { Source } from '#records/sources/source.ts'
import { violationsOfBody } from '#records/check.ts'
import { folderOf, realData } from './collection.ts'
import { casesOf, fixtures } from './source-fixtures.ts'

const excerptLength = 6_000
const filesTaken = 12

/** The beginnings of a collection's files, by name; JSON whole, as its beginning alone is none. */
async function excerpts(folder: Folder): Promise<Record<string, string>> {
  const isText = async (name: string) =>
    /\.(csv|jsonl?|md|ttl|xsd|xml|rdf|ya?ml)$|rdf/.test(name) && isUtf8(await folder.bytes(name))
  const all = await folder.names()
  const readable = await Promise.all(all.map(isText))
  const names = all.filter((_, index) => readable[index])
  const step = Math.max(1, Math.floor(names.length / filesTaken))
  const taken = names.filter((_, i) => i % step === 0)
  const texts = taken.map(
    async (name) =>
      [name, (await folder.text(name)).slice(0, name.endsWith('.json') ? Infinity : excerptLength)] as const,
  )
  return Object.fromEntries(await Promise.all(texts))
}

/** A text with a piece cut out, doubled or replaced, or cut off. */
const garbled = (text: string) =>
  fc
    .tuple(
      fc.nat(text.length),
      fc.nat(200),
      fc.oneof(
        fc.constant(''),
        fc.string(),
        fc.constantFrom('"', '{', '<', '\u0000', '\r\n', ',,', '---', '[[[', '\u202e'),
      ),
    )
    .map(([at, length, put]) => text.slice(0, at) + put + text.slice(at + length))

const garbledFiles = (files: Record<string, string>) =>
  fc.record(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, garbled(text)])))

async function readWithoutCrash({ read, name }: Source, files: Record<string, string>): Promise<void> {
  try {
    for await (const row of read(folderOf(files))) {
      assert.ok(row.place, `${name}: every row says where it stands`)
      if ('record' in row) violationsOfBody(kinds.get(row.record.kind)!, row.record.body)
    }
  } catch (error) {
    // A whole file that cannot be read is a problem with words; anything else is a crash.
    if (!(error instanceof Problem) && !/no file /.test(String(error))) throw error
  }
}

const holdsGarbled = async (collection: Source, folder: Folder) => {
  const files = await excerpts(folder)
  assert.ok(Object.keys(files).length > 0, `${collection.name}: files to garble`)
  await fc.assert(
    fc.asyncProperty(garbledFiles(files), (some) => readWithoutCrash(collection, some)),
    { numRuns: 25 },
  )
}

for (const collection of sources.values()) {
  assert.ok(casesOf(collection.name).includes('rows'), `fixtures/${collection.name}/rows`)
  test(`${collection.name}: a garbled file is read or refused, never a crash`, async () => {
    await holdsGarbled(collection, await openFolder(join(fixtures, collection.name, 'rows')))
  })

  const real = await realData(collection.folder)
  if (typeof real !== 'string')
    test(`${collection.name}: a garbled file as large as the publisher’s is read or refused`, () =>
      holdsGarbled(collection, real))
}
