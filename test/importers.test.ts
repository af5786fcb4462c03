/** Whatever a publisher's file has become (cut short, garbled, mixed up), a collection reads it or says what is wrong. */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { collections, kinds } from '#app'
import { openFolder, type Folder } from '#core/disk.ts'
import { Problem } from '#core/problem.ts'
import type { Collection } from '#house/collection.ts'
import { misfitsOfBody } from '#house/record/check.ts'
import { folderOf } from './collection.ts'

const data = process.env.QINGDAO_TEST_DATA ?? fileURLToPath(new URL('../../shared/data', import.meta.url))
const excerptLength = 6_000
const filesTaken = 12

/** The beginnings of a collection's real files, by name; JSON whole, as its beginning alone is none. */
async function excerpts(folder: Folder): Promise<Record<string, string>> {
  const names = (await folder.names()).filter((name) => /\.(csv|jsonl?|md|ttl|xsd|xml|rdf|ya?ml)$|rdf/.test(name))
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

async function readWithoutCrash({ read, name }: Collection, files: Record<string, string>): Promise<void> {
  try {
    for await (const row of read(folderOf(files))) {
      assert.ok(row.place, `${name}: every row says where it stands`)
      if ('record' in row) misfitsOfBody(kinds.get(row.record.kind)!, row.record.body)
    }
  } catch (error) {
    // A whole file that cannot be read is a problem with words; anything else is a crash.
    if (!(error instanceof Problem) && !/no file /.test(String(error))) throw error
  }
}

for (const collection of collections.values())
  test(`${collection.name}: a garbled file is read or refused, never a crash`, async (t) => {
    if (!existsSync(join(data, collection.folder))) return t.skip('no folder of real collections on this machine')
    const files = await excerpts(await openFolder(join(data, collection.folder)))
    await fc.assert(
      fc.asyncProperty(garbledFiles(files), (some) => readWithoutCrash(collection, some)),
      { numRuns: 25 },
    )
  })
