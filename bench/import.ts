/** How many records a second a whole import keeps, beside reading the same files and doing nothing else. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { sources } from '#app'
import { openFolder, type Folder } from '#kernel/folder.ts'
import type { Source } from '#records/sources/source.ts'
import { importSource, type TakeRows } from '#records/sources/import.ts'
import { ingest } from '#records/sources/ingest.ts'
import { inNewApp } from './alone.ts'
import { inPairs, isNoisy, medianOf, number, ratiosOf, shown, verdictOf, type Options, type Row } from './measure.ts'
import { testData } from './real-node.ts'

const names = ['phet-simulations', 'programming-lists', 'ror', 'what-works-clearinghouse', 'african-storybook']
const aim = 0.2
/** Small collections are read several times over, so that what is timed lasts longer than the clock's grain. */
const worthTimingMs = 300

type Imported = { kept: number; searchable: number }

export async function importing({ quick, say }: Options): Promise<Row[]> {
  const rows: Row[] = []
  for (const name of names) {
    const collection = sources.get(name)
    const path = collection && join(testData, collection.folder)
    if (!path || !existsSync(path)) {
      say(`${name}: not there, left out`)
      continue
    }
    const folder = await openFolder(path)
    const found = await measure(collection, folder, quick ? 3 : 6)
    rows.push(...found)
    for (const row of found) say(`${row.what}: ${row.ours}; ${row.yardstick}; ratio ${row.ratio}`)
  }
  return rows
}

async function measure(collection: Source, folder: Folder, pairs: number): Promise<Row[]> {
  // Once before the clock: files into memory, code made fast.
  await readThrough(collection, folder)
  await importInto(collection, folder)
  const { ours, yards } = await inPairs(
    pairs,
    () => importInto(collection, folder),
    () => readThrough(collection, folder),
  )
  const kept = ours.map((one) => one.kept)
  const searchable = ours.map((one) => one.searchable)
  const ratio = ratiosOf(kept, yards)
  const parsing = (await folder.names()).filter((name) => name.endsWith('.jsonl'))
  const row: Row = {
    question: 'import',
    what: `${collection.name}, beside reading`,
    ours: `${number(medianOf(kept))} kept/s, ${number(medianOf(searchable))} searchable/s`,
    yardstick: `${number(medianOf(yards))} read/s`,
    ratio: `${shown(ratio)}; searchable ${ratiosOf(searchable, yards).median.toFixed(2)}`,
    aim: `≥ ${aim}`,
    verdict: verdictOf(ratio.median >= aim, isNoisy(yards)),
  }
  if (parsing.length === 0) return [row]
  const parsed = await inPairs(
    pairs,
    () => importInto(collection, folder),
    () => parseThrough(folder, parsing),
  )
  const again = parsed.ours.map((one) => one.kept)
  return [
    row,
    {
      ...row,
      what: `${collection.name}, beside JSON.parse`,
      ours: `${number(medianOf(again))} kept/s`,
      yardstick: `${number(medianOf(parsed.yards))} parsed/s`,
      ratio: shown(ratiosOf(again, parsed.yards)),
      aim: '',
      verdict: isNoisy(parsed.yards) ? 'too noisy' : '',
    },
  ]
}

/** A new node on the disk, as full as the collection makes it. What is timed is what a command would do. */
const importInto = (collection: Source, folder: Folder): Promise<Imported> =>
  inNewApp(async (app) => {
    const begun = performance.now()
    const takeRows: TakeRows = (rows, actor) => app.perform(ingest, actor, { name: collection.name, rows })
    const { counts } = await importSource(collection, folder, takeRows)
    const keptMs = performance.now() - begun
    await app.follow()
    const searchableMs = performance.now() - begun
    return { kept: (counts.added / keptMs) * 1000, searchable: (counts.added / searchableMs) * 1000 }
  })

const readThrough = (collection: Source, folder: Folder) =>
  perSecond(async () => {
    let count = 0
    for await (const row of collection.read(folder)) if ('record' in row) count++
    return count
  })

const parseThrough = (folder: Folder, files: readonly string[]) =>
  perSecond(async () => {
    let count = 0
    for (const file of files)
      for (const line of (await folder.text(file)).split('\n')) {
        if (!line) continue
        JSON.parse(line)
        count++
      }
    return count
  })

async function perSecond(work: () => Promise<number>): Promise<number> {
  let count = 0
  const begun = performance.now()
  do count += await work()
  while (performance.now() - begun < worthTimingMs)
  return (count / (performance.now() - begun)) * 1000
}
