import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { sources } from '#app'
import { journalHead } from '#kernel/journal.ts'
import { Problem } from '#kernel/problem.ts'
import { bar } from '#kernel/cli/terminal.ts'
import { lastTaken } from '#features/indicators/dump.ts'
import { writeDump } from '#features/dump/dump.ts'
import type { Command } from './command.ts'

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
  examples: ['qingdao dump public', 'qingdao dump public --if-changed'],
  settings: ['dataDir', 'databaseUrl', 'publicUrl', 'siteName'],
  flags: [{ name: 'if-changed', about: 'cli.flag.ifChanged' }],
  writesForOthers: true,
  run: async ({ given, flags, withApp, terminal, t, environment, settings }) => {
    const [folder] = given
    if (!folder) throw new Problem('badFlag', { flag: 'dump', what: dumpCommand.takes })
    return withApp(async ({ database, log, runtime: { services } }) => {
      const journal = await journalHead(database.read)
      const isSame = await isUpToDate(folder, { journal, observedAt: await lastTaken(database.read) })
      if (flags['if-changed'] && isSame) return 0
      const description = await writeDump(
        database.read,
        resolve(folder),
        {
          created: environment.now().toISOString(),
          journal,
          sources: [...sources.values()],
          title: settings.siteName,
          homepage: services.site.address,
          files: services.files,
          ...(database.writable && { log }),
        },
        (done) => terminal.progress(t('cli.dump.progress', { count: done })),
      )
      const rows = description.resources.reduce((sum, one) => sum + one.rows, 0)
      terminal.say(t('cli.dump.done', { count: rows, folder: resolve(folder) }))
      return 0
    })
  },
}

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
