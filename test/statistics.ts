/** Puts statistics into a node, as their source publishes them. */
import type { App } from '#app'
import { importer, importSource } from '#records/sources/import.ts'
import { ingest } from '#records/sources/ingest.ts'
import type { Source } from '#records/sources/source.ts'
import { importValues, type ValueReport } from '#features/indicators/import-values.ts'
import { observe } from '#features/indicators/observe.ts'
import { statisticalSource } from '#features/indicators/sources.ts'
import { folderOf } from './collection.ts'

export async function withStatistics(app: App, source: Source, files: Record<string, string>): Promise<ValueReport> {
  const folder = folderOf(files)
  await importSource(source, folder, (rows) => app.perform(ingest, importer(source.name), { name: source.name, rows }))
  const report = await importValues(statisticalSource(source.name)!, folder, (input) =>
    app.perform(observe, importer(source.name), input),
  )
  await app.followOwn()
  return report
}
