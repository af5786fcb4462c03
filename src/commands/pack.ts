/** `qingdao pack`: records of this node as a file that is carried to another, and what such a file would change here. */
import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { shell } from '#kernel/context.ts'
import { bar } from '#kernel/cli/terminal.ts'
import { bestText } from '#kernel/i18n/languages.ts'
import { Problem } from '#kernel/problem.ts'
import { applyPack, type PackReport } from '#features/federation/packs/apply.ts'
import { placeIn } from '#features/federation/packs/give.ts'
import { notePack } from '#features/federation/packs/take.ts'
import { packAt } from '#features/federation/packs/pack.ts'
import { packHere } from '#features/federation/packs/write.ts'
import type { Command, Run } from './command.ts'
import { toldNote } from './notes.ts'

const verbs = ['export', 'preview', 'apply'] as const
const shown = 20

export const packCommand: Command = {
  name: 'pack',
  takes: 'export|preview|apply <file>',
  examples: ['qingdao pack export kenya.jsonl.gz --since 4711', 'qingdao pack preview kenya.jsonl.gz'],
  settings: ['dataDir', 'databaseUrl', 'publicUrl'],
  words: () => verbs,
  flags: [
    { name: 'since', value: '4711', about: 'cli.flag.sincePlace' },
    { name: 'kind', value: 'practice', about: 'cli.flag.packKind' },
    { name: 'with-sources', about: 'cli.flag.withSources' },
    { name: 'without-files', about: 'cli.flag.withoutFiles' },
  ],
  writesForOthers: true,
  run: async (run) => {
    const [verb, file] = run.given
    const known = verbs.find((one) => one === verb)
    if (!known || !file) throw new Problem('badFlag', { flag: 'pack', what: packCommand.takes })
    return known === 'export' ? exportPack(run, file) : takePack(run, file, known === 'preview')
  },
}

async function exportPack({ withApp, flags, terminal, t, version, environment, settings }: Run, path: string) {
  return withApp(async ({ database, log, runtime: { services } }) => {
    if (database.writable) await log.follow()
    const { text, end } = await packHere(
      {
        db: database.read,
        services,
        dataDir: settings.dataDir,
        version,
        address: services.site.address,
        now: environment.now,
      },
      {
        after: placeIn(flags.since?.at(-1)),
        ...(flags.kind && { kinds: flags.kind }),
        sources: Boolean(flags['with-sources']),
        files: !flags['without-files'],
      },
    )
    let count = 0
    const counted = async function* () {
      for await (const line of text) {
        if (line.startsWith('{"chain":')) count++
        yield line
      }
    }
    await pipeline(Readable.from(counted()), createGzip({ level: 9 }), createWriteStream(path))
    terminal.say(t('cli.pack.exported', { count, file: path, place: end().upTo }))
    return 0
  })
}

async function takePack(run: Run, path: string, isPreview: boolean): Promise<number> {
  const { withApp, terminal, t } = run
  if (!(await stat(path)).isFile()) throw new Problem('fileNotFound', { file: path })
  return withApp(
    async (app) => {
      const report = await applyPack(packAt(path), {
        perform: app.perform,
        services: app.running.services,
        dataDir: run.settings.dataDir,
        dryRun: isPreview,
        tell: (done, of) => terminal.progress(bar(done, of)),
      })
      terminal.settle()
      tellPack(run, report, isPreview)
      if (!isPreview) {
        const { added, changed, withdrawn, unchanged, refused } = report.counts
        const sums = { added, changed, withdrawn, unchanged, refused: refused.length }
        await app.perform(notePack, shell, { from: report.header.manifest.node, ...sums })
        terminal.progress(t('cli.indexing'))
        await app.follow()
        await app.saveSearch()
        terminal.settle()
      }
      return report.counts.refused.length > 0 ? 1 : 0
    },
    { mayMake: !isPreview },
  )
}

function tellPack({ terminal, t, f }: Run, { header, footer, counts, files }: PackReport, isPreview: boolean): void {
  const { name, address } = header.manifest
  terminal.say(
    t('cli.pack.from', {
      name: bestText(name, 'en').text,
      address,
      time: f.time(header.created),
      after: header.after,
      upTo: footer.upTo,
    }),
  )
  const { added, changed, withdrawn, unchanged, refused } = counts
  const sums = { added, changed, withdrawn, unchanged, refused: refused.length }
  terminal.say(`  ${t(isPreview ? 'cli.pack.wouldBe' : 'cli.pack.taken', sums)}`)
  if (files.added > 0) terminal.say(`  ${t('cli.pack.files', { count: files.added, size: f.bytes(files.bytes) })}`)
  for (const { outcome, title, id } of counts.told.slice(0, shown)) terminal.say(`  ${marks[outcome]} ${title} (${id})`)
  if (counts.told.length > shown) terminal.say(`  ${t('cli.pack.further', { count: counts.told.length - shown })}`)
  for (const one of [...files.refused, ...refused].slice(0, shown))
    terminal.say(`  ✗ ${one.place}: ${toldNote(t, one)}`)
}

const marks = { added: '+', changed: '~', withdrawn: '−' } as const
