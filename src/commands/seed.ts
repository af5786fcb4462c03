/** The records that come with the project: a dump of the collections whose licences allow it. */
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import type { App } from '#app'
import type { Draft } from '#records/sources/source.ts'
import { importer } from '#records/sources/import.ts'
import { readDump, readLines, type DataPackage } from '#features/dump/dump.ts'
import { takeObservationLines } from '#features/indicators/dump.ts'
import { observe } from '#features/indicators/observe.ts'
import type { StoredRecord } from '#records/record.ts'
import { records } from '#records/store.ts'
import { ingest } from '#records/sources/ingest.ts'

export const seedFolder = fileURLToPath(new URL('../../seed/', import.meta.url))
const atOnce = 500

type Row = Draft & { place: string }

/** Stands in the data folder while the node is being filled, so that a start that was cut short is gone on with. */
const markOf = (dataDir: string) => join(dataDir, 'filling')

/** An empty node, or one whose filling was cut short, and something to fill it with. */
export async function needsSeed(app: App, dataDir: string): Promise<boolean> {
  if (!existsSync(join(seedFolder, 'datapackage.json'))) return false
  return existsSync(markOf(dataDir)) || (await records(app.database.read).all(0, 1)).length === 0
}

/** Ingests the seed like any import; safe to interrupt and to run again. */
export async function loadSeed(app: App, dataDir: string, tell: (done: number, of: number) => void): Promise<void> {
  await mkdir(dataDir, { recursive: true })
  await writeFile(markOf(dataDir), '')
  const description = JSON.parse(await readFile(join(seedFolder, 'datapackage.json'), 'utf8')) as DataPackage
  const total = description.resources.reduce((sum, { rows }) => sum + rows, 0)
  let done = 0
  const waiting = new Map<string, Row[]>()
  const send = async (collection: string) => {
    const rows = waiting.get(collection) ?? []
    waiting.delete(collection)
    await app.perform(ingest, importer(collection), { name: collection, rows })
    done += rows.length
    tell(done, total)
  }
  for (const { path } of description.resources)
    for await (const { kind, origin, body, translations } of readDump(seedFolder, path)) {
      const { collection = '', identifier, url } = origin!
      const rows = waiting.get(collection) ?? []
      waiting.set(collection, rows)
      rows.push({ place: path, kind, identifier, ...(url && { url }), body, ...marksOf(translations) })
      if (rows.length >= atOnce) await send(collection)
    }
  for (const collection of Array.from(waiting.keys())) await send(collection)
  if (description.observations) {
    const lines = readLines(seedFolder, description.observations.path)
    await takeObservationLines(lines, (source) => (input) => app.perform(observe, importer(source), input))
  }
  await rm(markOf(dataDir))
}

/** A dump says which version a translation was made from; taken in, all begin at their first. */
function marksOf(translations: StoredRecord['translations']): Pick<Draft, 'translations'> {
  const marks = Object.entries(translations).map(([language, { machine }]) => [language, { machine }] as const)
  return marks.length > 0 ? { translations: Object.fromEntries(marks) } : {}
}
