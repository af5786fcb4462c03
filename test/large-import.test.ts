/** A hundred thousand rows: what a reading holds in memory does not grow with them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { sources } from '#app'
import type { Folder } from '#kernel/folder.ts'
import { importSource } from '#records/sources/import.ts'
import { folderOf } from './collection.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Lines that are made when they are asked for. */
function folderOfLines(name: string, count: number, line: (n: number) => string): Folder {
  const few = folderOf({ [name]: line(0) })
  return {
    ...few,
    async *lines() {
      for (let n = 0; n < count; n++) yield { line: n + 1, text: line(n) }
    },
  }
}

const megabyte = 1024 * 1024
const made: Record<string, [file: string, line: (n: number) => string]> = {
  ror: [
    'organisations.jsonl',
    (n) =>
      JSON.stringify({
        id: `https://ror.org/${String(n).padStart(9, '0')}`,
        names: [{ value: `University ${n}`, lang: 'en', types: ['ror_display', 'label'] }],
        status: 'active',
        types: ['education'],
        locations: [{ geonames_details: { name: 'A town', country_code: 'KE' } }],
        notes: 'x'.repeat(1_000),
      }),
  ],
  'phet-simulations': [
    'titles.jsonl',
    (n) => JSON.stringify({ sim: `sim-${n}`, locale: 'fr', bcp47: 'fr', title: `Titre ${n}`, more: 'x'.repeat(1_000) }),
  ],
}

for (const [name, [file, line]] of Object.entries(made))
  test(`${name}: a hundred thousand rows are read in bounded memory, a thousand at a time`, async () => {
    const grown: number[] = []
    let taken = 0
    collectGarbage()
    const before = process.memoryUsage().heapUsed
    const report = await importSource(sources.get(name)!, folderOfLines(file, 100_000, line), async (rows) => {
      assert.ok(rows.length <= 1_000)
      taken += rows.length
      if (taken % 25_000 === 0) {
        collectGarbage()
        grown.push((process.memoryUsage().heapUsed - before) / megabyte)
      }
      return { added: rows.length, changed: 0, unchanged: 0, refused: [] }
    })
    assert.deepEqual([report.counts.read, report.counts.added], [100_000, 100_000])
    // What is kept of a row is its place and digest, so that a repetition is told; 100 MB of rows passed.
    assert.ok(
      grown.every((size) => size < 60),
      `grown by ${grown.map(Math.round).join(', ')} MB`,
    )
  })
