/** Values of indicators that others publish as SDMX or DDFcsv. */
import { createReadStream } from 'node:fs'
import { access } from 'node:fs/promises'
import { basename } from 'node:path'
import type { App } from '#app'
import { shell } from '#kernel/context.ts'
import { Problem } from '#kernel/problem.ts'
import { observe } from '#features/indicators/observe.ts'
import { describeIndicator } from '#features/indicators/values.ts'
import { importValuesFile } from '#features/sdmx/import/import-file.ts'
import { importer } from '#records/sources/import.ts'
import { tellRefusals, writeReport } from './import.ts'
import type { Command, Run } from './command.ts'

export const importSdmxCommand: Command = {
  name: 'import-sdmx',
  takes: '<file> …',
  examples: [
    'qingdao import-sdmx uis.csv --published-on 2026-09 --dry-run',
    'qingdao import-sdmx goal-4.xml goal-5.xml',
  ],
  settings: ['dataDir', 'databaseUrl'],
  flags: [
    { name: 'published-on', value: '2026-09-30', about: 'cli.flag.publishedOn' },
    { name: 'dry-run', about: 'cli.flag.dryRun' },
  ],
  run: async (run) => {
    const { given, flags, withApp } = run
    if (given.length === 0) throw new Problem('badFlag', { flag: 'import-sdmx', what: importSdmxCommand.takes })
    const released = flags['published-on']?.at(-1)
    if (released !== undefined && !/^[12]\d{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/.test(released))
      throw new Problem('badFlag', { flag: '--published-on', what: '2026-09-30' })
    return withApp(async (app) => {
      let refused = 0
      for (const path of given) refused += await importOne(run, app, path, released)
      return refused > 0 ? 1 : 0
    })
  },
}

async function importOne(run: Run, app: App, path: string, released: string | undefined): Promise<number> {
  const { flags, terminal, t, f, settings, environment } = run
  await access(path).catch((cause: unknown) => {
    throw new Problem('fileNotFound', { file: path }, { cause })
  })
  const name = basename(path)
  const sourceOf = async (code: string) => {
    const found = await app.perform(describeIndicator, shell, { code }).catch((error: unknown) => {
      if (error instanceof Problem && error.code === 'notFound') return undefined
      throw error
    })
    return found && (found.record.origin?.collection ?? name)
  }
  const { counts, refused } = await importValuesFile(
    { name, open: () => createReadStream(path) },
    {
      take: (input) => app.perform(observe, importer('sdmx'), input),
      sourceOf,
      released,
      today: environment.now().toISOString().slice(0, 10),
      dryRun: Boolean(flags['dry-run']),
      tell: ({ read }) => terminal.progress(t('cli.import.progress', { collection: name, count: read })),
    },
  )
  terminal.settle()
  terminal.say(`${name}${f.colon}${t('cli.import.values', counts)}`)
  tellRefusals({ terminal, t }, refused)
  if (refused.length > 0) {
    const report = { counts: { ...counts, notes: 0 }, refused, notes: [] }
    const written = await writeReport(
      settings.dataDir,
      { name: `values-${name.replaceAll(/[^\w.-]/g, '_')}` },
      report,
      t,
    )
    terminal.say(`  ${t('cli.import.report', { path: written, notes: 0 })}`)
  }
  return counts.refused
}
