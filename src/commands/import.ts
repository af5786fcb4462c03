import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, extname } from 'node:path'
import { sources, type App } from '#app'
import { openFolder, type Folder } from '#kernel/folder.ts'
import { Problem } from '#kernel/problem.ts'
import { nearest } from '#kernel/cli/arguments.ts'
import { bar } from '#kernel/cli/terminal.ts'
import type { Source, Told } from '#records/sources/source.ts'
import type { DataPackage } from '#features/dump/dump.ts'
import { dumpIn, importDump } from '#features/dump/import-dump.ts'
import {
  importer,
  importSource,
  keeping,
  type How,
  type ImportCounts,
  type ImportReport,
} from '#records/sources/import.ts'
import { ingest, type Refusal } from '#records/sources/ingest.ts'
import { journalHead } from '#kernel/journal.ts'
import { recordRun } from '#features/sources/operations.ts'
import { reportOf } from '#features/sources/reading.ts'
import { importValues } from '#features/indicators/import-values.ts'
import { observe } from '#features/indicators/observe.ts'
import { statisticalSource } from '#features/indicators/sources.ts'
import { recogniseFiles, viewOf, type Left } from '#records/sources/recognise.ts'
import { toldBy, toldFlags } from './told.ts'
import { toldNote } from './notes.ts'
import { problemWords } from '#ui/problem-words.ts'
import type { Command, Run } from './command.ts'

const shownRefusals = 10
const shownFiles = 20

/** Reads what is recognised in a file or folder: of all sources, or of the one that is named. */
export const importCommand: Command = {
  name: 'import',
  takes: '[<source>|all] <file, folder or address>',
  examples: ['qingdao import downloads', 'qingdao import african-storybook downloads/stories --dry-run'],
  settings: ['dataDir', 'databaseUrl'],
  words: () => ['all', ...sources.keys()],
  flags: [
    { name: 'dry-run', about: 'cli.flag.dryRun' },
    { name: 'accept-losses', about: 'cli.flag.acceptLosses' },
    { name: 'whole', about: 'cli.flag.whole' },
    ...toldFlags,
  ],
  run: async (run) => {
    const { given } = run
    const [name, path] = given.length > 1 ? given : ['all', given[0]]
    const dump = path ? await dumpIn(path) : undefined
    if (dump) return importDumpOf(run, path!, dump)
    if (!name || !path) throw new Problem('badFlag', { flag: 'import', what: importCommand.takes })
    const told = toldBy(run.flags)
    const wanted = name === 'all' ? [...sources.values()] : [collectionNamed(name)]
    const { folder, drop } = await openAt(run, path)
    try {
      return await importFolder(run, folder, { name, wanted, told })
    } finally {
      await drop()
    }
  },
}

async function importFolder(
  run: Run,
  folder: Folder,
  { name, wanted, told }: { name: string; wanted: readonly Source[]; told: Told },
): Promise<number> {
  const { withApp, terminal, t } = run
  const { found, left } = await recogniseFiles(folder, wanted)
  if (found.length === 0) throw nothingIn(folder, name, wanted)
  return withApp(
    async (app) => {
      let refused = 0
      for (const { source, files } of found) {
        terminal.say(t('cli.import.found', { source: source.title, files: files.size, first: [...files.values()][0]! }))
        const one = importOne(run, app, source, viewOf(folder, files), told)
        refused += await (found.length > 1 ? one.catch((error: unknown) => toldUnread(run, source, error)) : one)
      }
      if (!run.flags['dry-run']) await indexed(run, app)
      terminal.settle()
      tellLeft(run, left)
      return refused ? 1 : 0
    },
    { mayMake: true },
  )
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

/** Files that no source takes, by name and why; those that go with others, such as licences, are no question. */
function tellLeft({ terminal, t, f }: Run, left: readonly Left[]): void {
  const open = left.filter(({ why }) => why !== 'companion')
  if (open.length === 0) return
  terminal.say(t('cli.import.left', { count: open.length }))
  for (const { file, why } of open.slice(0, shownFiles))
    terminal.say(`  – ${file}${f.colon}${t(`cli.import.left.${why}` as 'cli.import.left.unknown')}`)
  if (open.length > shownFiles) terminal.say(`  ${t('cli.import.leftMore', { count: open.length - shownFiles })}`)
}

/** A wrong folder is said, rather than that nothing was refused in it. */
function nothingIn({ path }: Folder, name: string, wanted: readonly Source[]): Problem {
  const expected = wanted.map(({ expects, folder }) => expects ?? folder)
  if (name === 'all') return new Problem('nothingToImport', { folder: path, known: [...new Set(expected)].join('; ') })
  return new Problem('nothingRecognised', { folder: path, source: wanted[0]!.title, expected: expected[0]! })
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

type Opened = { folder: Folder; drop: () => Promise<void> }

/** A folder, the one file that is named, or what lies at an address. @throws Problem folderNotFound, fileNotFound, fetchFailed, tooLarge */
async function openAt(run: Run, path: string): Promise<Opened> {
  if (/^https?:\/\//i.test(path)) return downloaded(run, path)
  const found = await stat(path).catch(() => undefined)
  // What ends as files do was meant as one.
  if (!found && extname(path) !== '') throw new Problem('fileNotFound', { file: path })
  const folder = found?.isFile() ? openFolder(dirname(path), undefined, basename(path)) : openFolder(path)
  return { folder: await folder, drop: async () => {} }
}

const download = { bytes: 512 * 1024 * 1024, timeMs: 30 * 60_000 }

/** Kept as a file while it is read, for sources read more than once, and files may be larger than memory. */
async function downloaded({ settings, environment: { fetch: get } }: Run, address: string): Promise<Opened> {
  const scratch = join(settings.dataDir, 'uploads', `import-${randomUUID()}`)
  const drop = () => rm(scratch, { recursive: true, force: true })
  const name = basename(URL.parse(address)?.pathname ?? '').replaceAll(/[^\w.-]/g, '_') || 'file'
  await mkdir(scratch, { recursive: true })
  try {
    const { status } = await get(address, download, { into: createWriteStream(join(scratch, name)) })
    if (status !== 200) throw new Problem('fetchFailed', { url: address, reason: String(status) })
    return { folder: await openFolder(scratch), drop }
  } catch (error) {
    await drop()
    throw error
  }
}

/** One collection that cannot be read does not keep the others out. */
function toldUnread({ terminal, t }: Run, { title }: Source, error: unknown): number {
  if (!(error instanceof Problem)) throw error
  const told = problemWords({ t }, error)
  terminal.say(`${title}: ✗ ${told.title}. ${told.detail} (${Object.values(error.values).join(', ')})`)
  return 1
}

async function importOne(run: Run, app: App, collection: Source, folder: Folder, told: Told): Promise<number> {
  const { flags, terminal, t, settings, environment } = run
  const total = terminal.watched ? await countRows(collection, folder, told) : 0
  const [dryRun, whole, acceptLosses] = ['dry-run', 'whole', 'accept-losses'].map((name) => Boolean(flags[name]))
  const begun = environment.now().getTime()
  const fromSeq = await journalHead(app.database.read)
  const how = { dryRun, whole, acceptLosses } as How
  const take = keeping((operation, actor, input) => app.perform(operation, actor, input), ingest, collection.name, how)
  const report = await importSource(collection, folder, take, {
    told,
    whole: how.whole,
    tell: ({ read }) =>
      terminal.progress(
        `${total ? `${bar(read, total)} ` : ''}${t('cli.import.progress', { collection: collection.title, count: read })}`,
      ),
  })
  const { counts } = report
  if (!dryRun)
    await keptInHistory(app, collection, folder, { report, path: basename(run.given.at(-1)!), fromSeq, begun })
  tellCounts(run, collection.title, counts, report.refused, begun)
  await importObservations(run, app, collection, folder, report)
  if (report.refused.length + report.notes.length > 0)
    terminal.say(
      `  ${t('cli.import.report', { path: await writeReport(settings.dataDir, collection, report, t), notes: counts.notes })}`,
    )
  return counts.refused
}

/** For curators, who see it on the pages of sources and can undo it there. */
async function keptInHistory(
  app: App,
  { name }: Source,
  folder: Folder,
  { report, path, fromSeq, begun }: { report: ImportReport; path: string; fromSeq: number; begun: number },
): Promise<void> {
  await app.perform(recordRun, importer(name), {
    name,
    fileName: path.slice(0, 1_000),
    report: await reportOf(folder, report),
    fromSeq,
    startedAt: new Date(begun).toISOString(),
  })
}

/** The values of a source of statistics, beside its records; rows that were not taken are told in the same report. */
async function importObservations(
  { flags, terminal, t, f }: Run,
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
  terminal.say(`${title}${f.colon}${t('cli.import.values', counts)}`)
  tellRefusals({ terminal, t }, refused)
  report.counts.refused += counts.refused
  for (const one of refused) report.refused.push(one)
}

function tellCounts(
  { flags, terminal, t, f, environment }: Run,
  title: string,
  { added, changed, unchanged, refused, withdrawn = 0 }: ImportCounts,
  refusals: readonly Refusal[],
  begun: number,
): void {
  const seconds = Math.max(0.001, (environment.now().getTime() - begun) / 1000)
  terminal.say(
    flags['dry-run']
      ? t('cli.import.dryRun', { collection: title, added, changed, unchanged, refused })
      : `${title}${f.colon}${t('cli.import.counts', { added, changed, unchanged, refused, seconds: f.decimal(seconds) })}`,
  )
  if (withdrawn > 0)
    terminal.say(`  ${t(flags['dry-run'] ? 'cli.import.wouldWithdraw' : 'cli.import.withdrawn', { count: withdrawn })}`)
  tellRefusals({ terminal, t }, refusals)
}

export function tellRefusals({ terminal, t }: Pick<Run, 'terminal' | 't'>, refusals: readonly Refusal[]): void {
  for (const refusal of refusals.slice(0, shownRefusals)) terminal.say(`  ✗ ${refusal.place}: ${toldNote(t, refusal)}`)
}

/** How long a collection is, only its reader knows; reading takes a fraction of keeping, and a bar is worth it. */
async function countRows(collection: Source, folder: Folder, told: Told): Promise<number> {
  let count = 0
  for await (const _row of collection.read(folder, told)) count++
  return count
}

/** One line a refusal or note, with its place and reason, for people and for spreadsheets. */
export async function writeReport(
  dataDir: string,
  collection: Pick<Source, 'name'>,
  report: ImportReport,
  t: Run['t'],
): Promise<string> {
  const folder = join(dataDir, 'reports')
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${collection.name}.tsv`)
  const flat = (text: string) => text.replaceAll(/[\t\r\n]+/g, ' ')
  const linesOf = (
    what: string,
    told: readonly { place: string; code: string; values?: Record<string, unknown> }[],
    count: number,
  ) => [
    ...told.map((one) => [what, one.place, one.code, toldNote(t, one)].map(flat).join('\t')),
    ...(count > told.length
      ? [[what, '', 'more', t('cli.import.moreOfThem', { count: count - told.length })].join('\t')]
      : []),
  ]
  const lines = [
    ['what', 'place', 'code', 'words'].join('\t'),
    ...linesOf('refused', report.refused, report.counts.refused),
    ...linesOf('note', report.notes, report.counts.notes),
  ]
  await writeFile(path, `${lines.join('\n')}\n`)
  return path
}
