import { mkdir, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { sources, type App } from '#app'
import { openFolder, type Folder } from '#kernel/folder.ts'
import { Problem } from '#kernel/problem.ts'
import { nearest } from '#kernel/cli/arguments.ts'
import { bar } from '#kernel/cli/terminal.ts'
import type { Source } from '#records/sources/source.ts'
import type { DataPackage } from '#features/dump/dump.ts'
import { dumpIn, importDump } from '#features/dump/import-dump.ts'
import { importer, importSource, type ImportCounts, type ImportReport } from '#records/sources/import.ts'
import { ingest, type Refusal } from '#records/sources/ingest.ts'
import { importValues } from '#features/indicators/import-values.ts'
import { observe } from '#features/indicators/observe.ts'
import { statisticalSource } from '#features/indicators/sources.ts'
import { toldNote } from './notes.ts'
import { problemWords } from '#ui/problem-words.ts'
import type { Command, Run } from './command.ts'

const shownRefusals = 10

/** Reads one collection, or all that are found below a folder. */
export const importCommand: Command = {
  name: 'import',
  takes: '<collection|all> <folder>',
  examples: ['qingdao import all downloads', 'qingdao import african-storybook downloads/african-storybook --dry-run'],
  settings: ['dataDir', 'databaseUrl'],
  words: () => ['all', ...sources.keys()],
  flags: [
    { name: 'dry-run', about: 'cli.flag.dryRun' },
    { name: 'accept-losses', about: 'cli.flag.acceptLosses' },
  ],
  run: async (run) => {
    const { given, flags, withApp, terminal } = run
    const [name, path] = given
    const dump = name ? await dumpIn(path ?? name) : undefined
    if (dump) return importDumpOf(run, path ?? name!, dump)
    if (!name || !path) throw new Problem('badFlag', { flag: 'import', what: importCommand.takes })
    const wanted = name === 'all' ? [...sources.values()] : [collectionNamed(name)]
    const found: [Source, Folder][] = []
    for (const collection of wanted) {
      const folder = await folderOf(collection, path, name === 'all')
      if (folder) found.push([collection, folder])
    }
    if (found.length === 0) throw await nothingIn(path, wanted)
    return withApp(
      async (app) => {
        let refused = 0
        for (const [collection, folder] of found) {
          const one = importOne(run, app, collection, folder)
          refused += await (name === 'all' ? one.catch((error: unknown) => toldUnread(run, collection, error)) : one)
        }
        if (!flags['dry-run']) await indexed(run, app)
        terminal.settle()
        return refused ? 1 : 0
      },
      { mayMake: true },
    )
  },
}

/** A dump says itself what it is. */
async function importDumpOf(run: Run, path: string, description: DataPackage): Promise<number> {
  const { flags, withApp, terminal, t, settings, environment } = run
  const begun = environment.now().getTime()
  const dryRun = Boolean(flags['dry-run'])
  return withApp(
    async (app) => {
      const { title, counts, attachments, refused } = await importDump(path, description, {
        perform: app.perform,
        scratch: join(settings.dataDir, 'uploads'),
        dryRun,
        tell: ({ read }) => terminal.progress(t('cli.import.progress', { collection: description.title, count: read })),
      })
      tellCounts(run, title, counts, refused, begun)
      if (attachments > 0) terminal.say(`  ${t('cli.import.attachments', { count: attachments })}`)
      if (!dryRun) await indexed(run, app)
      terminal.settle()
      return counts.refused ? 1 : 0
    },
    { mayMake: true },
  )
}

async function indexed({ terminal, t }: Run, app: App): Promise<void> {
  terminal.progress(t('cli.indexing'))
  await app.follow()
  await app.saveSearch()
}

/** A wrong folder is said, rather than that nothing was refused in it. */
async function nothingIn(path: string, wanted: readonly Source[]): Promise<Problem> {
  await openFolder(path)
  return new Problem('nothingToImport', { folder: path, known: wanted.map(({ folder }) => folder).join(', ') })
}

export function collectionNamed(name: string): Source {
  const found = sources.get(name)
  if (!found)
    throw new Problem('unknownCommand', {
      command: name,
      near: nearest(name, [...sources.keys()]) ?? 'none',
      known: [...sources.keys()].join(', '),
    })
  return found
}

const isFile = (path: string) =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  )

/** The one file that is named, the folder itself, or the one within it that usually holds the collection. */
async function folderOf(collection: Source, path: string, skipMissing: boolean): Promise<Folder | undefined> {
  const within = join(path, collection.folder)
  if (!skipMissing && (await isFile(path))) return openFolder(dirname(path), undefined, basename(path))
  const isThere = await stat(within).then(
    (found) => found.isDirectory(),
    () => false,
  )
  if (isThere) return openFolder(within)
  return skipMissing ? undefined : openFolder(path)
}

/** One collection that cannot be read does not keep the others out. */
function toldUnread({ terminal, t }: Run, { title }: Source, error: unknown): number {
  if (!(error instanceof Problem)) throw error
  const told = problemWords({ t }, error)
  terminal.say(`${title}: ✗ ${told.title}. ${told.detail} (${Object.values(error.values).join(', ')})`)
  return 1
}

async function importOne(run: Run, app: App, collection: Source, folder: Folder): Promise<number> {
  const { flags, terminal, t, settings, environment } = run
  const total = terminal.watched ? await countRows(collection, folder) : 0
  const isDryRun = Boolean(flags['dry-run'])
  const begun = environment.now().getTime()
  const report = await importSource(
    collection,
    folder,
    (rows, actor) =>
      app.perform(ingest, actor, {
        name: collection.name,
        rows,
        dryRun: isDryRun,
        acceptLosses: Boolean(flags['accept-losses']),
      }),
    ({ read }) =>
      terminal.progress(
        `${total ? `${bar(read, total)} ` : ''}${t('cli.import.progress', { collection: collection.title, count: read })}`,
      ),
  )
  const { counts } = report
  await importObservations(run, app, collection, folder, report)
  tellCounts(run, collection.title, counts, report.refused, begun)
  if (report.refused.length + report.notes.length > 0)
    terminal.say(
      `  ${t('cli.import.report', { path: await writeReport(settings.dataDir, collection, report, t), notes: counts.notes })}`,
    )
  return counts.refused
}

/** The values of a source of statistics, beside its records; rows that were not taken are told in the same report. */
async function importObservations(
  { flags, terminal, t }: Run,
  app: App,
  { name, title }: Source,
  folder: Folder,
  report: ImportReport,
): Promise<void> {
  const source = statisticalSource(name)
  if (!source) return
  const { counts, refused } = await importValues(
    source,
    folder,
    (input) => app.perform(observe, importer(name), { ...input, dryRun: Boolean(flags['dry-run']) }),
    (so) => terminal.progress(t('cli.import.progress', { collection: title, count: so.read })),
  )
  terminal.say(`${title}: ${t('cli.import.values', counts)}`)
  report.counts.refused += counts.refused
  for (const one of refused) report.refused.push(one)
}

function tellCounts(
  { flags, terminal, t, f, environment }: Run,
  title: string,
  { added, changed, unchanged, refused }: ImportCounts,
  refusals: readonly Refusal[],
  begun: number,
): void {
  const seconds = Math.max(0.001, (environment.now().getTime() - begun) / 1000)
  terminal.say(
    flags['dry-run']
      ? t('cli.import.dryRun', { collection: title, added, changed, unchanged, refused })
      : `${title}: ${t('cli.import.counts', { added, changed, unchanged, refused, seconds: f.decimal(seconds) })}`,
  )
  for (const refusal of refusals.slice(0, shownRefusals)) terminal.say(`  ✗ ${refusal.place}: ${toldNote(t, refusal)}`)
}

/** How long a collection is, only its reader knows; reading takes a fraction of keeping, and a bar is worth it. */
async function countRows(collection: Source, folder: Folder): Promise<number> {
  let count = 0
  for await (const _row of collection.read(folder)) count++
  return count
}

/** One line a refusal or note, with its place and reason, for people and for spreadsheets. */
async function writeReport(dataDir: string, collection: Source, report: ImportReport, t: Run['t']): Promise<string> {
  const folder = join(dataDir, 'reports')
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${collection.name}.tsv`)
  const flat = (text: string) => text.replaceAll(/[\t\r\n]+/g, ' ')
  const lines = [
    ['what', 'place', 'code', 'words'].join('\t'),
    ...report.refused.map((one) => ['refused', one.place, one.code, toldNote(t, one)].map(flat).join('\t')),
    ...report.notes.map((one) => ['note', one.place, one.code, toldNote(t, one)].map(flat).join('\t')),
  ]
  await writeFile(path, `${lines.join('\n')}\n`)
  return path
}
