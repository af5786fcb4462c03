import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { sources } from '#app'
import { journalHead } from '#kernel/journal.ts'
import { Problem } from '#kernel/problem.ts'
import { bar } from '#kernel/cli/terminal.ts'
import { lastTaken } from '#features/indicators/dump.ts'
import { applyIncrements, descriptionIn } from '#features/dump/apply-increments.ts'
import { writeDump, type DataPackage } from '#features/dump/dump.ts'
import { keepIncrement, writeIncrement } from '#features/dump/increment.ts'
import { takeOutWithdrawn } from '#features/dump/take-out.ts'
import type { Command, Run } from './command.ts'

export const sourcesCommand: Command = {
  name: 'sources',
  takes: '',
  examples: ['qingdao sources', 'qingdao sources | grep CC0'],
  settings: [],
  flags: [],
  run: async ({ terminal }) => {
    const width = Math.max(...[...sources.keys()].map(({ length }) => length))
    for (const { name, title, source } of sources.values())
      terminal.say(`${name.padEnd(width)}  ${title} — ${source.licence}`)
    return 0
  },
}

export const dumpCommand: Command = {
  name: 'dump',
  takes: '<folder>',
  examples: ['qingdao dump changes --since public', 'qingdao dump newest --apply public --apply changes'],
  settings: ['dataDir', 'databaseUrl', 'publicUrl', 'siteName'],
  flags: [
    { name: 'if-changed', about: 'cli.flag.ifChanged' },
    { name: 'since', value: 'folder', about: 'cli.flag.dumpSince' },
    { name: 'apply', value: 'folder', about: 'cli.flag.dumpApply' },
    { name: 'keep-increments', about: 'cli.flag.keepIncrements' },
  ],
  writesForOthers: true,
  run: async (run) => {
    const { given, flags, terminal, t } = run
    const [folder] = given
    if (!folder) throw new Problem('badFlag', { flag: 'dump', what: dumpCommand.takes })
    const tell = ({ resources }: Pick<DataPackage, 'resources'>) => {
      const rows = resources.reduce((sum, one) => sum + one.rows, 0)
      terminal.say(t('cli.dump.done', { count: rows, folder: resolve(folder) }))
      return 0
    }
    if (flags.apply)
      return tell(
        await applyIncrements(
          resolve(folder),
          flags.apply.map((one) => resolve(one)),
        ),
      )
    return writeFromNode(run, resolve(folder), tell)
  },
}

const writeFromNode = (
  { flags, withApp, terminal, t, environment }: Run,
  folder: string,
  tell: (description: Pick<DataPackage, 'resources'>) => number,
): Promise<number> =>
  withApp(async ({ database, log, runtime: { services } }) => {
    const db = database.read
    const journal = await journalHead(db)
    const isSame = await isUpToDate(folder, { journal, observedAt: await lastTaken(db) })
    if (flags['if-changed'] && isSame) return 0
    const asked = {
      created: environment.now().toISOString(),
      journal,
      sources: [...sources.values()],
      title: services.site.name,
      homepage: services.site.address,
      files: services.files,
      ...(database.writable && { log }),
    }
    const since = flags.since?.[0]
    if (since) return tell(await writeIncrement(db, folder, await descriptionIn(resolve(since)), asked))
    const before = flags['keep-increments'] && (await descriptionIn(folder).catch(() => undefined))
    // Before the dump is replaced, so that who falls in between does it again.
    if (flags['keep-increments']) await takeOutWithdrawn(db, folder, before ? before.journal : 0)
    const description = await writeDump(db, folder, asked, (done) =>
      terminal.progress(t('cli.dump.progress', { count: done })),
    )
    if (before) await keepIncrement(db, folder, { before, dump: description }, asked)
    return tell(description)
  })

async function isUpToDate(folder: string, now: { journal: number; observedAt: string | null }): Promise<boolean> {
  const text = await readFile(join(folder, 'datapackage.json'), 'utf8').catch(() => '{}')
  const { journal, observedAt = null } = JSON.parse(text) as Partial<typeof now>
  return journal === now.journal && observedAt === now.observedAt
}

export const rebuildCommand: Command = {
  name: 'rebuild',
  takes: '',
  examples: ['qingdao rebuild', 'qingdao rebuild --data-dir /var/lib/qingdao'],
  settings: ['dataDir', 'databaseUrl'],
  flags: [],
  run: async ({ withApp, terminal, t }) =>
    withApp(async (app) => {
      await app.rebuildNames()
      await app.rebuildSearch((done, of) => terminal.progress(t('cli.index.progress', { bar: bar(done, of) })))
      await app.saveSearch()
      terminal.say(t('cli.rebuild.done', { count: app.search.memory().documents }))
      const { size, mended } = await app.log.rebuild()
      terminal.say(t('cli.rebuild.log', { size, mended }))
      return 0
    }),
}
