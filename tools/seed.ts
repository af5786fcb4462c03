/**
 * Makes the records that come with the project: `node tools/seed.ts <data folder> [day]`. All are of one day, so a file
 * of the seed only changes where its records did. What the project wrote itself is read from `src`.
 */
import { mkdtemp, rm, stat, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sources, openApp, type App } from '#app'
import { openFolder } from '#kernel/folder.ts'
import { journalHead } from '#kernel/journal.ts'
import { importValues } from '#features/indicators/import-values.ts'
import { observe } from '#features/indicators/observe.ts'
import { describedBy } from '#features/indicators/sources/catalogue.ts'
import { statisticalSource } from '#features/indicators/sources.ts'
import { readDump, writeDump } from '#features/dump/dump.ts'
import { importSource, importer } from '#records/sources/import.ts'
import type { Draft } from '#records/sources/source.ts'
import type { StatisticalSource } from '#features/indicators/observations.ts'
import { ingest } from '#records/sources/ingest.ts'

const [data, day = '2026-11-28'] = process.argv.slice(2)
if (!data) throw new Error('node tools/seed.ts <data folder> [day]')
const now = new Date(`${day}T00:00:00Z`)
const own = fileURLToPath(new URL('../src/features/', import.meta.url))
const ofAreas = ['accountability', 'recognition'].map((area) =>
  fileURLToPath(new URL(`../src/areas/${area}/sources/`, import.meta.url)),
)
const seed = fileURLToPath(new URL('../seed', import.meta.url))

/** Of aid activities, those for education: purpose codes of the DAC that begin so. */
const education = '11'

const isFolder = (path: string) =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )

/** Identifiers of the seed as it is: what has several spellings keeps the one that was given before. */
async function identifiersGiven(): Promise<Set<string>> {
  const given = new Set<string>()
  for (const file of (await readdir(seed)).filter((name) => name.endsWith('.jsonl.gz')))
    for await (const { origin } of readDump(seed, file)) if (origin) given.add(origin.identifier)
  return given
}

async function importAll(app: App): Promise<void> {
  const given = await identifiersGiven()
  const asGiven = <Row extends Pick<Draft, 'identifier' | 'alsoNamed'>>(row: Row): Row => ({
    ...row,
    identifier: [row.identifier, ...(row.alsoNamed ?? [])].find((name) => given.has(name)) ?? row.identifier,
  })
  for (const collection of sources.values())
    for (const path of [data!, ...ofAreas, own, join(own, 'editorial')].map((folder) =>
      join(folder, collection.folder),
    ))
      if (await isFolder(path)) {
        const { counts } = await importSource(
          collection,
          await openFolder(path),
          (rows) =>
            app.perform(ingest, importer(collection.name), {
              name: collection.name,
              rows: rows.filter(isInSeed).map(asGiven),
            }),
          { told: { sectors: [education] } },
        )
        console.log(`${collection.name}: ${counts.added} records, ${counts.refused} refused`)
        await importObservations(app, collection.name, path)
        break
      }
}

/** Those that the project describes; all others come by `qingdao import`. */
async function importObservations(app: App, name: string, path: string): Promise<void> {
  const source = statisticalSource(name)
  if (!source) return
  const { counts } = await importValues(onlyDescribed(source), await openFolder(path), (input) =>
    app.perform(observe, importer(name), input),
  )
  console.log(`${name}: ${counts.added} values, ${counts.refused} refused`)
}

const onlyDescribed = (source: StatisticalSource): StatisticalSource => ({
  ...source,
  async *files(folder) {
    for await (const file of source.files(folder)) if ('refused' in file || describedBy(file.indicator)) yield file
  },
})

const isInSeed = ({ kind, body }: Draft) =>
  kind !== 'indicator' || describedBy((body as { code: string }).code) !== undefined

const dataDir = await mkdtemp(join(tmpdir(), 'qingdao-seed-'))
const app = await openApp({
  dataDir,
  databaseAddress: join(dataDir, 'seed.sqlite'),
  environment: {
    now: () => now,
    random: (size) => new Uint8Array(size),
    fetch: () => Promise.reject(new Error('no network')),
  },
})
try {
  await importAll(app)
  const { read } = app.database
  const { resources } = await writeDump(read, seed, {
    created: now.toISOString(),
    journal: await journalHead(read),
    sources: [...sources.values()],
    title: 'Qingdao',
    demonstrations: true,
  })
  console.log(`${resources.reduce((sum, { rows }) => sum + rows, 0)} records in ${seed}`)
} finally {
  await app.close()
  await rm(dataDir, { recursive: true })
}
