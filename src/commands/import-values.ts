/** A table of national statistics from the command line: the same reading, checking and publishing as on its page. */
import { copyFile, mkdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { randomUUID } from 'node:crypto'
import type { App } from '#app'
import { shell } from '#kernel/context.ts'
import { languages } from '#kernel/i18n/languages.ts'
import { Problem } from '#kernel/problem.ts'
import { beginImport, previewImport } from '#features/own-statistics/operations.ts'
import { startImport } from '#features/own-statistics/take.ts'
import { errorWords } from '#features/own-statistics/pages/error-words.ts'
import type { View } from '#ui/view.ts'
import type { Command, Run } from './command.ts'

export const importValuesCommand: Command = {
  name: 'import-values',
  takes: '<file>',
  examples: [
    'qingdao import-values a.csv --publisher "NBS" --published-on 2024-05 --dry-run',
    'qingdao import-values a.csv --publisher "NBS" --published-on 2024 --area KE',
  ],
  settings: ['dataDir', 'databaseUrl'],
  flags: [
    { name: 'publisher', value: 'name', about: 'cli.flag.statisticsPublisher' },
    { name: 'published-on', value: '2024-05-01', about: 'cli.flag.publishedOn' },
    { name: 'indicator', value: 'code', about: 'cli.flag.indicator' },
    { name: 'area', value: 'KE', about: 'cli.flag.area' },
    { name: 'leave-out', about: 'cli.flag.leaveOut' },
    { name: 'dry-run', about: 'cli.flag.dryRun' },
  ],
  run: async (run) => {
    const [path] = run.given
    const said = (name: string) => run.flags[name]?.at(-1)
    const { publisher, publishedOn } = { publisher: said('publisher'), publishedOn: said('published-on') }
    if (!path) throw new Problem('badFlag', { flag: 'import-values', what: importValuesCommand.takes })
    if (!publisher) throw new Problem('badFlag', { flag: '--publisher', what: 'name' })
    if (!publishedOn) throw new Problem('badFlag', { flag: '--published-on', what: '2024-05-01' })
    const uploads = join(run.settings.dataDir, 'uploads')
    return run.withApp(async (app) => {
      const copy = join(uploads, `import-${randomUUID()}`)
      await mkdir(uploads, { recursive: true })
      await copyFile(path, copy).catch((cause: unknown) => {
        throw new Problem('fileNotFound', { file: path }, { cause })
      })
      try {
        const { id } = await app.perform(beginImport, shell, {
          publisher,
          publishedOn,
          indicator: said('indicator') ?? '',
          area: said('area') ?? '',
          fileName: basename(path),
          path: copy,
        })
        return await lookAndTake(run, app, id)
      } finally {
        await rm(copy, { force: true })
      }
    })
  },
}

const shownErrors = 20

async function lookAndTake(run: Run, app: App, id: string): Promise<number> {
  const { flags, terminal, t, f } = run
  const { rows, added, changed, unchanged, wrongRows, errors, totalErrors } = await app.perform(previewImport, shell, {
    id,
  })
  const counted = [
    t('sheet.rowCount', { count: rows }),
    t('statistics.added', { count: added }),
    t('statistics.changed', { count: changed }),
    t('statistics.unchanged', { count: unchanged }),
    t('statistics.wrongRows', { count: wrongRows }),
  ]
  terminal.say(counted.join(' · '))
  const view = { t, f, language: languages[0] } as unknown as View
  for (const error of errors.slice(0, shownErrors)) {
    const { row, column, cell, wrong, mend } = errorWords(view, error)
    terminal.say(`  ✗ ${[row, column, cell].filter(Boolean).join(', ')}: ${wrong} ${mend}`)
  }
  if (totalErrors > shownErrors)
    terminal.say(`  ${t('sheet.preview.moreErrors', { count: totalErrors - shownErrors })}`)
  if (flags['dry-run']) return totalErrors > 0 ? 1 : 0
  const { counts } = await app.perform(startImport, shell, { id, leaveOut: Boolean(flags['leave-out']) })
  terminal.say(`  ${t('statistics.wasAdded', { count: counts.added })}`)
  if (counts.changed > 0) terminal.say(`  ${t('statistics.wasChanged', { count: counts.changed })}`)
  return counts.leftOut > 0 ? 1 : 0
}
